"""The body of a Word document, block by block, written as canonical text.

What hangs on a paragraph (footnotes, comments, hidden text, descriptions of pictures) follows it,
but waits for the end of a list, so that lists stay whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.drawing import linked_tree, read_chart, read_diagram
from curate.parsers.office.labels import as_number, typed_bullet
from curate.parsers.office.links import labelled, without_start
from curate.parsers.office.word_cells import Table, read_table
from curate.parsers.office.word_runs import begin, finish, gather
from curate.parsers.office.word_shape import Shape, shape_of
from curate.parsers.office.word_story import Runs, Story, hide_all
from curate.parsers.office.word_styles import PLAIN
from curate.parsers.office.wordprocessing import MC, TRANSPARENT, W, chosen
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from curate.parsers.office.package import Package
    from curate.parsers.office.word_numbering import Label, Numbering
    from curate.text.inline import Inline

_LONGEST_HEADING = 250
_LONGEST_BOLD_HEADING = 90
_DEEPEST = 40  # of tables and text boxes in each other
_P: Final = W + "p"
_TBL: Final = W + "tbl"
_PPR: Final = W + "pPr"
_ROLE_KINDS = {"caption": Kind.CAPTION, "quote": Kind.BLOCKQUOTE}


@dataclass(slots=True)
class Aside:
    """Something that follows the text it hangs on."""

    text: str
    kind: Kind
    detail: str = ""


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
    _asides: list[tuple[Aside, Place]] = field(default_factory=list)
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
            if tag == _P:
                self._paragraph(child)
            elif tag == _TBL:
                self._table(child)
            else:
                self._wrapper(child)
        self._depth -= 1

    def _wrapper(self, node: etree._Element) -> None:
        if node.tag in TRANSPARENT:
            self.blocks(node)
        elif node.tag == MC + "AlternateContent":
            shown = chosen(node)
            if shown is not None:
                self.blocks(shown)
        elif node.tag == W + "altChunk":
            self.reasons.add("embedded_part")

    def close(self) -> None:
        """Write what still waits."""
        carried, self._carried = self._carried, None
        if carried is not None:
            self._write(carried, Shape(PLAIN))
            self._hang(carried)
        self._flush_code()
        self.flush()

    def flush(self) -> None:
        """Write what hangs on the text so far."""
        asides, self._asides = self._asides, []
        for aside, at in asides:
            self.canonical.paragraph(aside.text, kind=aside.kind, detail=aside.detail, at=at)

    def _paragraph(self, node: etree._Element) -> None:
        story = self.story
        shape = shape_of(node.find(_PPR), story, self.numbering)
        if shape.style.role == "code" and shape.level is None:
            self._code_line(node)
            return
        if self._code:
            self._flush_code()
        runs, self._carried = self._carried or Runs(), None
        if story.fields:
            begin(story)
        dark, story.dark = story.dark, story.dark or shape.dark
        gather(node, runs, story)
        story.dark = dark
        if story.fields:
            finish(runs, story)
        if shape.mark_deleted:  # the next paragraph goes on with this one
            self._carried = runs
            return
        if shape.style.hidden:
            hide_all(runs, "vanish")
        self._write(runs, shape)
        if not runs.is_bare():
            self._hang(runs)

    def _write(self, runs: Runs, shape: Shape) -> None:
        text, links = runs.inline.finish()
        if not text:
            return
        words, at = runs.inline if links else text, self.place(runs.page)
        if shape.style.role in {"toc", "toc_title"} and self._repeats(text):
            self.canonical.furniture += 1
        elif shape.level is not None and len(text) <= _LONGEST_HEADING:
            self._heading(runs, shape, at)
        elif shape.label is not None:
            self._item(words, shape.label, shape.depth, at=at)
        elif (bullet := typed_bullet(text)) and "\n" not in text:
            self.canonical.item(without_start(runs.inline, bullet), at=at)
        elif runs.mathematics and not runs.words:
            self.flush()
            self.canonical.paragraph(_bare(text), kind=Kind.FORMULA, at=at)
        elif self.bold_headings and self._is_bold_heading(runs, shape, text):
            self.flush()
            self.canonical.heading(words, level=2 if self.title else 1, at=at)
        else:
            self.flush()
            kind = _ROLE_KINDS.get(shape.style.role, Kind.PARAGRAPH)
            self.canonical.paragraph(words, kind=kind, at=at)

    def _heading(self, runs: Runs, shape: Shape, at: Place) -> None:
        self.flush()
        words = labelled(shape.label.text, runs.inline) if shape.label else runs.inline
        self.canonical.heading(words, level=(shape.level or 0) + 1, at=at)
        if shape.style.role == "title" and not self.title:
            self.title = runs.inline.finish()[0]

    def _item(self, words: Inline | str, label: Label, depth: int, *, at: Place) -> None:
        """Write an item; one of another definition begins a new list."""
        if depth == 0:
            if label.group != self._group:
                self.canonical.end_list()
            self._group = label.group
        number = None if label.bullet else as_number(label.text)
        self.canonical.item(words, depth=depth, number=number, at=at)

    def _is_bold_heading(self, runs: Runs, shape: Shape, text: str) -> bool:
        """Tell whether a line is set apart as a heading in a document that styles none."""
        if self._depth > 1 or runs.mathematics or shape.style.role in _ROLE_KINDS:
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
        for aside in self._held(runs):
            if aside.text.strip():
                self._asides.append((aside, at))
        for kind, relation in runs.shown.parts:
            self.flush()
            self._drawn(kind, relation, at)
        for box, dark in runs.shown.boxes:
            self._box(box, dark=dark)

    def _held(self, runs: Runs) -> Iterator[Aside]:
        for text in runs.shown.art:
            yield Aside(text, Kind.PARAGRAPH)
        for note in runs.notes:
            yield Aside(self.notes.get(note, ""), Kind.FOOTNOTE)
        for number in runs.comments:
            text, author = self.comments.pop(number, ("", ""))
            yield Aside(text, Kind.COMMENT)
            if author and all(author != known.value for known in self.fields):
                self.fields.append(Field("comment_author", author))
        for detail, pieces in sorted(runs.hidden.items()):
            yield Aside("".join(pieces), Kind.HIDDEN, detail)
        for text in runs.shown.pictures:
            yield Aside(text, Kind.HIDDEN, "alt_text")

    def _table(self, node: etree._Element) -> None:
        self.close()
        table = read_table(node, self.story, self.numbering)
        if table.layout or self._depth >= _DEEPEST:
            for cell in table.layout:
                if cell.node is not None:
                    self._box(cell.node, dark=cell.dark)
            return
        self.canonical.table(table.rows, header_rows=table.header_rows, at=self.place(0))
        for runs in table.held:
            self._hang(runs)
        self.flush()
        self._nested(table)

    def _nested(self, table: Table) -> None:
        """Write tables inside cells after the table that holds them."""
        self._depth += 1
        for inner in table.nested:
            self._table(inner)
        self._depth -= 1

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

    def _code_line(self, node: etree._Element) -> None:
        self.flush()
        pieces = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}
        self._code.append(
            "".join(
                inner.text or "" if inner.tag == W + "t" else pieces.get(inner.tag, "")
                for inner in node.iter(W + "t", *pieces)
                if (parent := inner.getparent()) is not None and parent.tag == W + "r"
            )
        )

    def _flush_code(self) -> None:
        lines, self._code = self._code, []
        if lines:
            self.canonical.code("\n".join(lines), at=self.place(0))

    def place(self, page: int) -> Place:
        """Return the place on a page, where pages are known."""
        return Place(page or self.story.page) if self.paged else Place()


def _bare(text: str) -> str:
    """Return formulas without the signs that set them apart from text."""
    return text.replace("$ $", "\n").replace("$$", "\n").replace("$", "")
