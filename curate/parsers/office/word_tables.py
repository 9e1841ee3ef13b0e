"""Tables of Word documents as grids of cells, merged cells given once.

A table that only lays out a page (one cell, or a frame around other tables) is no table for a
reader: its content is read as running text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.attributes import whole
from curate.parsers.office.word_styles import is_dark
from curate.parsers.office.wordprocessing import TRANSPARENT, VAL, W, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_MOST_SPANNED = 200
_LAYOUT_PARAGRAPHS = 4
_LONGEST_HEADER = 80
_FIRST_ROW = 0x20


@dataclass(slots=True)
class WordCell:
    """A cell with the cells merged into it."""

    node: etree._Element | None  # nothing where a row begins further right
    column_span: int = 1
    row_span: int = 1
    dark: bool = False


@dataclass(slots=True)
class WordRow:
    """A row: its cells, whether it heads the table, and whether it is struck out or hidden."""

    cells: list[WordCell] = field(default_factory=list)
    header: bool = False
    hidden: str = ""


def read_rows(table: etree._Element) -> list[WordRow]:
    """Return the rows of a table; a cell that covers several rows stands in its first."""
    rows: list[WordRow] = []
    above: dict[int, WordCell] = {}
    for node in _inside(table, W + "tr"):
        properties = node.find(W + "trPr")
        row = _row(properties)
        column = _skipped(properties, "gridBefore")
        if column:
            row.cells.append(WordCell(None, column_span=column))
        open_cells: dict[int, WordCell] = {}
        for cell_node in _inside(node, W + "tc"):
            span, merge = _spans(cell_node)
            if merge == "continue" and column in above:
                above[column].row_span += 1
                open_cells[column] = above[column]
            else:
                cell = WordCell(cell_node, span, dark=_is_dark(cell_node))
                row.cells.append(cell)
                if merge == "restart":
                    open_cells[column] = cell
            column += span
        above = open_cells
        rows.append(row)
    return rows


def is_layout(rows: list[WordRow]) -> bool:
    """Tell whether a table only arranges text on the page."""
    if not rows:
        return True
    widest = max(len(row.cells) for row in rows)
    if len(rows) == 1 and widest == 1:
        return True
    if len(rows) > 1 and widest > 1:
        return False
    cells = [cell.node for row in rows for cell in row.cells if cell.node is not None]
    if any(cell.find(W + "tbl") is not None for cell in cells):
        return True
    return len(rows) == 1 and any(
        sum(1 for _ in cell.iterfind(W + "p")) >= _LAYOUT_PARAGRAPHS for cell in cells
    )


def header_rows(table: etree._Element, rows: list[WordRow]) -> int:
    """Return how many rows head the table: those marked so, or one that its look sets apart."""
    marked = 0
    while marked < len(rows) and rows[marked].header:
        marked += 1
    if marked:
        return marked if marked < len(rows) else 1
    return int(_looks_headed(table) and len(rows) > 1 and _is_wordy(rows[0]))


def table_style(table: etree._Element) -> str:
    """Return the id of a table's style."""
    node = table.find(f"{W}tblPr/{W}tblStyle")
    return node.get(VAL, "") if node is not None else ""


def _looks_headed(table: etree._Element) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return True
    stated = look.get(W + "firstRow")
    if stated is not None:
        return stated in {"1", "true"}
    try:
        return bool(int(look.get(VAL, "0"), 16) & _FIRST_ROW)
    except ValueError:
        return True


def _is_wordy(row: WordRow) -> bool:
    """Tell whether every cell of a row is a short text without a number."""
    for cell in row.cells:
        texts = cell.node.iter(W + "t") if cell.node is not None else ()
        text = "".join(node.text or "" for node in texts).strip()
        if (
            not text
            or len(text) > _LONGEST_HEADER
            or text.replace(".", "").replace(",", "").isdigit()
        ):
            return False
    return True


def _inside(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in TRANSPARENT:
            yield from _inside(child, tag)


def _row(properties: etree._Element | None) -> WordRow:
    if properties is None:
        return WordRow()
    hidden = "vanish" if is_on(properties.find(W + "hidden")) else ""
    if properties.find(W + "del") is not None:
        hidden = "deleted_revision"
    return WordRow(header=is_on(properties.find(W + "tblHeader")), hidden=hidden)


def _spans(cell: etree._Element) -> tuple[int, str]:
    """Return how many columns a cell covers, and its part in a vertical merge."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, ""
    merge, span = properties.find(W + "vMerge"), properties.find(W + "gridSpan")
    return (
        max(1, whole(span.get(VAL), most=_MOST_SPANNED)) if span is not None else 1,
        merge.get(VAL, "continue") if merge is not None else "",
    )


def _skipped(properties: etree._Element | None, name: str) -> int:
    node = properties.find(W + name) if properties is not None else None
    return whole(node.get(VAL), most=_MOST_SPANNED) if node is not None else 0


def _is_dark(cell: etree._Element) -> bool:
    properties = cell.find(W + "tcPr")
    return properties is not None and is_dark(properties.find(W + "shd"))
