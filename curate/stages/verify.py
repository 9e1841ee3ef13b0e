"""Verify: what is to be published is searched once more, as readers will see it.

The second scan reads rendered text; a finding outside what render replaced is a leak of the first
scan, of a border or of a join, and the row that holds it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from curate.pii import Finder
from curate.stage import stage
from curate.tables.chunks import Body
from curate.tables.examples import DraftRow
from curate.tables.pii_spans import PiiSpan


@dataclass(frozen=True, slots=True)
class Residue:
    """Personal data that was still there: which row of the text's rows, of which type."""

    row: int
    type: str
    score: float


@stage(version=2, grain="record")
def verify_chunks(bodies: tuple[Body, ...], *, finder: Finder) -> Iterator[Residue]:
    """Search the index texts of one text's chunks, which contain the chunks' own texts."""
    found = finder.find_batch([body.index_text for body in bodies])
    for row, (body, spans) in enumerate(zip(bodies, found, strict=True)):
        covered = [(mask.start, mask.end) for mask in body.index_masked]
        yield from _residue(row, spans, covered)


@stage(version=2, grain="record")
def verify_drafts(drafts: tuple[DraftRow, ...], *, finder: Finder) -> Iterator[Residue]:
    """Search the messages of one text's drafts."""
    sides = [
        (row, number, text)
        for row, draft in enumerate(drafts)
        for number, text in enumerate([*(m.content for m in draft.messages), draft.titled])
    ]
    found = finder.find_batch([text for _, _, text in sides])
    for (row, number, _), spans in zip(sides, found, strict=True):
        covered = [(s.start, s.end) for s in drafts[row].masked if s.message == number]
        yield from _residue(row, spans, covered)


def _residue(
    row: int, spans: Iterable[PiiSpan], covered: Sequence[tuple[int, int]]
) -> Iterator[Residue]:
    for span in spans:
        if not any(start < span.end and span.start < end for start, end in covered):
            yield Residue(row, span.type, span.score)
