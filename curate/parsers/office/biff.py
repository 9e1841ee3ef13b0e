"""A look through an old workbook's records before calamine reads them.

calamine believes counts and places as written, and a damaged one makes it ask for more memory than
there is, which ends the process rather than the document.
"""

from __future__ import annotations

import struct

from curate.errors import DocumentError

_MOST_COLUMNS = 256
_SHARED_STRINGS = 0x00FC
_FILE_PASS = 0x002F
_SMALLEST_STRING = 3  # bytes
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_DIMENSIONS = 0x0200
_MOST_ROWS = 65536
_EXTENT = struct.Struct("<IIHH")
_HEAD = struct.Struct("<HH")


def check_records(data: bytes) -> None:
    """Refuse a workbook stream whose counts or places cannot be.

    Raises:
        DocumentError: `corrupt`, or `encrypted`.
    """
    at, last = 0, len(data) - 4
    while at <= last:
        kind, length = _HEAD.unpack_from(data, at)
        if kind in _CELLS:
            if int.from_bytes(data[at + 6 : at + 8], "little") >= _MOST_COLUMNS:
                raise DocumentError("corrupt")
        elif kind == _SHARED_STRINGS:
            if int.from_bytes(data[at + 8 : at + 12], "little") > len(data) // _SMALLEST_STRING:
                raise DocumentError("corrupt")
        elif kind == _DIMENSIONS and length >= _EXTENT.size:
            _check_extent(*_EXTENT.unpack(data[at + 4 : at + 16].ljust(_EXTENT.size, b"\x00")))
        elif kind == _FILE_PASS:
            raise DocumentError("encrypted")
        at += 4 + length


def _check_extent(top: int, bottom: int, left: int, right: int) -> None:
    """Refuse a sheet whose first cell lies after its last, or outside of any sheet."""
    if bottom > _MOST_ROWS or right > _MOST_COLUMNS or (bottom and top > bottom) or left > right:
        raise DocumentError("corrupt")
