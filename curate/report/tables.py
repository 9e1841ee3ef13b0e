"""Tables of the page: a caption, columns with a scope, rows headed by their first cell.

All tables are built here, so that none lacks its caption or its scopes and each wide one can
scroll within its own region.
"""

from dataclasses import dataclass

from curate.report.blocks import hidden, scroll
from curate.report.markup import Html, el


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and the class of its cells (`n` right-aligned numbers, `q` muted)."""

    head: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a class of its own."""

    content: str
    css: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table before it is markup.

    Attributes:
        caption: what it shows; always there, seen only if `titled`.
        rows: each as many cells as there are columns; the first heads the row.
        foot: rows of sums.
        css: classes of the table, joined by dots.

    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    foot: tuple[tuple[str | Cell, ...], ...] = ()
    css: str = ""
    titled: bool = False


def table(shown: Table) -> Html:
    """Return a table in its region."""
    heads = (_head(column) for column in shown.columns)
    body = (_row(shown.columns, row) for row in shown.rows)
    foot = tuple(_row(shown.columns, row) for row in shown.foot)
    caption = el("h3", shown.caption) if shown.titled else hidden(shown.caption)
    markup = el(
        f"table.{shown.css}" if shown.css else "table",
        el("caption" if shown.titled else "caption.unseen", caption),
        el("thead", el("tr", *heads)),
        el("tbody", *body),
        el("tfoot", *foot) if foot else "",
    )
    return scroll(shown.caption, markup)


def _head(column: Column) -> Html:
    tag = f"th.{column.css}" if column.css else "th"
    return el(tag, column.head, scope="col") if column.head else el(tag.replace("th", "td", 1))


def _row(columns: tuple[Column, ...], row: tuple[str | Cell, ...]) -> Html:
    first, *rest = (
        _cell(column, cell, first=index == 0)
        for index, (column, cell) in enumerate(zip(columns, row, strict=True))
    )
    return el("tr", first, *rest)


def _cell(column: Column, cell: str | Cell, *, first: bool) -> Html:
    content, css = (cell.content, cell.css) if isinstance(cell, Cell) else (cell, "")
    classes = ".".join(filter(None, (column.css, css)))
    tag = "th" if first and content else "td"
    scope = "row" if tag == "th" else ""
    return el(f"{tag}.{classes}" if classes else tag, content, scope=scope)
