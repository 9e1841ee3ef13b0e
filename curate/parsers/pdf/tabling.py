"""Tables of a page found and written as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.pdf.areas import table_of_rows
from curate.parsers.pdf.blocks import Block, Role
from curate.parsers.pdf.chunks import rows_of
from curate.parsers.pdf.grid import GridCell, Table, in_lines
from curate.parsers.pdf.lattice import (
    finished,
    grid_cells,
    is_under_ruled,
    without_titles,
)
from curate.parsers.pdf.lines import line_of, runs_of
from curate.parsers.pdf.shapes import Box, Chunk
from curate.text.canonical import Cell
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.parsers.pdf.patches import Patch
    from curate.parsers.pdf.sheet import Sheet

_EDGE = 2.0  # points a text may stick out of its frame


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules draw on a page: tables, the chunks outside them, and grids that are no tables."""

    tables: list[Table]
    rest: list[Chunk]
    barred: list[Box]


def ruled_tables(sheet: Sheet, chunks: Sequence[Chunk]) -> Ruled:
    """Return the tables drawn with rules and what is left."""
    found = Ruled([], [], [])
    rest = list(chunks)
    for patch in sheet.patches:
        x0, y0, x1, y1 = patch.box
        inside = [c for c in rest if y0 < c.middle < y1 and x0 - _EDGE < c.x0 and c.x1 < x1 + _EDGE]
        if len(inside) < 2:  # noqa: PLR2004
            continue
        table, left = _ruled_table(sheet, patch, inside)
        if table is None:
            found.barred.append(patch.box)
            continue
        found.tables.append(table)
        taken = {id(chunk) for chunk in inside} - {id(chunk) for chunk in left}
        rest = [chunk for chunk in rest if id(chunk) not in taken]
    found.rest.extend(rest)
    return found


def _ruled_table(
    sheet: Sheet, patch: Patch, inside: list[Chunk]
) -> tuple[Table | None, list[Chunk]]:
    """Return the table of a grid and the chunks in it that belong to its caption or notes."""
    cells = grid_cells(patch, inside)
    if is_under_ruled(cells):
        table = table_of_rows(rows_of(inside), sheet.page.drawing.across)
        if table is not None:
            return table, []
    cells, left = without_titles(cells)
    return finished(patch.box, cells), left


def stand_in(table: Table) -> Chunk:
    """Return a chunk without words that holds a table's place in the reading order."""
    return Chunk(*table.box, words=(), size=10.0, text="")


def table_block(sheet: Sheet, table: Table, known: Callable[[str], bool]) -> Block:
    """Return a table as a block."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(_cell(sheet, cell, known))
    return Block(
        Role.TABLE,
        sheet.page.number,
        sheet.shown(table.box),
        rows=tuple(tuple(row) for row in rows),
        header_rows=table.header_rows,
    )


def _cell(sheet: Sheet, cell: GridCell, known: Callable[[str], bool]) -> Cell:
    inline = Inline()
    if cell.chunks:
        lines = [line_of(row) for row in in_lines(cell.chunks)]
        for run in runs_of(lines, sheet.page.anchors, known):
            inline.add(run.text, url=run.url)
    return Cell(inline, cell.row_span, cell.column_span)
