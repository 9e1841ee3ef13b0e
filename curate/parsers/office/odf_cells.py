"""Tables of OpenDocument texts and slides, and the text of cells, written as canonical text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.parsers.office.headers import count_header_rows
from curate.parsers.office.links import append
from curate.parsers.office.numbers import plain_number
from curate.parsers.office.odf_names import OFFICE, TABLE, TEXT
from curate.parsers.office.odf_tables import OdfCell, OdfRow, read_rows
from curate.text.canonical import Cell
from curate.text.inline import Inline

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.odf_blocks import OdfBody

_DEEPEST = 40  # of tables in each other
_LOOKED_AT = 30
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?[eE]\+?\d{2,3}")
_WIDE = re.compile(r"-?\d{16,}")


def write_table(body: OdfBody, node: etree._Element) -> None:
    """Write a table, then the tables inside its cells; one of a single cell is running text."""
    body.flush_code()
    body.flush()
    rows = list(read_rows(node))
    if len(rows) == 1 and len(rows[0].cells) == 1 and rows[0].cells[0].node is not None:
        body.blocks(rows[0].cells[0].node)
        return
    nested: list[etree._Element] = []
    at = body.place()
    grid = [[_cell(body, cell, nested) for cell in row.cells] for row in rows]
    body.canonical.table(grid, header_rows=_header_rows(rows, grid), at=at)
    body.flush()
    body.depth += 1
    for inner in nested:
        if body.depth < _DEEPEST:
            write_table(body, inner)
    body.depth -= 1


def cell_text(body: OdfBody, node: etree._Element) -> str:
    """Return the text of a cell of a sheet; what hangs on it is put aside."""
    inline = Inline()
    _add_text(body, node, inline, nested=[])
    return inline.finish()[0]


def number_text(node: etree._Element, seen: str) -> str:
    """Return what a cell shows; its value where it shows nothing, or a wide number shortened."""
    if seen and not _SHORTENED.fullmatch(seen):
        return seen
    value = node.get(OFFICE + "value", "")
    number = plain_number(value) if _NUMBER.fullmatch(value) else ""
    return number if not seen or _WIDE.fullmatch(number) else seen


def _cell(body: OdfBody, cell: OdfCell, nested: list[etree._Element]) -> Cell:
    inline = Inline()
    if cell.node is not None:
        _add_text(body, cell.node, inline, nested=nested)
    return Cell(inline, cell.row_span, cell.column_span)


def _add_text(
    body: OdfBody, node: etree._Element, inline: Inline, *, nested: list[etree._Element]
) -> None:
    for child in node:
        if child.tag in {TEXT + "p", TEXT + "h"}:
            runs = body.runs(child)
            inline.add("\n")
            append(inline, runs.inline)
            body.hang(runs)
        elif child.tag == TABLE + "table":
            nested.append(child)
        elif child.tag == OFFICE + "annotation":
            body.comment(child)
        elif isinstance(child.tag, str) and child.tag.startswith(TEXT):
            _add_text(body, child, inline, nested=nested)


def _header_rows(rows: list[OdfRow], grid: list[list[Cell]]) -> int:
    """Return how many rows the table states as headers, else what its cells look like."""
    stated = sum(row.header for row in rows)
    if stated:
        return stated
    texts = [
        [cell.text.finish()[0] if isinstance(cell.text, Inline) else cell.text for cell in row]
        for row in grid[:_LOOKED_AT]
    ]
    return count_header_rows(texts)
