"""A PDF from bytes to a document: pages in windows, blocks of all of them, one text.

Pages are read in windows, so that a file of any length is held as light blocks; what repeats is
looked for within a window.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.pdf import source
from curate.parsers.pdf.damage import is_damaged
from curate.parsers.pdf.furniture import without_furniture
from curate.parsers.pdf.headings import heading_levels
from curate.parsers.pdf.layout import Setting, blocks_of
from curate.parsers.pdf.sheet import Sheet, sheet_of
from curate.parsers.pdf.writing import write
from curate.tables.parsed import Field, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.parsers.pdf.blocks import Block
    from curate.parsers.pdf.handles import Handle
    from curate.parsers.pdf.shapes import Chunk

_WINDOW = 48  # pages
_MOST_PAGES = 20_000
_TYPED = 0.4
_UNSAID = frozenset({"anonymous", "unspecified", "untitled", "unknown", "none", "null", "title"})
_WRITERS = re.compile(r"^microsoft (office )?(word|powerpoint|excel) - ", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(docx?|pptx?|xlsx?|pdf|indd|qxd|tex|dvi|ps|eps|ai|cdr|pub|rtf|odt|txt|tmp|html?|fm|wpd)$"
    r"|^(untitled|document|slide|presentation|untitled document)[\s-]*\d*$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w[\w-]+")


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    blocks: list[Block] = field(default_factory=list)
    furniture: int = 0
    notes: set[str] = field(default_factory=set)
    pictures: int = 0
    visible: int = 0


def read(data: bytes, *, tables: bool) -> Parsed:
    """Return the document that a file holds."""
    with source.opened(data) as document:
        count = source.page_count(document)
        reading = _Reading()
        for start in range(0, min(count, _MOST_PAGES), _WINDOW):
            indices = range(start, min(start + _WINDOW, count))
            _read_window(document, indices, reading, tables=tables)
        if count > _MOST_PAGES:
            reading.notes.add("truncated")
        if is_damaged(data):
            reading.notes.add("damaged")
        about, outline = source.properties(document), source.bookmarks(document)
    if not reading.blocks:
        raise DocumentError("scanned" if reading.pictures else "empty")
    return _parsed(reading, about, outline=outline, pages=count)


def _read_window(document: Handle, indices: range, reading: _Reading, *, tables: bool) -> None:
    sheets: list[Sheet] = []
    for index in indices:
        page = source.read_page(document, index, drawing=tables)
        if page is None:
            reading.notes.add("unreadable_pages")
            continue
        if page.truncated:
            reading.notes.add("truncated")
        if not page.words and page.drawing.pictures:
            reading.pictures += 1
            reading.notes.add("scanned_pages")
        sheets.append(sheet_of(page))
    body = _body([sheet.chunks for sheet in sheets])
    heights = [sheet.page.frame.height for sheet in sheets]
    pages = list(zip(heights, (sheet.chunks for sheet in sheets), strict=True))
    grids = [[patch.box for patch in sheet.patches] for sheet in sheets]
    kept, dropped = without_furniture(pages, body, grids)
    reading.furniture += dropped
    known = _vocabulary(sheets)
    typed = _is_typed(kept)
    for sheet, chunks in zip(sheets, kept, strict=True):
        setting = Setting(sheet, known, body, tables=tables, typed=typed)
        reading.blocks.extend(blocks_of(setting, chunks))


def _vocabulary(sheets: Sequence[Sheet]) -> Callable[[str], bool]:
    """Return a test for words that occur on some pages, gathered when it is first asked."""
    words: set[str] = set()

    def known(word: str) -> bool:
        if not words:
            texts = (chunk.text.lower() for sheet in sheets for chunk in sheet.chunks)
            words.update(w for text in texts for w in _WORDS.findall(text))
        return word in words

    return known


def _body(pages: Sequence[Sequence[Chunk]]) -> float:
    """Return the font size of most of the text of some pages."""
    count: Counter[float] = Counter()
    for chunks in pages:
        for chunk in chunks:
            count[round(chunk.size * 2) / 2] += len(chunk.text)
    return max(count, key=lambda size: (count[size], size), default=10.0)


def _parsed(
    reading: _Reading,
    about: dict[str, str],
    *,
    outline: Sequence[tuple[int, int, str]],
    pages: int,
) -> Parsed:
    canonical = write(reading.blocks, heading_levels(reading.blocks, outline))
    canonical.furniture = reading.furniture
    names = {"author": "Author", "subject": "Subject", "keywords": "Keywords"}
    fields = [Field(name, _stated(about[key])) for name, key in names.items()]
    return replace(
        canonical.build(title=_title(about["Title"]), fields=fields),
        created=source.iso_date(about["CreationDate"]),
        modified=source.iso_date(about["ModDate"]),
        pages=pages,
        notes=tuple(sorted(reading.notes)),
        reader=_name(),
    )


def _is_typed(pages: Sequence[Sequence[Chunk]]) -> bool:
    """Tell whether running text is set in a font of fixed width, which then means nothing."""
    mono = total = 0
    for chunks in pages:
        for chunk in chunks:
            total += len(chunk.text)
            mono += len(chunk.text) if chunk.words[0].style.mono else 0
    return mono > _TYPED * total


def _stated(value: str) -> str:
    """Return a property, or nothing if it is what writers put in when nobody said anything."""
    return "" if value.strip("()<>").lower() in _UNSAID else value


def _title(text: str) -> str:
    """Return a title; nothing for a file name or a number, so that the first heading serves."""
    title = _WRITERS.sub("", _stated(text)).strip()
    return "" if _FILE_NAME.search(title) or not any(map(str.isalpha, title)) else title


@cache
def _name() -> str:
    """Return the reader's name with the version of what it rests on."""
    return f"pdf 1 (pypdfium2 {version('pypdfium2')})"
