"""Web pages: decode, copy the tree, survey it, walk it; all of it again if too little was left."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web import blocks, grids, lists
from curate.parsers.web.charset import decode
from curate.parsers.web.dom import parse
from curate.parsers.web.front import taken_apart
from curate.parsers.web.meta import facts
from curate.parsers.web.page import survey
from curate.parsers.web.walker import Flow, Walker
from curate.tables.parsed import DROPPED, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.parsers.blob import Blob
    from curate.parsers.web.dom import Node
    from curate.tables.parsed import Parsed
    from curate.text.canonical import Canonical
    from curate.text.inline import Inline

READER = "html 1"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_TEMPLATE = re.compile(r"\s*---\w{0,8}[ \t]*\r?\n")
_LEAST_KEPT = 0.1  # of the page's text; below, the rules for furniture have misread the page

_BLOCKS = [
    "address",
    "article",
    "body",
    "center",
    "dd",
    "div",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "header",
    "hgroup",
    "main",
    "section",
    "tr",
    "aside",
    "nav",
    "search",
    "dialog",
    "legend",
    "thead",
    "tbody",
    "tfoot",
    "caption",
]
_CONTROLS = [
    "input",
    "select",
    "textarea",
    "datalist",
    "option",
    "optgroup",
    "progress",
    "meter",
    "output",
]
_NOTHING = [
    "script",
    "style",
    "head",
    "title",
    "meta",
    "link",
    "base",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "map",
    "area",
    "param",
    "source",
    "track",
    "frame",
    "frameset",
    "noframes",
    "applet",
    "colgroup",
    "col",
    "rp",
]
_HANDLERS: dict[str, Callable[[Walker, Node, Flow], None]] = {
    **dict.fromkeys(_BLOCKS, blocks.generic),
    **dict.fromkeys(_CONTROLS, blocks.control),
    **dict.fromkeys(_NOTHING, blocks.nothing),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), blocks.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), lists.listing),
    **dict.fromkeys(("br", "hr"), blocks.line_break),
    **dict.fromkeys(("noscript", "template"), blocks.unseen),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), blocks.preformatted),
    **dict.fromkeys(("td", "th"), grids.cell),
    "p": blocks.paragraph,
    "li": lists.item,
    "dl": lists.terms,
    "table": grids.table,
    "details": blocks.details,
    "summary": blocks.nothing,
    "button": blocks.button,
    "label": blocks.label,
    "form": blocks.form,
    "a": blocks.anchor,
    "blockquote": blocks.quote,
    "figcaption": blocks.caption,
    "img": blocks.image,
    "sup": blocks.superscript,
    "q": blocks.quoted_words,
    "svg": blocks.drawing,
    "math": blocks.formula,
}


def read_html(blob: Blob) -> Parsed:
    """Read a web page.

    Raises:
        DocumentError: `not_text` for bytes that are no text, `no_text` for a page without words.
    """
    html = decode(blob.data, declared=_declared(blob.data[:4096]))
    if not _TEMPLATE.match(html):
        return read_page(html)
    front = taken_apart(html.replace("\r\n", "\n"))
    parsed = read_page(front.text)
    return replace(
        parsed, title=front.title or parsed.title, furniture=parsed.furniture + front.furniture
    )


def read_page(html: str) -> Parsed:
    """Read a web page that is text already."""
    root = parse(html)
    told = facts(root)
    canonical = walked(root)
    if told.description:
        _describe(canonical, told.description)
    parsed = canonical.build(title=told.title, fields=told.fields, language=told.language)
    if not parsed.elements:
        raise DocumentError("no_text")
    return replace(parsed, created=told.created, modified=told.modified, reader=READER)


def walked(root: Node) -> Canonical:
    """Return the canonical text of a tree."""
    page = survey(root)
    canonical = _walk(Walker(page, _HANDLERS), root)
    if canonical.furniture and _seen(canonical) < _LEAST_KEPT * root.size:
        page.keep_all = True
        canonical = _walk(Walker(page, _HANDLERS), root)
    return canonical


def add_fragment(canonical: Canonical, html: str, *, level: int) -> int:
    """Add a piece of a page to a text; return the level of the heading in force."""
    root = parse(html)
    walker = Walker(replace(survey(root), keep_all=True), _HANDLERS, canonical, level=level)
    _walk(walker, root)
    return walker.level


def add_page(canonical: Canonical, root: Node) -> None:
    """Add a whole page, such as a chapter, to a text."""
    page = survey(root)
    page.keep_all = True
    walker = Walker(page, _HANDLERS, canonical)
    _walk(walker, root)


def inline_fragment(html: str) -> tuple[Inline, list[tuple[str, str]]]:
    """Return the running text of a piece of a page, and what no reader of it sees."""
    root = parse(html)
    walker = Walker(replace(survey(root), keep_all=True), _HANDLERS)
    return walker.collect(root, Flow()), walker.unseen()


def _walk(walker: Walker, root: Node) -> Canonical:
    flow = Flow()
    walker.element(root, flow)
    walker.flush(flow)
    return walker.canonical


def _seen(canonical: Canonical) -> int:
    """Return how many characters a reader sees."""
    return sum(e.end - e.start for e in canonical.build().elements if e.kind not in DROPPED)


def _describe(canonical: Canonical, description: str) -> None:
    canonical.paragraph(description, kind=Kind.HIDDEN, detail="meta_text")


def _declared(head: bytes) -> str:
    found = _CHARSET.search(head) or _XML_CHARSET.search(head)
    return found[1].decode("ascii") if found else ""
