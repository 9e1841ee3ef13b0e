"""The schemas in `schemas/` are those of the code, and what is published fits them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from curate.release.exports import alpaca, openai, sharegpt
from curate.release.exports.products import Shape
from curate.release.schemas import schemas, written
from curate.tables.chunks import Chunk
from curate.tables.examples import Example
from curate.tables.ledger import Finding, LedgerRow
from curate.tables.left_out import LeftOut
from curate.tables.schema import to_arrow
from tests.release.answers import ANSWERS
from tests.release.rows import (
    a_finding,
    a_gate,
    a_left_out,
    chunk,
    example,
    history,
    ledger_row,
    manifest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[2] / "schemas"
_TALK = (("system", "Be brief."), ("user", "Why?"), ("assistant", "So."))
_SHAPE = Shape(system=True, turns=2)


def _published(row: type, made: object) -> Any:
    """Return a row as whoever reads the release's files gets it."""
    return json.loads(json.dumps(to_arrow(row, [made]).to_pylist()[0]))


def _history() -> Any:
    return {**json.loads(history(1)), "gates": [asdict(a_gate())]}


def _made(name: str) -> Any:
    return json.loads(json.dumps(asdict(ANSWERS[name])))  # type: ignore[call-overload]


MADE: dict[str, Callable[[], Any]] = {
    "chunk": partial(_published, Chunk, chunk(1, 2)),
    "example": partial(_published, Example, example(1)),
    "ledger": partial(_published, LedgerRow, ledger_row(1)),
    "finding": partial(_published, Finding, a_finding(1)),
    "left-out": partial(_published, LeftOut, a_left_out(1)),
    "manifest": lambda: json.loads(manifest().written()),
    "history": _history,
    "changes": lambda: _made("changes"),
    "init": lambda: _made("init"),
    "releases": lambda: _made("releases"),
    "trace": lambda: _made("trace"),
    "erasure-plan": lambda: _made("erasure-plan"),
    "erasure": lambda: _made("erasure"),
    "rollback": lambda: _made("rollback"),
    "tombstone": lambda: _made("tombstone"),
    "export-openai": lambda: openai.row_of(example(1, *_TALK)),
    "export-trl": lambda: openai.row_of(example(1)),
    "export-alpaca": lambda: alpaca.row_of(example(1, *_TALK), _SHAPE),
    "export-sharegpt": lambda: sharegpt.row_of(example(1, *_TALK), _SHAPE),
}


def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[f"{name}.v1.json"])


def test_the_folder_holds_what_the_code_says() -> None:
    held = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}

    expected = {name: written(schema) for name, schema in schemas().items()}

    assert held == expected, "run `make schemas` and commit what changed"


@pytest.mark.parametrize("name", MADE)
def test_what_is_published_fits_its_schema(name: str) -> None:
    problems = [error.message for error in _validator(name).iter_errors(MADE[name]())]

    assert problems == []


def test_every_schema_is_sound_named_and_tried() -> None:
    found = schemas()

    for schema in found.values():
        Draft202012Validator.check_schema(schema)
        assert schema["title"]
        assert schema["description"]
    assert len({schema["$id"] for schema in found.values()}) == len(found)
    assert {name.removesuffix(".v1.json") for name in found} == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_a_missing_field_does_not_fit(name: str) -> None:
    for field in schemas()[f"{name}.v1.json"]["required"]:
        row = dict(MADE[name]())
        del row[field]
        assert not _validator(name).is_valid(row), field


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("chunk", "chunk_id", "c_0"),
        ("chunk", "chunk_id", "d_00000000000000000000000000"),
        ("chunk", "chunk_id", "c_0000000000000000000000000u"),
        ("chunk", "tokens", -1),
        ("chunk", "page", 0),
        ("chunk", "span", [3]),
        ("chunk", "index_digest", "AB" * 32),
        ("chunk", "text", None),
        ("example", "quality", 1.2),
        ("example", "split", "dev"),
        ("example", "extra", "a column nobody knows"),
        ("ledger", "outcome", "lost"),
        ("finding", "score", -0.1),
        ("manifest", "counts", {}),
        ("history", "release", 0),
        ("export-openai", "weight", 1),
    ],
)
def test_a_wrong_value_does_not_fit(name: str, field: str, value: object) -> None:
    row = {**MADE[name](), field: value}

    assert not _validator(name).is_valid(row)


def test_what_may_be_unknown_may_be_empty() -> None:
    bare = replace(chunk(1, 2), page=None, cluster="", previous="", next="", created="")

    assert _validator("chunk").is_valid(_published(Chunk, bare))
