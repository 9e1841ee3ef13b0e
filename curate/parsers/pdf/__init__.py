"""The reader of PDF files: text in reading order, headings, lists, tables, and what is hidden.

It rests on PDFium's character boxes and path objects and lays out each page itself: words become
chunks, chunks lines, lines columns, tables and paragraphs; what repeats over pages is furniture.
Heavy modules are loaded with the first document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed


def read_pdf(blob: Blob, *, tables: bool = True) -> Parsed:
    """Return what a PDF says.

    Args:
        blob: The file; its name is not looked at.
        tables: Whether tables are searched; without, their text stands as lines, much faster.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `empty` (no pages, or nothing on them), or `scanned`
            (pictures of text only).
    """
    from curate.parsers.pdf.reader import read

    return read(blob.data, tables=tables)
