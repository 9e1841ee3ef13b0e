"""Word documents of 1997 to 2003 (.doc) as canonical text.

The text is one string with marks for paragraphs, cells and fields; what it looks like stands apart
and says which paragraphs are headings, items or rows, and which runs are hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import DocumentError
from curate.parsers.office.doc_file import DocFile, Sprms, read_doc_file
from curate.parsers.office.fields import link_of
from curate.parsers.office.margins import margin_fields
from curate.parsers.office.rtf_flow import Flow, Paragraph
from curate.parsers.office.summary import read_summary
from curate.parsers.office.word_styles import BODY_LEVEL, is_white
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from curate.parsers.office.compound import Compound
    from curate.tables.parsed import Parsed

_READER = "curate-doc/1"
_ENDS = re.compile("[\r\x07\x0c]")
_MOST_INHERITED = 20
_IN_TABLE, _ROW_END, _OUTLINE, _LIST, _DEPTH = 0x2416, 0x2417, 0x2640, 0x460B, 0x260A
_INNER_CELL, _INNER_ROW = 0x244B, 0x244C
_VANISH, _DELETED, _SIZE, _COLOUR, _ICO, _SHADE = 0x083C, 0x0800, 0x4A43, 0x6870, 0x2A42, 0xCA71
_HIGHLIGHT, _SPECIAL = 0x2A0C, 0x0855
_WHITE_ICO = 8
_TINY = 4
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_MARKS = frozenset({_BEGIN, _SEPARATE, _END})
_FIELD_MARKS = re.compile("([\x13\x14\x15])")
_REFERENCES = frozenset({"\x02", "\x05"})  # to notes, to comments
_SIGNS: Final = {
    "\x0b": "\n", "\x0e": "\n", "\x0c": "\n", "\x07": "\n", "\r": "\n", "\x1e": "-", "\x1f": "",
    "\xa0": "\xa0", "\t": "\t",
}  # fmt: skip
_DRAWN = re.compile(r"\bEQ\b.*\),([^()]*)\)\s*$")  # text under a reading aid
_TITLE_STYLE = 62
_HEADINGS = range(1, 10)
_TOC = range(19, 28)
_NOTE_KINDS = {"footnotes": Kind.FOOTNOTE, "endnotes": Kind.FOOTNOTE, "comments": Kind.COMMENT}
_PLAIN_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")


@dataclass(slots=True)
class _Field:
    """A field whose end has not come yet."""

    code: str = ""
    shown: bool = False
    start: int = 0


@dataclass(slots=True)
class _Reader:
    """One document under reading."""

    file: DocFile
    flow: Flow = field(init=False)
    fields: list[_Field] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[tuple[str, Kind]] = field(default_factory=list)
    white: bool = True  # whether white text is hidden here

    def __post_init__(self) -> None:
        self.flow = Flow({number: _style_name(self.file, number) for number in self.file.styles})

    def read(self, part: str) -> None:
        """Read a sub-document, paragraph by paragraph."""
        start, end = self.file.parts[part]
        for mark in _ENDS.finditer(self.file.text, start, end):
            self._paragraph(start, mark.start(), mark.group())
            start = mark.end()
        if start < end:
            self._paragraph(start, end - 1, "\r")
        self.flow.close()

    def _paragraph(self, start: int, last: int, mark: str) -> None:
        number, sprms = self.file.paragraph(last)
        self.flow.paragraph = self._shape(number, sprms)
        if mark == "\x07" and _flag(sprms, _ROW_END):
            self.flow.end_row()
            return
        for sign, text, look in self.file.segments(start, last):
            self._run(sign, text, look)
        self._end_links()
        for how, pieces in sorted(self.hidden.items()):
            self.flow.aside("".join(pieces), Kind.HIDDEN, how)
        for text, kind in self.waiting:
            self.flow.aside(text, kind)
        self.hidden, self.waiting = {}, []
        self.flow.end_paragraph()
        if mark == "\x07":
            self.flow.end_cell()

    def _shape(self, number: int, own: Sprms) -> Paragraph:
        sprms = {**_inherited(self.file, number), **own}
        in_table = _flag(sprms, _IN_TABLE) or _flag(sprms, _ROW_END)
        outline = sprms.get(_OUTLINE, b"\x09")[0]
        shape = Paragraph(
            style=number,
            level=outline if outline < BODY_LEVEL else None,
            depth=min(sprms.get(_DEPTH, b"\x00")[0], 8),
            in_table=in_table,
        )
        use = int.from_bytes(sprms.get(_LIST, b"\x00\x00"), "little")
        self.flow.label = ""
        if use in self.file.uses:
            label = self.file.numbering.count(self.file.uses[use], shape.depth)
            if label is not None:
                shape.listed = True
                self.flow.label = label.text
        return shape

    def _run(self, sign: int, text: str, look: Sprms) -> None:
        how = _how_hidden(look)
        for stretch in _FIELD_MARKS.split(text):
            if stretch in _MARKS:
                self._field(stretch)
            elif self.fields and not self.fields[-1].shown:
                self.fields[-1].code += stretch
            else:
                self._shown(sign, stretch, how)
            sign += len(stretch)

    def _shown(self, sign: int, text: str, how: str) -> None:
        for place, letter in enumerate(text):
            if letter in _REFERENCES:
                self._note(sign + place)
        shown = _visible(text)
        if how:
            self.hidden.setdefault(how, []).append(shown)
        else:
            self.flow.add(shown)

    def _field(self, mark: str) -> None:
        if mark == _BEGIN:
            self.fields.append(_Field())
        elif self.fields and mark == _SEPARATE:
            self.fields[-1].shown, self.fields[-1].start = True, self.flow.inline.mark()
        elif self.fields:
            ended = self.fields.pop()
            self._link(ended)
            drawn = _DRAWN.search(ended.code) if not ended.shown else None
            if drawn:
                self.flow.add(drawn[1])

    def _end_links(self) -> None:
        for open_field in self.fields:
            if open_field.shown:
                self._link(open_field)
                open_field.start = 0

    def _link(self, ended: _Field) -> None:
        url = link_of(ended.code)
        if url and ended.shown:
            self.flow.inline.link(min(ended.start, self.flow.inline.mark()), url)

    def _note(self, sign: int) -> None:
        kind, text = self.file.notes.get(sign, ("", ""))
        if kind:
            self.waiting.append((plain_text(text), _NOTE_KINDS[kind]))


def read_doc(file: Compound) -> Parsed:
    """Read a Word binary document from its compound file."""
    reader = _Reader(read_doc_file(file))
    reader.read("text")
    reader.read("boxes")
    canonical, properties = reader.flow.canonical, read_summary(file)
    lines: list[tuple[str, str]] = []
    for part in ("headers", "header_boxes"):
        start, end = reader.file.parts[part]
        words = plain_text(reader.file.text[start:end]).split("\n")
        lines.extend(("header", line) for line in dict.fromkeys(filter(None, words)))
    canonical.furniture += len(lines)
    margins = margin_fields(lines, canonical.build().text)
    if canonical.is_empty() and not margins:
        raise DocumentError("empty")
    return replace(
        canonical.build(
            title=properties.title or reader.flow.title, fields=(*properties.fields, *margins)
        ),
        created=properties.created,
        modified=properties.modified,
        pages=properties.pages,
        reader=_READER,
    )


def plain_text(text: str) -> str:
    """Return text without the marks of fields and notes, a line for each paragraph."""
    while True:
        shorter = _PLAIN_FIELD.sub(lambda found: found[1] or "", text)
        if shorter == text:
            return "\n".join(filter(None, map(str.strip, _visible(text).split("\n"))))
        text = shorter


def _visible(text: str) -> str:
    """Return the signs of a run that are text, halves of rarer signs joined."""
    shown = "".join(
        sign if sign >= " " and sign not in _SIGNS else _SIGNS.get(sign, "") for sign in text
    )
    if any("\ud800" <= sign < "\ue000" for sign in shown):
        shown = shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return shown


def _style_name(file: DocFile, number: int) -> str:
    """Return a style's name, in English for those that come with Word."""
    kind, name, _, _ = file.styles[number]
    if kind in _HEADINGS:
        return f"heading {kind}"
    if kind in _TOC:
        return f"toc {kind - _TOC.start + 1}"
    return "title" if kind == _TITLE_STYLE else name


def _inherited(file: DocFile, number: int) -> Sprms:
    chain: list[Sprms] = []
    for _ in range(_MOST_INHERITED):
        if number not in file.styles:
            break
        _, _, base, sprms = file.styles[number]
        chain.append(sprms)
        if base == number:
            break
        number = base
    merged: Sprms = {}
    for sprms in reversed(chain):
        merged.update(sprms)
    return merged


def _flag(sprms: Sprms, code: int) -> bool:
    value = sprms.get(code, b"\x00")
    return bool(value) and value[0] == 1


def _how_hidden(look: Sprms) -> str:
    if _flag(look, _DELETED):
        return "deleted_revision"
    if _flag(look, _VANISH):
        return "vanish"
    size = int.from_bytes(look.get(_SIZE, b"\x14\x00"), "little")
    if 0 < size < _TINY:
        return "tiny_font"
    colour, filled = look.get(_COLOUR, b""), _SHADE in look or _HIGHLIGHT in look
    white = look.get(_ICO, b"\x00")[0] == _WHITE_ICO or (
        colour[3:] == b"\x00" and is_white(colour[:3].hex())
    )
    return "white_text" if white and not filled else ""
