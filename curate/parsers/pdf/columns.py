"""The columns of a table without rules, from where its chunks stand.

Narrow chunks come first. A chunk over one column widens it; over several it joins them, unless they
have chunks side by side in some row: then they are different columns and the chunk is a cell that
spans them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import chunk_of
from curate.parsers.pdf.grid import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Chunk, Word

_TOUCH = 0.15  # of the font size: an overlap less than that is none
Span = tuple[float, float]
Row = list["Chunk"]


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float
    rows: set[int] = field(default_factory=set)


def columns_of(rows: Sequence[Row]) -> list[Span]:
    """Return the columns into which rows of chunks fall, from left to right."""
    placed = [(chunk, i) for i, row in enumerate(rows) for chunk in row]
    placed.sort(key=lambda pair: (pair[0].x1 - pair[0].x0, pair[0].x0))
    columns: list[_Column] = []
    for chunk, row in placed:
        under = [c for c in columns if _overlaps(chunk, c.x0, c.x1)]
        if not under:
            columns.append(_Column(chunk.x0, chunk.x1, {row}))
        elif not _side_by_side(under):
            joined = _Column(
                min(chunk.x0, *(c.x0 for c in under)),
                max(chunk.x1, *(c.x1 for c in under)),
                set().union({row}, *(c.rows for c in under)),
            )
            columns = [c for c in columns if c not in under] + [joined]
    return sorted((c.x0, c.x1) for c in columns)


def _overlaps(chunk: Chunk, x0: float, x1: float) -> bool:
    shared = min(chunk.x1, x1) - max(chunk.x0, x0)
    return shared > _TOUCH * chunk.size or shared >= min(chunk.x1 - chunk.x0, x1 - x0) > 0


def _side_by_side(columns: Sequence[_Column]) -> bool:
    seen: set[int] = set()
    for column in columns:
        if not seen.isdisjoint(column.rows):
            return True
        seen |= column.rows
    return False


def covered(chunk: Chunk, columns: Sequence[Span]) -> tuple[int, int]:
    """Return the first and last column under a chunk; the nearest one if there is none."""
    under = [i for i, (x0, x1) in enumerate(columns) if _overlaps(chunk, x0, x1)]
    if under:
        return under[0], under[-1]
    middle = (chunk.x0 + chunk.x1) / 2
    near = min(range(len(columns)), key=lambda i: _away(middle, columns[i]))
    return near, near


def _away(place: float, span: Span) -> float:
    return max(span[0] - place, place - span[1], 0.0)


def fitted(row: Row, columns: Sequence[Span]) -> Row:
    """Return a row with its chunks of numbers cut where they reach over several columns."""
    return [piece for chunk in row for piece in _cut(chunk, columns)]


def _cut(chunk: Chunk, columns: Sequence[Span]) -> Row:
    first, last = covered(chunk, columns)
    if first == last or len(chunk.words) < 2:  # noqa: PLR2004
        return [chunk]
    groups: dict[int, list[Word]] = {}
    for word in chunk.words:
        low, high = covered(_bare(chunk, word), columns)
        if low != high:
            return [chunk]
        groups.setdefault(low, []).append(word)
    pieces = [chunk_of(words) for _, words in sorted(groups.items())]
    return pieces if sum(is_number(p.text) for p in pieces) >= len(pieces) - 1 else [chunk]


def _bare(chunk: Chunk, word: Word) -> Chunk:
    return replace(chunk, x0=word.x0, x1=word.x1, words=(word,), text=word.text)
