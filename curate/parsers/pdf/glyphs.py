"""Words with their boxes and looks, from PDFium's text page.

One call gives all characters of a page; only the first and last character of each word are then
asked for their boxes, and only one character of each text object for its looks, because calls
through ctypes are what a fast reader spends its time on.
"""

from __future__ import annotations

import math
import re
import sys
from collections import deque
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Array,
    addressof,
    c_char,
    c_float,
    c_int,
    c_uint,
    c_ushort,
    c_void_p,
    cast,
    sizeof,
)
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium

from curate.parsers.pdf.shapes import SKEWED, Style, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.parsers.pdf.frames import Frame, Rects
    from curate.parsers.pdf.handles import Handle

_MOST_CHARACTERS = 60_000  # on one page; a dense newspaper page has 20,000
_WORD = re.compile(r"[^\s\x00-\x1f\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_WHITE = re.compile(r"[\s\x00-\x1f]+")
_UNMAPPED = re.compile(r"(?<=[^\W\d_])[\x00\x01\x03-\x08\x0e-\x1f](?=[^\W\d_])")  # a ligature
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd|cmbx|sfbx|medi($|ital)", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|cmti", re.IGNORECASE)
_FIXED_PITCH, _ITALIC_FLAG, _FORCE_BOLD = 1, 1 << 6, 1 << 18
_INVISIBLE = 3
_SLACK = math.radians(8)
_SAME_HEIGHT = 0.2
_ABUTS = 0.01  # of the font size
_QUARTER = math.pi / 2


def _fast(function: Handle, result: Handle, *arguments: Handle) -> Handle:
    """Return a PDFium function that takes addresses: pointer objects for every word are slow."""
    return CFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)


