"""Wiki pages in Confluence's storage format, and the XML of a whole space's export.

Macros become what they show: a text that opens, a box, code; those that only list other pages are
left out and counted by the walk. Of an export, the current pages are read, each under its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.web.dom import TEXT, Node
from curate.parsers.web.html import walked
from curate.parsers.web.xmltree import counted, parse_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.text.canonical import Canonical

_CODE = frozenset({"code", "noformat"})
_LISTS_OF_PAGES = frozenset(
    [
        "toc",
        "toc-zone",
        "children",
        "pagetree",
        "recently-updated",
        "contentbylabel",
        "attachments",
        "gallery",
        "livesearch",
        "pagetreesearch",
        "labels-list",
        "listlabels",
        "contributors",
        "blog-posts",
        "include",
        "excerpt-include",
        "profile",
        "anchor",
    ]
)
_PLAIN = {"ac:rich-text-body": "div", "ac:task-list": "ul", "ac:task": "li", "ac:task-body": "span"}
_NOT_SHOWN = frozenset(
    {"ac:parameter", "ac:task-id", "ac:task-status", "ac:task-uuid", "ac:placeholder"}
)


def is_space(root: Node) -> bool:
    """Tell whether this is the export of a space."""
    return root.tag == "hibernate-generic"


def is_storage(root: Node) -> bool:
    """Tell whether a page holds the wiki's own elements."""
    return any(node.tag.startswith(("ac:", "ri:")) for node in root.elements())


def space_page(root: Node) -> Node:
    """Return an export as one page: every current page under its title."""
    bodies = {_reference(body): _value(body, "body") for body in _objects(root, "BodyContent")}
    page = Node("html")
    for entry in [*_objects(root, "Page"), *_objects(root, "BlogPost")]:
        if _value(entry, "originalVersion") or _value(entry, "contentStatus") in {
            "draft",
            "deleted",
        }:
            continue
        page.children.append(Node("h1", children=[Node(TEXT, _value(entry, "title"))]))
        page.children.extend(storage_page(parse_storage(body)) for body in _bodies(entry, bodies))
    return counted(page)


def storage_page(root: Node) -> Node:
    """Return a wiki page under the names of a page."""
    return counted(_shown(root, below=2 if root.tag == "body" else 0))


def read_space(root: Node) -> Canonical:
    """Return the text of an export."""
    return walked(space_page(root))


def _objects(root: Node, kind: str) -> Iterator[Node]:
    return (
        child for child in root.children if child.tag == "object" and child.get("class") == kind
    )


def _value(entry: Node, name: str) -> str:
    for child in entry.children:
        if child.tag == "property" and child.get("name").lower() == name.lower():
            return child.inner_text().strip()
    return ""


def _reference(body: Node) -> str:
    """Return the number of a body."""
    return next((c.inner_text().strip() for c in body.children if c.tag == "id"), "")


def _bodies(entry: Node, bodies: dict[str, str]) -> list[str]:
    """Return the bodies that a page names."""
    named = (c for c in entry.children if c.tag == "collection" and c.get("name") == "bodyContents")
    numbers = [node.inner_text().strip() for found in named for node in found.every("id")]
    return [bodies[number] for number in numbers if bodies.get(number)]


def _shown(node: Node, *, below: int = 0) -> Node:
    """Return an element as the page shows it; headings of a space's pages stand one level lower."""
    if node.tag in {TEXT, "#comment"}:
        return node
    if node.tag in _NOT_SHOWN:
        return Node("script")
    if node.tag in {"ac:structured-macro", "ac:macro"}:
        return _macro(node, below)
    if node.tag == "ac:link":
        return _link(node)
    children = [_shown(child, below=below) for child in node.children]
    tag = _PLAIN.get(node.tag, node.tag)
    if below and len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():  # noqa: PLR2004 (h1 to h6)
        tag = f"h{min(int(tag[1]) + 1, 6)}"
    return Node(tag, attributes=node.attributes, children=children)


def _macro(node: Node, below: int) -> Node:
    name = node.get("name").lower()
    if name in _LISTS_OF_PAGES:
        return Node("nav", children=[Node(TEXT, name)])
    if name in _CODE:
        body = node.find("ac:plain-text-body")
        attributes = {"class": f"language-{_parameter(node, 'language')}"}
        return Node("pre", attributes=attributes, children=body.children if body else [])
    inside = [_shown(child, below=below) for child in node.children]
    title = _parameter(node, "title")
    if not title:
        return Node("div", children=inside)
    head = [Node(TEXT, title)]
    if name in {"expand", "ui-expand"}:
        return Node("details", children=[Node("summary", children=head), *inside])
    return Node("div", children=[Node("p", children=head), *inside])


def _parameter(node: Node, name: str) -> str:
    for child in node.children:
        if child.tag == "ac:parameter" and child.get("name").lower() == name:
            return child.inner_text().strip()
    return ""


def _link(node: Node) -> Node:
    """Return the words of a link to another page: its own, else that page's title."""
    body = node.find("ac:link-body", "ac:plain-text-link-body")
    target = node.find("ri:page", "ri:blog-post", "ri:attachment")
    title = (target.get("content-title") or target.get("filename")) if target is not None else ""
    words = body.children if body is not None else [Node(TEXT, title)]
    return Node("a", attributes={"href": title}, children=words)
