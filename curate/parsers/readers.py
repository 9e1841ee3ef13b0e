"""Which reader reads which media type, and the second try.

A reader is named by where it stands, so that choosing one loads nothing. Its version rises when it
reads the same bytes differently; it is part of the memo key of everything it read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, cast

from curate.errors import DocumentError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from curate.parsers.blob import Blob
    from curate.parsers.records import Shape
    from curate.tables.parsed import Parsed

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
JSON = "application/json"
RECORD = "application/x-record+json"
UNSTRUCTURED = "unstructured"
PLAIN = "data"  # who reads a record that has the shape of none that is known
_PLAIN = (
    "application/toml",
    "application/x-subrip",
    "text/asciidoc",
    "text/calendar",
    "text/vcard",
    "text/vtt",
    "text/x-mediawiki",
    "text/x-org",
    "text/x-rst",
    "text/x-source",
    "text/x-tex",
    "text/x-textile",
    "text/x-typst",
)
TABLES = frozenset(
    {
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.ms-excel",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        f"{_OOXML}.spreadsheetml.sheet",
        f"{_ODF}.spreadsheet",
    }
)
_MAY_TELL = re.compile(rb"a[\s_-]*c[\s_-]*c[\s_-]*e|t[\s_-]*e[\s_-]*n[\s_-]*a", re.IGNORECASE)
_ENCRYPTED = frozenset({"application/x-encrypted-ooxml", "application/pgp-encrypted"})


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: its name, version, the function, the media types, the packages it stands on."""

    name: str
    version: int
    function: str
    media_types: tuple[str, ...]
    packages: tuple[str, ...] = ()


