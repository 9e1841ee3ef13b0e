"""The Word binary format (97-2003): text by pieces, looks of paragraphs and runs, styles, lists.

Follows the published specification ([MS-DOC]); only the structures that say what the text is are
read. Every offset comes from the file, so reading beyond its end raises and ends the document.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.office.word_numbering import Level, Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.office.compound import Compound

_WORD_97 = 0xC1
_PAGE = 512
_COMPRESSED = 0x40000000
_VARIABLE, _STYLE_HEADER, _LEVELS = 6, 6, 9
_LARGEST = 1 << 30
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION = frozenset({0xD608, 0xD606})
_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    5: "ordinal", 22: "decimalZero", 23: "bullet", 255: "none",
}  # fmt: skip
# Where the file information block keeps places and lengths.
_PIECES, _STYLES, _RUNS, _PARAGRAPHS, _LISTS, _USES = 0x1A2, 0xA2, 0xFA, 0x102, 0x2E2, 0x2EA
_COUNTS = (
    "text",
    "footnotes",
    "headers",
    "macros",
    "comments",
    "endnotes",
    "boxes",
    "header_boxes",
)
# Sub-document, where its references and its texts are placed, and the bytes of a reference.
_NOTES = (
    ("footnotes", 0xAA, 0xB2, 2),
    ("endnotes", 0x20A, 0x212, 2),
    ("comments", 0xBA, 0xC2, 30),
)

Sprms = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its first sign's number, its place in the file and how it is written."""

    start: int
    end: int
    place: int
    width: int  # bytes a sign


