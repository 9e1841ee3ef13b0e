"""Where each word of the share stands: the gold names a place for every planted value.

Office files are cut from their own blocks, plain files by the simplest reader of their format; no
parser under test is used, so that the gold stays independent of what it judges.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from .model import plain, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Paper, Target
    from .write_msg import Message
    from .write_xlsx import Book

_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_PROPERTIES: Final = {
    "docx": ("author", "title", "subject", "keywords", "comments", "last_modified_by"),
    "pdf": ("author", "title", "subject", "keywords"),
    "pptx": ("author", "title", "comments"),
    "odt": ("author", "title", "comments"),
    "rtf": ("author", "title", "comments"),
    "epub": ("author", "title"),
}
_WHERE: Final = {"heading": "heading", "table": "table", "note": "note", "comment": "comment"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text and where it stands."""

    file: str
    where: str
    text: str
    record: str = ""


def of_paper(paper: Paper, target: Target) -> Iterator[Fragment]:
    """Cut an office document along its blocks."""
    suffix = target.path.rsplit(".", 1)[1]
    for block in paper.blocks:
        where = _WHERE.get(block.kind, "text")
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            yield Fragment(target.path, where, plain(text))
            yield from (Fragment(target.path, "link", s.url) for s in spans(text) if s.url)
    own = paper.own(target)
    for name in _PROPERTIES[suffix]:
        yield Fragment(target.path, "property", own.get(name, ""))
    if suffix == "docx":
        yield from (Fragment(target.path, "property", value) for _, value in paper.custom)
    if suffix not in {"pptx", "epub"}:
        yield Fragment(target.path, "header", paper.header)
        yield Fragment(target.path, "header", paper.footer)


def of_book(book: Book) -> Iterator[Fragment]:
    """Cut a workbook along its cells, cell comments and properties."""
    for sheet in book.sheets:
        for row in sheet.rows:
            yield from (Fragment(book.path, "table", str(c)) for c in row if c is not None)
        yield from (Fragment(book.path, "comment", text) for _, text in sheet.comments)
    yield from (Fragment(book.path, "property", value) for _, value in book.properties)


def of_message(message: Message) -> Iterator[Fragment]:
    """Cut an Outlook message into its header fields and its body."""
    people = (message.sender, *message.recipients)
    yield Fragment(message.path, "header", message.subject)
    yield from (Fragment(message.path, "header", text) for person in people for text in person)
    yield Fragment(message.path, "text", message.body)


def of_plain(file: str, data: bytes, record: str = "") -> Iterator[Fragment]:
    """Cut a text file, mail, data file or archive."""
    suffix = (record or file).rsplit(".", 1)[-1]
    if suffix in {"zip", "gz"}:
        for member, content in _members(file, data):
            yield from of_plain(file, content, member)
        return
    cut = {
        "md": _markdown,
        "html": _html,
        "csv": _cells,
        "tsv": _cells,
        "json": _json,
        "xml": _xml,
        "eml": _mail,
    }.get(suffix, _text)
    if suffix == "mbox":
        yield from _mbox(file, data)
        return
    yield from (Fragment(file, where, text, record) for where, text in cut(data))


def _members(file: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if file.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if not name.endswith(".zip"):
                    yield name, archive.read(name)
        return
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar.getmembers():
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content.read()


def _text(data: bytes) -> Iterator[tuple[str, str]]:
    yield "text", data.decode("utf-8", "replace")


def _markdown(data: bytes) -> Iterator[tuple[str, str]]:
    head, body = "", data.decode()
    if body.startswith("---\n"):
        _, head, body = body.split("---\n", 2)
    yield from (("property", line) for line in head.splitlines())
    for line in body.splitlines():
        where = "heading" if line.startswith("#") else "table" if line.startswith("|") else "text"
        yield where, line
        yield from (("link", url) for url in _LINK.findall(line))


class _Html(HTMLParser):
    """Notes the kind of element that each run of text stands in."""

    kinds: Final = {
        **dict.fromkeys(("h1", "h2", "h3", "h4"), "heading"),
        **dict.fromkeys(("td", "th", "caption"), "table"),
        "title": "property",
    }

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.where = ["text"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.kinds:
            self.where.append(self.kinds[tag])
        for name, value in attrs:
            if name == "href":
                self.found.append(("link", value or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.kinds:
            self.where.pop()

    def handle_data(self, data: str) -> None:
        self.found.append((self.where[-1], data))


def _html(data: bytes) -> Iterator[tuple[str, str]]:
    reader = _Html()
    reader.feed(data.decode())
    yield from reader.found


def _cells(data: bytes) -> Iterator[tuple[str, str]]:
    text = data.decode()
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        yield from (("table", cell) for cell in row)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)


def _json(data: bytes) -> Iterator[tuple[str, str]]:
    yield from (("field", text) for text in _leaves(json.loads(data)))


def _xml(data: bytes) -> Iterator[tuple[str, str]]:
    for element in ET.fromstring(data).iter():  # noqa: S314 (a file of our own)
        yield "field", element.text or ""
        yield from (("field", value) for value in element.attrib.values())


def _mail(data: bytes) -> Iterator[tuple[str, str]]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    yield from (("header", str(value)) for name, value in message.items() if name != "Message-ID")
    part = message.get_body() or message
    body = str(part.get_content())
    if part.get_content_subtype() == "html":
        yield from _html(body.encode())
    else:
        yield "text", body


def _mbox(file: str, data: bytes) -> Iterator[Fragment]:
    for part in re.split(rb"^From \S+ .*\n", data, flags=re.MULTILINE)[1:]:
        key = str(email.message_from_bytes(part)["Message-ID"])
        yield from (Fragment(file, where, text, key) for where, text in _mail(part))
