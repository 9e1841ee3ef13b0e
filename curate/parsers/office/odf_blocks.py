"""The body of an OpenDocument text (and the text inside frames and cells) as canonical text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.labels import as_number, typed_bullet
from curate.parsers.office.odf_names import (
    CHART,
    DC,
    DRAW,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
)
from curate.parsers.office.odf_runs import Runs, gather, paragraphs_of
from curate.parsers.office.odf_styles import Level, Styles, label_of
from curate.parsers.office.odf_tables import OdfRow, read_rows
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Cell, Place
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from curate.parsers.office.package import Package

_DEEPEST = 40
_LEVELS = 11
_LONGEST_HEADING = 250
_KINDS = {"caption": Kind.CAPTION, "quote": Kind.BLOCKQUOTE}


@dataclass(slots=True)
class ListState:
    """Where a list stands: its style and the numbers counted so far, by depth from 1."""

    style: str = ""
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)


@dataclass(slots=True)
class OdfBody:
    """A document's body under reading."""

    package: Package
    styles: Styles
    canonical: Canonical = field(default_factory=Canonical)
    fields: list[Field] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    title: str = ""
    page: int = 1
    paged: bool = False
    folder: str = ""  # of the embedded object under reading
    dark: bool = False
    _asides: list[tuple[str, Kind, str, Place]] = field(default_factory=list)
    _code: list[str] = field(default_factory=list)
    _outline: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    _lists: dict[str, ListState] = field(default_factory=dict)
    _depth: int = 0

    def blocks(self, node: etree._Element) -> None:
        """Write everything inside a body, section or frame."""
        if self._depth > _DEEPEST:
            self.reasons.add("truncated")
            return
        self._depth += 1
        for child in node:
            handler = _HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif isinstance(child.tag, str) and child.tag.startswith(DRAW):
                self.drawing(child)
        self._depth -= 1

    def close(self) -> None:
        """Write what still waits."""
        self._flush_code()
        self.flush()
        self.canonical.end_list()

    def flush(self) -> None:
        """Write what hangs on the text so far."""
        asides, self._asides = self._asides, []
        for text, kind, detail, at in asides:
            self.canonical.paragraph(text, kind=kind, detail=detail, at=at)

    def place(self) -> Place:
        """Return the place on a page, where pages are known."""
        return Place(self.page) if self.paged else Place()

    def runs(self, node: etree._Element) -> Runs:
        """Return what a paragraph holds."""
        runs = Runs(self.styles, dark=self.dark)
        look = self.styles.get("paragraph", node.get(TEXT + "style-name"))
        if look.hidden and not (look.hidden == "white_text" and self.dark):
            runs.how = look.hidden
        gather(node, runs)
        return runs

    def drawing(self, node: etree._Element) -> None:
        """Write what a frame or shape shows."""
        self._flush_code()
        self.flush()
        for child in node.iter(SVG + "title", SVG + "desc"):
            if child.getparent() is node:
                self._aside(child.text or "", Kind.HIDDEN, "alt_text")
        for child in node:
            if child.tag == DRAW + "object":
                self._object(child)
        self.blocks(node)
        self.flush()

    def cells(self, rows: list[OdfRow], nested: list[etree._Element]) -> list[list[Cell]]:
        """Return the cells of a table's rows with what hangs on them put aside."""
        return [
            [self._cell(c.node, nested, (c.row_span, c.column_span)) for c in r.cells] for r in rows
        ]

    def cells_text(self, node: etree._Element) -> str:
        """Return the text of a cell of a sheet; what hangs on it is put aside."""
        inline = Inline()
        self._cell_text(node, inline, [])
        return inline.finish()[0]

    def _cell(
        self, node: etree._Element | None, nested: list[etree._Element], spans: tuple[int, int]
    ) -> Cell:
        inline = Inline()
        if node is not None:
            self._cell_text(node, inline, nested)
        return Cell(inline, *spans)

    def _cell_text(
        self, node: etree._Element, inline: Inline, nested: list[etree._Element]
    ) -> None:
        for child in node:
            if child.tag in {TEXT + "p", TEXT + "h"}:
                runs = self.runs(child)
                text, links = runs.inline.finish()
                inline.add("\n")
                place = 0
                for link in links:
                    inline.add(text[place : link.start])
                    inline.add(text[link.start : link.end], url=link.url)
                    place = link.end
                inline.add(text[place:])
                self._hang(runs)
            elif child.tag == TABLE + "table":
                nested.append(child)
            elif child.tag == OFFICE + "annotation":
                self._comment(child)
            elif child.tag.startswith(TEXT):
                self._cell_text(child, inline, nested)

    def _paragraph(self, node: etree._Element) -> None:
        look = self.styles.get("paragraph", node.get(TEXT + "style-name"))
        if look.breaks and not self.paged:
            self.page += 1
        if look.role == "code" and self._depth == 1:
            self.flush()
            self._code.append(_code_line(node))
            return
        self._flush_code()
        if look.level or (look.role == "title" and self._depth == 1):
            self._heading(node, look.level or 1, is_title=look.role == "title")
            return
        runs = self.runs(node)
        text, _ = runs.inline.finish()
        bullet = typed_bullet(text)
        if bullet and "\n" not in text:
            self.canonical.item(text[bullet:], at=self.place())
        else:
            self.flush()
            self.canonical.paragraph(
                runs.inline, kind=_KINDS.get(look.role, Kind.PARAGRAPH), at=self.place()
            )
        self._hang(runs)

    def _header(self, node: etree._Element) -> None:
        level = node.get(TEXT + "outline-level", "1")
        self._flush_code()
        self._heading(node, min(int(level), _LEVELS - 1) if level.isdecimal() else 1)

    def _heading(self, node: etree._Element, level: int, *, is_title: bool = False) -> None:
        runs = self.runs(node)
        text, _ = runs.inline.finish()
        label = "" if is_title or not text else self._number(node, max(level, 1))
        self.flush()
        if len(text) > _LONGEST_HEADING:
            self.canonical.paragraph(f"{label} {text}", at=self.place())
        elif text:
            words: str | Inline = f"{label} {text}" if label else runs.inline
            self.canonical.heading(words, level=max(level, 1), at=self.place())
            self.title = self.title or (text if is_title else "")
        self._hang(runs)

    def _number(self, node: etree._Element, level: int) -> str:
        """Count a heading and return its number as drawn, if headings are numbered."""
        if node.get(TEXT + "is-list-header") == "true":
            return ""
        counts, rule = self._outline, self.styles.outline.get(level, Level())
        counts[level] = counts[level] + 1 if counts[level] else rule.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return label_of(self.styles.outline, level, counts) if rule.style else ""

    def _list(self, node: etree._Element) -> None:
        """Write a list; one that goes on with an earlier one keeps its numbers."""
        self._flush_code()
        name = node.get(TEXT + "style-name", "")
        goes_on = node.get(TEXT + "continue-numbering") == "true" or node.get(
            TEXT + "continue-list"
        )
        state = self._lists.get(name) if goes_on else None
        if state is None:
            state = ListState(name)
            self.canonical.end_list()
        self._lists[name] = state
        self._items(node, state, 1)

    def _items(self, node: etree._Element, state: ListState, depth: int) -> None:
        if depth >= _LEVELS or not state.style:
            depth = min(depth, _LEVELS - 1)
        style = node.get(TEXT + "style-name") or state.style
        for item in node:
            if item.tag not in {TEXT + "list-item", TEXT + "list-header"}:
                continue
            started = item.get(TEXT + "start-value", "")
            fresh = item.tag == TEXT + "list-item" and self._counts(item)
            if fresh:
                rule = self.styles.lists.get(style, {}).get(depth, Level())
                counts = state.counts
                counts[depth] = counts[depth] + 1 if counts[depth] else rule.start
                counts[depth] = int(started) if started.isdecimal() else counts[depth]
                counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
            self._item(item, ListState(style, state.counts), depth, fresh=fresh)

    def _counts(self, item: etree._Element) -> bool:
        """Tell whether an item has text of its own rather than a deeper list alone."""
        return any(child.tag in {TEXT + "p", TEXT + "h"} for child in item)

    def _item(self, item: etree._Element, state: ListState, depth: int, *, fresh: bool) -> None:
        for child in item:
            if child.tag == TEXT + "h":
                self._header(child)
            elif child.tag == TEXT + "p":
                self._item_text(child, state, depth, fresh=fresh)
                fresh = False
            elif child.tag == TEXT + "list":
                self._items(child, state, depth + 1)
            elif child.tag in _HANDLERS:
                _HANDLERS[child.tag](self, child)

    def _item_text(
        self, node: etree._Element, state: ListState, depth: int, *, fresh: bool
    ) -> None:
        runs = self.runs(node)
        levels = self.styles.lists.get(state.style, {})
        rule = levels.get(depth, Level(bullet=True))
        if fresh and (rule.bullet or rule.style):
            label = "" if rule.bullet else label_of(levels, depth, state.counts)
            number = as_number(label) if label else None
            self.canonical.item(runs.inline, depth=depth - 1, number=number, at=self.place())
        else:
            self.flush()
            self.canonical.paragraph(runs.inline, at=self.place())
        self._hang(runs)

    def _table(self, node: etree._Element) -> None:
        self._flush_code()
        self.flush()
        rows = list(read_rows(node))
        if len(rows) == 1 and len(rows[0].cells) == 1 and rows[0].cells[0].node is not None:
            self.blocks(rows[0].cells[0].node)
            return
        nested: list[etree._Element] = []
        at = self.place()
        headers = sum(row.header for row in rows)
        grid = self.cells(rows, nested)
        wordy = len(rows) > 1 and not headers and _is_wordy(grid[0])
        self.canonical.table(grid, header_rows=headers or int(wordy), at=at)
        self.flush()
        for inner in nested:
            if self._depth < _DEEPEST:
                self._depth += 1
                self._table(inner)
                self._depth -= 1

    def _section(self, node: etree._Element) -> None:
        if node.get(TEXT + "display") == "none":
            words = paragraphs_of(node, self.styles)
            self._aside(words, Kind.HIDDEN, "vanish")
            return
        self.blocks(node)

    def _contents(self, node: etree._Element) -> None:
        self.canonical.furniture += sum(1 for _ in node.iter(TEXT + "p"))

    def _changes(self, node: etree._Element) -> None:
        for deletion in node.iter(TEXT + "deletion"):
            self._aside(paragraphs_of(deletion, self.styles), Kind.HIDDEN, "deleted_revision")

    def _page_break(self, _node: etree._Element) -> None:
        self.page += 1

    def _comment(self, node: etree._Element) -> None:
        self._aside(paragraphs_of(node, self.styles), Kind.COMMENT, "")
        author = (node.findtext(DC + "creator") or "").strip()
        if author and all(author != known.value for known in self.fields):
            self.fields.append(Field("comment_author", author))

    def _hang(self, runs: Runs) -> None:
        """Let what a block holds beside its text follow it."""
        self.page += runs.breaks
        for note in runs.notes:
            self._aside(paragraphs_of(note, self.styles), Kind.FOOTNOTE, "")
        for comment in runs.comments:
            self._comment(comment)
        for detail, pieces in sorted(runs.hidden.items()):
            self._aside("".join(pieces), Kind.HIDDEN, detail)
        for drawing in runs.drawings:
            look = self.styles.get("graphic", drawing.get(DRAW + "style-name"))
            before, self.dark = self.dark, self.dark or look.filled
            self.drawing(drawing)
            self.dark = before

    def _object(self, node: etree._Element) -> None:
        """Write the text of an embedded object: a chart's values, another document's body."""
        name = node.get(XLINK + "href", "").removeprefix("./").strip("/")
        root = (
            self.package.xml(f"{self.folder}{name}/content.xml")
            if name and len(name) < 200
            else None
        )
        if root is None or self._depth > _DEEPEST // 4:
            return
        before, self.folder = self.folder, f"{self.folder}{name}/"
        for title in root.iter(CHART + "title", CHART + "subtitle"):
            self.canonical.paragraph(
                paragraphs_of(title, self.styles), kind=Kind.CAPTION, at=self.place()
            )
        for body in root.iter(OFFICE + "text"):
            self.blocks(body)
        if next(root.iter(OFFICE + "text"), None) is None:
            for table in root.iter(TABLE + "table"):
                self._table(table)
        self.folder = before

    def _aside(self, text: str, kind: Kind, detail: str) -> None:
        if text.strip():
            self._asides.append((text, kind, detail, self.place()))

    def _flush_code(self) -> None:
        lines, self._code = self._code, []
        if lines:
            self.canonical.code("\n".join(lines), at=self.place())


