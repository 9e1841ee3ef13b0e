"""The rows of a table without rules, in which some cells are wrapped.

A rule between lines always parts rows. Without one, a line that leaves the first column empty and
holds no number goes on what stands above it; a label that wraps before its numbers come joins the
line below.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from curate.parsers.pdf.columns import covered
from curate.parsers.pdf.grid import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.columns import Row, Span
    from curate.parsers.pdf.shapes import Chunk, Rule

_TIGHT = 0.62  # of the font size: the white between the lines of one cell
_RULE_COVERS = 0.6  # of the table's width
_MOST_CHUNKS = 100  # in one row, wrapped lines included
_BAND_LINES = 3
_STAGGERED = 0.2  # of the font size


def joined_rows(lines: Sequence[Row], columns: Sequence[Span], rules: Sequence[Rule]) -> list[Row]:
    """Return the rows that lines make; a row may hold several chunks in one column."""
    width = columns[-1][1] - columns[0][0]
    cuts = sorted(r.at for r in rules if r.end - r.start > _RULE_COVERS * width)
    if _is_ruled(lines, cuts):
        return _bands(lines, cuts)
    rows: list[Row] = []
    pending = False  # the last row waits for its numbers
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        parted = not rows or any(_middle(lines[i - 1]) < cut < _middle(line) for cut in cuts)
        if not parted and (pending or _goes_on(line, lines[i - 1], rows[-1], columns=columns)):
            rows[-1] = rows[-1] + line
            pending = False
        else:
            rows.append(list(line))
        pending = pending or (following is not None and _waits(line, following, columns))
    return rows


def _middle(row: Row) -> float:
    return median(chunk.middle for chunk in row)


def _is_ruled(lines: Sequence[Row], cuts: Sequence[float]) -> bool:
    """Tell whether rules part every row from the next."""
    if len(cuts) < 2:  # noqa: PLR2004
        return False
    bands = [band for band in _bands(lines, cuts) if band]
    tall = [band for band in bands if _lines_of_numbers(band) > 1]
    return not tall and len(bands) * _BAND_LINES >= len(lines)


def _lines_of_numbers(band: Row) -> int:
    """Return how many numbers stand above each other at most."""
    numbers = sorted((c for c in band if is_number(c.text)), key=lambda c: c.x0)
    most = 0
    for chunk in numbers:
        above = sum(min(o.x1, chunk.x1) > max(o.x0, chunk.x0) for o in numbers)
        most = max(most, above)
    return most


def _bands(lines: Sequence[Row], cuts: Sequence[float]) -> list[Row]:
    bands: list[Row] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        middle = _middle(line)
        bands[sum(cut < middle for cut in cuts)].extend(line)
    return [band for band in bands if band]


def _white(above: Row, below: Row) -> float:
    size = max(min(c.size for c in below), 0.1)
    return (min(c.y0 for c in below) - max(c.y1 for c in above)) / size


def _goes_on(line: Row, above: Row, row: Row, *, columns: Sequence[Span]) -> bool:
    """Tell whether a line is the rest of the row above it."""
    if len(row) > _MOST_CHUNKS or _white(above, line) > _TIGHT:
        return False
    if any(is_number(chunk.text) for chunk in line):
        return False
    places = {covered(chunk, columns) for chunk in line}
    filled = {column for chunk in row for column in _all(covered(chunk, columns))}
    if any(low and low not in filled for low, _ in places):
        return False
    if all(low for low, _ in places):
        return True
    others = [chunk for chunk in line if covered(chunk, columns)[0]]
    return (line[0].text[:1].islower() or 0 not in filled) and all(
        chunk.text[:1].islower() for chunk in others
    )


def _waits(line: Row, following: Row, columns: Sequence[Span]) -> bool:
    """Tell whether a line is a label whose numbers stand beside its second line."""
    if len(line) != 1 or covered(line[0], columns) != (0, 0) or line[0].text.endswith(":"):
        return False
    label = [chunk for chunk in following if covered(chunk, columns)[0] == 0]
    if not label or len(following) < 2 or _white(line, following) > _TIGHT:  # noqa: PLR2004
        return False
    return label[0].text[:1].islower()


def _all(span: tuple[int, int]) -> range:
    return range(span[0], span[1] + 1)


def leveled(rows: Sequence[Row]) -> list[Row]:
    """Join a label of two lines, or one, to the cells beside it that stand half a line off."""
    joined: list[Row] = []
    for i, row in enumerate(rows):
        last = joined[-1] if joined else []
        following = rows[i + 1] if i + 1 < len(rows) else []
        if last and (_is_staggered(last, row) or _is_between(last, row, following)):
            joined[-1] = last + list(row)
        else:
            joined.append(list(row))
    return joined


def _is_between(above: Row, row: Row, below: Row) -> bool:
    """Tell cells that stand half beside the row above and half beside the one below."""
    return bool(below) and all(
        _shared(one, two) > _STAGGERED * min(one.size, two.size)
        and (one.x1 < two.x0 or two.x1 < one.x0)
        for one in row
        for two in (*above, *below)
    )


def _is_staggered(above: Row, below: Row) -> bool:
    """Tell a lone chunk that reaches into the height of cells beside it."""
    lone, others = (below[0], above) if len(below) == 1 else (above[0], below)
    if min(len(above), len(below)) > 1 or len(others) < 2:  # noqa: PLR2004
        return False
    beside = [c for c in others if c.x1 < lone.x0 or lone.x1 < c.x0]
    if len(beside) < 2 or len(others) - len(beside) > 1:  # noqa: PLR2004
        return False
    return all(_shared(lone, c) > _STAGGERED * min(lone.size, c.size) for c in beside)


def _shared(one: Chunk, two: Chunk) -> float:
    return min(one.y1, two.y1) - max(one.y0, two.y0)
