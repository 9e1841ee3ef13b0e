"""Verify: what is to be published is searched once more, as readers will see it.

The second scan reads rendered text; a finding of which a letter or digit lies outside what render
replaced is a leak of the first scan, of a border or of a join, and the row that holds it is withheld.
Where the surroundings decide (what the head of a table calls a number) the first scan has, which saw
them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curate.pii import Finder, hangs_on_surroundings
from curate.stage import stage
from curate.tables.chunks import Body
from curate.tables.examples import DraftRow


@dataclass(frozen=True, slots=True)
class Residue:
    """Personal data that was still there: which row of the text's rows, of which type."""

    row: int
    type: str
    score: float


@stage(version=4, grain="record")
def verify_chunks(bodies: tuple[Body, ...], *, finder: Finder) -> Iterator[Residue]:
    """Search the index texts of one text's chunks, which contain the chunks' own texts."""
    for row, body in enumerate(bodies):
        covered = [(mask.start, mask.end) for mask in body.index_masked]
        yield from _residue(row, body.index_text, covered, finder)


@stage(version=4, grain="record")
def verify_drafts(drafts: tuple[DraftRow, ...], *, finder: Finder) -> Iterator[Residue]:
    """Search the messages of one text's drafts."""
    for row, draft in enumerate(drafts):
        for number, text in enumerate([*(m.content for m in draft.messages), draft.titled]):
            covered = [(s.start, s.end) for s in draft.masked if s.message == number]
            yield from _residue(row, text, covered, finder)


def _residue(
    row: int, text: str, covered: Sequence[tuple[int, int]], finder: Finder
) -> Iterator[Residue]:
    spans = sorted(covered)
    for span in finder.find(_unnamed(text, spans)):
        bare = _outside(text, span.start, span.end, spans)
        if any(map(str.isalnum, bare)) and not hangs_on_surroundings(span, text):
            yield Residue(row, span.type, span.score)


def _unnamed(text: str, masks: Sequence[tuple[int, int]]) -> str:
    """Return a text of the same length whose masks name no type: the names would speak as words do."""
    parts: list[str] = []
    at = 0
    for start, end in masks:
        if at <= start and text[start : start + 1] == "<":
            parts += (
                text[at:start],
                "<",
                "x" * (end - start - 2),
                text[max(end - 1, start + 1) : end],
            )
            at = end
    return "".join((*parts, text[at:]))


def _outside(text: str, start: int, end: int, masks: Sequence[tuple[int, int]]) -> str:
    """Return what of a span no mask covers."""
    parts = []
    for low, high in masks:
        if start < high and low < end:
            parts.append(text[start:low] if start < low else "")
            start = min(max(high, start), end)
    return "".join((*parts, text[start:end]))
