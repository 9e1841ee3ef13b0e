"""A stage's signature is its declaration; a wrong one is refused before any data is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator  # noqa: TC003 - annotations are read at run time
from dataclasses import dataclass

import pytest

from curate.config import Settings
from curate.errors import StageError
from curate.stage import Read, describe, stage


@dataclass(frozen=True, slots=True)
class Row:
    word: str


@dataclass(frozen=True, slots=True)
class Made:
    count: int


class Choices(Settings):
    size: int = 1


class Tool:
    pass


@stage(version=3, grain="record")
def count(row: Row, others: tuple[Made, ...], *, settings: Choices, tool: Tool) -> Iterator[Made]:
    """Count."""
    yield Made(len(row.word) + len(others) + settings.size + len(str(tool)))


def unmarked(row: Row) -> Iterator[Made]:
    yield Made(len(row.word))


@stage(version=1, grain="record")
def unannotated(row: Row, more) -> Iterator[Made]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    yield Made(len(row.word) + more)


@stage(version=1, grain="record")
def silent(row: Row):  # type: ignore[no-untyped-def]  # noqa: ANN201
    yield Made(len(row.word))


@stage(version=1, grain="record")
def of_words(word: str) -> Iterator[Made]:
    yield Made(len(word))


@stage(version=1, grain="record")
def of_pairs(pair: tuple[Row, Made]) -> Iterator[Made]:
    yield Made(len(pair))


@stage(version=1, grain="record")
def of_nothing(rows: tuple[()]) -> Iterator[Made]:
    yield Made(len(rows))


@stage(version=1, grain="record")
def listing(row: Row) -> list[Made]:
    return [Made(len(row.word))]


@stage(version=1, grain="record")
def yielding_words(row: Row) -> Iterator[str]:
    yield row.word


@stage(version=1, grain="record")
def loosely_set(row: Row, *, settings: dict[str, int]) -> Iterator[Made]:
    yield Made(len(row.word) + len(settings))


@stage(version=1, grain="record")
def unknown(row: Missing) -> Iterator[Made]:  # type: ignore[name-defined]  # noqa: F821
    yield Made(len(row.word))


def test_what_a_stage_reads_writes_and_needs_stands_in_its_annotations() -> None:
    found = describe(count)

    assert (found.name, found.version, found.grain) == ("count", 3, "record")
    assert found.reads == (Read("row", Row, many=False), Read("others", Made, many=True))
    assert (found.writes, found.settings) == (Made, Choices)
    assert found.tools == (("tool", Tool),)
    assert found.run is count


@pytest.mark.parametrize(
    ("function", "named"),
    [
        (unmarked, "no @stage"),
        (unannotated, "more has no annotation"),
        (silent, "return has no annotation"),
        (of_words, "word must be a row type"),
        (of_pairs, "pair must be a row type"),
        (of_nothing, "rows must be a row type"),
        (listing, "must return Iterator"),
        (yielding_words, "must return Iterator"),
        (loosely_set, "settings must be"),
        (unknown, "Missing"),
    ],
)
def test_a_wrong_declaration_names_the_function_and_the_parameter(
    function: Callable[..., object], named: str
) -> None:
    with pytest.raises(StageError) as error:
        describe(function)

    assert f"stage {function.__name__}: " in str(error.value)
    assert named in str(error.value)
