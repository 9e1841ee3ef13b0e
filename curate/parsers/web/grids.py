"""Tables of a page: those of data become tables, those that lay out the page its blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.parsers.web.blocks import block, gutter
from curate.parsers.web.style import inherited
from curate.tables.parsed import Kind
from curate.text.canonical import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.web.dom import Node
    from curate.parsers.web.walker import Flow, Walker

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_LARGEST_CELL = (
    1_500  # characters of a cell with blocks inside, beyond which it is a part of the page
)
_MOST_SPAN = 1_000
_LARGEST_AREA = 2_000  # places that one cell may cover
_BLOCKS = ("p", "ul", "ol", "div", "h1", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a row stands: the group it belongs to, and how many rows are left with it."""

    group: str
    left: int


def table(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a table."""
    rows = list(_rows(node))
    if flow.role == "inline" or _lays_out(node, rows):
        for _, row in rows:
            block(walker, row, flow)
        return
    walker.flush(flow)
    for caption in (child for child in node.children if child.tag == "caption"):
        walker.canonical.paragraph(walker.collect(caption, flow), kind=Kind.CAPTION)
    inside = replace(flow, role="inline", item=None)
    found = (
        _cells(walker, row, inside, row=_Row(group, len(rows) - n))
        for n, (group, row) in enumerate(rows)
    )
    walker.canonical.table([cells for cells in found if cells])
    if flow.item is not None:
        flow.item.spent = True
    if flow.depth < 0:
        walker.show_hidden()


def _rows(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the rows of this table, not those of tables within."""
    for child in node.children:
        if child.tag == "tr":
            yield "", child
        elif child.tag in _GROUPS:
            yield from ((child.tag, row) for row in child.children if row.tag == "tr")


def _lays_out(node: Node, rows: list[tuple[str, Node]]) -> bool:
    if node.get("role") in {"presentation", "none"}:
        return True
    cells = [[c for c in row.children if c.tag in {"td", "th"}] for _, row in rows]
    if max(map(len, cells), default=0) <= 1:
        return True
    if any(gutter(cell) for row in cells for cell in row):
        return True
    if node.find("th") is not None or node.find("caption") is not None:
        return False
    if node.find("table") is not None:
        return True
    large = (cell for row in cells for cell in row if cell.size > _LARGEST_CELL)
    return any(cell.find(*_BLOCKS) is not None for cell in large)


def _cells(walker: Walker, node: Node, flow: Flow, *, row: _Row) -> list[Cell]:
    """Return the cells of a row; what is hidden in it is set aside."""
    inside = _styled(walker, node, flow)
    if inside is None:
        return []
    found = (_cell(walker, c, inside, row=row) for c in node.children if c.tag in {"td", "th"})
    return [cell for cell in found if cell is not None]


def _cell(walker: Walker, node: Node, flow: Flow, *, row: _Row) -> Cell | None:
    inside = _styled(walker, node, flow)
    if inside is None:
        return None
    header = node.tag == "th" or row.group == "thead"
    text = walker.collect(node, inside)
    down, right = min(_span(node, "rowspan"), row.left), _span(node, "colspan")
    if down * right > _LARGEST_AREA:
        return Cell(text, header=header)
    return Cell(text, row_span=down, column_span=right, header=header)


def _styled(walker: Walker, node: Node, flow: Flow) -> Flow | None:
    """Return the flow inside a row or cell, None where it is hidden and was set aside."""
    told = walker.page.declared(node)
    if not told and not node.attributes:
        return flow
    hidden = walker.page.hidden(node, told, None)
    if hidden:
        walker.hide(hidden, node.inner_text())
        return None
    return replace(flow, look=inherited(flow.look, told)) if told else flow


def _span(node: Node, name: str) -> int:
    value = node.get(name).strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() and len(value) < 6 else 1  # noqa: PLR2004


def cell(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a cell of a table that lays out the page."""
    if not gutter(node):
        block(walker, node, flow)