@dataclass(slots=True)
class Ranges:
    """Properties by place in the file."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[tuple[int, Sprms]] = field(default_factory=list)

    def at(self, place: int) -> tuple[int, Sprms]:
        """Return style and properties that hold at a place."""
        number = bisect_right(self.starts, place) - 1
        if number < 0 or place >= self.ends[number]:
            return 0, {}
        return self.values[number]


@dataclass(slots=True)
class DocFile:
    """A Word binary file, opened."""

    text: str
    parts: dict[str, tuple[int, int]]  # where each sub-document lies in the text
    pieces: list[Piece]
    paragraphs: Ranges
    runs: Ranges
    styles: dict[int, tuple[int, str, int, Sprms]]  # number, name, base, properties
    numbering: Numbering
    uses: dict[int, str]  # list of each use, as a number of `numbering`
    notes: dict[int, tuple[str, str]]  # kind and text of a note, by the sign that refers to it
    _starts: list[int] = field(default_factory=list)

    def paragraph(self, last: int) -> tuple[int, Sprms]:
        """Return style and properties of the paragraph that ends with a sign."""
        piece = self._piece(last)
        return self.paragraphs.at(piece.place + (last - piece.start) * piece.width)

    def segments(self, start: int, end: int) -> Iterator[tuple[int, str, Sprms]]:
        """Return runs of text with their first sign and properties."""
        while start < end:
            piece = self._piece(start)
            place = piece.place + (start - piece.start) * piece.width
            number = bisect_right(self.runs.starts, place) - 1
            until, sprms = min(end, piece.end), Sprms()
            if number >= 0 and place < self.runs.ends[number]:
                sprms = self.runs.values[number][1]
                reach = (self.runs.ends[number] - place + piece.width - 1) // piece.width
                until = min(until, start + reach)
            until = max(until, start + 1)
            yield start, self.text[start:until], sprms
            start = until

    def _piece(self, sign: int) -> Piece:
        if not self._starts:
            self._starts.extend(piece.start for piece in self.pieces)
        return self.pieces[max(bisect_right(self._starts, sign) - 1, 0)]


def read_doc_file(file: Compound) -> DocFile:
    """Read the structures of a Word binary file.

    Raises:
        DocumentError: `encrypted`, `corrupt`, or `unsupported`.
    """
    main = file.read("WordDocument")
    try:
        version, flags = struct.unpack_from("<H6xH", main, 2)
        if flags & 0x0100:
            raise DocumentError("encrypted")
        if version < _WORD_97:
            return _read_older(main)
        table = file.read("1Table" if flags & 0x0200 else "0Table")
        return _read(main, table)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise DocumentError("corrupt") from error


def _read(main: bytes, table: bytes) -> DocFile:
    pieces = list(_pieces(_part(main, table, _PIECES)))
    if any(piece.place + (piece.end - piece.start) * piece.width > len(main) for piece in pieces):
        raise DocumentError("corrupt")
    if not pieces or pieces[-1].end > len(main):  # pieces share no text
        raise DocumentError("corrupt")
    text = "".join(_signs(main, piece) for piece in pieces)
    counts = struct.unpack_from("<8i", main, 0x4C)
    parts, start = {}, 0
    for name, count in zip(_COUNTS, counts, strict=True):
        end = min(start + max(count, 0), len(text))
        parts[name] = (start, end)
        start = end
    numbering = Numbering()
    uses = _uses(numbering, main, table)
    return DocFile(
        text,
        parts,
        pieces,
        _ranges(main, _part(main, table, _PARAGRAPHS), paragraphs=True),
        _ranges(main, _part(main, table, _RUNS), paragraphs=False),
        _styles(_part(main, table, _STYLES)),
        numbering,
        uses,
        _notes(main, table, text=text, parts=parts),
    )


def _notes(
    main: bytes, table: bytes, *, text: str, parts: dict[str, tuple[int, int]]
) -> dict[int, tuple[str, str]]:
    """Return notes and comments by the signs that refer to them."""
    found = {}
    for name, references, texts, size in _NOTES:
        refers, ends = _part(main, table, references), _part(main, table, texts)
        count = max((len(refers) - 4) // (4 + size), 0)
        if not count or len(ends) < 4 * (count + 1):
            continue
        signs = struct.unpack_from(f"<{count}I", refers, 0)
        places = struct.unpack_from(f"<{count + 1}I", ends, 0)
        start = parts[name][0]
        for number, sign in enumerate(signs):
            found[sign] = (name, text[start + places[number] : start + places[number + 1]])
    return found


def _read_older(main: bytes) -> DocFile:
    """Read the text of a Word 6 or 95 file, which lies in one piece and in a code page."""
    start, end = struct.unpack_from("<II", main, 0x18)
    (count,) = struct.unpack_from("<i", main, 0x34)
    end = min(end, start + count)
    if not start < end <= len(main):
        raise DocumentError("corrupt")
    text = main[start:end].decode("cp1252", errors="replace")
    nothing: dict[str, tuple[int, int]] = dict.fromkeys(_COUNTS, (len(text), len(text)))
    parts = {**nothing, "text": (0, len(text))}
    pieces = [Piece(0, len(text), start, 1)]
    return DocFile(text, parts, pieces, Ranges(), Ranges(), {}, Numbering(), {}, {})


def _part(main: bytes, table: bytes, where: int) -> bytes:
    place, length = struct.unpack_from("<II", main, where)
    return table[place : place + min(length, _LARGEST)]


def _pieces(data: bytes) -> Iterator[Piece]:
    at = 0
    while data[at] == 1:
        at += 3 + struct.unpack_from("<H", data, at + 1)[0]
    (length,) = struct.unpack_from("<I", data, at + 1)
    count = (length - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", data, at + 5)
    if list(starts) != sorted(starts):
        raise DocumentError("corrupt")
    for number in range(count):
        (place,) = struct.unpack_from("<I", data, at + 5 + 4 * (count + 1) + 8 * number + 2)
        narrow = bool(place & _COMPRESSED)
        place &= _COMPRESSED - 1
        yield Piece(
            starts[number],
            starts[number + 1],
            place // 2 if narrow else place,
            1 if narrow else 2,
        )


def _signs(main: bytes, piece: Piece) -> str:
    data = main[piece.place : piece.place + (piece.end - piece.start) * piece.width]
    if piece.width == 1:
        return data.decode("cp1252", errors="replace")
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    # One sign a unit, so that places stay; halves of rarer signs are joined when text is taken.
    return "".join(map(chr, units))


def _ranges(main: bytes, plc: bytes, *, paragraphs: bool) -> Ranges:
    ranges = Ranges()
    count = max((len(plc) - 4) // 8, 0)
    pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()
    for page in pages[: len(main) // _PAGE]:
        data = main[(page & 0x3FFFFF) * _PAGE : ((page & 0x3FFFFF) + 1) * _PAGE]
        if len(data) == _PAGE:
            _add_page(ranges, data, paragraphs=paragraphs)
    return ranges


def _add_page(ranges: Ranges, data: bytes, *, paragraphs: bool) -> None:
    count = data[_PAGE - 1]
    places = struct.unpack_from(f"<{count + 1}I", data, 0)
    step = 13 if paragraphs else 1
    for number in range(count):
        offset = data[4 * (count + 1) + step * number] * 2
        style, sprms = 0, Sprms()
        if offset and paragraphs:
            size, skip = data[offset] * 2 - 1, 1
            if data[offset] == 0:
                size, skip = data[offset + 1] * 2, 2
            content = data[offset + skip : offset + skip + max(size, 0)]
            style = int.from_bytes(content[:2], "little")
            sprms = _sprms(content[2:])
        elif offset:
            sprms = _sprms(data[offset + 1 : offset + 1 + data[offset]])
        ranges.starts.append(places[number])
        ranges.ends.append(places[number + 1])
        ranges.values.append((style, sprms))


def _sprms(data: bytes) -> Sprms:
    """Return property changes by their codes; what a cut page ends is left out."""
    found: Sprms = {}
    at = 0
    while at + 2 < len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        kind = code >> 13
        if kind == _VARIABLE:
            size = data[at + 2] + 1
            if code in _TABLE_DEFINITION:
                size = int.from_bytes(data[at + 2 : at + 4], "little") + 1
        else:
            size = _LENGTHS[kind]
        found[code] = data[at + 2 : at + 2 + size]
        at += 2 + size
    return found


def _styles(data: bytes) -> dict[int, tuple[int, str, int, Sprms]]:
    found: dict[int, tuple[int, str, int, Sprms]] = {}
    if len(data) < _STYLE_HEADER:
        return found
    header, count, base = struct.unpack_from("<HHH", data, 0)
    at = 2 + header
    for number in range(count):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        style = data[at + 2 : at + 2 + size]
        at += 2 + size + (size & 1)
        if size > base + 2:
            found[number] = _style(style, base)
    return found


def _style(data: bytes, base: int) -> tuple[int, str, int, Sprms]:
    first, second = struct.unpack_from("<HH", data, 0)
    (length,) = struct.unpack_from("<H", data, base)
    name = data[base + 2 : base + 2 + 2 * length].decode("utf-16-le", errors="replace")
    sprms: Sprms = {}
    at = base + 2 + 2 * length + 2
    if second & 0xF == 1 and at + 4 <= len(data):  # a paragraph style: its first changes
        (size,) = struct.unpack_from("<H", data, at)
        sprms = _sprms(data[at + 4 : at + 2 + size])
    return first & 0xFFF, name, second >> 4, sprms


def _uses(numbering: Numbering, main: bytes, table: bytes) -> dict[int, str]:
    """Fill in the lists of a document, and return which list each use counts in."""
    found: dict[int, str] = {}
    lists = _part(main, table, _LISTS)
    try:
        at = struct.unpack_from("<I", main, _LISTS)[0] + len(lists)
        (count,) = struct.unpack_from("<H", lists, 0)
        for number in range(count):
            identifier, flags = struct.unpack_from("<i22xB", lists, 2 + 28 * number)
            levels: dict[int, Level] = {}
            for depth in range(1 if flags & 1 else 9):
                levels[depth], at = _level(table, at)
            numbering.definitions[str(identifier)] = levels
        _read_uses(numbering, _part(main, table, _USES), found)
    except (struct.error, IndexError):
        pass  # without lists, items are still text
    return found


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, style, flags = struct.unpack_from("<iBB", data, at)
    runs, paragraphs, limit = data[at + 24], data[at + 25], data[at + 26]
    at += 28 + runs + paragraphs
    (length,) = struct.unpack_from("<H", data, at)
    raw = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    text = "".join(f"%{ord(sign) + 1}" if ord(sign) < _LEVELS else sign for sign in raw)
    level = Level(
        style=_FORMATS.get(style, "decimal"),
        text=text,
        start=max(start, 0),
        legal=bool(flags & 4),
        restarts=limit if flags & 8 else None,
    )
    return level, at + 2 + 2 * length


def _read_uses(numbering: Numbering, data: bytes, found: dict[int, str]) -> None:
    if not data:
        return
    (count,) = struct.unpack_from("<I", data, 0)
    at = 4 + 16 * count
    for number in range(1, count + 1):
        identifier, overrides = struct.unpack_from("<i8xB", data, 4 + 16 * (number - 1))
        use = str(number)
        found[number] = use
        numbering.lists[use] = str(identifier)
        at += 4
        for _ in range(overrides):
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            depth = flags & 0xF
            if flags & 0x10 and not flags & 0x20:
                numbering.restarts.setdefault(use, {})[depth] = max(start, 0)
            if flags & 0x20:
                level, at = _level(data, at)
                numbering.overrides.setdefault(use, {})[depth] = level
