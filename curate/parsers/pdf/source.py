"""The file itself: opening and closing it, its pages, properties, bookmarks and annotations.

Every handle that PDFium gives is closed by a context manager here, and its errors become reason
codes.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from ctypes import POINTER, c_float, c_ulong, c_ushort, c_void_p, cast, create_string_buffer
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from curate.errors import DocumentError
from curate.parsers.pdf.drawings import read_drawing
from curate.parsers.pdf.frames import Frame
from curate.parsers.pdf.glyphs import Fonts, read_glyphs
from curate.parsers.pdf.hidden import may_be_hidden
from curate.parsers.pdf.shapes import Anchor, Box, Drawing, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.pdf.handles import Handle

_MOST_BOOKMARKS = 5_000
_MOST_ANNOTATIONS = 2_000
_LONGEST_VALUE = 64_000  # bytes
_DATE = re.compile(
    r"D?:?\s*(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?\s*(?:([+-])(\d\d)'?(\d\d)?|(Z))?"
)
_REMARKS = frozenset(
    {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT}
    | {pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUIGGLY}
    | {pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_STAMP}
    | {pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_LINE}
)


@contextmanager
def opened(data: bytes) -> Iterator[Handle]:
    """Open a file for as long as the block runs.

    Raises:
        DocumentError: `encrypted`, `corrupt` or, of a file without pages, `empty`.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        code = "encrypted" if getattr(error, "err_code", None) in locked else "corrupt"
        raise DocumentError(code if data.strip(b"\0 \r\n\t") else "empty") from None
    try:
        if not len(document):
            raise DocumentError("empty")
        yield document.raw
    finally:
        document.close()


def page_count(document: Handle) -> int:
    """Return the number of pages."""
    return int(pdfium.FPDF_GetPageCount(document))


def read_page(document: Handle, index: int, *, drawing: bool) -> Page | None:
    """Return a page with everything on it; None if PDFium cannot load it."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        return _page(document, page, index, drawing=drawing)
    finally:
        pdfium.FPDF_ClosePage(page)


def _page(document: Handle, page: Handle, index: int, *, drawing: bool) -> Page:
    frame = _frame(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Page(index + 1, frame, frame.turn, ())
    try:
        glyphs = read_glyphs(text_page, Fonts())
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    shown = frame.turn
    if glyphs.texts:
        frame = frame.turned(-glyphs.upright())
    styles = frozenset(glyphs.seen_from(frame))
    needed = drawing or not glyphs.texts or any(map(may_be_hidden, styles))
    drawn = read_drawing(page, frame) if needed else Drawing()
    anchors, comments = _annotations(document, page, frame)
    return Page(
        index + 1,
        frame,
        shown,
        glyphs.words(frame),
        styles,
        drawn,
        anchors,
        comments,
        truncated=glyphs.truncated or drawn.truncated,
    )


def _frame(page: Handle) -> Frame:
    """Return the frame of a page as it is shown."""
    turn = max(pdfium.FPDFPage_GetRotation(page), 0)
    for ask in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        sides = [c_float() for _ in range(4)]
        if ask(page, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if left != right and bottom != top:
                return Frame(
                    min(left, right), min(bottom, top), max(left, right), max(bottom, top), turn
                )
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return Frame(0.0, 0.0, *((height, width) if turn % 2 else (width, height)), turn)


def _annotations(
    document: Handle, page: Handle, frame: Frame
) -> tuple[tuple[Anchor, ...], tuple[tuple[Box, str], ...]]:
    """Return the links of a page and the remarks people left on it."""
    anchors: list[Anchor] = []
    comments: list[tuple[Box, str]] = []
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        try:
            box, url, remark = _annotation(document, annotation, frame)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        anchors += [Anchor(box, url)] if url else []
        comments += [(box, remark)] if remark else []
    return tuple(anchors), tuple(comments)


def _annotation(document: Handle, annotation: Handle, frame: Frame) -> tuple[Box, str, str]:
    """Return the place of an annotation with the address it leads to or the remark it makes."""
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    url = _url(document, annotation) if kind == pdfium.FPDF_ANNOT_LINK else ""
    remark = ""
    if kind in _REMARKS:
        remark = _value(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents").strip()
    return _rect(annotation, frame), url, remark


def _rect(annotation: Handle, frame: Frame) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    row = np.array([[rect.left, rect.top, rect.right, rect.bottom]], dtype=np.float64)
    return Box(*frame.place(row)[0].tolist())


def _url(document: Handle, annotation: Handle) -> str:
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = min(pdfium.FPDFAction_GetURIPath(document, action, None, 0), _LONGEST_VALUE)
    buffer = create_string_buffer(size + 1)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace").strip()


def properties(document: Handle) -> dict[str, str]:
    """Return the properties that a file states about itself."""
    names = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")
    return {n: _value(pdfium.FPDF_GetMetaText, document, n.encode()).strip() for n in names}


def iso_date(text: str) -> str | None:
    """Return a PDF date such as `D:20240131120000+01'00'` in ISO 8601, None if it is none."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, off_hours, off_minutes, zulu = found.groups()
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:  # noqa: PLR2004
        return None
    date = f"{year}-{month or '01'}-{day or '01'}"
    if hour is None:
        return date
    zone = "Z" if zulu else f"{sign}{off_hours}:{off_minutes or '00'}" if sign else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def bookmarks(document: Handle) -> list[tuple[int, int, str]]:
    """Return the outline as level from 1, page from 1 (0: unknown), title."""
    found: list[tuple[int, int, str]] = []
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    seen: set[int] = set()
    while waiting and len(found) < _MOST_BOOKMARKS:
        mark, level = waiting.pop()
        address = cast(mark, c_void_p).value
        if address is None or address in seen:
            continue
        seen.add(address)
        title = _value(pdfium.FPDFBookmark_GetTitle, mark)
        target = pdfium.FPDFBookmark_GetDest(document, mark)
        page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
        found.append((level, page + 1, title.strip()))
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, mark), level))
        waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, mark), level + 1))
    return found


def _value(ask: Handle, *of: Handle) -> str:
    """Return a text that PDFium hands out as UTF-16 into a buffer, asked for its size first."""
    is_annotation = ask is pdfium.FPDFAnnot_GetStringValue
    size = min(ask(*of, None, c_ulong(0)), _LONGEST_VALUE)
    if size <= 2:  # noqa: PLR2004
        return ""
    buffer = create_string_buffer(size)
    target = cast(buffer, POINTER(c_ushort)) if is_annotation else buffer
    ask(*of, target, c_ulong(size))
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
