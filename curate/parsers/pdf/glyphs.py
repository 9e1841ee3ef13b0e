"""Words with their boxes and looks, from PDFium's text page.

One call gives all characters of a page; only the first and last character of each word are then asked for
their boxes, and only one character of each text object for its looks, because calls through ctypes are
what a fast reader spends its time on.
"""

from __future__ import annotations

import math
import re
from ctypes import POINTER, c_char, c_uint, c_ushort, c_void_p, cast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2.raw as pdfium

from curate.parsers.pdf.shapes import SKEWED, Style, Word

if TYPE_CHECKING:
    from curate.parsers.pdf.frames import Frame

_MOST_CHARACTERS = 60_000  # on one page; a dense newspaper page has 20,000
_WORD = re.compile(r"[^\s\x00-\x1f\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd|cmbx|\bbx", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|cmti", re.IGNORECASE)
_FIXED_PITCH, _ITALIC_FLAG, _FORCE_BOLD = 1, 1 << 6, 1 << 18
_INVISIBLE = 3
_SLACK = math.radians(8)
_SAME_HEIGHT = 0.2
_QUARTER = math.pi / 2


@dataclass(slots=True)
class Glyphs:
    """The words of a page in the order of its content, boxes still in user space."""

    texts: list[str]
    boxes: Any
    looks: list[tuple[int, Style]]  # quarter turns in user space, and the style
    truncated: bool = False

    def upright(self) -> int:
        """Return the quarter turn of most of the text."""
        count = [0, 0, 0, 0]
        for text, (turn, _) in zip(self.texts, self.looks, strict=True):
            if turn != SKEWED:
                count[turn] += len(text)
        return count.index(max(count))

    def words(self, frame: Frame) -> tuple[Word, ...]:
        """Return the words in the coordinates of a frame."""
        if not self.texts:
            return ()
        placed = frame.place(self.boxes).tolist()
        turned: dict[tuple[int, Style], Style] = {}
        for look in set(self.looks):
            turn, style = look
            turned[look] = style._replace(
                turn=SKEWED if turn == SKEWED else (turn + frame.turn) % 4
            )
        return tuple(
            Word(*box, text, turned[look])
            for box, text, look in zip(placed, self.texts, self.looks, strict=True)
            if box[2] > box[0]
        )


def read_glyphs(text_page: Any, fonts: Fonts) -> Glyphs:
    """Return the words of a text page."""
    count = pdfium.FPDFText_CountChars(text_page)
    text = _characters(text_page, min(count, _MOST_CHARACTERS))
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    boxes, spans = _boxes(text_page, spans)
    texts = [text[start:end].replace("\x02", "-").replace("\ufffe", "-") for start, end in spans]
    looks = _looks(text_page, [start for start, _ in spans], fonts)
    return Glyphs(texts, boxes, looks, truncated=count > _MOST_CHARACTERS)


def _characters(text_page: Any, count: int) -> str:
    """Return one character for each of PDFium's, so that places agree."""
    if count <= 0:
        return ""
    buffer = (c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\0" not in text:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count))
    return "".join(chr(c) if 0 < c < 0xD800 or 0xDFFF < c < 0x110000 else "\x01" for c in codes)


def _boxes(text_page: Any, spans: list[tuple[int, int]]) -> tuple[Any, list[tuple[int, int]]]:
    """Return a box for each word; a word whose ends do not stand on one line falls apart."""
    ends = [place for start, end in spans for place in (start, end - 1)]
    rects = _rects(text_page, ends).reshape(-1, 2, 4)
    first, last = rects[:, 0], rects[:, 1]
    boxes = _around(first, last)
    height, width = np.abs(first[:, 1] - first[:, 3]), np.abs(first[:, 2] - first[:, 0])
    far = (np.abs(first[:, 1] - last[:, 1]) > _SAME_HEIGHT * height) & (
        np.abs(first[:, 0] - last[:, 0]) > _SAME_HEIGHT * width
    )
    far |= np.abs(height - np.abs(last[:, 1] - last[:, 3])) > _SAME_HEIGHT * height
    odd = set(np.nonzero(far)[0].tolist())
    if not odd:
        return boxes, spans
    return _mended(text_page, spans, boxes, odd)


def _around(first: Any, last: Any) -> Any:
    return np.stack(
        (
            np.minimum(first[:, 0], last[:, 0]),
            np.maximum(first[:, 1], last[:, 1]),
            np.maximum(first[:, 2], last[:, 2]),
            np.minimum(first[:, 3], last[:, 3]),
        ),
        axis=1,
    )


def _rects(text_page: Any, places: list[int]) -> Any:
    rects = (pdfium.FS_RECTF * len(places))()
    loose = pdfium.FPDFText_GetLooseCharBox
    for rect, place in zip(rects, places, strict=True):
        loose(text_page, place, rect)
    return np.frombuffer(rects, dtype=np.float32).reshape(-1, 4).astype(np.float64)


def _mended(
    text_page: Any, spans: list[tuple[int, int]], boxes: Any, odd: set[int]
) -> tuple[Any, list[tuple[int, int]]]:
    """Cut words at the characters where the pen jumped to another line."""
    kept: list[tuple[int, int]] = []
    rows: list[Any] = []
    for index, (start, end) in enumerate(spans):
        if index not in odd:
            kept.append((start, end))
            rows.append(boxes[index])
            continue
        rects = _rects(text_page, list(range(start, end)))
        for low, high in _pieces(rects):
            kept.append((start + low, start + high))
            rows.append(_hull(rects[low:high]))
    return np.array(rows).reshape(-1, 4), kept


def _hull(rects: Any) -> Any:
    return np.array((rects[:, 0].min(), rects[:, 1].max(), rects[:, 2].max(), rects[:, 3].min()))


def _pieces(rects: Any) -> list[tuple[int, int]]:
    """Return runs of characters that overlap in height or in width with the one before."""
    cuts = [0]
    for i in range(1, len(rects)):
        a, b = rects[i - 1], rects[i]
        apart_y = min(a[1], b[1]) < max(a[3], b[3])
        apart_x = min(a[2], b[2]) < max(a[0], b[0])
        if apart_x and apart_y:
            cuts.append(i)
    return list(zip(cuts, [*cuts[1:], len(rects)], strict=True))


def _looks(text_page: Any, places: list[int], fonts: Fonts) -> list[tuple[int, Style]]:
    """Return the looks of the characters at some places."""
    known: dict[int | None, tuple[int, Style]] = {None: (0, _PLAIN)}
    looks: list[tuple[int, Style]] = []
    for place in places:
        text_object = pdfium.FPDFText_GetTextObject(text_page, place)
        address = cast(text_object, c_void_p).value
        if address not in known:
            known[address] = _look(text_page, place, text_object, fonts)
        looks.append(known[address])
    return looks


def _look(text_page: Any, place: int, text_object: Any, fonts: Fonts) -> tuple[int, Style]:
    angle = float(pdfium.FPDFText_GetCharAngle(text_page, place))
    quarter = round(angle / _QUARTER)
    turn = quarter % 4 if abs(angle - quarter * _QUARTER) < _SLACK else SKEWED
    bold, italic, mono = fonts.looks(pdfium.FPDFTextObj_GetFont(text_object))
    invisible = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE
    return turn, Style(turn, bold, italic, mono, invisible, colour_of(text_object))


_PLAIN = Style(0, bold=False, italic=False, mono=False, invisible=False, colour=None)


def colour_of(page_object: Any) -> tuple[int, int, int, int] | None:
    """Return the fill of an object as red, green, blue and alpha, 0 to 255; None if it has no such."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium.FPDFPageObj_GetFillColor(page_object, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


@dataclass(slots=True)
class Fonts:
    """The looks of a document's fonts, each asked for once."""

    _known: dict[int | None, tuple[bool, bool, bool]] = field(default_factory=dict)

    def looks(self, font: Any) -> tuple[bool, bool, bool]:
        """Return whether a font is bold, italic, of fixed width."""
        address = cast(font, c_void_p).value
        if address is None:
            return False, False, False
        if address not in self._known:
            self._known[address] = _font_looks(font)
        return self._known[address]


def _font_looks(font: Any) -> tuple[bool, bool, bool]:
    buffer = (c_char * 256)()
    pdfium.FPDFFont_GetBaseFontName(font, cast(buffer, POINTER(c_char)), 256)
    name = buffer.value.decode("latin-1")
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    return (
        bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD),
        bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG),
        bool(flags & _FIXED_PITCH) or "Courier" in name or "Mono" in name,
    )
