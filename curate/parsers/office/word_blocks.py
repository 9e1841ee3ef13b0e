"""The body of a Word document, block by block, written as canonical text.

What hangs on a paragraph (footnotes, comments, hidden text, descriptions of pictures) follows it, but
waits for the end of a list, so that lists stay whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.drawing import linked_tree, read_chart, read_diagram
from curate.parsers.office.labels import as_number, typed_bullet
from curate.parsers.office.word_numbering import Label, Numbering
from curate.parsers.office.word_runs import Runs, Story, begin, finish, gather
from curate.parsers.office.word_styles import (
    BODY_LEVEL,
    Style,
    is_dark,
    numbering_of,
    outline_of,
)
from curate.parsers.office.word_tables import (
    WordCell,
    header_rows,
    is_layout,
    read_rows,
    table_style,
)
from curate.parsers.office.wordprocessing import MC, VAL, W, chosen, is_on
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Cell, Place
from curate.text.inline import Inline

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.package import Package

_LONGEST_HEADING = 250
_LONGEST_BOLD_HEADING = 90
_DEEPEST = 40  # of tables and text boxes in each other
_AUXILIARY = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_TRANSPARENT: Final = frozenset(
    {W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag",
     _AUXILIARY + "sect", _AUXILIARY + "sub-section", _AUXILIARY + "pBdrGroup"}
)  # fmt: skip
_ROLE_KINDS = {"caption": Kind.CAPTION, "quote": Kind.BLOCKQUOTE}


@dataclass(slots=True)
class Aside:
    """Something that follows the text it hangs on."""

    text: str | Inline
    kind: Kind
    detail: str
    at: Place


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph's properties make of it."""

    style: Style
    level: int | None
    label: Label | None
    depth: int
    dark: bool
    mark_deleted: bool


