"""News feeds, RSS and Atom: each entry a section under its title, its body read as a page."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from curate.parsers.web.html import add_fragment
from curate.parsers.web.meta import iso_date
from curate.tables.parsed import Field
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.parsers.web.dom import Node

_ENTRIES = frozenset({"item", "entry"})
_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "updated", "date")
_TAG = re.compile(r"<[a-zA-Z/!]")


def is_feed(root: Node) -> bool:
    """Tell whether this is a feed."""
    return root.tag in {"rss", "rdf", "feed"} and root.find("item", "entry", "channel") is not None


def read_feed(root: Node) -> tuple[Canonical, str, list[Field]]:
    """Return the text of a feed, its title and what it states about itself."""
    head = next((child for child in root.children if child.tag == "channel"), root)
    canonical, title = Canonical(), _words(head, "title")
    if title:
        canonical.heading(title, level=1)
    _body(canonical, head, ("description", "subtitle"), level=1)
    for entry in [*head.children, *(root.children if head is not root else [])]:
        if entry.tag in _ENTRIES:
            _entry(canonical, entry)
    fields = (
        [Field("author", author)] if (author := _words(head, "author", "managingeditor")) else []
    )
    return canonical, title, fields


def _entry(canonical: Canonical, entry: Node) -> None:
    title = _words(entry, "title")
    if title:
        canonical.heading(_plain(title), level=2)
    facts = [fact for fact in (_date(entry), _words(entry, "creator", "author")) if fact]
    if facts:
        canonical.paragraph(", ".join(facts))
    _body(canonical, entry, _BODIES, level=2)


def _date(entry: Node) -> str:
    written = _words(entry, *_DATES)
    try:
        return iso_date(written) or parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _body(canonical: Canonical, entry: Node, names: tuple[str, ...], *, level: int) -> None:
    """Add the fullest of the bodies that an entry has."""
    for name in names:
        for child in entry.children:
            if child.tag == name and child.size:
                _add(canonical, child, level)
                return


def _add(canonical: Canonical, body: Node, level: int) -> None:
    text = body.inner_text()
    if _TAG.search(text):
        add_fragment(canonical, text, level=level)
    else:
        canonical.paragraph(text)


def _plain(title: str) -> str:
    return re.sub(r"<[^<>]{0,200}>", "", title)


def _words(entry: Node, *names: str) -> str:
    for name in names:
        for child in entry.children:
            if child.tag == name and child.size:
                return child.inner_text().strip()
    return ""
