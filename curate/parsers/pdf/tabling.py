"""Tables of a page found and written as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Block, Role
from curate.parsers.pdf.grid import GridCell, Table, in_lines
from curate.parsers.pdf.lattice import patches, table_of
from curate.parsers.pdf.lines import line_of, runs_of
from curate.parsers.pdf.shapes import Chunk
from curate.text.canonical import Cell
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.parsers.pdf.sheet import Sheet

_EDGE = 2.0  # points a text may stick out of its frame


def ruled_tables(sheet: Sheet, chunks: Sequence[Chunk]) -> tuple[list[Table], list[Chunk]]:
    """Return the tables drawn with rules and the chunks outside of them."""
    tables: list[Table] = []
    rest = list(chunks)
    for patch in patches(sheet.page.drawing):
        x0, y0, x1, y1 = patch.box
        inside = [c for c in rest if y0 < c.middle < y1 and x0 - _EDGE < c.x0 and c.x1 < x1 + _EDGE]
        table = table_of(patch, inside) if len(inside) > 1 else None
        if table is not None:
            tables.append(table)
            taken = {id(chunk) for chunk in inside}
            rest = [chunk for chunk in rest if id(chunk) not in taken]
    return tables, rest


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
