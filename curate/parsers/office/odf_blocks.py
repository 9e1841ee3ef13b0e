"""The body of an OpenDocument text (and the text inside frames and cells) as canonical text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.labels import typed_bullet
from curate.parsers.office.odf_cells import write_table
from curate.parsers.office.odf_lists import write_list
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
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from curate.parsers.office.package import Package
    from curate.text.inline import Inline

DEEPEST = 40
LEVELS = 11
_LONGEST_HEADING = 250
_LONGEST_NAME = 200  # of an embedded object
_KINDS = {"caption": Kind.CAPTION, "quote": Kind.BLOCKQUOTE}


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
    _outline: list[int] = field(default_factory=lambda: [0] * LEVELS)
    lists: dict[str, list[int]] = field(default_factory=dict)  # numbers counted, by style
    depth: int = 0

    def blocks(self, node: etree._Element) -> None:
        """Write everything inside a body, section or frame."""
        if self.depth > DEEPEST:
            self.reasons.add("truncated")
            return
        self.depth += 1
        for child in node:
            self.block(child)
        self.depth -= 1

    def block(self, node: etree._Element) -> None:
        """Write one block."""
        handler = _HANDLERS.get(node.tag)
        if handler is not None:
            handler(self, node)
        elif isinstance(node.tag, str) and node.tag.startswith(DRAW):
            self.drawing(node)

    def close(self) -> None:
        """Write what still waits."""
        self.flush_code()
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
        self.flush_code()
        self.flush()
        for child in node.iter(SVG + "title", SVG + "desc"):
            if child.getparent() is node:
                self.aside(child.text or "", Kind.HIDDEN, "alt_text")
        for child in node:
            if child.tag == DRAW + "object":
                self._object(child)
        self.blocks(node)
        self.flush()

    def paragraph(self, node: etree._Element) -> None:
        """Write a paragraph as what its style makes of it."""
        look = self.styles.get("paragraph", node.get(TEXT + "style-name"))
        if look.breaks and not self.paged:
            self.page += 1
        if look.role == "code" and self.depth == 1:
            self.flush()
            self._code.append(_code_line(node))
            return
        self.flush_code()
        if look.level or (look.role == "title" and self.depth == 1):
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
        self.hang(runs)

    def header(self, node: etree._Element) -> None:
        """Write a heading."""
        level = node.get(TEXT + "outline-level", "1")
        self.flush_code()
        self._heading(node, min(int(level), LEVELS - 1) if level.isdecimal() else 1)

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
        self.hang(runs)

    def _number(self, node: etree._Element, level: int) -> str:
        """Count a heading and return its number as drawn, if headings are numbered."""
        if node.get(TEXT + "is-list-header") == "true":
            return ""
        counts, rule = self._outline, self.styles.outline.get(level, Level())
        counts[level] = counts[level] + 1 if counts[level] else rule.start
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return label_of(self.styles.outline, level, counts) if rule.style else ""

    def section(self, node: etree._Element) -> None:
        """Write a section, or keep one that is not shown."""
        if node.get(TEXT + "display") == "none":
            words = paragraphs_of(node, self.styles)
            self.aside(words, Kind.HIDDEN, "vanish")
            return
        self.blocks(node)

    def contents(self, node: etree._Element) -> None:
        """Count a table of contents, which repeats the headings."""
        self.canonical.furniture += sum(1 for _ in node.iter(TEXT + "p"))

    def changes(self, node: etree._Element) -> None:
        """Keep what tracked changes have deleted."""
        for deletion in node.iter(TEXT + "deletion"):
            self.aside(paragraphs_of(deletion, self.styles), Kind.HIDDEN, "deleted_revision")

    def page_break(self, _node: etree._Element) -> None:
        """Turn a page."""
        self.page += 1

    def comment(self, node: etree._Element) -> None:
        """Keep a comment for after the text it hangs on."""
        self.aside(paragraphs_of(node, self.styles), Kind.COMMENT, "")
        author = (node.findtext(DC + "creator") or "").strip()
        if author and all(author != known.value for known in self.fields):
            self.fields.append(Field("comment_author", author))

    def hang(self, runs: Runs) -> None:
        """Let what a block holds beside its text follow it."""
        self.page += runs.breaks
        for note in runs.notes:
            self.aside(paragraphs_of(note, self.styles), Kind.FOOTNOTE, "")
        for comment in runs.comments:
            self.comment(comment)
        for detail, pieces in sorted(runs.hidden.items()):
            self.aside("".join(pieces), Kind.HIDDEN, detail)
        for drawing in runs.drawings:
            look = self.styles.get("graphic", drawing.get(DRAW + "style-name"))
            before, self.dark = self.dark, self.dark or look.filled
            self.drawing(drawing)
            self.dark = before

    def _object(self, node: etree._Element) -> None:
        """Write the text of an embedded object: a chart's values, another document's body."""
        name = node.get(XLINK + "href", "").removeprefix("./").strip("/")
        root = self.package.xml(f"{self.folder}{name[:_LONGEST_NAME]}/content.xml")
        if root is None or self.depth > DEEPEST // 4:
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
                write_table(self, table)
        self.folder = before

    def aside(self, text: str, kind: Kind, detail: str) -> None:
        """Keep something that follows the text."""
        if text.strip():
            self._asides.append((text, kind, detail, self.place()))

    def flush_code(self) -> None:
        """Write the lines of code so far."""
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


_HANDLERS: Final[dict[str, Callable[[OdfBody, etree._Element], None]]] = {
    TEXT + "p": OdfBody.paragraph,
    TEXT + "h": OdfBody.header,
    TEXT + "list": write_list,
    TABLE + "table": write_table,
    TEXT + "section": OdfBody.section,
    TEXT + "table-of-content": OdfBody.contents,
    TEXT + "tracked-changes": OdfBody.changes,
    TEXT + "soft-page-break": OdfBody.page_break,
    OFFICE + "annotation": OdfBody.comment,
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
