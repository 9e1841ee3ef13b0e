"""Office files of 1997 to 2003 (.doc, .xls, .ppt), told apart by what they hold, not by names.

Many files with such a name are something else: a renamed new document, rich text, XML. Each goes to
the reader of what it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.office.biff import check_records
from curate.parsers.office.books import Looks, open_book
from curate.parsers.office.compound import MAGIC, Compound, open_compound
from curate.parsers.office.doc import read_doc
from curate.parsers.office.grid import MOST_CELLS, Sheet, write_sheet
from curate.parsers.office.opendocument import read_odp, read_ods, read_odt
from curate.parsers.office.package import open_package, unlocked
from curate.parsers.office.rtf import read_rtf
from curate.parsers.office.rust import panics_as_corrupt
from curate.parsers.office.slides import read_pptx
from curate.parsers.office.summary import read_summary
from curate.parsers.office.word import read_docx, read_word_2003
from curate.parsers.office.workbook import read_xlsx
from curate.tables.parsed import Field
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

_WORD_XML = b"schemas.microsoft.com/office/word/2003/wordml"
_FLAT_XML = b"schemas.microsoft.com/office/2006/xmlPackage"
_HEAD = 4096
_READERS = {
    "word/": read_docx,
    "xl/": read_xlsx,
    "ppt/": read_pptx,
}
_OPEN_READERS = {"text": read_odt, "presentation": read_odp, "spreadsheet": read_ods}


def read_legacy(blob: Blob) -> Parsed:
    """Read an old Office file, or whatever bears the name of one.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `empty`, `unsupported` for what is no office
            file or too old, or what the reader of its real format raises.
    """
    data = blob.data
    if data.startswith(MAGIC):
        return _read_compound(blob)
    if data.startswith(b"PK"):
        return _zipped_reader(data)(blob)
    head = data[:_HEAD]
    if head.lstrip().startswith(b"{\\rt"):
        return read_rtf(blob)
    if _WORD_XML in head:
        return read_word_2003(blob)
    if _FLAT_XML in head:
        return read_docx(blob)
    raise DocumentError("unsupported")


def _zipped_reader(data: bytes) -> Callable[[Blob], Parsed]:
    package = open_package(data)
    names = package.names()
    for prefix, reader in _READERS.items():
        if any(name.startswith(prefix) for name in names):
            return reader
    kind = package.read("mimetype")[:100].decode("ascii", errors="replace").rpartition(".")[2]
    if kind in _OPEN_READERS:
        return _OPEN_READERS[kind]
    raise DocumentError("unsupported")


def _read_compound(blob: Blob) -> Parsed:
    file = open_compound(blob.data)
    names = set(file.names())
    if "EncryptedPackage" in names:
        inner = unlocked(blob.data)
        return _zipped_reader(inner)(replace(blob, data=inner))
    if "WordDocument" in names:
        try:
            return read_doc(file)
        except DocumentError as error:
            if error.code in {"encrypted", "empty"}:
                raise
            return _read_by_kreuzberg(blob, file, "application/msword")
    if names & {"Workbook", "Book"}:
        return _read_xls(blob, file)
    if "PowerPoint Document" in names:
        return _read_by_kreuzberg(blob, file, "application/vnd.ms-powerpoint")
    raise DocumentError("unsupported")


def _read_xls(blob: Blob, file: Compound) -> Parsed:
    check_records(file.read("Workbook") or file.read("Book"))
    book = open_book(blob.data)
    canonical, fields, left, notes = Canonical(), list[Field](), MOST_CELLS, set[str]()
    for page, (name, hidden) in enumerate(book.sheets(), 1):
        fields.append(Field("sheet", name))
        rows, top, first = book.rows(name, Looks(), left)
        left -= sum(map(len, rows))
        if book.truncated:
            notes.add("truncated")
        write_sheet(canonical, Sheet(name, rows, top, first, hidden=hidden), page=page)
    if book.broken:
        notes.add("damaged")
    if canonical.is_empty():
        raise DocumentError("corrupt" if book.broken else "empty")
    properties = read_summary(file)
    parsed = canonical.build(title=properties.title, fields=(*properties.fields, *fields))
    return replace(
        parsed,
        created=properties.created,
        modified=properties.modified,
        pages=book.count,
        notes=tuple(sorted(notes)),
        reader="curate-xls/1",
    )


def _read_by_kreuzberg(blob: Blob, file: Compound, media_type: str) -> Parsed:
    """Read the plain text of what no reader of our own knows."""
    import kreuzberg

    try:
        with panics_as_corrupt():
            text = kreuzberg.extract_bytes_sync(blob.data, media_type).content
    except kreuzberg.KreuzbergError as error:
        raise DocumentError("corrupt") from error
    canonical = Canonical()
    for paragraph in text.split("\n\n"):
        canonical.paragraph(paragraph)
    if canonical.is_empty():
        raise DocumentError("empty")
    properties = read_summary(file)
    return replace(
        canonical.build(title=properties.title, fields=properties.fields),
        created=properties.created,
        modified=properties.modified,
        reader=f"kreuzberg/{kreuzberg.__version__}",
    )
