"""The one way in which readers write canonical text: a builder that knows its rules.

A reader walks its format and calls `heading`, `paragraph`, `item`, `table`, `code` in reading
order; the builder joins them by blank lines, merges items into lists, places every span and finds
each element's parent heading. `tables.parsed` says what the text looks like.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from curate.tables.parsed import TITLE, Element, Field, Kind, Link, Parsed, Part, Turn
from curate.text.inline import Inline, clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_INDENT = "  "
_CELL_GAP = " | "
_MOST_SPANNED = 200  # a hostile table may claim a million


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands on its page: page from 1, box in points from the top left corner."""

    page: int | None = None
    box: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its reader found it."""

    text: str | Inline
    row_span: int = 1
    column_span: int = 1
    header: bool = False


NOWHERE = Place()


@dataclass(slots=True)
class Canonical:
    r"""Canonical text under construction.

    >>> canonical = Canonical()
    >>> canonical.heading("Refunds", level=1)
    >>> canonical.item("Ask", number=1)
    >>> canonical.item("Wait", number=2)
    >>> canonical.build(title="Refunds").text
    'Refunds\n\n1. Ask\n2. Wait'
    """

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _elements: list[Element] = field(default_factory=list)
    _headings: list[int] = field(default_factory=list)
    _turns: list[Turn] = field(default_factory=list)
    _before_turns: int = -1
    _items: list[Part] | None = None
    _item_links: list[Link] = field(default_factory=list)
    furniture: int = 0

    def heading(
        self, text: str | Inline, *, level: int, at: Place = NOWHERE, kind: Kind = Kind.HEADING
    ) -> None:
        """Add a heading; level 1 is the highest. A heading that no reader sees has kind HIDDEN."""
        words, links = _finish(text)
        if not words:
            return
        words = words.replace("\n", " ")
        if kind is not Kind.HEADING:
            self._add(Element(kind, 0, 0, links=links), words, at)
            return
        self.leave(level=level)
        self._add(Element(Kind.HEADING, 0, 0, level=level, links=links), words, at)
        self._headings.append(len(self._elements) - 1)

    def paragraph(
        self,
        text: str | Inline,
        *,
        kind: Kind = Kind.PARAGRAPH,
        detail: str = "",
        at: Place = NOWHERE,
    ) -> None:
        """Add running text of a kind; white space is folded, line breaks stay."""
        words, links = _finish(text)
        if words:
            self._add(Element(kind, 0, 0, detail=detail, links=links), words, at)

    def item(
        self,
        text: str | Inline,
        *,
        depth: int = 0,
        number: int | str | None = None,
        at: Place = NOWHERE,
    ) -> None:
        """Add a list item; items that follow each other are one list, line breaks become spaces.

        A number given as text is a label as the page shows it, such as `c)` or `1.2.`.
        """
        words, links = _finish(text)
        if not words:
            return
        marker = _INDENT * depth + _marker(number)
        if self._items is None:
            self._add(Element(Kind.LIST, 0, 0), "", at)
            self._items = []
        else:
            self._write("\n")
        self._write(marker)
        start = self._length
        self._write(words.replace("\n", " "))
        self._items.append(Part(len(self._items), depth, start, self._length))
        self._item_links.extend(_moved(links, start))

    def end_list(self) -> None:
        """Let the next item begin a new list."""
        if self._items is None:
            return
        self._elements[-1] = replace(
            self._elements[-1],
            end=self._length,
            parts=tuple(self._items),
            links=tuple(self._item_links),
        )
        self._items, self._item_links = None, []

    def table(
        self,
        rows: Iterable[Sequence[Cell | str]],
        *,
        header_rows: int = 0,
        kind: Kind = Kind.TABLE,
        detail: str = "",
        at: Place = NOWHERE,
    ) -> None:
        """Add a table, row by row; a cell that covers several rows or columns is given once.

        Args:
            rows: The cells in reading order.
            header_rows: How many of the first rows are headers, beside cells marked so themselves.
            kind: TABLE, or HIDDEN for one that no reader sees.
            detail: A word for the ledger, such as the way it is hidden.
            at: Page and box.
        """
        grid = _Grid(header_rows, self._start())
        for row in rows:
            grid.add(row)
        if grid.lines:
            filled = Element(kind, 0, 0, detail=detail, parts=tuple(grid.parts))
            self._add(replace(filled, links=tuple(grid.links)), "\n".join(grid.lines), at)

    def code(self, text: str, *, language: str = "", at: Place = NOWHERE) -> None:
        """Add preformatted text; its white space stays."""
        body = clean(text).strip("\n").rstrip()
        if body.strip():
            self._add(Element(Kind.CODE, 0, 0, detail=language), body, at)

    def leave(self, *, level: int) -> None:
        """End the sections of this level and below them, so that what follows stands under none."""
        self.end_list()
        while self._headings and self._elements[self._headings[-1]].level >= level:
            self._headings.pop()

    def turn(self, turn: Turn) -> None:
        """Begin a message; what follows belongs to it, headings inside it end with it."""
        self.end_list()
        if self._before_turns < 0:
            self._before_turns = len(self._headings)
        del self._headings[self._before_turns :]
        self._turns.append(turn)

    def build(self, *, title: str = "", fields: Iterable[Field] = (), language: str = "") -> Parsed:
        """Return the document; without a title, its first heading serves. Set the rest by `replace`.

        A heading that says the title that was given is marked as the document's own.
        """
        self.end_list()
        text = "".join(self._pieces)
        named = fold(title).replace("\n", " ")
        return Parsed(
            title=named or self._first_heading(text),
            text=text,
            elements=tuple(self._marked(named, text)),
            turns=tuple(self._turns),
            fields=tuple(Field(f.name, fold(f.value)) for f in fields if fold(f.value)),
            language=language,
            furniture=self.furniture,
        )

    def is_empty(self) -> bool:
        """Tell whether nothing was added yet."""
        return not self._elements

    def _marked(self, title: str, text: str) -> Iterator[Element]:
        """Yield the elements, the first heading that says the title marked so."""
        open_ = bool(title)
        for element in self._elements:
            own = (
                open_
                and element.kind is Kind.HEADING
                and text[element.start : element.end] == title
            )
            open_ = open_ and not own
            yield replace(element, detail=TITLE) if own else element

    def _first_heading(self, text: str) -> str:
        headings = (e for e in self._elements if e.kind is Kind.HEADING)
        return next((text[e.start : e.end] for e in headings), "")

    def _start(self) -> int:
        return self._length + (2 if self._elements else 0)

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _add(self, element: Element, text: str, at: Place) -> None:
        self.end_list()
        if self._elements:
            self._write("\n\n")
        start = self._length
        self._write(text)
        self._elements.append(
            Element(
                element.kind,
                start,
                self._length,
                level=element.level,
                parent=self._headings[-1] if self._headings else -1,
                page=at.page,
                box=at.box,
                turn=len(self._turns) - 1,
                detail=element.detail,
                parts=element.parts,
                links=_moved(element.links, start),
            )
        )


def _marker(number: int | str | None) -> str:
    if isinstance(number, str):
        return f"{fold(number)} "
    return "- " if number is None else f"{number}. "


def _line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return fold(text).replace("\n", " ")


def _finish(text: str | Inline) -> tuple[str, tuple[Link, ...]]:
    return text.finish() if isinstance(text, Inline) else (fold(text), ())


def _moved(links: Iterable[Link], by: int) -> tuple[Link, ...]:
    return tuple([Link(link.start + by, link.end + by, link.url) for link in links])


@dataclass(slots=True)
class _Grid:
    """Lines of a table under construction; `_covered` are places that a cell above reaches into."""

    header_rows: int
    start: int  # of the table in the document's text
    lines: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)  # counted from the table's start
    _covered: set[tuple[int, int]] = field(default_factory=set)
    _length: int = 0

    def add(self, cells: Sequence[Cell | str]) -> None:
        """Append a row; one without any text is left out."""
        if not self._covered and all(type(cell) is str for cell in cells):
            self._add_plain(cast("Sequence[str]", cells))
            return
        finished = [_finish(cell.text if isinstance(cell, Cell) else cell) for cell in cells]
        texts = [words.replace("\n", " ") for words, _ in finished]
        if not any(texts):
            self._skip()
            return
        column = 0
        for cell, text, (_, links) in zip(cells, texts, finished, strict=True):
            column = self._place(cell, text, column)
            if links:
                self.links.extend(_moved(links, self._length))
            self._length += len(text) + len(_CELL_GAP)
        self._length += len("\n") - len(_CELL_GAP)
        self.lines.append(_CELL_GAP.join(texts))

    def _add_plain(self, cells: Sequence[str]) -> None:
        """Append a row of bare texts, as most of large tables are."""
        texts = [_line(cell) for cell in cells]
        if not any(texts):
            return
        row, header, at = len(self.lines), len(self.lines) < self.header_rows, self.start
        at += self._length
        for column, text in enumerate(texts):
            end = at + len(text)
            self.parts.append(Part(row, column, at, end, 1, 1, header))
            at = end + len(_CELL_GAP)
        self._length = at - len(_CELL_GAP) + len("\n") - self.start
        self.lines.append(_CELL_GAP.join(texts))

    def _skip(self) -> None:
        """Let cells that reach into a row without text end one row earlier."""
        row = len(self.lines)
        if self._covered:
            self._covered = {(r - 1 if r > row else r, c) for r, c in self._covered if r != row}

    def _place(self, cell: Cell | str, text: str, column: int) -> int:
        row, start = len(self.lines), self.start + self._length
        while (row, column) in self._covered:
            column += 1
        if isinstance(cell, str):
            end = start + len(text)
            self.parts.append(Part(row, column, start, end, 1, 1, row < self.header_rows))
            return column + 1
        self.parts.append(
            Part(
                row,
                column,
                start,
                start + len(text),
                cell.row_span,
                cell.column_span,
                header=cell.header or row < self.header_rows,
            )
        )
        for down in range(1, min(cell.row_span, _MOST_SPANNED)):
            for right in range(min(cell.column_span, _MOST_SPANNED)):
                self._covered.add((row + down, column + right))
        return column + cell.column_span
