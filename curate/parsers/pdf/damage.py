"""What of a file cannot be read, though PDFium opens it: it takes what it gets, and says nothing.

The streams that hold text (pages, forms, letters of glyphs, bundled objects) are inflated once
more, which costs little beside reading pages; pictures and fonts are passed over. Of what a file
stores unpacked, or enciphered, nothing can be told.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

import numpy as np

_STREAM = re.compile(rb"(?<!end)stream(?:\r?\n|\s)")
_DICTIONARY: Final = (b"obj", b"<<", b"/Length")  # what stands before a stream
_CONTENTS = re.compile(rb"/Contents\s*(\d{1,10}\s+\d{1,5}\s+R|\[[\d\sR]*\])")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R")
_SLACK: Final = 32  # bytes of white space before the end of a stream
_LENGTH = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)\b")
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_NO_TEXT = re.compile(
    rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)\b|/Length[123]\b|/Type\s*/EmbeddedFile\b"
    rb"|/Alternate\b|/FunctionType\b|/ShadingType\b"
)
_FLATE: Final = (b"/FlateDecode", b"/Fl")
_ASCII: Final = (b"/ASCII85Decode", b"/A85")
_HEADER = 2  # bytes before deflated ones
_LARGEST = 1 << 26  # of a stream inflated
_PIECE = 1 << 16
_GROUP = 5
_POWERS = 85 ** np.arange(4, -1, -1, dtype=np.int64)
_END_OF_WORD = 1 << 32


def is_damaged(data: bytes) -> bool:
    """Tell whether a stream that may hold text is missing, broken, or does not unpack to its end."""
    if b"/Encrypt" in data:
        return False
    at = 0
    around: list[bytes] = []
    while found := _STREAM.search(data, at):
        between = data[at : found.start()]
        head = between[max(between.rfind(b"endobj"), 0) :]
        if b"endstream" in between or not all(sign in head for sign in _DICTIONARY):
            return True
        end = _end(data, found.end(), head)
        filters = _FILTERS.search(head)
        if filters and not _NO_TEXT.search(head):
            names = (filters[1] or filters[2] or b"").split()
            if not _unpacks(data[found.end() : end], names):
                return True
        around.append(between)
        at = end + len(b"endstream")
    around.append(data[at:])
    return b"endstream" in around[-1] or _lacks_contents(b"\n".join(around))


def _lacks_contents(around: bytes) -> bool:
    """Tell whether a page's content is nowhere, from what stands around the streams of a file."""
    if b"/ObjStm" in around:  # there a page's list of contents may lie
        return False
    asked = {number for found in _CONTENTS.finditer(around) for number in _NUMBER.findall(found[1])}
    words = (before.rsplit(None, 2) for before in around.split(b"obj")[:-1])
    return not asked <= {last[-2] for last in words if len(last) > 1}


def _end(data: bytes, start: int, head: bytes) -> int:
    """Return where a stream ends: where its dictionary says, if that is true."""
    stated = _LENGTH.search(head)
    end = start + int(stated[1]) if stated else len(data)
    said = data.find(b"endstream", end, end + _SLACK)
    if said < 0:
        said = data.find(b"endstream", start)
    return len(data) if said < 0 else said


def _unpacks(stream: bytes, filters: list[bytes]) -> bool:
    if filters and filters[0] in _ASCII:
        decoded = _from_ascii(stream)
        if decoded is None:
            return False
        stream, filters = decoded, filters[1:]
    return not filters or filters[0] not in _FLATE or _inflates(stream)


def _inflates(stream: bytes) -> bool:
    """Tell whether deflated bytes come to their end; a check sum that is missing does not matter."""
    packed = zlib.decompressobj()
    left, size = stream, 0
    try:
        while left and not packed.eof and size < _LARGEST:
            size += len(packed.decompress(left, _PIECE))
            left = packed.unconsumed_tail
    except zlib.error:
        return False
    return packed.eof or size >= _LARGEST or _ends(stream)


def _ends(stream: bytes) -> bool:
    """Tell whether only the check sum behind deflated bytes is cut off."""
    packed = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        packed.decompress(stream[_HEADER:], _LARGEST)
    except zlib.error:
        return False
    return packed.eof


def _from_ascii(stream: bytes) -> bytes | None:
    """Return the bytes that ASCII signs stand for (base 85); None if some are no such signs."""
    signs = stream.translate(None, b" \t\r\n\f\x00").removeprefix(b"<~")
    signs = signs.partition(b"~")[0].replace(b"z", b"!!!!!")
    lacking = -len(signs) % _GROUP
    values = np.frombuffer(signs + b"u" * lacking, dtype=np.uint8).astype(np.int64) - ord("!")
    words = values.reshape(-1, _GROUP) @ _POWERS
    if ((values < 0) | (values > ord("u") - ord("!"))).any() or (words >= _END_OF_WORD).any():
        return None
    return words.astype(">u4").tobytes()[: len(words) * 4 - lacking]
