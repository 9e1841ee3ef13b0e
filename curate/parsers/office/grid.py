"""Sheets of cells as canonical text: a heading, and a table for each block of cells.

Workbooks of all formats come here as rows of displayed text with what is hidden, merged and linked.
Empty rows part blocks; so do empty columns where both sides are tables of their own. Single cells
are titles and notes, not tables.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.headers import count_header_rows, looks_numeric
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Cell, Place
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_CELLS = 1_000_000  # of one document; what lies beyond is noted as `truncated`
_NARROW = 2
_LONG_NOTE = 40
_LINES = 30  # signs of a cell from which a single column is text, no list of values
_FEW = 2

Rows = list[list[str]]


@dataclass(slots=True)
class Sheet:
    """One sheet as displayed; rows and columns count from 0 at `top`, `left` of the sheet."""

    name: str
    rows: Rows
    top: int = 0
    left: int = 0
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # to rows, columns
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    headers: dict[tuple[int, int], int] = field(default_factory=dict)  # header rows a table states


@dataclass(frozen=True, slots=True)
class _Visible:
    """The cells that are shown, with the numbers of their rows and columns in the sheet."""

    rows: Rows
    numbers: list[int]
    columns: list[int]


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells; all borders count from 0, the last ones are outside."""

    top: int
    bottom: int
    left: int
    right: int


def write_sheet(canonical: Canonical, sheet: Sheet, *, page: int) -> None:
    """Write a sheet: its name as a heading, its visible blocks, then what is hidden in it."""
    width = max(map(len, sheet.rows), default=0)
    rows = [row if len(row) == width else row + [""] * (width - len(row)) for row in sheet.rows]
    if not any(map(any, rows)):
        return
    at = Place(page)
    if sheet.hidden:
        canonical.paragraph(sheet.name, kind=Kind.HIDDEN, detail="hidden_sheet", at=at)
        canonical.table(rows, kind=Kind.HIDDEN, detail="hidden_sheet", at=at)
        return
    canonical.heading(sheet.name, level=1, at=at)
    visible = _visible(sheet, rows)
    writer = _Writer(canonical, sheet, visible, at)
    for block in find_blocks(visible.rows):
        writer.block(block)
    _write_hidden(canonical, sheet, rows, at=at)


def _visible(sheet: Sheet, rows: Rows) -> _Visible:
    """Leave out hidden rows and columns."""
    numbers = list(range(sheet.top, sheet.top + len(rows)))
    columns = list(range(sheet.left, sheet.left + (len(rows[0]) if rows else 0)))
    if sheet.hidden_rows:
        rows = [row for row, n in zip(rows, numbers, strict=True) if n not in sheet.hidden_rows]
        numbers = [number for number in numbers if number not in sheet.hidden_rows]
    if sheet.hidden_columns.intersection(columns):
        kept = [place for place, n in enumerate(columns) if n not in sheet.hidden_columns]
        rows = [[row[place] for place in kept] for row in rows]
        columns = [columns[place] for place in kept]
    return _Visible(rows, numbers, columns)


def _write_hidden(canonical: Canonical, sheet: Sheet, rows: Rows, *, at: Place) -> None:
    hidden = [row for place, row in enumerate(rows, sheet.top) if place in sheet.hidden_rows]
    canonical.table(hidden, kind=Kind.HIDDEN, detail="hidden_row", at=at)
    if sheet.hidden_columns:
        columns = [
            [cell for place, cell in enumerate(row, sheet.left) if place in sheet.hidden_columns]
            for number, row in enumerate(rows, sheet.top)
            if number not in sheet.hidden_rows
        ]
        canonical.table(columns, kind=Kind.HIDDEN, detail="hidden_column", at=at)


