"""XML that is a text: DocBook, DITA, JATS, TEI, Word's flat XML, wiki storage, all walked as pages.

The formats differ in names only, so their elements are renamed to those of a page and the walk over
pages does the rest; headings get their level from the sections around them.
"""

from __future__ import annotations

import re

from curate.parsers.web.dom import COMMENT, TEXT, Node

_RENAMED = {
    **dict.fromkeys(
        ("para", "simpara", "shortdesc", "abstractpara", "ab", "cmd", "l", "context"), "p"
    ),
    **dict.fromkeys(("itemizedlist", "simplelist", "sl", "choices", "steps-unordered"), "ul"),
    **dict.fromkeys(("orderedlist", "procedure", "steps", "substeps"), "ol"),
    **dict.fromkeys(
        ("listitem", "item", "member", "sli", "choice", "step", "substep", "list-item"), "li"
    ),
    **dict.fromkeys(
        ("programlisting", "screen", "literallayout", "codeblock", "msgblock", "preformat"), "pre"
    ),
    **dict.fromkeys(("variablelist", "qandaset", "parml", "glosslist", "def-list"), "dl"),
    **dict.fromkeys(
        ("varlistentry", "qandaentry", "dlentry", "plentry", "glossentry", "def-item"), "div"
    ),
    **dict.fromkeys(("term", "question", "pt", "glossterm"), "dt"),
    **dict.fromkeys(("answer", "pd", "glossdef", "def"), "dd"),
    **dict.fromkeys(("informaltable", "simpletable", "tbl"), "table"),
    **dict.fromkeys(("row", "strow", "sthead", "tr"), "tr"),
    **dict.fromkeys(("entry", "stentry", "tc", "cell"), "td"),
    **dict.fromkeys(("ulink", "link", "xref", "ext-link", "ref"), "a"),
    **dict.fromkeys(("quote", "disp-quote", "lq", "epigraph"), "blockquote"),
    **dict.fromkeys(("inlinegraphic", "imagedata", "graphic"), "img"),
    **dict.fromkeys(("deltext",), "del"),
    **dict.fromkeys(("lb",), "br"),
}
_SECTIONS = frozenset(
    [
        "section",
        "sect1",
        "sect2",
        "sect3",
        "sect4",
        "sect5",
        "simplesect",
        "chapter",
        "part",
        "article",
        "book",
        "appendix",
        "preface",
        "topic",
        "concept",
        "task",
        "reference",
        "troubleshooting",
        "refsection",
        "example",
        "refsect1",
        "sec",
        "div",
        "div1",
        "div2",
        "div3",
        "abstract",
        "front",
        "body",
        "back",
        "info",
        "bookinfo",
        "articleinfo",
        "glossary",
        "generalinfo",
    ]
)
_NO_LEVEL = frozenset(["front", "body", "back", "info", "bookinfo", "articleinfo", "div"])
_TITLES = frozenset({"title", "head", "bridgehead", "article-title"})
_CAPTIONED = frozenset({"table", "figure", "fig", "table-wrap", "informalfigure", "tbl"})
_BOXES = frozenset({"note", "tip", "warning", "caution", "important", "admonition"})
_DROPPED = frozenset(
    [
        "binarydata",
        "instrtext",
        "style",
        "script",
        "indexterm",
        "prolog",
        "metadata",
        "remark",
        "styles",
        "settings",
        "fonttbl",
        "latentstyles",
        "relationships",
        "theme",
        "fonts",
        "websettings",
        "numbering",
        "journal-meta",
        "article-id",
        "ref-list",
    ]
)
_TEXTUAL = frozenset(
    [
        "p",
        "para",
        "simpara",
        "t",
        "l",
        "cmd",
        "shortdesc",
        "codeblock",
        "programlisting",
        "stentry",
        "entry",
    ]
)
_ITEMS = frozenset({"li", "item", "listitem"})
_ROOTS = frozenset(
    [
        "article",
        "book",
        "chapter",
        "section",
        "topic",
        "concept",
        "task",
        "reference",
        "dita",
        "tei",
        "refentry",
        "set",
    ]
)
_HEADING_STYLE = re.compile(r"(?:heading|berschrift|titre|kop)\s?(\d)", re.IGNORECASE)
_WORD_PARTS = re.compile(
    r"(?:document\.main|footnotes|endnotes|comments|header|footer|chart|core-properties)\+xml"
)
_WORD_TEXT = frozenset(
    ["t", "deltext", "title", "subject", "creator", "description", "keywords", "lastmodifiedby"]
)
_LEAST_TEXTUAL = 0.5
_URLS = ("href", "url", "target")


