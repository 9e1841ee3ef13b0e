"""Which records of a folder have a field that may say who may read them, told by the heads of their files.

Only the beginning of a file is read, and of a workbook the first row of a few sheets: what is missed
here a run tells of.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from curate.errors import DocumentError
from curate.parsers.containers.objects import read_pieces
from curate.parsers.records.heads import TELLING
from curate.parsers.records.rows import names_of
from curate.parsers.records.spelling import folded
from curate.sources.plain import open_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from curate.sources.walk import Entry

_HEAD = 1 << 16
_MOST_FILES = 500
_SAMPLE = 20
_TABLES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "tab": "text/tab-separated-values",
}
_LINES = frozenset({"jsonl", "ndjson"})
_BOOKS = frozenset({"xlsx", "xlsm"})
_SHEET = re.compile(r"xl/worksheets/sheet[1-3]\.xml")
_ROW = re.compile(rb"<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(
    rb'<c\b[^>]*t="(?:s"[^>]*>\s*<v>(\d{1,6})</v>|inlineStr"[^>]*>\s*<is>(.*?)</is>)', re.DOTALL
)
_STRING = re.compile(rb"<si\b.*?</si>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")


class Told(NamedTuple):
    """A file whose records have such a field, by the fact that it may state and as it is spelled there."""

    path: str
    fact: str
    spelled: str


def told(entries: Iterable[Entry]) -> list[Told]:
    """Return the fields of files' records that may say who may read them or whose they are."""
    asked = ((entry, entry.path.rpartition(".")[2].lower()) for entry in entries)
    readable = ((e, kind) for e, kind in asked if kind in {*_TABLES, *_LINES, *_BOOKS, "json"})
    return [
        Told(entry.path, folded(name), name)
        for entry, kind in islice(readable, _MOST_FILES)
        for name in dict.fromkeys(_names(entry.location, kind))
        if folded(name) in TELLING
    ]


def _names(location: str, kind: str) -> Sequence[str]:
    """Return the names of fields at the beginning of a file; none of one that cannot be read."""
    try:
        with open_plain(location) as file:
            if kind in _BOOKS:
                return list(_of_book(file))
            head = file.read(_HEAD)
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return []
    if kind in _TABLES:
        return names_of(head, _TABLES[kind])
    return list(_of_lines(head) if kind in _LINES else _of_values(head))


def _of_lines(head: bytes) -> Iterator[str]:
    for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:_SAMPLE]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        yield from _keys(record)


def _of_values(head: bytes) -> Iterator[str]:
    """Yield the keys of a JSON file's records, and its own, as far as its beginning shows them."""
    try:
        for piece in islice(read_pieces(io.BytesIO(head), _HEAD), _SAMPLE):
            if piece.array.startswith("="):
                yield piece.array[1:]
            else:
                yield from _keys(piece.value)
    except (DocumentError, ValueError, RecursionError):
        return


def _keys(record: object) -> Iterator[str]:
    if isinstance(record, Mapping):
        yield from map(str, record)
        below = record.get("fields")
        yield from map(str, below if isinstance(below, Mapping) else ())


def _of_book(file: BinaryIO) -> Iterator[str]:
    with zipfile.ZipFile(file) as book:
        names = book.namelist()
        shared = _STRING.findall(_begins(book, "xl/sharedStrings.xml", names))
        for name in filter(_SHEET.fullmatch, names):
            row = _ROW.search(_begins(book, name, names))
            for number, inline in _CELL.findall(row.group() if row else b""):
                if inline or (number and int(number) < len(shared)):
                    held = inline or shared[int(number)]
                    yield unescape(_TAG.sub(b"", held).decode("utf-8", "replace")).strip()


def _begins(book: zipfile.ZipFile, name: str, names: Sequence[str]) -> bytes:
    if name not in names:
        return b""
    with book.open(name) as member:
        return member.read(_HEAD)