def find_blocks(rows: Rows) -> list[Block]:
    """Return the blocks of cells that hang together, from the top."""
    found: list[Block] = []
    for top, bottom in _runs([any(row) for row in rows]):
        used = [any(column) for column in zip(*rows[top:bottom], strict=True)]
        spans = _runs(used)
        band = [Block(top, bottom, left, right) for left, right in _joined(spans, rows[top:bottom])]
        if len(band) == 1 and found and _continues(found[-1], band[0], rows):
            left, right = min(found[-1].left, band[0].left), max(found[-1].right, band[0].right)
            found[-1] = Block(found[-1].top, bottom, left, right)
        else:
            found.extend(band)
    return found


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where runs of true flags begin and end."""
    found, start = [], -1
    for place, flag in enumerate((*flags, False)):
        if flag and start < 0:
            start = place
        elif not flag and start >= 0:
            found.append((start, place))
            start = -1
    return found


def _joined(spans: list[tuple[int, int]], rows: Rows) -> list[tuple[int, int]]:
    """Join spans of columns that are parts of one table rather than tables side by side."""
    tables = [s for s in spans if s[1] - s[0] >= _NARROW and len(rows) >= _NARROW]
    headed = all(
        all(rows[0][left:right]) and not any(map(looks_numeric, rows[0][left:right]))
        for left, right in tables
    )
    if len(spans) > 1 and len(tables) == len(spans) and headed:
        return spans
    return [(spans[0][0], spans[-1][1])]


def _continues(above: Block, below: Block, rows: Rows) -> bool:
    """Tell whether a block goes on with the one above it after an empty row.

    Either the one above is a header apart from its data, or a table with data that goes on.
    """
    aside = max(abs(above.left - below.left), abs(above.right - below.right))
    if below.top - above.bottom > 1 or aside > 1 or below.right - below.left < _NARROW:
        return False
    first = rows[below.top][below.left : below.right]
    numbers = sum(map(looks_numeric, filter(None, first)))
    if not numbers:
        return False
    left, right = min(above.left, below.left), max(above.right, below.right)
    over = [row[left:right] for row in rows[above.top : above.bottom]]
    if count_header_rows([*over, rows[below.top][left:right]]) == len(over):
        return numbers * 2 >= len(first)
    return aside == 0 and len(over) >= _NARROW and all(first[1:])


def _title_rows(rows: Rows) -> int:
    """Return how many first rows are single cells over a wider table."""
    count = 0
    for row in rows:
        if sum(map(bool, row)) != 1 or (len(row) == 1 and len(rows) > 1):
            break
        count += 1
    return count


def _note_rows(rows: Rows) -> int:
    """Return how many last rows are single long texts below a wider table."""
    count = 0
    for row in reversed(rows):
        if len(row) == 1 or any(row[1:]) or len(row[0]) < _LONG_NOTE:
            break
        count += 1
    return count


def _is_text(rows: Rows) -> bool:
    """Tell whether a single column holds lines of text rather than values."""
    if len(rows[0]) != 1:
        return False
    cells = [row[0] for row in rows]
    words = not any(map(looks_numeric, cells))
    return len(cells) == 1 or max(map(len, cells)) > _LINES or (words and len(cells) <= _FEW)


@dataclass(slots=True)
class _Writer:
    """Writes one block after the other to a page."""

    canonical: Canonical
    sheet: Sheet
    visible: _Visible
    at: Place

    def block(self, block: Block) -> None:
        """Write titles and notes as paragraphs, what lies between them as a table."""
        shown = self.visible.rows[block.top : block.bottom]
        rows = [row[block.left : block.right] for row in shown]
        first, last = _title_rows(rows), len(rows) - _note_rows(rows)
        if _is_text(rows) or first >= last:
            first = last = len(rows)
        for row in range(first):
            self._note(rows[row], block, row)
        if first < last:
            self._table(rows[first:last], (block.top + first, block.left))
        for row in range(last, len(rows)):
            self._note(rows[row], block, row)

    def _note(self, cells: list[str], block: Block, row: int) -> None:
        for place, cell in enumerate(cells):
            if cell:
                inline = Inline()
                inline.add(cell, url=self._url(block.top + row, block.left + place))
                self.canonical.paragraph(inline, at=self.at)

    def _url(self, row: int, column: int) -> str:
        place = (self.visible.numbers[row], self.visible.columns[column])
        return self.sheet.links.get(place, "")

    def _table(self, rows: Rows, corner: tuple[int, int]) -> None:
        sheet, (top, left) = self.sheet, corner
        columns = [place for place, column in enumerate(zip(*rows, strict=True)) if any(column)]
        numbers = [place for place, row in enumerate(rows) if any(row)]
        plain = rows
        if len(numbers) < len(rows) or len(columns) < len(rows[0]):
            plain = [[rows[number][column] for column in columns] for number in numbers]
        lines = [self.visible.numbers[top + number] for number in numbers]
        places = [self.visible.columns[left + column] for column in columns]
        count = sheet.headers.get((lines[0], places[0]))
        count = count_header_rows(plain) if count is None else count
        if sheet.merged or sheet.links:
            cells = _cells(sheet, plain, (lines, places))
            self.canonical.table(cells, header_rows=count, at=self.at)
        else:
            self.canonical.table(plain, header_rows=count, at=self.at)


def _cells(
    sheet: Sheet, rows: Rows, places: tuple[list[int], list[int]]
) -> Iterable[list[Cell | str]]:
    """Give merged cells their reach and linked ones their address."""
    numbers, columns = places
    covered: set[tuple[int, int]] = set()
    for number, row in zip(numbers, rows, strict=True):
        cells: list[Cell | str] = []
        for column, text in zip(columns, row, strict=True):
            if (number, column) in covered:
                continue
            url, spans = sheet.links.get((number, column), ""), (1, 1)
            merged = sheet.merged.get((number, column))
            if merged is not None:
                tall = _between(numbers, number, number + merged[0])
                wide = _between(columns, column, column + merged[1])
                covered.update((n, c) for n in tall for c in wide)
                spans = (len(tall), len(wide))
            cells.append(_cell(text, url, spans))
        yield cells


def _between(numbers: list[int], first: int, after: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, after)]


def _cell(text: str, url: str, spans: tuple[int, int]) -> Cell | str:
    if not url and spans == (1, 1):
        return text
    inline = Inline()
    inline.add(text, url=url)
    return Cell(inline, *spans)
