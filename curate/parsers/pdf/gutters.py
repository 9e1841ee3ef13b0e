"""Reading order: a page is cut at the white gutters between columns of prose.

A gutter is a white strip that no line crosses, with lines of running text on both sides: most of them
nearly fill their column. What lies above it is read first, then the left column, the right one, and what
lies below; each part is cut again. The gaps of a table have no prose beside them and are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

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
_LONG = 4.0  # of the font size
_MOST_OPEN = 48
_DEEPEST = 8
_MOST_LETTERS = 0.6


@dataclass(slots=True)
class _Gutter:
    x0: float
    x1: float
    left: list[Chunk] = field(default_factory=list)
    right: list[Chunk] = field(default_factory=list)


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
    cuts = [cut for gutter in _gutters(chunks, bars) if (cut := _judged(gutter))]
    return max(cuts, key=lambda cut: cut.worth, default=None)


def _may_have_columns(chunks: Sequence[Chunk]) -> bool:
    """Tell quickly whether some long lines stand beside others."""
    long = [c for c in chunks if c.x1 - c.x0 > _LONG * c.size]
    if len(long) < 2 * _FEWEST_LINES:
        return False
    ends, starts = sorted(c.x1 for c in long), sorted(c.x0 for c in long)
    return ends[_FEWEST_LINES - 1] < starts[-_FEWEST_LINES] + 1


def _gutters(chunks: Sequence[Chunk], bars: Sequence[Box]) -> list[_Gutter]:
    """Return white strips, each followed downwards until something crosses it."""
    size = median(chunk.size for chunk in chunks)
    left, right = min(c.x0 for c in chunks), max(c.x1 for c in chunks)
    things: list[Chunk | Box] = sorted([*chunks, *bars], key=lambda c: (c.y0, c.x0))
    open_: list[_Gutter] = []
    closed: list[_Gutter] = []
    for thing in things:
        kept: list[_Gutter] = []
        for gutter in open_:
            if _passes(gutter, thing, _NARROWEST * size):
                kept.append(gutter)
            elif gutter.left and gutter.right:
                closed.append(gutter)
        open_ = kept
        if isinstance(thing, Chunk):
            _open_beside(thing, (left, right), open_)
    return closed + [g for g in open_ if g.left and g.right]


def _passes(gutter: _Gutter, thing: Chunk | Box, narrowest: float) -> bool:
    """Let a gutter run past a thing, made narrower by it if need be."""
    if thing.x0 >= gutter.x1 or thing.x1 <= gutter.x0:
        if isinstance(thing, Chunk):
            (gutter.left if thing.x1 <= gutter.x0 else gutter.right).append(thing)
        return True
    if not isinstance(thing, Chunk):
        return False
    before, after = thing.x0 - gutter.x0, gutter.x1 - thing.x1
    if max(before, after) < narrowest:
        return False
    if before > after:
        gutter.x1 = thing.x0
        gutter.right.append(thing)
    else:
        gutter.x0 = thing.x1
        gutter.left.append(thing)
    return True


def _open_beside(chunk: Chunk, edges: tuple[float, float], open_: list[_Gutter]) -> None:
    """Open a gutter on the right of a chunk, unless one that is open starts there already."""
    if len(open_) >= _MOST_OPEN:
        del open_[0]
    if chunk.x1 < edges[1] and not any(abs(g.x0 - chunk.x1) < 1 for g in open_):
        open_.append(_Gutter(chunk.x1, edges[1], left=[chunk]))
    if chunk.x0 > edges[0] and not any(abs(g.x1 - chunk.x0) < 1 for g in open_):
        open_.append(_Gutter(edges[0], chunk.x0, right=[chunk]))


def _judged(gutter: _Gutter) -> _Cut | None:
    """Return a gutter with prose on both sides as a cut."""
    left, right = _beside(gutter, left=True), _beside(gutter, left=False)
    if not all(_is_prose(side) or _has_prose(side) for side in (left, right)):
        return None
    y0 = min(left[0].y0, right[0].y0)
    y1 = max(left[-1].y1, right[-1].y1)
    shared = min(left[-1].y1, right[-1].y1) - max(left[0].y0, right[0].y0)
    if shared <= 0:
        return None
    return _Cut(Box(gutter.x0, y0, gutter.x1, y1), shared)


def _beside(gutter: _Gutter, *, left: bool) -> list[Chunk]:
    """Return the chunk next to the gutter of each row on one side, from top to bottom."""
    nearest: list[Chunk] = []
    for chunk in gutter.left if left else gutter.right:
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
