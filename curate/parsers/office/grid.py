"""Sheets of cells as canonical text: a heading, and a table for each block of cells that hang together.

Workbooks of all formats come here as rows of displayed text with what is hidden, merged and linked.
Empty rows part blocks; so do empty columns where both sides are tables of their own. Single cells are
titles and notes, not tables.
"""

from __future__ import annotations

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
_MERGED_BANDS = 3

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
    for block in find_blocks(visible):
        _write_block(canonical, (sheet, visible), block, at=at)
    _write_hidden(canonical, sheet, rows, at=at)


def _visible(sheet: Sheet, rows: Rows) -> Rows:
    """Return the rows with hidden cells blanked, so that places stay."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return rows
    return [
        [
            ""
            if number + sheet.top in sheet.hidden_rows or place + sheet.left in sheet.hidden_columns
            else cell
            for place, cell in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]


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
            found[-1] = Block(found[-1].top, bottom, found[-1].left, band[0].right)
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
    """Tell whether a block goes on with the table above it after an empty row."""
    same = above.left == below.left and above.right == below.right
    if not same or below.right - below.left < _NARROW or above.bottom - above.top < _NARROW:
        return False
    cells = rows[below.top][below.left : below.right]
    return all(cells[1:]) and any(map(looks_numeric, cells))


def _write_block(
    canonical: Canonical, of: tuple[Sheet, Rows], block: Block, *, at: Place
) -> None:
    sheet, all_rows = of
    rows = [row[block.left : block.right] for row in all_rows[block.top : block.bottom]]
    first, last = _title_rows(rows), len(rows) - _note_rows(rows)
    for row in range(min(first, last)):
        _write_note(canonical, sheet, (block.top + row, block.left), rows[row], at=at)
    if first < last:
        _write_table(canonical, sheet, (block.top + first, block.left), rows[first:last], at=at)
    for row in range(max(first, last), len(rows)):
        _write_note(canonical, sheet, (block.top + row, block.left), rows[row], at=at)


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


def _write_note(  # noqa: PLR0913
    canonical: Canonical,
    sheet: Sheet,
    corner: tuple[int, int],
    cells: list[str],
    *,
    at: Place,
) -> None:
    place = next(place for place, cell in enumerate(cells) if cell)
    url = sheet.links.get((corner[0] + sheet.top, corner[1] + place + sheet.left), "")
    inline = Inline()
    inline.add(cells[place], url=url)
    canonical.paragraph(inline, at=at)


def _write_table(  # noqa: PLR0913
    canonical: Canonical,
    sheet: Sheet,
    corner: tuple[int, int],
    rows: Rows,
    *,
    at: Place,
) -> None:
    top, left = corner[0] + sheet.top, corner[1] + sheet.left
    used = [any(column) for column in zip(*rows, strict=True)]
    headers = sheet.headers.get((top, left))
    plain = rows if all(used) else [[c for c, keep in zip(r, used, strict=True) if keep] for r in rows]
    count = count_header_rows(plain) if headers is None else headers
    if sheet.merged or sheet.links:
        canonical.table(_cells(sheet, (top, left), rows, used), header_rows=count, at=at)
    else:
        canonical.table(plain, header_rows=count, at=at)


def _cells(  # noqa: PLR0917
    sheet: Sheet, corner: tuple[int, int], rows: Rows, used: list[bool]
) -> Iterable[list[Cell | str]]:
    """Give merged cells their reach and linked ones their address."""
    top, left = corner
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, top):
        cells: list[Cell | str] = []
        for column, text in enumerate(row, left):
            if (number, column) in covered or not used[column - left]:
                continue
            down, right = _reach(sheet, (number, column), (top + len(rows), left + len(row)))
            spots = {(r, c) for r in range(number, down) for c in range(number * 0 + column, right)}
            covered |= spots - {(number, column)}
            wide = sum(used[column - left : right - left])
            url = sheet.links.get((number, column), "")
            if url or down > number + 1 or wide > 1:
                inline = Inline()
                inline.add(text, url=url)
                cells.append(Cell(inline, down - number, max(wide, 1)))
            else:
                cells.append(text)
        yield cells


def _reach(
    sheet: Sheet, place: tuple[int, int], limit: tuple[int, int]
) -> tuple[int, int]:
    """Return the row and column after the last that a cell covers, inside its block."""
    rows, columns = sheet.merged.get(place, (1, 1))
    return min(place[0] + rows, limit[0]), min(place[1] + columns, limit[1])
