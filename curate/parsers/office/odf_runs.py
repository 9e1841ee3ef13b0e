"""The inside of an OpenDocument paragraph: visible text with links, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.odf_names import DC, DRAW, OFFICE, SVG, TABLE, TEXT, XLINK
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from curate.parsers.office.odf_styles import Styles

_MOST_SPACES = 1000
_DEEPEST = 60


@dataclass(slots=True)
class Runs:
    """What one paragraph or cell holds."""

    styles: Styles
    inline: Inline = field(default_factory=Inline)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    notes: list[etree._Element] = field(default_factory=list)
    comments: list[etree._Element] = field(default_factory=list)
    drawings: list[etree._Element] = field(default_factory=list)
    dark: bool = False  # white text shows here
    breaks: int = 0  # pages that end inside
    how: str = ""  # in which way the text under reading is hidden
    depth: int = 0

    def write(self, text: str | None) -> None:
        """Add a run, visible or not."""
        if not text:
            return
        if self.how:
            self.hidden.setdefault(self.how, []).append(text)
        else:
            self.inline.add(text)


def gather(node: etree._Element, runs: Runs) -> None:
    """Add the content of a paragraph, or of whatever wraps text."""
    if runs.depth > _DEEPEST:
        return
    runs.depth += 1
    runs.write(_flat(node.text))
    for child in node:
        handler = _HANDLERS.get(child.tag)
        if handler is not None:
            handler(child, runs)
        elif isinstance(child.tag, str) and child.tag.startswith(DRAW):
            runs.drawings.append(child)
        elif isinstance(child.tag, str) and child.tag not in _SILENT:
            gather(child, runs)
        runs.write(_flat(child.tail))
    runs.depth -= 1


def hidden_by(name: str | None, runs: Runs) -> str:
    """Return in which way a style of text hides it, or nothing."""
    look = runs.styles.get("text", name)
    if look.hidden == "white_text" and runs.dark:
        return ""
    return look.hidden


def paragraphs_of(node: etree._Element, styles: Styles) -> str:
    """Return the text of the paragraphs of a note, comment, header or footer, a line each."""
    runs = Runs(styles)
    for paragraph in node.iter(TEXT + "p", TEXT + "h"):
        runs.inline.add("\n")
        gather(paragraph, runs)
    return runs.inline.finish()[0]


def _flat(text: str | None) -> str | None:
    """Return text without line ends: in OpenDocument they are layout of the XML."""
    return text.replace("\n", " ") if text and "\n" in text else text


def _span(node: etree._Element, runs: Runs) -> None:
    before = runs.how
    runs.how = before or hidden_by(node.get(TEXT + "style-name"), runs)
    gather(node, runs)
    runs.how = before


def _link(node: etree._Element, runs: Runs) -> None:
    start = runs.inline.mark()
    gather(node, runs)
    url = node.get(XLINK + "href", "")
    if url and not url.startswith(("#", "./", "../#")):
        runs.inline.link(start, url)


def _spaces(node: etree._Element, runs: Runs) -> None:
    count = node.get(TEXT + "c", "1")
    runs.write(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1))


def _note(node: etree._Element, runs: Runs) -> None:
    body = node.find(TEXT + "note-body")
    if body is not None:
        runs.notes.append(body)


def _page_break(_node: etree._Element, runs: Runs) -> None:
    runs.breaks += 1


def _hidden_text(node: etree._Element, runs: Runs) -> None:
    text = node.get(TEXT + "string-value", "")
    if text:
        runs.hidden.setdefault("vanish", []).append(text)


def _ruby(node: etree._Element, runs: Runs) -> None:
    for base in node.iterfind(TEXT + "ruby-base"):
        gather(base, runs)


_SILENT: Final = frozenset(
    {SVG + "title", SVG + "desc", DC + "creator", DC + "date", OFFICE + "event-listeners",
     TABLE + "table", OFFICE + "annotation-end", TEXT + "tracked-changes"}
)  # fmt: skip
_HANDLERS: Final[dict[str, Callable[[etree._Element, Runs], None]]] = {
    TEXT + "span": _span,
    TEXT + "a": _link,
    TEXT + "s": _spaces,
    TEXT + "tab": lambda _node, runs: runs.write("\t"),
    TEXT + "line-break": lambda _node, runs: runs.write("\n"),
    TEXT + "note": _note,
    TEXT + "soft-page-break": _page_break,
    TEXT + "hidden-text": _hidden_text,
    TEXT + "hidden-paragraph": _hidden_text,
    TEXT + "ruby": _ruby,
    OFFICE + "annotation": lambda node, runs: runs.comments.append(node),
    DRAW + "a": _link,
}
