"""What an OLE2 file is, told by the names of its streams; only the directory is read.

The format predates everything it holds: Word, Excel, PowerPoint and Outlook files are all small
file systems of one kind, as are OOXML documents once they are encrypted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.signs import DOC, ENCRYPTED, MSG, OCTETS, PPT, XLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("__properties_version1.0", MSG),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("PP97_DUALSTORAGE", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_ENTRY = 128  # bytes of a directory entry
_MOST_SECTORS = 4_096  # of a directory; a chain may be made endless
_END = 0xFFFFFFFA


def ole_type(data: bytes, claimed: str) -> str:
    """Return the media type of an OLE2 file; the name decides where no directory can be read."""
    names = frozenset(_names(data))
    for stream, media_type in _STREAMS:
        if stream in names:
            return media_type
    return claimed if not names and claimed in {MSG, DOC, XLS, PPT} else OCTETS


def _names(data: bytes) -> Iterator[str]:
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    sector, seen = _number(data, 48), set[int]()
    while sector < _END and sector not in seen and len(seen) < _MOST_SECTORS:
        seen.add(sector)
        start = (sector + 1) * size
        for entry in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
            length = int.from_bytes(data[entry + 64 : entry + 66], "little")
            yield data[entry : entry + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        sector = _next(data, sector, size)


def _next(data: bytes, sector: int, size: int) -> int:
    """Return the sector that follows in the chain, as the allocation table tells."""
    table, place = divmod(sector * 4, size)
    if table >= 109:  # noqa: PLR2004 (tables named in the header; longer ones hold no directory)
        return _END
    return _number(data, (_number(data, 76 + 4 * table) + 1) * size + place)


def _number(data: bytes, offset: int) -> int:
    piece = data[offset : offset + 4]
    return int.from_bytes(piece, "little") if len(piece) == 4 else _END  # noqa: PLR2004 (bytes)
