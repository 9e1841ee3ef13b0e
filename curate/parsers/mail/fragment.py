"""Blocks of a piece of HTML as mails and tickets hold it: tag soup, with programs' own marks.

A mail's HTML is no web page: it has no articles, no navigation and hardly a heading, but it nests
tables for its layout and says by class or id where a quotation or a signature begins. The walk
keeps its own stack, so that no depth of nesting ends it.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.mail.blocks import Block, Run
from curate.parsers.mail.grid import data_table
from curate.parsers.mail.markup import Marks, hidden_classes, read_marks
from curate.parsers.mail.shallow import shallow

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "button",
        "input",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "center",
        "form",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "nav",
        "main",
        "figure",
        "figcaption",
        "fieldset",
        "address",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
    ]
)
_TIGHT = frozenset(["html", "body", "div", "center"])
_SPACE = " \t\r\n\f"
_WHITE = re.compile(f"[{_SPACE}]+")
_MOST_NODES = 2_000_000


def read_fragment(html: str) -> list[Block]:
    """Return the blocks of a piece of HTML in reading order."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(shallow(html)).root
    if root is None:
        return []
    walk = _Walk(hidden_classes(root))
    walk.run(root)
    return walk.blocks


@dataclass(slots=True)
class _State:
    """What holds at a place of the tree; entering an element makes a new one."""

    marks: Marks
    url: str = ""
    shape: str = "paragraph"
    level: int = 0
    depth: int = -1
    counter: list[int] | None = None
    number: int | None = None
    fresh: list[bool] = field(default_factory=lambda: [False])
    tight: bool = True


@dataclass(slots=True)
class _Walk:
    hidden: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    _open: Block | None = None
    _aside: list[Block] = field(default_factory=list)
    _stack: list[tuple[LexborNode | None, _State]] = field(default_factory=list)

    def run(self, root: LexborNode) -> None:
        self._stack.append((root, _State(Marks())))
        for _ in range(_MOST_NODES):
            if not self._stack:
                break
            node, state = self._stack.pop()
            if node is None:
                self._flush()
            elif node.is_text_node:
                self._text(node.text_content or "", state)
            elif node.is_element_node and node.tag not in _SKIPPED:
                self._enter(node, self._state(node, node.tag or "", state))
        self._flush()

    def _enter(self, node: LexborNode, state: _State) -> None:
        if node.tag == "br":
            self._block(state).lines.append([])
        elif node.tag == "table" and (rows := data_table(node)):
            self._flush()
            self._append(Block("table", rows=rows), state)
        else:
            self._descend(node, state)

    def _descend(self, node: LexborNode, state: _State) -> None:
        if node.tag in _BLOCKS or state.marks.opens:
            self._flush()
            self._stack.append((None, state))
        if state.marks.opens:
            self._append(Block("paragraph", [[]], cue="opener"), state)
        children = []
        child = node.child
        while child is not None:
            children.append((child, state))
            child = child.next
        self._stack.extend(reversed(children))

    def _state(self, node: LexborNode, tag: str, outer: _State) -> _State:
        marks = read_marks(node, outer.marks, self.hidden)
        state = copy(outer)
        state.marks = marks
        if tag in _BLOCKS:
            named = node.attributes.get("class") or ""
            state.tight = tag in _TIGHT or named.startswith("MsoNormal")
        if tag == "a":
            state.url = _address(node.attributes.get("href"))
        elif tag in {"ul", "ol"}:
            state.depth += 1
            state.counter = [_first_number(node)] if tag == "ol" else None
        elif tag == "li":
            _begin_item(state)
        elif tag == "pre":
            state.shape = "code"
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():  # noqa: PLR2004
            state.shape, state.level = "heading", int(tag[1])
        return state

    def _text(self, text: str, state: _State) -> None:
        if self._open is None and state.shape != "code" and not text.strip(_SPACE):
            return
        if state.marks.hidden and self._open is not None and self._open.cue != "hidden":
            self._hide(text, state.marks)
            return
        if not state.marks.hidden and self._open is not None and self._open.cue == "hidden":
            self._flush()
        lines = text.split("\n") if state.shape == "code" else [_WHITE.sub(" ", text)]
        for place, line in enumerate(lines):
            block = self._block(state)
            if place:
                block.lines.append([])
            block.lines[-1].append(Run(line, state.url))

    def _hide(self, text: str, marks: Marks) -> None:
        """Put words that nobody sees, amid words that are seen, into a block of their own."""
        if text.strip():
            runs = [Run(_WHITE.sub(" ", text))]
            self._aside.append(Block("paragraph", [runs], cue="hidden", detail=marks.hidden))

    def _block(self, state: _State) -> Block:
        if self._open is None:
            shape = _shape(state)
            level = state.level if shape == "heading" else 0
            self._open = Block(shape, [[]], level=level, depth=max(state.depth, 0))
            self._open.tight = shape == "paragraph" and state.tight
            if shape == "item":
                self._open.number = state.number
            self._mark(self._open, state.marks)
        return self._open

    def _append(self, block: Block, state: _State) -> None:
        cue = block.cue
        self._mark(block, state.marks)
        block.cue = block.cue if block.cue == "hidden" else cue or block.cue
        self.blocks.append(block)

    def _mark(self, block: Block, marks: Marks) -> None:
        block.quoted = marks.quoted
        if marks.hidden:
            block.cue, block.detail = "hidden", marks.hidden
        elif marks.signature or marks.announces:
            block.cue = "signature" if marks.signature else "opener"

    def _flush(self) -> None:
        block, self._open = self._open, None
        if block is None:
            return
        if block.tight and self.blocks and _joins(self.blocks[-1], block):
            self.blocks[-1].lines.extend(block.lines)
        elif any(text.strip() for text in block.texts()):
            self.blocks.append(block)
        self.blocks += self._aside
        self._aside = []


def _joins(above: Block, block: Block) -> bool:
    """Tell whether a block's lines follow the ones above without a space between."""
    same = (above.cue, above.quoted, above.detail) == (block.cue, block.quoted, block.detail)
    return above.tight and same


def _shape(state: _State) -> str:
    """Return the shape of the block that begins here: the first within a list item is the item."""
    if state.shape == "paragraph" and state.fresh[0]:
        state.fresh[0] = False
        return "item"
    return state.shape


def _begin_item(state: _State) -> None:
    state.fresh, state.depth = [True], max(state.depth, 0)
    state.number = None
    if state.counter is not None:
        state.number = state.counter[0]
        state.counter[0] += 1


def _first_number(node: LexborNode) -> int:
    start = node.attributes.get("start") or ""
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1  # noqa: PLR2004


def _address(href: str | None) -> str:
    """Return where a link leads, nothing for scripts and places within the page."""
    href = (href or "").strip()
    return "" if href.startswith("#") or href.lower().startswith(("javascript:", "data:")) else href
