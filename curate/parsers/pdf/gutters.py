"""Reading order: a page is cut at the white gutters between columns of prose.

A gutter is a white strip that no line crosses, with lines of running text on both sides: most of
them nearly fill their column. What lies above it is read first, then the left column, the right
one, and what lies below; each part is cut again. The gaps of a table have no prose beside them and
are left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from curate.parsers.pdf.numbering import bands, reads_across
from curate.parsers.pdf.shapes import Box, Chunk

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROWEST = 0.6  # of the font size
_FEWEST_LINES = 4
_SHORTEST_LINE = 9.0  # of the font size: narrower columns hold no prose
_FILLED = 0.72  # of the column, by the median line
_FULL = 0.85
_FEW_WORDS = 4
_LONG_LINE = 20.0  # of the font size
_LEVEL = 0.15  # of the font size
_IN_STEP = 0.6  # of the lines
_MOST_OPEN = 24
_DEEPEST = 8
_MOST_LETTERS = 0.6


class _Gutter(NamedTuple):
    """A white strip and the things beside it, as a range of their order from top to bottom."""

    x0: float
    x1: float
    first: int
    end: int


_Open = tuple[float, float, int]  # sides of a gutter that may go on, and the thing it began at


@dataclass(frozen=True, slots=True)
class _Cut:
    box: Box
    worth: float


def regions(
    chunks: Sequence[Chunk], bars: Sequence[Box] = (), *, depth: int = 0
) -> list[list[Chunk]]:
    """Return the columns of a page in reading order.

    Args:
        chunks: What stands on the page, from top to bottom.
        bars: Boxes that no gutter may cross, such as tables and wide rules.
        depth: How often the page was cut already.
    """
    cut = _best_cut(chunks, bars) if depth < _DEEPEST else None
    if cut is None:
        return [list(chunks)] if chunks else []
    parts: tuple[list[Chunk], ...] = ([], [], [], [])
    for chunk in chunks:
        parts[_side(chunk, cut.box)].append(chunk)
    if reads_across(parts[1], parts[2]):
        parts = (parts[0], *bands(parts[1] + parts[2]), parts[3])
    if sum(bool(part) for part in parts) < 2:  # noqa: PLR2004
        return [list(chunks)]
    return [column for part in parts for column in regions(part, bars, depth=depth + 1)]


def _side(chunk: Chunk, gutter: Box) -> int:
    """Return 0 above, 1 left, 2 right, 3 below."""
    if chunk.middle < gutter.y0:
        return 0
    if chunk.middle > gutter.y1:
        return 3
    return 1 if chunk.x1 <= gutter.x0 + 1 else 2


def _best_cut(chunks: Sequence[Chunk], bars: Sequence[Box]) -> _Cut | None:
    if not _may_have_columns(chunks):
        return None
    things: list[Chunk | Box] = sorted([*chunks, *bars], key=lambda c: (c.y0, c.x0))
    size = median(chunk.size for chunk in chunks)
    gutters = _gutters(things, _NARROWEST * size)
    cuts = [cut for gutter in gutters if (cut := _judged(gutter, things))]
    return max(cuts, key=lambda cut: cut.worth, default=None)


def _may_have_columns(chunks: Sequence[Chunk]) -> bool:
    """Tell quickly whether some long lines stand beside others."""
    long = [c for c in chunks if c.x1 - c.x0 > _FILLED * _SHORTEST_LINE * c.size]
    if len(chunks) < 2 * _FEWEST_LINES or len(long) < _FEWEST_LINES:
        return False
    ends, starts = sorted(c.x1 for c in long), sorted(c.x0 for c in long)
    return ends[1] < starts[-2] + 1


def _gutters(things: Sequence[Chunk | Box], narrowest: float) -> list[_Gutter]:
    """Return white strips, each followed downwards until something crosses it."""
    left, right = min(t.x0 for t in things), max(t.x1 for t in things)
    open_: list[_Open] = []
    closed: list[_Gutter] = []
    for i, thing in enumerate(things):
        x0, x1 = thing.x0, thing.x1
        passed = [_past(thing, gutter, narrowest) for gutter in open_]
        closed += [
            _Gutter(*gutter, i)
            for gutter, narrower in zip(open_, passed, strict=True)
            if narrower is None and i - gutter[2] >= 2 * _FEWEST_LINES
        ]
        open_ = [gutter for gutter in passed if gutter is not None][-_MOST_OPEN:]
        if x1 < right and not any(abs(low - x1) < 1 for low, _, _ in open_):
            open_.append((x1, right, i))
        if x0 > left and not any(abs(high - x0) < 1 for _, high, _ in open_):
            open_.append((left, x0, i))
    return closed + [_Gutter(low, high, first, len(things)) for low, high, first in open_]


def _past(thing: Chunk | Box, gutter: _Open, narrowest: float) -> _Open | None:
    """Return a gutter as it runs past a thing, narrower if need be; None if it is crossed."""
    low, high, first = gutter
    before, after = thing.x0 - low, high - thing.x1
    if thing.x0 >= high or thing.x1 <= low:
        return gutter
    if not isinstance(thing, Chunk) or max(before, after) < narrowest:
        return None
    return (low, thing.x0, first) if before > after else (thing.x1, high, first)


def _judged(gutter: _Gutter, things: Sequence[Chunk | Box]) -> _Cut | None:
    """Return a gutter with prose on both sides as a cut."""
    beside = [c for c in things[gutter.first : gutter.end] if isinstance(c, Chunk)]
    left = _nearest([c for c in beside if c.x1 <= gutter.x0], left=True)
    right = _nearest([c for c in beside if c.x0 >= gutter.x1], left=False)
    both = all(_is_prose(side) or _has_prose(side) for side in (left, right))
    if not both and not _stands_beside(left, right) and not _stands_beside(right, left):
        return None
    y0 = min(left[0].y0, right[0].y0)
    y1 = max(left[-1].y1, right[-1].y1)
    shared = min(left[-1].y1, right[-1].y1) - max(left[0].y0, right[0].y0)
    if shared <= 0:
        return None
    return _Cut(Box(gutter.x0, y0, gutter.x1, y1), shared)


def _nearest(chunks: Sequence[Chunk], *, left: bool) -> list[Chunk]:
    """Return the chunk next to the gutter of each row on one side, from top to bottom."""
    nearest: list[Chunk] = []
    for chunk in chunks:
        last = nearest[-1] if nearest else None
        if last is None or chunk.middle > last.y1:
            nearest.append(chunk)
        elif (chunk.x1 > last.x1) if left else (chunk.x0 < last.x0):
            nearest[-1] = chunk
    return nearest


def _is_prose(lines: list[Chunk]) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    lines = [line for line in lines if line.words] or lines
    widths = sorted(line.x1 - line.x0 for line in lines)
    column = widths[-1 - len(widths) // 10]
    size = median(line.size for line in lines)
    if column < _SHORTEST_LINE * size or median(widths) < _FILLED * column:
        return False
    text = "".join(line.text for line in lines)
    return sum(map(str.isalpha, text)) > _MOST_LETTERS * len(text.replace(" ", ""))


def _has_prose(lines: list[Chunk]) -> bool:
    """Tell whether some lines, among figures and tables, run from edge to edge."""
    if len(lines) < _FEWEST_LINES:
        return False
    column = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [line for line in lines if line.x1 - line.x0 > _FULL * column]
    words = sum(len(line.words) > _FEW_WORDS for line in full)
    return words >= _FEWEST_LINES and column > _SHORTEST_LINE * median(c.size for c in lines)


def _stands_beside(notes: list[Chunk], prose: list[Chunk]) -> bool:
    """Tell a margin column: its lines do not keep step with those of the prose beside it."""
    if len(notes) <= _FEWEST_LINES or len(prose) < 2 * _FEWEST_LINES or not _is_prose(prose):
        return False
    widths = [line.x1 - line.x0 for line in prose]
    if median(widths) < _LONG_LINE * median(line.size for line in prose):
        return False
    middles = sorted(line.middle for line in prose)
    level = sum(_away(note.middle, middles) < _LEVEL * note.size for note in notes)
    return level < _IN_STEP * len(notes)


def _away(place: float, places: Sequence[float]) -> float:
    """Return the distance to the nearest of some places in order."""
    after = bisect_left(places, place)
    return min(abs(place - near) for near in places[max(after - 1, 0) : after + 1])
