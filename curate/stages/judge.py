"""Judge: which labels of the sources look wrong, by what the documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from curate.config import Settings
from curate.labels import doubts
from curate.stage import stage
from curate.stages.sign import visible_text
from curate.tables.parsed import Parsed

_MOST_LETTERS = 20_000


class Labels(Settings):
    """Which labels are judged (empty: all), and whether doubted rows are learnt from."""

    judge: tuple[str, ...] = ()
    doubted: Literal["flag", "leave_out"] = "flag"
    least: int = Field(default=30, ge=10)


@dataclass(frozen=True, slots=True)
class LabelTask:
    """The labels of a set of texts, in their order, and the groups that folds keep together."""

    name: str
    given: tuple[str, ...]
    groups: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A label in doubt: its place in the task (-1: the summary row), the suggestion, the score.

    The summary row holds the share of labels estimated wrong as its score.
    """

    row: int
    suggested: str
    score: float


@stage(version=4, grain="record")
def judge(parsed: tuple[Parsed, ...], task: LabelTask) -> Iterator[Doubted]:
    """Find the labels to doubt among all that carry one name."""
    texts = [visible_text(document)[:_MOST_LETTERS] for document in parsed]
    found = doubts(texts, task.given, task.groups)
    yield Doubted(-1, str(found.judged), found.noise)
    for doubt in found.doubts:
        yield Doubted(doubt.row, doubt.suggested, doubt.score)
