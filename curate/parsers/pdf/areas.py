"""Tables without rules: runs of rows that fall into columns.

Within a column of the page, rows with several chunks side by side that stand close make an area; a
single chunk between them belongs to it. What reads as prose, a chart or a table of contents is
refused, which is where the precision comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from curate.parsers.pdf.columns import columns_of, covered, fitted
from curate.parsers.pdf.grid import GridCell, Table, dense, header_rows, is_number
from curate.parsers.pdf.rowing import joined_rows
from curate.parsers.pdf.shapes import Box
from curate.parsers.pdf.spanning import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.columns import Row, Span
    from curate.parsers.pdf.shapes import Chunk, Rule

_FAR = 2.6  # of the font size: rows further apart are no neighbours
_TIGHT = 0.5  # of the font size
_SINGLES = 2  # rows of one chunk in a row that a table may hold
_FILLED = 0.4
_LARGER = 1.1
_FEWEST_ROWS = 2
_PROSE_WORDS = 9
_MOST_ROWS = 600
_WIDE_LINE = 0.7  # of the column's width
_NOTE = re.compile(r"(source|nb|note|quelle)s?:|\([*:a-z\d]\)|\*", re.IGNORECASE)
_FIGURE = re.compile(r"(figure|fig\.|chart|graph|abbildung|figura|grafik)\s*[\dA-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """A table found among the rows of a column: which rows it takes."""

    first: int
    last: int
    table: Table


def find_areas(
    rows: Sequence[Row], rules: Sequence[Rule], barred: Sequence[Box] = ()
) -> list[Area]:
    """Return the tables among the rows of a column.

    Args:
        rows: Chunks side by side, from top to bottom.
        rules: Horizontal rules of the page.
        barred: Boxes known to hold something else, such as a chart.
    """
    found: list[Area] = []
    for first, last in _runs(rows, barred):
        if first and _names_a_figure(rows[first - 1]):
            continue
        table = table_of_rows(rows[first : last + 1], rules)
        if table is not None:
            found.append(Area(first, last, table))
        else:
            found.extend(_parts(rows, first, last, rules=rules))
    return found


def _parts(rows: Sequence[Row], first: int, last: int, *, rules: Sequence[Rule]) -> list[Area]:
    """Return the tables of a run that is none as a whole: cut where a chunk stands alone."""
    single = [i for i in range(first, last + 1) if len(rows[i]) == 1]
    alone = [i for i in single if _is_heading(rows[i][0], rows[i + 1 : last + 1])] or single
    found: list[Area] = []
    for before, after in pairwise([first - 1, *alone, last + 1]):
        if alone and after - before > _FEWEST_ROWS:
            table = table_of_rows(rows[before + 1 : after], rules)
            if table is not None:
                found.append(Area(before + 1, after - 1, table))
    return found


def _runs(rows: Sequence[Row], barred: Sequence[Box]) -> list[tuple[int, int]]:
    """Return first and last row of runs of rows with several chunks."""
    runs: list[tuple[int, int]] = []
    width = max((r[-1].x1 for r in rows), default=0.0) - min((r[0].x0 for r in rows), default=0.0)
    first = last = -1
    for i, row in enumerate(rows):
        ends = len(row) == 1 and _is_line_of_prose(row[0], width)
        far = first >= 0 and (_gap(rows[i - 1], row) > _FAR or i - last > _SINGLES)
        if first >= 0 and (far or ends):
            runs.append((first, last))
            first = -1
        if len(row) > 1 and not _is_barred(row, barred):
            first, last = (i if first < 0 else first), i
    if first >= 0:
        runs.append((first, last))
    return [(a, min(_with_tail(rows, b), a + _MOST_ROWS)) for a, b in runs if b > a]


def _with_tail(rows: Sequence[Row], last: int) -> int:
    """Return the last row of a run, with a line that ends a wrapped cell of it."""
    if last + 1 == len(rows) or len(rows[last + 1]) > 1:
        return last
    tail, row = rows[last + 1][0], rows[last]
    over = [c for c in row[1:] if min(c.x1, tail.x1) > max(c.x0, tail.x0)]
    close = _gap(row, rows[last + 1]) < _TIGHT and tail.x0 > row[0].x1
    return last + 1 if close and len(over) == 1 and not is_number(tail.text) else last


def _is_heading(chunk: Chunk, below: Sequence[Row]) -> bool:
    """Tell a chunk that is larger than what follows, or bold where that is not."""
    if not below or not chunk.words:
        return False
    following = below[0][-1]
    bold = chunk.words[0].style.bold and not following.words[0].style.bold
    return bold or chunk.size > _LARGER * following.size


def _is_line_of_prose(chunk: Chunk, width: float) -> bool:
    return len(chunk.words) >= _PROSE_WORDS and chunk.x1 - chunk.x0 > _WIDE_LINE * width


def _is_barred(row: Row, barred: Sequence[Box]) -> bool:
    return any(
        box.y0 < row[0].middle < box.y1 and box.x0 - 1 < chunk.x0 and chunk.x1 < box.x1 + 1
        for box in barred
        for chunk in row
    )


def _names_a_figure(row: Row) -> bool:
    return bool(_FIGURE.match(row[0].text))


def _gap(above: Row, below: Row) -> float:
    size = max(min(c.size for c in below), 0.1)
    return (min(c.y0 for c in below) - max(c.y1 for c in above)) / size


def table_of_rows(rows: Sequence[Row], rules: Sequence[Rule]) -> Table | None:
    """Return the table that rows make; None if they make none."""
    if _names_a_figure(rows[0]):
        return None
    columns = columns_of(rows)
    if len(columns) < 2:  # noqa: PLR2004
        return None
    cut = [fitted(row, columns) for row in rows]
    if _is_contents(cut, columns) or _is_prose(cut, columns) or _is_thin(cut, columns):
        return None
    box = _around(cut)
    inside = [r for r in rules if box.y0 < r.at < box.y1 and r.start < box.x1 and r.end > box.x0]
    cells = spread(_cells(joined_rows(cut, columns, inside), columns), columns)
    full = sum(bool(cell.chunks) for cell in cells)
    table = Table(box, tuple(cells), header_rows(cells))
    places = table.rows * table.columns
    return table if table.rows > 1 and table.columns > 1 and full >= _FILLED * places else None


def _around(rows: Sequence[Row]) -> Box:
    chunks = [chunk for row in rows for chunk in row]
    return Box(
        min(c.x0 for c in chunks),
        min(c.y0 for c in chunks),
        max(c.x1 for c in chunks),
        max(c.y1 for c in chunks),
    )


def _cells(rows: Sequence[Row], columns: Sequence[Span]) -> list[GridCell]:
    """Return the cells of rows; a chunk over several columns spans them."""
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        held: dict[int, list[Chunk]] = {}
        wide: dict[int, int] = {}
        for chunk in row:
            low, high = covered(chunk, columns)
            held.setdefault(low, []).append(chunk)
            wide[low] = max(wide.get(low, low), high)
        column = 0
        while column < len(columns):
            span = wide.get(column, column) - column + 1
            following = min((c for c in held if c > column), default=len(columns))
            span = max(min(span, following - column), 1)
            cells.append(GridCell(number, column, 1, span, tuple(held.get(column, ()))))
            column += span
    return dense(cells)


def _is_contents(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell a table of contents: texts, leaders, and page numbers that grow."""
    ends = [row[-1].text for row in rows if len(row) > 1]
    pages = [int(text) for text in ends if text.isdigit()]
    if len(columns) > 3 or len(pages) < max(2, 0.7 * len(ends)):  # noqa: PLR2004
        return False
    return pages == sorted(pages) and pages[0] < 2000 and pages[-1] != pages[0]  # noqa: PLR2004


def _is_thin(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell a pair of lines, or lines mostly across all columns, that no numbers speak for."""
    chunks = [chunk for row in rows for chunk in row]
    numbers = sum(is_number(chunk.text) for chunk in chunks)
    wide = sum(len(row) == 1 and covered(row[0], columns) == (0, len(columns) - 1) for row in rows)
    if numbers * 4 > len(chunks):
        return len(rows) <= _FEWEST_ROWS and wide > 0
    if wide * 3 >= len(rows):
        return True
    if len(rows) > _FEWEST_ROWS:
        return False
    words = max(len(chunk.words) for chunk in chunks)
    return len(columns) < 3 or words > 5 or any(len(r) < len(columns) for r in rows)  # noqa: PLR2004


def _is_prose(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell running text whose wide spaces look like columns."""
    chunks = [chunk for row in rows for chunk in row]
    if sum(is_number(chunk.text) for chunk in chunks) > len(chunks) / 5:
        return False
    if sum(bool(_NOTE.match(row[0].text)) for row in rows) * 2 > len(rows):
        return True
    words = median(len(chunk.words) for chunk in chunks)
    return len(columns) < 4 and words > _PROSE_WORDS  # noqa: PLR2004