def is_word(root: Node) -> bool:
    """Tell whether this is a Word document saved as one XML file."""
    return root.tag == "worddocument" or (
        root.tag == "package" and root.find("worddocument", "document", "part") is not None
    )


def word_page(root: Node) -> Node:
    """Return the texts of a Word document under the names of a page, its notes and headers too."""
    parts = [part for part in root.children if part.tag == "part"]
    kept = [p for p in parts if _WORD_PARTS.search(p.get("contenttype"))] if parts else [root]
    return as_page(Node("body", children=[_written(part) for part in kept]))


def _written(node: Node) -> Node:
    """Return an element of Word's with the text that is written, not measures and fields."""
    text = node.tag in _WORD_TEXT
    children = [
        _written(child)
        for child in node.children
        if (text if child.tag == TEXT else child.tag not in {COMMENT, "fallback"})
    ]
    return Node(node.tag, node.text, node.attributes, children)


def is_document(root: Node) -> bool:
    """Tell whether most of the text stands in elements that mean paragraphs, items or code."""
    textual = _textual(root)
    return textual > 0 and (root.tag in _ROOTS or textual >= _LEAST_TEXTUAL * root.size)


def as_page(root: Node) -> Node:
    """Return the tree with the names of a page."""
    return Node("html", attributes=root.attributes, children=[_renamed(root, 0)])


def _textual(node: Node) -> int:
    written = any(child.tag == TEXT and child.text.strip() for child in node.children)
    if node.tag in _TEXTUAL or (written and node.tag in _ITEMS):
        return node.size
    return sum(_textual(child) for child in node.children if child.tag[0] != "#")


def _renamed(node: Node, level: int) -> Node:
    """Return an element under its name on a page; `level` counts the sections around it."""
    if node.tag in _DROPPED:
        return Node("script")
    inside = level + 1 if node.tag in _SECTIONS - _NO_LEVEL else level
    children = [c if c.tag in {TEXT, COMMENT} else _child(c, node, inside) for c in node.children]
    tag = _RENAMED.get(node.tag, node.tag)
    if node.tag in _SECTIONS:
        tag = "section"
    elif node.tag in _BOXES:
        tag, children = "div", [*_box_title(node), *children]
    elif node.tag == "p":
        tag = _paragraph_tag(node)
    elif node.tag == "list":
        tag = "ol" if "order" in node.get("list-type") + node.get("type") else "ul"
    return Node(tag, attributes=_attributes(node, tag), children=_spaced(node, children))


def _child(child: Node, parent: Node, level: int) -> Node:
    if child.tag not in _TITLES:
        return _renamed(child, level)
    inside = [c if c.tag in {TEXT, COMMENT} else _renamed(c, level) for c in child.children]
    if parent.tag in _CAPTIONED:
        return Node("figcaption" if parent.tag != "table" else "caption", children=inside)
    if parent.tag in _BOXES or parent.tag in {"li", "listitem", "item"}:
        return Node("p", children=inside)
    return Node(f"h{min(max(level, 1), 6)}", children=inside)


def _paragraph_tag(node: Node) -> str:
    """Return the heading that Word's paragraph style names, else a paragraph."""
    style = node.find("pstyle")
    named = style.get("val") if style is not None else ""
    found = _HEADING_STYLE.match(named)
    if found:
        return f"h{min(int(found[1]), 6) or 1}"
    return "h1" if named.lower() == "title" else "p"


def _box_title(node: Node) -> list[Node]:
    """Return the word that a warning is printed under, unless it has a title of its own."""
    kind = node.get("type") or node.tag
    if any(child.tag in _TITLES for child in node.children) or kind in {"note", "other"}:
        return []
    return [Node("p", children=[Node(TEXT, kind.capitalize() + ":")])]


def _attributes(node: Node, tag: str) -> dict[str, str]:
    if tag == "a":
        url = next((node.get(name) for name in _URLS if node.get(name)), "")
        return {"href": url} if url else {}
    if tag == "del" and node.tag == "deltext":
        return {"hidden": ""}
    if tag in {"td", "th"}:
        return {
            "rowspan": str(_more(node.get("morerows"), node.get("rowspan"))),
            "colspan": node.get("colspan"),
        }
    kept = ("language", "lang", "start", "class", "style", "hidden", "title", "alt")
    return {name: node.get(name) for name in kept if name in node.attributes}


def _more(more: str, span: str) -> str:
    return str(int(more) + 1) if more.isdecimal() and len(more) < 4 else span  # noqa: PLR2004


def _spaced(node: Node, children: list[Node]) -> list[Node]:
    """Return the children with the white space that Word writes as an element."""
    return [Node(TEXT, " ")] if node.tag == "tab" and not children else children