@dataclass(slots=True)
class Body:
    """A document's body under reading."""

    package: Package
    part: str
    story: Story
    numbering: Numbering
    canonical: Canonical = field(default_factory=Canonical)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    comments: dict[str, tuple[str, str]] = field(default_factory=dict)  # text, author
    fields: list[Field] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    known: frozenset[str] = frozenset()  # texts that a table of contents repeats
    bold_headings: bool = False
    paged: bool = False
    title: str = ""
    _asides: list[Aside] = field(default_factory=list)
    _code: list[str] = field(default_factory=list)
    _group: str = ""
    _carried: Runs | None = None
    _depth: int = 0

    def blocks(self, node: etree._Element) -> None:
        """Write everything inside a body, a cell, a text box or whatever wraps blocks."""
        if self._depth > _DEEPEST:
            self.reasons.add("truncated")
            return
        self._depth += 1
        for child in node:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
                self._table(child)
            elif tag in _TRANSPARENT:
                self.blocks(child)
            elif tag in {W + "sdt", MC + "AlternateContent"}:
                inner = child.find(W + "sdtContent") if tag == W + "sdt" else chosen(child)
                if inner is not None:
                    self.blocks(inner)
            elif tag == W + "altChunk":
                self.reasons.add("embedded_part")
        self._depth -= 1

    def close(self) -> None:
        """Write what still waits."""
        self._flush_code()
        self.flush()

    def flush(self) -> None:
        """Write what hangs on the text so far."""
        asides, self._asides = self._asides, []
        for aside in asides:
            self.canonical.paragraph(
                aside.text, kind=aside.kind, detail=aside.detail, at=aside.at
            )

    def _paragraph(self, node: etree._Element) -> None:
        shape = self._shape(node.find(W + "pPr"))
        if shape.style.role == "code" and shape.level is None:
            self._code_line(node)
            return
        self._flush_code()
        runs = self._carried or Runs()
        self._carried = None
        if shape.mark_deleted:
            gather(node, runs, self.story)
            self._carried = runs
            return
        begin(self.story)
        dark, self.story.dark = self.story.dark, self.story.dark or shape.dark
        gather(node, runs, self.story)
        finish(runs, self.story)
        self.story.dark = dark
        if shape.style.hidden:
            _hide_all(runs)
        self._write(runs, shape)
        self._hang(runs)

    def _shape(self, properties: etree._Element | None) -> Shape:
        if properties is None:
            return self._styled(self.story.styles.default, self.story.styles.default.level)
        named = properties.find(W + "pStyle")
        style = self.story.styles.get(named.get(VAL) if named is not None else None)
        if not self.story.rendered and is_on(properties.find(W + "pageBreakBefore")):
            self.story.page += 1
        outline = outline_of(properties)
        mark = properties.find(W + "rPr")
        return self._styled(
            style,
            style.level if outline is None else outline,
            numbering=numbering_of(properties),
            dark=is_dark(properties.find(W + "shd")),
            mark_deleted=mark is not None and mark.find(W + "del") is not None,
        )

    def _styled(
        self,
        style: Style,
        level: int | None,
        *,
        numbering: tuple[str, int] | None = None,
        dark: bool = False,
        mark_deleted: bool = False,
    ) -> Shape:
        number, depth = numbering or style.numbering or ("", 0)
        if numbering is not None and not number and style.numbering is not None:
            number = style.numbering[0]
        label = self.numbering.count(number, depth) if number not in {"", "0"} else None
        if label is None and style.role == "bullet" and not number:
            label, depth = Label("", bullet=True, group=style.name), style.depth
        return Shape(
            style,
            None if level is None or level >= BODY_LEVEL else level,
            label,
            depth,
            dark,
            mark_deleted,
        )

    def _write(self, runs: Runs, shape: Shape) -> None:
        text, _ = runs.inline.finish()
        if not text:
            return
        at = self.place(runs.page)
        if shape.style.role in {"toc", "toc_title"} and self._repeats(text):
            self.canonical.furniture += 1
        elif shape.level is not None and len(text) <= _LONGEST_HEADING:
            self._heading(runs, shape, at)
        elif shape.label is not None:
            self._item(runs, shape, at)
        else:
            self._plain(runs, shape, text)

    def _heading(self, runs: Runs, shape: Shape, at: Place) -> None:
        self.flush()
        words = _prefixed(shape.label.text, runs.inline) if shape.label else runs.inline
        self.canonical.heading(words, level=(shape.level or 0) + 1, at=at)
        if shape.style.role == "title" and not self.title:
            self.title = runs.inline.finish()[0]

    def _item(self, runs: Runs, shape: Shape, at: Place) -> None:
        label = shape.label
        if label is None:
            return
        if label.group != self._group and shape.depth == 0:
            self.canonical.end_list()
        if self.canonical.furniture >= 0 and shape.depth == 0:
            self._group = label.group
        number = None if label.bullet else as_number(label.text)
        self.canonical.item(runs.inline, depth=shape.depth, number=number, at=at)

    def _plain(self, runs: Runs, shape: Shape, text: str) -> None:
        at = self.place(runs.page)
        bullet = typed_bullet(text)
        if bullet and "\n" not in text:
            self.canonical.item(_after(runs.inline, bullet), at=at)
            return
        self.flush()
        kind = _ROLE_KINDS.get(shape.style.role, Kind.PARAGRAPH)
        if runs.mathematics and not runs.words:
            self.canonical.paragraph(_bare(text), kind=Kind.FORMULA, at=at)
        elif kind is Kind.PARAGRAPH and self._is_bold_heading(runs, shape, text):
            self.canonical.heading(runs.inline, level=2 if self.title else 1, at=at)
        else:
            self.canonical.paragraph(runs.inline, kind=kind, at=at)

    def _is_bold_heading(self, runs: Runs, shape: Shape, text: str) -> bool:
        """Tell whether a line is set apart as a heading in a document that styles none."""
        if not self.bold_headings or self._depth > 1 or runs.mathematics:
            return False
        bold = shape.style.bold or (not runs.plain and runs.words > 1)
        short = len(text) <= _LONGEST_BOLD_HEADING and "\n" not in text
        return bold and short and text[-1] not in ".,;:!)" and any(map(str.isalpha, text))

    def _repeats(self, text: str) -> bool:
        """Tell whether a line of a table of contents repeats a text of the document."""
        words = text.rstrip("0123456789ivxIVX .\t").strip()
        squeezed = "".join(words.split())
        return not squeezed or any(
            squeezed[cut:] in self.known for cut in range(min(len(squeezed), 12))
        )

    def _hang(self, runs: Runs) -> None:
        """Let what a block holds beside its text follow it."""
        at = self.place(runs.page)
        for text in runs.shown.art:
            self._aside(text, Kind.PARAGRAPH, "", at)
        for key in runs.notes:
            self._aside(self.notes.get(key, ""), Kind.FOOTNOTE, "", at)
        for key in runs.comments:
            text, author = self.comments.pop(key, ("", ""))
            self._aside(text, Kind.COMMENT, "", at)
            if author and all(author != known.value for known in self.fields):
                self.fields.append(Field("comment_author", author))
        for detail, pieces in sorted(runs.hidden.items()):
            self._aside("".join(pieces), Kind.HIDDEN, detail, at)
        for text in runs.shown.pictures:
            self._aside(text, Kind.HIDDEN, "alt_text", at)
        for kind, relation in runs.shown.parts:
            self.flush()
            self._drawn(kind, relation, at)
        for box, dark in runs.shown.boxes:
            self._box(box, dark=dark)

    def _box(self, box: etree._Element, *, dark: bool) -> None:
        self.flush()
        before, self.story.dark = self.story.dark, self.story.dark or dark
        fields, self.story.fields = self.story.fields, []
        self.blocks(box)
        self.story.dark, self.story.fields = before, fields
        self._flush_code()

    def _drawn(self, kind: str, relation: str, at: Place) -> None:
        root = linked_tree(self.package, self.part, relation)
        if root is None:
            return
        if kind == "chart":
            chart = read_chart(root)
            for title in chart.titles:
                self.canonical.paragraph(title, kind=Kind.CAPTION, at=at)
            self.canonical.table(chart.rows, header_rows=1, at=at)
            return
        self.canonical.end_list()
        for point in read_diagram(root):
            self.canonical.item(point, at=at)
        self.canonical.end_list()

    def _aside(self, text: str, kind: Kind, detail: str, at: Place) -> None:  # noqa: PLR0917
        if text.strip():
            self._asides.append(Aside(text, kind, detail, at))

    def _code_line(self, node: etree._Element) -> None:
        self.flush()
        pieces = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}
        self._code.append(
            "".join(
                inner.text or "" if inner.tag == W + "t" else pieces.get(inner.tag, "")
                for inner in node.iter(W + "t", *pieces)
                if inner.getparent().tag == W + "r"
            )
        )

    def _flush_code(self) -> None:
        lines, self._code = self._code, []
        if lines:
            self.canonical.code("\n".join(lines), at=self.place(0))

    def _table(self, node: etree._Element) -> None:
        self._flush_code()
        self.flush()
        rows = read_rows(node)
        if is_layout(rows) or self._depth >= _DEEPEST:
            for row in rows:
                for cell in row.cells:
                    self._box(cell.node, dark=cell.dark)
            return
        at = self.place(0)
        filled = self.story.styles.character(table_style(node)).filled
        nested: list[etree._Element] = []
        grid: list[list[Cell]] = []
        before, self.story.dark = self.story.dark, self.story.dark or filled
        for row in rows:
            cells = [self._cell(cell, nested, hidden=row.hidden) for cell in row.cells]
            grid.append(cells)
        self.story.dark = before
        self.canonical.table(grid, header_rows=header_rows(node, rows), at=at)
        self.flush()
        for inner in nested:
            self._table(inner)

    def _cell(self, cell: WordCell, nested: list[etree._Element], *, hidden: str) -> Cell:
        runs = Runs()
        before, self.story.dark = self.story.dark, self.story.dark or cell.dark
        self._cell_text(cell.node, runs, nested)
        self.story.dark = before
        if hidden:
            _hide_all(runs, hidden)
        boxes, runs.shown.boxes = runs.shown.boxes, []
        for box, _ in boxes:
            self._cell_text(box, runs, nested)
        self._hang_in_cell(runs)
        return Cell(runs.inline, cell.row_span, cell.column_span)

    def _cell_text(
        self, node: etree._Element, runs: Runs, nested: list[etree._Element]
    ) -> None:
        for child in node:
            if child.tag == W + "p":
                shape = self._shape(child.find(W + "pPr"))
                runs.inline.add("\n")
                if shape.label is not None and shape.label.text:
                    runs.inline.add(shape.label.text + " ")
                begin(self.story)
                gather(child, runs, self.story)
                finish(runs, self.story)
            elif child.tag == W + "tbl":
                nested.append(child)
            elif child.tag in _TRANSPARENT or child.tag == W + "sdt":
                self._cell_text(child, runs, nested)

    def _hang_in_cell(self, runs: Runs) -> None:
        """Keep what hangs on a cell until its table is written; parts that draw are rare there."""
        self._hang(runs)

    def place(self, page: int) -> Place:
        """Return the place on a page, where pages are known."""
        return Place(page or self.story.page) if self.paged else Place()


def _hide_all(runs: Runs, detail: str = "vanish") -> None:
    text, _ = runs.inline.finish()
    runs.hide(text, detail)
    runs.inline = Inline()


def _prefixed(label: str, inline: Inline) -> Inline:
    """Return a heading with its number before it."""
    text, links = inline.finish()
    whole = Inline(f"{label} " if label else "")
    return _copied(whole, text, [(link.start, link.end, link.url) for link in links])


def _after(inline: Inline, cut: int) -> Inline:
    text, links = inline.finish()
    kept = [(max(link.start - cut, 0), link.end - cut, link.url) for link in links if link.end > cut]
    return _copied(Inline(), text[cut:], kept)


def _copied(whole: Inline, text: str, links: list[tuple[int, int, str]]) -> Inline:
    place = 0
    for start, end, url in sorted(links):
        if start >= place:
            whole.add(text[place:start])
            whole.add(text[start:end], url=url)
            place = end
    whole.add(text[place:])
    return whole


def _bare(text: str) -> str:
    """Return formulas without the signs that set them apart from text."""
    return text.replace("$ $", "\n").replace("$", "")
