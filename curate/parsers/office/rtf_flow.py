"""Paragraphs and tables of an RTF document as they come, written as canonical text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.headers import count_header_rows
from curate.parsers.office.labels import as_number, typed_bullet
from curate.parsers.office.word_styles import role_of
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Cell
from curate.text.inline import Inline

_LONGEST_HEADING = 250
_BULLETS = frozenset("•▪➢✓☐☑o-–*·■●○◦§ØüvÄ")
_KINDS = {"caption": Kind.CAPTION, "quote": Kind.BLOCKQUOTE}
_LOOKED_AT = 30
_MOST_CELLS = 4000  # of one row

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Paragraph:
    """What a paragraph's properties say."""

    style: int = 0
    level: int | None = None  # outline level from 0
    depth: int = 0
    listed: bool = False
    in_table: bool = False


@dataclass(slots=True)
class RowShape:
    """How a row's cells are merged: their marks in order, and whether the row is a header."""

    marks: list[str] = field(default_factory=list)
    header: bool = False
    _mark: str = ""

    def mark(self, word: str) -> None:
        """Note a merge of the next cell."""
        self._mark += f" {word}"

    def end_cell(self) -> None:
        """Close the definition of a cell."""
        if len(self.marks) < _MOST_CELLS:
            self.marks.append(self._mark)
        self._mark = ""


