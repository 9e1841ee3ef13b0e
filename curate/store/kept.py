"""Rows kept from run to run in one file, read and written at once: caches, never state.

A file begins with the version that its rows belong to; parts of some thousand rows follow, each with
its length and its CRC-32. One that is cut short, damaged or of another version holds nothing.
"""

from __future__ import annotations

import struct
import zlib
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import msgspec

from curate import ids
from curate.store.files import whole
from curate.tables.wire import encoded, packed, plain, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Row = TypeVar("Row")

_PART = struct.Struct("<QI")
_ROWS = 4096
END = ".kept"


def read(folder: Path, name: str, version: bytes, row: type[Row]) -> list[Row]:
    """Return the rows that were kept under a name and a version (16 bytes); none if any is missing."""
    try:
        data = (folder / f"{name}{END}").read_bytes()
        if not data.startswith(version):
            return []
        return [one for part in _parts(data, len(version)) for one in unpacked(row, part)]
    except (OSError, ValueError, struct.error, msgspec.DecodeError):
        return []


def plain_parts(path: Path) -> Iterator[bytes]:
    """Yield what a file holds, part by part, as it was before it was packed.

    Raises:
        ValueError: if it is damaged.
    """
    yield from map(plain, _parts(path.read_bytes(), ids.ID_BYTES))


def _parts(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the parts of a file, whose last one is empty.

    Raises:
        ValueError: if one is damaged.
    """
    view = memoryview(data)
    while True:
        size, check = _PART.unpack_from(data, at)
        part = bytes(view[at + _PART.size : at + _PART.size + size])
        if len(part) != size or zlib.crc32(part) != check:
            raise ValueError
        if not size:
            return
        yield part
        at += _PART.size + size


def write(folder: Path, name: str, version: bytes, rows: Iterable[object]) -> None:
    """Keep rows under a name and a version, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole(folder / f"{name}{END}", forced=False) as place, place.open("wb") as file:
        file.write(version)
        left = iter(rows)
        while some := tuple(islice(left, _ROWS)):
            part = packed(encoded(some))
            file.write(_PART.pack(len(part), zlib.crc32(part)) + part)
        file.write(_PART.pack(0, 0))