def _code_line(node: etree._Element) -> str:
    pieces = [node.text or ""]
    for child in node.iter():
        if child is node:
            continue
        if child.tag == TEXT + "s":
            count = child.get(TEXT + "c", "1")
            pieces.append(" " * min(int(count), 1000) if count.isdecimal() else " ")
        elif child.tag == TEXT + "tab":
            pieces.append("\t")
        elif child.tag == TEXT + "line-break":
            pieces.append("\n")
        else:
            pieces.append(child.text or "")
        pieces.append(child.tail or "")
    return "".join(pieces).rstrip("\n")


def _is_wordy(row: list[Cell]) -> bool:
    """Tell whether every cell of a row is a short text without a number."""
    texts = [cell.text.finish()[0] if isinstance(cell.text, Inline) else cell.text for cell in row]
    return all(
        text and len(text) <= 80 and not text.replace(".", "").replace(",", "").isdigit()
        for text in texts
    )


_HANDLERS: Final[dict[str, Callable[[OdfBody, etree._Element], None]]] = {
    TEXT + "p": OdfBody._paragraph,
    TEXT + "h": OdfBody._header,
    TEXT + "list": OdfBody._list,
    TABLE + "table": OdfBody._table,
    TEXT + "section": OdfBody._section,
    TEXT + "table-of-content": OdfBody._contents,
    TEXT + "tracked-changes": OdfBody._changes,
    TEXT + "soft-page-break": OdfBody._page_break,
    OFFICE + "annotation": OdfBody._comment,
    **dict.fromkeys(
        (
            TEXT + name
            for name in (
                "index-body", "illustration-index", "table-index", "object-index", "user-index",
                "alphabetical-index", "bibliography", "numbered-paragraph", "page-sequence",
            )
        ),
        OdfBody.blocks,
    ),
}  # fmt: skip
