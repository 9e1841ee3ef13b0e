"""The document that a Markdown file becomes, while it is written.

An item waits until it is known what follows in it: paragraphs of one item are one, unless the first
asks and the rest answers. What no reader sees waits as well, so that it divides no list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.web.spans import running_text
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Cell

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from curate.text.inline import Inline

_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)\n?")
_LONGEST_HEADING = 300


@dataclass(slots=True)
class OpenList:
    """A list being written; `number` is that of its last item, None where it has none."""

    number: int | None


@dataclass(slots=True)
class Writer:
    """The document under construction; an item waits until it is known what follows in it."""

    parser: MarkdownIt
    source: list[str]
    env: dict[str, object] = field(default_factory=dict)
    canonical: Canonical = field(default_factory=Canonical)
    lists: list[OpenList] = field(default_factory=list)
    quotes: int = 0
    level: int = 0
    opened: list[int] = field(default_factory=list)  # levels in force where a text opens
    heading_level: int = 0
    marker: bool = False  # the item's marker is yet to be written
    waiting: str | None = None
    cells: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    cell_is_head: bool | None = None
    hidden: list[tuple[str, str]] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)  # tags that no later line closes

    def text(self, content: str) -> Inline:
        """Return a run of Markdown as text with links."""
        return running_text(content, self.parser, env=self.env, hide=self.hide)

    def hide(self, detail: str, text: str) -> None:
        """Set text aside that no reader sees."""
        if text.strip():
            self.hidden.append((detail, text))

    def settle(self) -> None:
        """Write the item that waits."""
        if self.waiting is not None:
            number = self.lists[-1].number if self.lists and self.marker else None
            text = self.text(self.waiting)
            self.canonical.item(text, depth=max(len(self.lists) - 1, 0), number=number)
            self.waiting, self.marker = None, False

    def show_hidden(self) -> None:
        """Write what was set aside."""
        for detail, text in self.hidden:
            self.canonical.paragraph(text, kind=Kind.HIDDEN, detail=detail)
        self.hidden = []

    def paragraph(self, content: str) -> None:
        """Write a run as a paragraph or, inside a quotation, as a part of it."""
        callout = _CALLOUT.match(content) if self.quotes else None
        if callout:
            name = callout[2].strip() or callout[1].replace("-", " ").capitalize()
            content = f"{name}: {content[callout.end() :]}".rstrip(": ")
        kind = Kind.BLOCKQUOTE if self.quotes else Kind.PARAGRAPH
        self.canonical.paragraph(self.text(content), kind=kind)
        self.show_hidden()

    def title(self, content: str, *, level: int) -> None:
        """Write a run as a heading, or as a paragraph where it is too long for one."""
        if len(content) > _LONGEST_HEADING:
            self.paragraph(content)
            return
        self.settle()
        words = self.text(content)
        if words.finish()[0]:
            self.canonical.heading(words, level=level)
            self.level = level
        self.marker = False
        if not self.lists:
            self.show_hidden()