READERS = (
    Reader("pdf", 2, "pdf:read_pdf", ("application/pdf",), ("pypdfium2",)),
    Reader("docx", 2, "office:read_docx", (f"{_OOXML}.wordprocessingml.document",), ("lxml",)),
    Reader("pptx", 2, "office:read_pptx", (f"{_OOXML}.presentationml.presentation",), ("lxml",)),
    Reader("xlsx", 4, "office:read_xlsx", (f"{_OOXML}.spreadsheetml.sheet",), ("python-calamine",)),
    Reader("odt", 1, "office:read_odt", (f"{_ODF}.text",), ("lxml",)),
    Reader("odp", 1, "office:read_odp", (f"{_ODF}.presentation",), ("lxml",)),
    Reader("ods", 3, "office:read_ods", (f"{_ODF}.spreadsheet",), ("lxml",)),
    Reader("csv", 2, "office:read_csv", ("text/csv", "text/tab-separated-values")),
    Reader("rtf", 2, "office:read_rtf", ("application/rtf", "text/rtf")),
    Reader(
        "legacy",
        4,
        "office:read_legacy",
        (
            "application/msword",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-excel",
            "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        ),
        ("kreuzberg", "python-calamine"),
    ),
    Reader("html", 1, "web:read_html", ("text/html", "application/xhtml+xml"), ("selectolax",)),
    Reader("markdown", 3, "web:read_markdown", ("text/markdown",), ("markdown-it-py",)),
    Reader("text", 1, "web:read_text", ("text/plain", *_PLAIN)),
    Reader(PLAIN, 5, "web:read_data", (JSON, "application/yaml")),
    Reader("xml", 3, "web:read_xml", ("application/xml", "text/xml"), ("lxml",)),
    Reader("epub", 1, "web:read_epub", ("application/epub+zip",), ("selectolax",)),
    Reader("eml", 2, "mail:read_eml", ("message/rfc822",), ("selectolax",)),
    Reader("msg", 1, "mail:read_msg", ("application/vnd.ms-outlook",), ("python-oxmsg",)),
)


def reader_of(media_type: str) -> Reader | None:
    """Return the reader of a media type, if there is one."""
    return _by_type().get(media_type)


@cache
def _installed(name: str) -> str:
    """Return a package's version; unstructured has no release for the newest Python."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def another_type(media_type: str) -> str:
    """Return what to write instead of a media type that unstructured does not read ("": it does).

    >>> another_type("text/html"), another_type(".html")
    ('', "Did you mean 'text/html'?")
    """
    from curate.parsers.fallback import PARTITIONERS, WITH_OFFICE, WITH_PANDOC
    from curate.parsers.signs import BY_SUFFIX

    known = PARTITIONERS | WITH_PANDOC | WITH_OFFICE
    meant = BY_SUFFIX.get(media_type.lower().removeprefix("."), media_type)
    if media_type in known:
        return ""
    if meant in known:
        return f"Did you mean {meant!r}?"
    if reader_of(meant):
        return f"Of {meant} it knows nothing. It reads {', '.join(sorted(known))}"
    return did_you_mean(meant, known)


def is_called_json(name: str) -> bool:
    """Tell whether a file's name says that it is JSON, so that it is broken where it is none."""
    return name.lower().endswith(".json")


def route(media_type: str, *, preferred: bool = False) -> str:
    """Return what a result of a media type depends on: reader, packages, second try.

    Args:
        media_type: What is read.
        preferred: Whether unstructured is to read it first.
    """
    if media_type == RECORD:
        return "record 4"
    reader = reader_of(media_type)
    if reader is None or preferred:
        return f"{UNSTRUCTURED} {_installed(UNSTRUCTURED)}"
    packages = " ".join(f"{name} {_installed(name)}" for name in reader.packages)
    return f"{reader.name} {reader.version} {packages} {UNSTRUCTURED} {_installed(UNSTRUCTURED)}"


def read(blob: Blob, shape: Shape | None, *, preferred: bool = False) -> Parsed:
    """Return a record as read.

    Args:
        blob: Its bytes.
        shape: The layout of a record, where its source states one.
        preferred: Whether unstructured reads it first.

    Raises:
        DocumentError: with the reason, `unsupported` where nothing reads its media type.
    """
    if blob.media_type in _ENCRYPTED:
        raise DocumentError("encrypted")
    return _noted(_read(blob, shape, preferred=preferred), blob)


def _read(blob: Blob, shape: Shape | None, *, preferred: bool) -> Parsed:
    if blob.media_type == RECORD:
        return _record(blob, shape)
    if blob.media_type == JSON and (known := _shape_of_one(blob, shape)):
        return _record(blob, known)
    reader = reader_of(blob.media_type)
    if reader is None or preferred:
        return _second_try(blob, DocumentError("unsupported"))
    try:
        return _finished(_function(reader)(blob), reader.name)
    except DocumentError as error:
        if error.code != "corrupt":
            raise
        return _second_try(blob, error)


def _noted(parsed: Parsed, blob: Blob) -> Parsed:
    """Return what was read with a note where a column or a field is called as what says who may read."""
    from curate.parsers.records import load_record
    from curate.parsers.records.heads import heads_in, names_in, notes_on

    if blob.media_type in TABLES:
        names = heads_in(parsed)
    elif blob.media_type in {RECORD, JSON} and _MAY_TELL.search(blob.data):
        try:
            names = names_in(load_record(blob.data))
        except DocumentError:
            return parsed
    else:
        return parsed
    notes = notes_on(names)
    return replace(parsed, notes=(*parsed.notes, *notes)) if notes else parsed


def _shape_of_one(blob: Blob, shape: Shape | None) -> Shape | None:
    """Return the shape of a file that is one ticket or chat, whose internal notes nobody may find."""
    from curate.parsers.records import infer_shape, load_record
    from curate.parsers.records.paths import first
    from curate.parsers.records.spelling import spelled

    try:
        record = load_record(blob.data)
    except DocumentError:
        return None
    known = shape or infer_shape([record])
    if known is None:
        return None
    said = spelled(record, known, depth=1)
    speaks = known.messages is not None and first(said, known.messages.at) is not None
    is_named = shape is not None and first(said, shape.title) is not None
    return known if speaks or is_named else None


def _record(blob: Blob, shape: Shape | None) -> Parsed:
    """Read a record by its source's shape, else by the shape its keys suggest, else as plain data.

    A shape that finds in a record nothing that was asked is that of other records.
    """
    from curate.parsers.records import infer_shape, load_record
    from curate.parsers.records.unknown import read_unknown

    record = load_record(blob.data)
    parsed = _by_shape(blob, record, shape)
    if parsed is None:
        parsed = _by_shape(blob, record, infer_shape([record]))
    if parsed is None:
        parsed = _by_shape(blob, record, shape, asked=False)
    return parsed or _finished(read_unknown(blob), PLAIN)


def _by_shape(
    blob: Blob, record: Mapping[str, object], shape: Shape | None, *, asked: bool = True
) -> Parsed | None:
    """Return a record as a shape reads it, None where that finds no words, or nothing that was asked.

    What has no place in the record where the shape looks for it is read by the record's own keys.
    Messages in which it finds none stay unread: what of them is an internal note only it can tell.
    """
    from curate.parsers.records import filled, has_messages, is_asked, read_record

    if shape is None or (asked and not is_asked(record, shape)):
        return None
    shape = filled(record, shape)
    try:
        return _finished(read_record(blob, shape), "record")
    except DocumentError as error:
        if error.code != "empty" or has_messages(record, shape):
            raise
        return None


def _second_try(blob: Blob, first: DocumentError) -> Parsed:
    """Let unstructured try; the first reader's reason stands if it fails too."""
    from curate.parsers.fallback import can_read, read_unstructured

    if not can_read(blob.media_type):
        raise first
    try:
        return _finished(read_unstructured(blob), UNSTRUCTURED)
    except DocumentError:
        raise first from None


def _finished(parsed: Parsed, reader: str) -> Parsed:
    """Return what was read with its reader's name, and its language where it states none."""
    from curate.parsers.language import language

    return replace(parsed, reader=reader, language=parsed.language or language(parsed.text))


@cache
def _by_type() -> dict[str, Reader]:
    return {media_type: reader for reader in READERS for media_type in reader.media_types}


def _function(reader: Reader) -> Callable[[Blob], Parsed]:
    module, _, name = reader.function.partition(":")
    function = getattr(import_module(f"curate.parsers.{module}"), name)
    return cast("Callable[[Blob], Parsed]", function)