@dataclass(slots=True)
class Flow:
    """The text of a document under construction."""

    names: Mapping[int, str]  # of styles
    canonical: Canonical = field(default_factory=Canonical)
    paragraph: Paragraph = field(default_factory=Paragraph)
    shape: RowShape = field(default_factory=RowShape)
    label: str = ""
    title: str = ""
    inline: Inline = field(default_factory=Inline)
    _cells: list[Inline] = field(default_factory=list)
    _rows: list[tuple[list[Inline], RowShape]] = field(default_factory=list)
    _asides: list[tuple[str, Kind, str]] = field(default_factory=list)
    _coming: list[tuple[str, Kind, str]] = field(default_factory=list)  # of the open paragraph
    _code: list[str] = field(default_factory=list)
    _raw: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a run to the paragraph."""
        self.inline.add(text)
        self._raw.append(text)

    def aside(self, text: str, kind: Kind, detail: str = "") -> None:
        """Keep something that follows the text it hangs on."""
        if text.strip():
            self._coming.append((text.strip(), kind, detail))

    def end_paragraph(self) -> None:
        """Close a paragraph, in or outside of a table."""
        if self.paragraph.in_table:
            if self.label:
                self.inline = _labelled(self.label, self.inline)
            self.inline.add("\n")
            self.label = ""
            return
        self._leave_table()
        inline, self.inline = self.inline, Inline()
        raw, self._raw = "".join(self._raw), []
        label, self.label = self.label, ""
        self._write(inline, raw, label)
        self._asides += self._coming
        self._coming = []

    def end_cell(self) -> None:
        """Close a cell."""
        self._flush_code()
        if len(self._cells) < _MOST_CELLS:
            self._cells.append(self.inline)
        self.inline, self.label = Inline(), ""
        self._raw.clear()

    def end_row(self) -> None:
        """Close a row."""
        if self._cells:
            self._rows.append((self._cells, self.shape))
            self.shape = RowShape(list(self.shape.marks), self.shape.header)
        self._cells = []

    def open_box(self) -> tuple[Inline, Paragraph, str] | None:
        """Begin a text box; its text is apart from the paragraph, except inside tables."""
        self.inline.add("\n")
        if self.paragraph.in_table or self._cells:
            return None
        saved = (self.inline, self.paragraph, self.label)
        self.inline, self.paragraph, self.label = Inline(), Paragraph(), ""
        return saved

    def close_box(self, saved: tuple[Inline, Paragraph, str] | None) -> None:
        """End a text box."""
        if saved is None:
            self.inline.add("\n")
            return
        self.end_paragraph()
        self._leave_table()
        self.inline, self.paragraph, self.label = saved

    def close(self) -> None:
        """Write what still waits."""
        self.paragraph.in_table = False
        if self._cells:
            self.end_cell()
            self.end_row()
        self.end_paragraph()
        self._leave_table()
        self._flush_code()
        self._flush()

    def _write(self, inline: Inline, raw: str, label: str) -> None:
        text, _ = inline.finish()
        role, level = role_of(self.names.get(self.paragraph.style, ""))
        if role == "code":
            self._flush()
            self._code.append(raw)
            return
        self._flush_code()
        if not text:
            return
        level = self.paragraph.level if self.paragraph.level is not None else level
        if role == "toc":
            self.canonical.furniture += 1
        elif level is not None and len(text) <= _LONGEST_HEADING:
            self._flush()
            heading = _labelled(label, inline) if label and label not in _BULLETS else inline
            self.canonical.heading(heading, level=level + 1)
            self.title = self.title or (text if role == "title" else "")
        elif label or self.paragraph.listed or typed_bullet(text):
            self._item(inline, label, text)
        else:
            self._flush()
            self.canonical.paragraph(inline, kind=_KINDS.get(role, Kind.PARAGRAPH))

    def _item(self, inline: Inline, label: str, text: str) -> None:
        words: str | Inline = inline
        if not label and (cut := typed_bullet(text)):
            words = text[cut:]
        number = None if not label or label in _BULLETS else as_number(label)
        self.canonical.item(words, depth=self.paragraph.depth, number=number)

    def _leave_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        self._flush_code()
        headers = 0
        while headers < len(rows) and rows[headers][1].header:
            headers += 1
        if len(rows) == 1 and len(rows[0][0]) == 1:
            self.canonical.paragraph(rows[0][0][0])
        else:
            texts = [[cell.finish()[0] for cell in cells] for cells, _ in rows[:_LOOKED_AT]]
            headers = min(headers, len(rows) - 1) or count_header_rows(texts)
            self.canonical.table(_merged(rows), header_rows=headers)
        self._asides += self._coming
        self._coming = []
        self._flush()

    def _flush_code(self) -> None:
        lines, self._code = self._code, []
        if any(line.strip() for line in lines):
            self.canonical.code("\n".join(lines))

    def _flush(self) -> None:
        asides, self._asides = self._asides, []
        for text, kind, detail in asides:
            self.canonical.paragraph(text, kind=kind, detail=detail)


def _labelled(label: str, inline: Inline) -> Inline:
    text, links = inline.finish()
    whole, place = Inline(f"{label} "), 0
    for link in links:
        whole.add(text[place : link.start])
        whole.add(text[link.start : link.end], url=link.url)
        place = link.end
    whole.add(text[place:])
    return whole


def _merged(rows: list[tuple[list[Inline], RowShape]]) -> list[list[Cell]]:
    """Give the first of merged cells their reach and leave out the others."""
    spans: dict[tuple[int, int], list[int]] = {}
    dropped: set[tuple[int, int]] = set()
    above: dict[int, tuple[int, int]] = {}
    for number, (cells, shape) in enumerate(rows):
        first = (number, 0)
        for column in range(len(cells)):
            mark = shape.marks[column] if column < len(shape.marks) else ""
            place = (number, column)
            if "clmrg" in mark and column:
                spans.setdefault(first, [1, 1])[1] += 1
                dropped.add(place)
                continue
            first = place
            if "clvmrg" in mark and column in above:
                spans.setdefault(above[column], [1, 1])[0] += 1
                dropped.add(place)
            elif "clvmgf" in mark:
                above[column] = place
            else:
                above.pop(column, None)
    return [
        [
            Cell(cell, *spans.get((number, column), (1, 1)))
            for column, cell in enumerate(cells)
            if (number, column) not in dropped
        ]
        for number, (cells, _) in enumerate(rows)
    ]
