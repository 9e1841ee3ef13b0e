"""A page as a tree of plain objects of bounded depth, each knowing the text it holds.

The tree of the parsing library is walked once and copied: how much text a subtree holds and how
much of it is links is then known everywhere without another walk, and code that reads the tree may
recurse, because elements below the deepest level allowed become siblings there. The same bound is
set on the markup before it is parsed, as the parsing itself takes quadratic time on very deep
pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

TEXT, COMMENT = "#text", "#comment"
_DEEPEST = 150
_DEEPEST_MARKUP = 1_000
_MOST_TAGS_UNCHECKED = 1_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
    ]
)
_LONG_TAG = re.compile(r"<[a-zA-Z][^\s<>]*\s[^<>]{8000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 500
_SILENT = frozenset({"script", "style", "head", "template", "title"})


@dataclass(slots=True)
class Node:
    """An element, a text (`#text`) or a comment; `size` and `linked` count characters below."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    size: int = 0
    linked: int = 0

    def get(self, name: str) -> str:
        """Return an attribute, empty when absent."""
        return self.attributes.get(name, "")

    def find(self, *tags: str) -> Node | None:
        """Return the first element below with one of these tags."""
        return next(self.every(*tags), None)

    def every(self, *tags: str) -> Iterator[Node]:
        """Yield the elements below with one of these tags, in document order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            if child.children:
                yield from child.every(*tags)

    def elements(self) -> Iterator[Node]:
        """Yield every element below, in document order."""
        for child in self.children:
            if child.tag[0] != "#":
                yield child
                yield from child.elements()

    def inner_text(self) -> str:
        """Return the text below without that of scripts, as written."""
        return "".join(self.texts())

    def texts(self) -> Iterator[str]:
        """Yield the runs of text below, as written."""
        for child in self.children:
            if child.tag == TEXT:
                yield child.text
            elif child.tag == "br":
                yield "\n"
            elif child.tag not in _SILENT:
                yield from child.texts()


def parse(html: str) -> Node:
    """Return the `html` element of a page."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(_bounded(html))
    root = parser.root
    return _copied(root) if root is not None else Node("html")


def _bounded(html: str) -> str:
    """Return the markup without what takes quadratic time: crowded tags, and tags too deep."""
    html = _LONG_TAG.sub(_uncrowded, html)
    if html.count("<") < _MOST_TAGS_UNCHECKED:
        return html
    depth, last, pieces = 0, 0, []
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _VOID and depth < _DEEPEST_MARKUP:
            continue
        if tag[1]:
            depth = max(depth - 1, 0)
            continue
        depth += 1
        if depth > _DEEPEST_MARKUP:
            pieces.append(html[last : tag.start()])
            last = html.find(">", tag.end()) + 1 or len(html)
    return "".join([*pieces, html[last:]]) if last else html


def _uncrowded(tag: re.Match[str]) -> str:
    outside = _QUOTED.sub("", tag[0])
    return tag[0].split(None, 1)[0] if len(outside.split()) > _MOST_ATTRIBUTES else tag[0]


def _copied(root: LexborNode) -> Node:
    """Return a copy of the tree; children of the deepest nodes are hung beside them."""
    top = Node("html", attributes=_attributes(root))
    path, depth, source = [top], 0, root.first_child
    while source is not None:
        node = _node(source)
        path[-1].children.append(node)
        below = _first_below(source, node)
        if below is not None:
            depth += 1
            if len(path) < _DEEPEST:
                path.append(node)
            source = below
            continue
        _count(path[-1], node)
        depth, source = _next(source, path, depth)
    while len(path) > 1:
        _count(path[-2], path.pop())
    return top


def _next(source: LexborNode, path: list[Node], depth: int) -> tuple[int, LexborNode | None]:
    """Return the node that follows in document order, closing what ends before it."""
    node: LexborNode | None = source
    while node is not None and depth >= 0:
        if node.next is not None:
            return depth, node.next
        node, depth = node.parent, depth - 1
        if depth < len(path) - 1 and len(path) > 1:
            _count(path[-2], path.pop())
    return depth, None


def _first_below(source: LexborNode, node: Node) -> LexborNode | None:
    if node.tag != "template":
        return source.first_child
    node.text = " ".join(f.text(separator=" ") for f in source.template_fragments()[:1])
    return None


def _node(source: LexborNode) -> Node:
    if source.is_text_node:
        return Node(TEXT, source.text_content or "")
    if source.is_element_node:
        return Node(source.tag or "", attributes=_attributes(source))
    return Node(COMMENT, source.comment_content or "" if source.is_comment_node else "")


def _attributes(source: LexborNode) -> dict[str, str]:
    return {name.lower(): value or "" for name, value in source.attributes.items()}


def _count(parent: Node, node: Node) -> None:
    """Add what a finished node holds to its parent."""
    if node.tag == TEXT:
        parent.size += len(node.text.strip())
    elif node.tag not in _SILENT:
        parent.size += node.size
        parent.linked += node.size if node.tag == "a" else node.linked
