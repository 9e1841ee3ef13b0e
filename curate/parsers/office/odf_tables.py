"""Tables of OpenDocument files: rows with repeats written out, but never a million empty ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.attributes import whole
from curate.parsers.office.odf_names import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from curate.parsers.office.odf_styles import Styles

_GROUPS: Final = frozenset(
    {TABLE + "table-rows", TABLE + "table-row-group", TABLE + "table-header-rows",
     TABLE + "table-columns", TABLE + "table-column-group", TABLE + "table-header-columns"}
)  # fmt: skip
_CELLS: Final = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_HIDDEN: Final = frozenset({"collapse", "filter"})
_MOST_EMPTY = 2  # repeated rows or columns without text that are kept
_MOST_REPEATED = 2000
_MOST_SPANNED = 200
_MOST_COLUMNS = 16384
_LARGEST = 10**8


@dataclass(slots=True)
class OdfCell:
    """A cell; `node` is nothing for one that another covers or that a gap stands for."""

    node: etree._Element | None
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class OdfRow:
    """A row of a table."""

    cells: list[OdfCell] = field(default_factory=list)
    header: bool = False
    hidden: bool = False


def read_rows(table: etree._Element) -> Iterator[OdfRow]:
    """Return a table's rows; rows that repeat without text are shortened."""
    for node, header in _rows(table, in_header=False):
        row = OdfRow(_cells(node), header, node.get(TABLE + "visibility") in _HIDDEN)
        filled = any(cell.node is not None and len(cell.node) for cell in row.cells)
        repeated = _number(node, "number-rows-repeated")
        for _ in range(min(repeated, _MOST_REPEATED if filled else _MOST_EMPTY)):
            yield row


def hidden_columns(table: etree._Element) -> frozenset[int]:
    """Return the columns of a table that are not shown, counted from 0."""
    found: list[int] = []
    column = 0
    for node in table.iter(TABLE + "table-column"):
        repeated = min(_number(node, "number-columns-repeated"), _MOST_COLUMNS)
        if node.get(TABLE + "visibility") in _HIDDEN:
            found.extend(range(column, min(column + repeated, _MOST_COLUMNS)))
        column += repeated
    return frozenset(found)


def is_off(table: etree._Element, styles: Styles) -> bool:
    """Tell whether a sheet is hidden."""
    return styles.get("table", table.get(TABLE + "style-name")).off


def _rows(node: etree._Element, *, in_header: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in node:
        if child.tag == TABLE + "table-row":
            yield child, in_header
        elif child.tag in _GROUPS:
            header = in_header or child.tag == TABLE + "table-header-rows"
            yield from _rows(child, in_header=header)


def _cells(row: etree._Element) -> list[OdfCell]:
    found: list[OdfCell] = []
    column = 0
    for node in row:
        if node.tag not in _CELLS or column > _MOST_COLUMNS:
            continue
        repeated = _number(node, "number-columns-repeated")
        if node.tag == TABLE + "table-cell":
            spans = (_number(node, "number-rows-spanned"), _number(node, "number-columns-spanned"))
            times = min(repeated, _MOST_REPEATED if len(node) else _MOST_EMPTY)
            reach = [min(span, _MOST_SPANNED) for span in spans]
            found.extend(OdfCell(node, column + again, *reach) for again in range(times))
        column += repeated
    return found


def _number(node: etree._Element, name: str) -> int:
    return max(1, whole(node.get(TABLE + name), most=_LARGEST, default=1))
