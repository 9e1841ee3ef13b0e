"""XML by its shape: a page, a feed, a wiki, a text in one of the document formats, or data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web import catalogue, feeds, wiki, xmldoc
from curate.parsers.web.html import read_html, walked
from curate.parsers.web.meta import short_language
from curate.parsers.web.xmltree import counted, declares_entities, parse_some
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.parsers.web.dom import Node
    from curate.tables.parsed import Parsed

READER = "xml 1"


def read_xml(blob: Blob) -> Parsed:
    """Read an XML file.

    Raises:
        DocumentError: `corrupt` where nothing can be read as XML, `xml_entities` where it holds
            nothing but what its own entities would become, `no_text` for a file without words.
    """
    tree, cut = parse_some(blob.data)
    root = counted(tree)
    if root.tag == "html":
        return read_html(blob)
    parsed = _parsed(root)
    if not parsed.elements:
        raise DocumentError("xml_entities" if declares_entities(blob.data) else "no_text")
    language = parsed.language or short_language(root.get("lang"))
    notes = ("damaged",) if cut else ()
    return replace(parsed, language=language, notes=notes, reader=READER)


def _parsed(root: Node) -> Parsed:
    if feeds.is_feed(root):
        canonical, title, fields = feeds.read_feed(root)
        language = root.find("language")
        code = short_language(language.inner_text()) if language is not None else ""
        return canonical.build(title=title, fields=fields, language=code)
    if wiki.is_space(root):
        return wiki.read_space(root).build()
    if wiki.is_storage(root):
        return walked(wiki.storage_page(root)).build()
    if xmldoc.is_word(root):
        return walked(counted(xmldoc.word_page(root))).build()
    if xmldoc.is_document(root):
        return walked(counted(xmldoc.as_page(root))).build()
    canonical = Canonical()
    catalogue.add_data(canonical, root)
    return canonical.build()
