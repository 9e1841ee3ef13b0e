"""Names in a zip's directory that say they are UTF-8 and are not: the rest of the archive is read.

The standard library gives up on the whole archive at the first of them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import BinaryIO

_END = struct.Struct("<4s4H2LH")  # the end record: counts, then size and offset of the directory
_ENTRY = struct.Struct("<4s4xH18x3H12x")  # signature, flags; lengths of name, extra, comment
_FLAGS_AT = 8
_UTF8 = 0x800
_LONGEST_END = _END.size + 0xFFFF
_ZIP64 = 0xFFFFFFFF


class _Patched(io.RawIOBase, BinaryIO):
    """A file in which the bytes from one place on are others; it is only read."""

    def __init__(self, stream: BinaryIO, at: int, others: bytes) -> None:
        self._stream, self._at, self._others = stream, at, others
        self._place = 0
        self._end = stream.seek(0, io.SEEK_END)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._end}[whence]
        self._place = max(base + offset, 0)
        return self._place

    def read(self, size: int = -1) -> bytes:
        stop = self._end if size < 0 else min(self._place + size, self._end)
        self._stream.seek(self._place)
        data = bytearray(self._stream.read(max(stop - self._place, 0)))
        start, end = self._at, self._at + len(self._others)
        low, high = max(start, self._place), min(end, self._place + len(data))
        if low < high:
            data[low - self._place : high - self._place] = self._others[low - start : high - start]
        self._place += len(data)
        return bytes(data)


def with_names_read_as_bytes(stream: BinaryIO) -> tuple[BinaryIO, frozenset[int]]:
    """Return a zip whose names all can be read, and the numbers of the entries whose could not.

    Raises:
        zipfile.BadZipFile: if its directory is not where its end says, or is of the 64-bit form.
    """
    at, directory = _directory(stream)
    misnamed, place, number = set(), 0, 0
    while place + _ENTRY.size <= len(directory):
        signature, flags, name, extra, comment = _ENTRY.unpack_from(directory, place)
        if signature != b"PK\x01\x02":
            break
        start = place + _ENTRY.size
        if flags & _UTF8 and not _is_utf8(directory[start : start + name]):
            struct.pack_into("<H", directory, place + _FLAGS_AT, flags & ~_UTF8)
            misnamed.add(number)
        place, number = start + name + extra + comment, number + 1
    return _Patched(stream, at, bytes(directory)), frozenset(misnamed)


def _directory(stream: BinaryIO) -> tuple[int, bytearray]:
    """Return where the directory begins, and its bytes."""
    whole = stream.seek(0, io.SEEK_END)
    first = max(whole - _LONGEST_END, 0)
    stream.seek(first)
    tail = stream.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise zipfile.BadZipFile
    size, offset = _END.unpack_from(tail, found)[5:7]
    at = first + found - size
    if _ZIP64 in {size, offset} or at < 0:
        raise zipfile.BadZipFile
    stream.seek(at)
    return at, bytearray(stream.read(size))


def _is_utf8(name: bytes | bytearray) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
