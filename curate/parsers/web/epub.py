"""E-books: a zip whose package file names chapters in reading order; each is walked as a page."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from curate.errors import DocumentError
from curate.parsers.web.charset import decode
from curate.parsers.web.dom import parse
from curate.parsers.web.html import add_page
from curate.parsers.web.meta import iso_date, short_language
from curate.parsers.web.xmltree import parse_xml
from curate.tables.parsed import Field
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.parsers.web.dom import Node
    from curate.tables.parsed import Parsed

READER = "epub 1"
_PAGES = frozenset(
    {"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"}
)
_ISBN = re.compile(r"(?<![\dA-Fa-f-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dA-Fa-f-])")
_LARGEST_MEMBER = 50_000_000  # bytes of a chapter
_LARGEST_BOOK = 200_000_000
_FIELDS = (
    ("author", "creator"),
    ("publisher", "publisher"),
    ("subject", "subject"),
    ("isbn", "identifier"),
)


def read_epub(blob: Blob) -> Parsed:
    """Read an e-book.

    Raises:
        DocumentError: `corrupt`, `encrypted`, `too_large` or `no_text`.
    """
    try:
        with zipfile.ZipFile(BytesIO(blob.data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DocumentError("corrupt") from error
    except RuntimeError as error:  # what zipfile raises where it wants a password
        raise DocumentError("encrypted") from error


def _read(archive: zipfile.ZipFile) -> Parsed:
    if sum(member.file_size for member in archive.infolist()) > _LARGEST_BOOK:
        raise DocumentError("too_large")
    place = _package_place(archive)
    package = parse_xml(_member(archive, place))
    canonical, missing = Canonical(), 0
    for name in _chapters(package, place):
        try:
            add_page(canonical, parse(decode(_member(archive, name))))
        except KeyError:
            missing += 1
    return _stated(canonical, package, missing)


def _stated(canonical: Canonical, package: Node, missing: int) -> Parsed:
    if canonical.is_empty():
        raise DocumentError("no_text")
    told = package.find("metadata") or package
    fields = [
        Field(name, node.inner_text())
        for name, tag in _FIELDS
        for node in told.every(tag)
        if node.inner_text().strip() and (name != "isbn" or _ISBN.search(node.inner_text()))
    ]
    parsed = canonical.build(
        title=_words(told, "title"),
        fields=fields,
        language=short_language(_words(told, "language")),
    )
    notes = ("missing_chapters",) if missing else ()
    return replace(parsed, created=iso_date(_words(told, "date")), notes=notes, reader=READER)


def _package_place(archive: zipfile.ZipFile) -> str:
    """Return the name of the package file: as the container states it, else by its end."""
    try:
        container = parse_xml(archive.read("META-INF/container.xml"))
        root = container.find("rootfile")
        if root is not None and root.get("full-path") in archive.namelist():
            return root.get("full-path")
    except (KeyError, DocumentError):
        pass
    found = [name for name in archive.namelist() if name.endswith(".opf")]
    if not found:
        raise DocumentError("corrupt")
    return min(found)


def _chapters(package: Node, place: str) -> list[str]:
    """Return the names of the chapters in reading order; without an order, that of the manifest."""
    items = {item.get("id"): item for item in package.every("item")}
    order = [
        items[ref.get("idref")] for ref in package.every("itemref") if ref.get("idref") in items
    ]
    chosen = order or list(items.values())
    pages = [
        i
        for i in chosen
        if i.get("media-type") in _PAGES and "nav" not in i.get("properties").split()
    ]
    folder = posixpath.dirname(place)
    places = (posixpath.normpath(posixpath.join(folder, unquote(i.get("href")))) for i in pages)
    return list(dict.fromkeys(places))


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(_LARGEST_MEMBER + 1)
    if len(data) > _LARGEST_MEMBER:
        raise DocumentError("too_large")
    return data


def _words(node: Node, tag: str) -> str:
    found = node.find(tag)
    return found.inner_text().strip() if found is not None else ""