_box_of = _fast(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_object_of = _fast(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_angle_of = _fast(pdfium.FPDFText_GetCharAngle, c_float, c_void_p, c_int)
_matrix_of = _fast(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_font_of = _fast(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_mode_of = _fast(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_fill_of = _fast(pdfium.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)


@dataclass(slots=True)
class Glyphs:
    """The words of a page in the order of its content, boxes still in user space."""

    texts: list[str]
    boxes: Rects
    looks: list[int]  # of each word, its place among the styles
    styles: list[Style]  # turned as in user space
    truncated: bool = False

    def upright(self) -> int:
        """Return the quarter turn of most of the text."""
        count = [0, 0, 0, 0]
        turns = [style.turn for style in self.styles]
        for text, look in zip(self.texts, self.looks, strict=True):
            if turns[look] != SKEWED:
                count[turns[look]] += len(text)
        return count.index(max(count))

    def seen_from(self, frame: Frame) -> list[Style]:
        """Return the styles as they are turned in a frame."""
        return [_seen_from(frame, style) for style in self.styles]

    def words(self, frame: Frame) -> tuple[Word, ...]:
        """Return the words as a frame places them; one printed twice at a place counts once."""
        if not self.texts:
            return ()
        placed = frame.place(self.boxes)
        turned = self.seen_from(frame)
        styles = [turned[look] for look in self.looks]
        words = tuple(map(Word, *placed.T.tolist(), self.texts, styles))
        corners = np.round(placed[:, 0] / 2) * 1e5 + np.round(placed[:, 1] / 2)
        return words if len(np.unique(corners)) == len(words) else _once(words)


def _seen_from(frame: Frame, style: Style) -> Style:
    turn = SKEWED if style.turn == SKEWED else (style.turn + frame.turn) % 4
    if turn == 2:  # noqa: PLR2004  # mirrored letters of scripts from right to left stand level
        turn = 0
    return style if turn == style.turn else style._replace(turn=turn)


def _once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Leave out words printed twice at one place, which some writers do for bold."""
    seen: dict[tuple[str, int, int], Word] = {}
    for word in words:
        seen.setdefault((word.text, round(word.x0 / 2), round(word.y0 / 2)), word)
    return tuple(seen.values())


def read_glyphs(text_page: Handle, fonts: Fonts) -> Glyphs:
    """Return the words of a text page."""
    count = pdfium.FPDFText_CountChars(text_page)
    text = _characters(text_page, min(count, _MOST_CHARACTERS))
    text = _UNMAPPED.sub("\ufffd", text)
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    boxes, spans = _boxes(text_page, spans)
    boxes, spans = _glued(text_page, boxes, spans)
    text = text.replace("\x02", "-").replace("\ufffe", "-")
    texts = [_WHITE.sub("", text[start:end]) for start, end in spans]
    looks, styles = _looks(text_page, [start for start, _ in spans], fonts)
    return Glyphs(texts, boxes, looks, styles, truncated=count > _MOST_CHARACTERS)


def _characters(text_page: Handle, count: int) -> str:
    """Return one character for each of PDFium's, so that places agree."""
    if count <= 0:
        return ""
    buffer = (c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\0" not in text:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count))
    return "".join(chr(c) if 0 < c <= sys.maxunicode else "\x01" for c in codes)


def _boxes(text_page: Handle, spans: list[tuple[int, int]]) -> tuple[Rects, list[tuple[int, int]]]:
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
    return _mended(text_page, spans, boxes, odd=odd)


def _glued(
    text_page: Handle, boxes: Rects, spans: list[tuple[int, int]]
) -> tuple[Rects, list[tuple[int, int]]]:
    """Join words that abut although PDFium put a space, which the file has not, between them."""
    if len(spans) < 2:  # noqa: PLR2004
        return boxes, spans
    height = np.abs(boxes[:, 1] - boxes[:, 3])[:-1]
    close = np.abs(boxes[1:, 0] - boxes[:-1, 2]) < _ABUTS * height
    close &= np.abs(boxes[1:, 3] - boxes[:-1, 3]) < _ABUTS * height
    candidates = np.nonzero(close)[0].tolist()
    pairs = [i for i in candidates if _is_parted_wrongly(text_page, spans[i], spans[i + 1])]
    if not pairs:
        return boxes, spans
    follows = {i + 1 for i in pairs}
    starts = [i for i in range(len(spans)) if i not in follows]
    ends = [following - 1 for following in [*starts[1:], len(spans)]]
    whole = [(spans[i][0], spans[j][1]) for i, j in zip(starts, ends, strict=True)]
    return _around(boxes[starts], boxes[ends]), whole


def _is_parted_wrongly(text_page: Handle, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Tell whether level words have nothing between them but a space or line end made up."""
    if two[0] - one[1] > 2 or pdfium.FPDFText_IsGenerated(text_page, one[1]) != 1:  # noqa: PLR2004
        return False
    return abs(float(pdfium.FPDFText_GetCharAngle(text_page, one[0]))) < _ABUTS


def _around(first: Rects, last: Rects) -> Rects:
    return np.stack(
        (
            np.minimum(first[:, 0], last[:, 0]),
            np.maximum(first[:, 1], last[:, 1]),
            np.maximum(first[:, 2], last[:, 2]),
            np.minimum(first[:, 3], last[:, 3]),
        ),
        axis=1,
    )


def _rects(text_page: Handle, places: list[int]) -> Rects:
    rects = (pdfium.FS_RECTF * len(places))()
    page, start = cast(text_page, c_void_p).value, addressof(rects)
    slots = range(start, start + sizeof(rects), sizeof(pdfium.FS_RECTF))
    deque(map(_box_of, repeat(page), places, slots), maxlen=0)
    return np.frombuffer(rects, dtype=np.float32).reshape(-1, 4).astype(np.float64)


def _mended(
    text_page: Handle, spans: list[tuple[int, int]], boxes: Rects, *, odd: set[int]
) -> tuple[Rects, list[tuple[int, int]]]:
    """Cut words at the characters where the pen jumped to another line."""
    kept: list[tuple[int, int]] = []
    rows: list[Rects] = []
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


def _hull(rects: Rects) -> Rects:
    return np.array((rects[:, 0].min(), rects[:, 1].max(), rects[:, 2].max(), rects[:, 3].min()))


def _pieces(rects: Rects) -> list[tuple[int, int]]:
    """Return runs of characters that overlap in height or in width with the one before."""
    cuts = [0]
    for i in range(1, len(rects)):
        a, b = rects[i - 1], rects[i]
        apart_y = min(a[1], b[1]) < max(a[3], b[3])
        apart_x = min(a[2], b[2]) < max(a[0], b[0])
        if apart_x and apart_y:
            cuts.append(i)
    return list(zip(cuts, [*cuts[1:], len(rects)], strict=True))


def _looks(text_page: Handle, places: list[int], fonts: Fonts) -> tuple[list[int], list[Style]]:
    """Return the looks of the characters at some places, as places in a list of styles."""
    page = cast(text_page, c_void_p).value
    objects = list(map(_object_of, repeat(page), places))
    first = dict(zip(reversed(objects), reversed(places), strict=True))
    numbers = {address: number for number, address in enumerate(first)}
    styles = [_style(page, place, address, fonts=fonts) for address, place in first.items()]
    return [numbers[address] for address in objects], styles


def _style(page: int | None, place: int, address: int | None, *, fonts: Fonts) -> Style:
    """Return the style of a text object, one of whose characters stands at a place."""
    if address is None:
        return _PLAIN
    turn = _turn(float(_angle_of(page, place)))
    if turn == SKEWED:
        turn = _turn(_direction(page, place))
    bold, italic, mono = fonts.looks(_font_of(address))
    invisible = _mode_of(address) == _INVISIBLE
    return Style(turn, bold, italic, mono, invisible, _colour(address, fonts.channels))


def _turn(angle: float) -> int:
    """Return an angle as quarter turns, clockwise."""
    quarter = round(angle / _QUARTER)
    return quarter % 4 if abs(angle - quarter * _QUARTER) < _SLACK else SKEWED


def _direction(page: int | None, place: int) -> float:
    """Return the angle at which a character's line runs, whatever the slant of its letters."""
    matrix = pdfium.FS_MATRIX()
    _matrix_of(page, place, addressof(matrix))
    return -math.atan2(matrix.b, matrix.a)


_PLAIN = Style(0, bold=False, italic=False, mono=False, invisible=False, colour=None)


def colour_of(page_object: Handle) -> tuple[int, int, int, int] | None:
    """Return the fill of an object as red, green, blue and alpha, 0 to 255; None without one."""
    address = cast(page_object, c_void_p).value
    return _colour(address, (c_uint * 4)()) if address else None


def _colour(address: int, channels: Array[c_uint]) -> tuple[int, int, int, int] | None:
    start = addressof(channels)
    if not _fill_of(address, start, start + 4, start + 8, start + 12):
        return None
    red, green, blue, alpha = channels
    return red, green, blue, alpha


@dataclass(slots=True)
class Fonts:
    """The looks of a page's fonts, each asked for once, and room for the answers of PDFium."""

    channels: Array[c_uint] = field(default_factory=c_uint * 4)
    _known: dict[int, tuple[bool, bool, bool]] = field(default_factory=dict)

    def looks(self, address: int | None) -> tuple[bool, bool, bool]:
        """Return whether the font at an address is bold, italic, of fixed width."""
        if address is None:
            return False, False, False
        if address not in self._known:
            self._known[address] = _font_looks(cast(address, pdfium.FPDF_FONT))
        return self._known[address]


def _font_looks(font: Handle) -> tuple[bool, bool, bool]:
    buffer = (c_char * 256)()
    pdfium.FPDFFont_GetBaseFontName(font, cast(buffer, POINTER(c_char)), 256)
    name = buffer.value.decode("latin-1")
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    return (
        bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD),
        bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG),
        bool(flags & _FIXED_PITCH) or "Courier" in name or "Mono" in name,
    )
