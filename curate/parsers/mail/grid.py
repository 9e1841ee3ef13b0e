"""Tables of a mail: tell the ones that hold data from the ones that hold the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.text.canonical import Cell
from curate.text.inline import Inline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST_CELL = 300
_MOST_SPANNED = 100


def data_table(table: LexborNode) -> list[list[Cell]]:
    """Return the rows of a table of data; none where the table is layout."""
    if table.attributes.get("role") == "presentation" or table.css_first("table table"):
        return []
    if table.css_first("ul, ol, blockquote, h1, h2, h3, hr, pre"):
        return []
    rows = [_row(row) for row in table.css("tr")]
    return rows if _is_data(table, rows) else []


def _is_data(table: LexborNode, rows: list[list[Cell]]) -> bool:
    texts = [[_text(cell) for cell in row] for row in rows]
    filled = [row for row in texts if sum(map(bool, row)) > 1]
    if len(filled) < 2 or len(filled) * 2 < len(rows):  # noqa: PLR2004
        return False
    cells = [text for row in texts for text in row]
    if table.css_first("th"):
        return True
    return all(len(text) <= _LONGEST_CELL for text in cells) and sum(map(bool, cells)) * 2 > len(
        cells
    )


def _row(row: LexborNode) -> list[Cell]:
    cells = []
    child = row.child
    while child is not None:
        if child.tag in {"td", "th"}:
            cells.append(_cell(child))
        child = child.next
    return cells


def _cell(node: LexborNode) -> Cell:
    inline = Inline()
    for piece in node.traverse(include_text=True):
        if piece.is_text_node:
            inline.add(piece.text_content or "")
        elif piece.tag in {"br", "p", "div"}:
            inline.add(" ")
    return Cell(
        inline,
        row_span=_span(node.attributes.get("rowspan")),
        column_span=_span(node.attributes.get("colspan")),
        header=node.tag == "th",
    )


def _span(value: str | None) -> int:
    value = (value or "").strip()
    return min(max(int(value), 1), _MOST_SPANNED) if value.isascii() and value.isdigit() else 1


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell.text, str) else cell.text.finish()[0]
