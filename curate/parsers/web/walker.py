"""The walk over a page: text gathers into a run, blocks end it, what no reader sees is set aside.

A `Flow` says what a run becomes when it ends (a paragraph, an item, a quotation, or only a gap
inside a cell or heading) and how its text looks; it is passed down and never changed. The `Walker`
holds what changes. What an element means is in the table of handlers that the walker is given, so
that each family of elements is a small module of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from curate.parsers.web.dom import COMMENT, TEXT, Node
from curate.parsers.web.page import Page, is_page_frame, is_prose
from curate.parsers.web.style import Look, inherited
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WHITE = re.compile(r"[ \t\r\n\f]+")
_LEAST_TITLE = 20  # characters of a title attribute that could tell a reader anything
_POINTER = re.compile(r"(?:direct link|permalink|link) to\b", re.IGNORECASE)
_CONDITION = re.compile(r"\s*(?:\[if\b|<!\[endif\]|\[endif\]|#)")
_SECTION_TAGS = frozenset({"article", "main", "section", "blockquote", "details", "figure", "td"})

Role = Literal["text", "item", "quote", "inline"]


@dataclass(slots=True)
class Item:
    """A list item being read; once `spent`, its marker is written."""

    depth: int
    number: int | str | None = None
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """What a run of text becomes here, and how it looks."""

    role: Role = "text"
    depth: int = -1  # of the list around, -1 outside of any
    item: Item | None = None
    look: Look = field(default_factory=Look)
    around: tuple[str, ...] = ()
    in_main: bool = False


@dataclass(slots=True)
class _OpenLink:
    url: str
    mark: int


@dataclass(slots=True)
class Walker:
    """A walk in progress."""

    page: Page
    handlers: Mapping[str, Callable[[Walker, Node, Flow], None]]
    canonical: Canonical = field(default_factory=Canonical)
    run: Inline = field(default_factory=Inline)
    filled: bool = False  # the run holds more than white space
    broken: bool = False  # the run ends with a line break
    level: int = 0  # of the heading in force
    last: str = ""  # the last character that is no white space
    opened: dict[str, int] = field(
        default_factory=dict
    )  # panels whose head was met, with its level
    _links: list[_OpenLink] = field(default_factory=list)
    _unseen: dict[str, list[str]] = field(default_factory=dict)

    def children(self, node: Node, flow: Flow) -> None:
        """Read everything inside an element."""
        before: Node | None = None
        for child in node.children:
            if child.tag == TEXT:
                self.text(child.text, flow)
            elif child.tag == COMMENT:
                if not _CONDITION.match(child.text):
                    self.hide("html_comment", child.text)
            else:
                self.element(child, flow, before)
                before = child

    def element(self, node: Node, flow: Flow, before: Node | None = None) -> None:
        """Read an element with all it holds, or set it aside."""
        if self._is_frame(node, flow) or self.page.is_furniture(node, in_main=flow.in_main):
            self._left_out(node, flow)
            return
        told = self.page.declared(node)
        if node.attributes or told:
            hidden = self.page.hidden(node, told, before)
            if hidden:
                self.hide(hidden, node.inner_text())
                return
            if told:
                flow = replace(flow, look=inherited(flow.look, told))
            self._hide_title(node)
        self.handlers.get(node.tag, _pass)(self, node, flow)
        self._close_panel(node, flow)

    def text(self, text: str, flow: Flow) -> None:
        """Add a run of text, its white space folded as a browser does."""
        text = _WHITE.sub(" ", text)
        if flow.look.hidden:
            self.hide(flow.look.hidden, text)
            return
        self.run.add(text)
        stripped = text.rstrip()
        if stripped:
            self.filled, self.broken, self.last = True, False, stripped[-1]

    def line_break(self, flow: Flow) -> None:
        """Add a line break; two in a row end the paragraph."""
        if self.broken and flow.role in {"text", "quote"}:
            self.flush(flow)
        elif self.filled:
            self.run.add("\n")
            self.broken = True

    def flush(self, flow: Flow) -> None:
        """End the run: write it as what the flow says, or as a gap inside a cell or heading."""
        if flow.role == "inline":
            if self.filled and not self.broken:
                self.run.add("\n")
                self.broken = True
            return
        if self.filled:
            self._write(self._taken(), flow)
        else:
            self._taken()
        if flow.depth < 0:
            self.show_hidden()

    def collect(self, node: Node, flow: Flow) -> Inline:
        """Return what is inside an element as one run, outside of the run in progress."""
        kept = (self.run, self.filled, self.broken, [link.mark for link in self._links])
        self.run, self.filled, self.broken = Inline(), False, False
        for link in self._links:
            link.mark = 0
        self.children(
            node, flow if flow.role == "inline" else replace(flow, role="inline", item=None)
        )
        found = self._taken()
        self.run, self.filled, self.broken, marks = kept
        for link, mark in zip(self._links, marks, strict=True):
            link.mark = mark
        return found

    def link(self, node: Node, flow: Flow, url: str) -> None:
        """Read an element whose text leads to an address."""
        self._links.append(_OpenLink(url, self.run.mark()))
        self.children(node, flow)
        link = self._links.pop()
        if self.run.mark() > link.mark:
            self.run.link(link.mark, link.url)

    def hide(self, detail: str, text: str) -> None:
        """Set text aside that no reader of the page sees."""
        text = _WHITE.sub(" ", text).strip()
        if text:
            self._unseen.setdefault(detail, []).append(text)

    def unseen(self) -> list[tuple[str, str]]:
        """Return what was set aside and how it was hidden, and forget it."""
        found = [(detail, "\n".join(texts)) for detail, texts in self._unseen.items()]
        self._unseen = {}
        return found

    def show_hidden(self) -> None:
        """Write what was set aside, as elements of their own."""
        for detail, text in self.unseen():
            self.canonical.paragraph(text, kind=Kind.HIDDEN, detail=detail)

    def _taken(self) -> Inline:
        """Return the run and begin another; links that are open go on in it."""
        run, self.run = self.run, Inline()
        self.filled = self.broken = False
        for link in self._links:
            if run.mark() > link.mark:
                run.link(link.mark, link.url)
            link.mark = 0
        return run

    def _write(self, run: Inline, flow: Flow) -> None:
        item = flow.item
        if flow.role == "quote":
            self.canonical.paragraph(run, kind=Kind.BLOCKQUOTE)
        elif item is not None:
            self.canonical.item(run, depth=item.depth, number=None if item.spent else item.number)
            item.spent = True
        else:
            self.canonical.paragraph(run)

    def _is_frame(self, node: Node, flow: Flow) -> bool:
        """Tell whether this is the page's header or footer; a header with the only title stays."""
        if self.page.keep_all or not is_page_frame(node, flow.around):
            return False
        if 2 * node.size > self.page.root.size and is_prose(node):
            return False
        title = node.find("h1")
        return title is None or 2 * node.linked > node.size - title.size

    def _hide_title(self, node: Node) -> None:
        """Set a tooltip aside, where it says more than the text it belongs to."""
        title = node.get("title")
        if len(title) < _LEAST_TITLE or _POINTER.match(title):
            return
        if title.lower() not in node.inner_text().lower():
            self.hide("title_text", title)

    def _left_out(self, node: Node, flow: Flow) -> None:
        """Count furniture, and keep the page's only title where it stands in there."""
        self.canonical.furniture += 1
        title = node.find("h1") if self.page.headings == 1 else None
        if title is not None:
            self.element(title, flow)

    def _close_panel(self, node: Node, flow: Flow) -> None:
        level = self.opened.pop(node.get("id"), 0) if self.opened else 0
        if level:
            self.flush(flow)
            self.canonical.leave(level=level)


def within(node: Node, flow: Flow) -> Flow:
    """Return the flow inside a block."""
    if node.tag not in _SECTION_TAGS:
        return flow
    in_main = flow.in_main or node.tag in {"main", "article"}
    return replace(flow, around=(*flow.around, node.tag), in_main=in_main)


def _pass(walker: Walker, node: Node, flow: Flow) -> None:
    walker.children(node, flow)
