"""Inflate the packed rich text in which Outlook keeps a body that it has in no other form.

The packing (MS-OXRTFCP) copies runs from a ring of 4,096 bytes that begins with common RTF words.
"""

from __future__ import annotations

import struct

from curate.errors import DocumentError

_HEAD = struct.Struct("<III")
_PACKED = 0x75465A4C
_PLAIN = 0x414C454D
_RING = 4096
_MOST = 64 * 1024 * 1024
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def inflate_rtf(data: bytes) -> bytes:
    """Return rich text as it was before it was packed.

    Raises:
        DocumentError: `corrupt`.
    """
    if len(data) < 16:  # noqa: PLR2004 - the four numbers of its header
        raise DocumentError("corrupt")
    _, size, kind = _HEAD.unpack_from(data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED or size > _MOST:
        raise DocumentError("corrupt")
    return _inflated(data[16:], size)


def _inflated(data: bytes, size: int) -> bytes:
    ring = _Ring()
    at = 0
    while at < len(data) and len(ring.out) < size:
        flags, at = data[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if not ring.copy(data[at : at + 2]):
                    return bytes(ring.out)
                at += 2
            elif at < len(data):
                ring.put(data[at])
                at += 1
    return bytes(ring.out[:size])


class _Ring:
    """The last bytes that came out, from which runs are copied."""

    def __init__(self) -> None:
        self.out = bytearray()
        self._ring = bytearray(_BEGINNING.ljust(_RING, b"\0"))
        self._place = len(_BEGINNING)

    def put(self, byte: int) -> None:
        self.out.append(byte)
        self._ring[self._place] = byte
        self._place = (self._place + 1) % _RING

    def copy(self, reference: bytes) -> bool:
        """Copy the run that two bytes refer to; tell whether there was one."""
        if len(reference) < 2:  # noqa: PLR2004
            return False
        offset = reference[0] << 4 | reference[1] >> 4
        if offset == self._place:
            return False
        for step in range((reference[1] & 15) + 2):
            self.put(self._ring[(offset + step) % _RING])
        return True
