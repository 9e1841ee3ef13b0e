"""XML as the same plain tree that pages have: no DTD, no entities, no network.

Names lose their prefix, except those of wiki macros, which mean something else there. Entities that
a file declares itself are left out rather than expanded: that is how a few bytes become gigabytes.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web.dom import COMMENT, TEXT, Node

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 120
_END = 4096  # bytes in which the last tag of a file stands
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_KEPT_PREFIXES = {
    "http://www.atlassian.com/schema/confluence/4/ac/": "ac:",
    "http://www.atlassian.com/schema/confluence/4/ri/": "ri:",
    "http://atlassian.com/content": "ac:",
    "http://atlassian.com/resource/identifier": "ri:",
}
_STORAGE = '<body xmlns:ac="http://atlassian.com/content" xmlns:ri="http://atlassian.com/resource/identifier">'


def parse_xml(data: bytes) -> Node:
    """Return the root element of an XML file.

    Raises:
        DocumentError: `corrupt` when no element can be read.
    """
    return parse_some(data)[0]


def parse_some(data: bytes) -> tuple[Node, bool]:
    """Return the root element of an XML file, and whether the file ends before its elements do.

    Raises:
        DocumentError: `corrupt` when no element can be read.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, recover=True
    )
    try:
        root = etree.fromstring(_DOCTYPE.sub(b"", data, count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("corrupt") from error
    if root is None:
        raise DocumentError("corrupt")
    cut = len(parser.error_log) > 0 and not _closes(data, etree.QName(root).localname)
    return _copied(root, 0), cut


def _closes(data: bytes, name: str) -> bool:
    """Tell whether a file ends with the end of its root; not asked of one without a mistake."""
    end = data[-_END:].replace(b"\0", b"").rpartition(b"</")[2]
    return end.partition(b">")[0].rstrip().rpartition(b":")[2] == name.encode()


def declares_entities(data: bytes) -> bool:
    """Tell whether an XML file names pieces of text of its own, which are never read."""
    found = _DOCTYPE.search(data)
    return found is not None and b"<!ENTITY" in found[0]


def parse_storage(body: str) -> Node:
    """Return the body of a wiki page in its storage format, a fragment with HTML's entities."""
    plain = _NAMED.sub(lambda found: html.unescape(found[0]), body)
    return parse_xml(f"{_STORAGE}{plain}</body>".encode("utf-8", "replace"))


def counted(node: Node) -> Node:
    """Set how much text and how much of it as links each element holds; return the element."""
    node.size = node.linked = 0
    for child in node.children:
        if child.tag == TEXT:
            node.size += len(child.text.strip())
        elif child.tag != COMMENT:
            counted(child)
            node.size += child.size
            node.linked += child.size if child.tag == "a" else child.linked
    return node


def _copied(element: _Element, depth: int) -> Node:
    node = Node(_name(str(element.tag)), attributes=_attributes(element))
    _append(node, element.text)
    for child in element:
        if isinstance(child.tag, str):
            _hang(node, _copied(child, depth + 1), depth)
        elif child.tag is not None and "Comment" in getattr(child.tag, "__name__", ""):
            node.children.append(Node(COMMENT, child.text or ""))
        _append(node, child.tail)
    return node


def _hang(node: Node, child: Node, depth: int) -> None:
    """Add a child; below the deepest level its own children take its place."""
    if depth < _DEEPEST:
        node.children.append(child)
    else:
        node.children.extend(child.children)


def _append(node: Node, text: str | None) -> None:
    if text:
        node.children.append(Node(TEXT, text))


def _name(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    return _KEPT_PREFIXES.get(space.lstrip("{"), "") + local.rpartition(":")[2].lower()


def _attributes(element: _Element) -> dict[str, str]:
    return {
        _name(str(name)).rpartition(":")[2]: str(value) for name, value in element.attrib.items()
    }
