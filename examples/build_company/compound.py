"""Compound files (the container of Outlook messages), written from scratch.

The plainest file that the format allows: version 3, one sector of allocation table, every stream in
the mini stream, the children of a storage as a chain in name order.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

STORAGE: Final = 1
STREAM: Final = 2
ROOT: Final = 5
_SECTOR: Final = 512
_MINI: Final = 64
_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_TABLE: Final = 0xFFFFFFFD
_CUTOFF: Final = 4096
_SECTORS: Final = _SECTOR // 4  # what one sector of the table can describe


@dataclass(slots=True)
class Entry:
    """A storage or a stream; the numbers are set while the file is laid out."""

    name: str
    kind: int
    data: bytes = b""
    children: list[Entry] = field(default_factory=list)
    right: int = _FREE
    child: int = _FREE
    start: int = _END


def compound(root: Entry) -> bytes:
    """Return the bytes of a compound file."""
    entries = _numbered(root)
    mini_table = _fill_mini_stream(root, entries)
    directory = -(-len(entries) * 128 // _SECTOR)
    stream = len(_padded(root.data, b"\0")) // _SECTOR
    table = len(mini_table) // _SECTOR
    root.start = 1 + directory
    fat = [_TABLE]
    for count in (directory, stream, table):
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    if len(fat) > _SECTORS:
        message = f"a file of {len(fat)} sectors needs a larger allocation table"
        raise ValueError(message)
    head = _header(1 + directory + stream, table)
    rows = _padded(b"".join(_row(entry) for entry in entries), b"\0")
    return head + _numbers(fat) + rows + _padded(root.data, b"\0") + mini_table


def _numbered(root: Entry) -> list[Entry]:
    """List all entries and tie the children of each storage together by their numbers."""
    entries = list(_flat(root))
    numbers = {id(entry): number for number, entry in enumerate(entries)}
    for entry in entries:
        children = _in_order(entry)
        if children:
            entry.child = numbers[id(children[0])]
        for one, following in pairwise(children):
            one.right = numbers[id(following)]
    return entries


def _flat(entry: Entry) -> Iterator[Entry]:
    yield entry
    for child in _in_order(entry):
        yield from _flat(child)


def _in_order(entry: Entry) -> list[Entry]:
    return sorted(entry.children, key=lambda child: (len(child.name), child.name.upper()))


def _fill_mini_stream(root: Entry, entries: list[Entry]) -> bytes:
    """Put all streams into the root's own, and return the table that chains their pieces."""
    pieces = bytearray()
    chain: list[int] = []
    for entry in entries:
        if entry.kind == STREAM and entry.data:
            if len(entry.data) >= _CUTOFF:
                message = f"{entry.name} is too long for the mini stream"
                raise ValueError(message)
            entry.start = len(chain)
            count = -(-len(entry.data) // _MINI)
            pieces += entry.data.ljust(count * _MINI, b"\0")
            chain += [*range(entry.start + 1, entry.start + count), _END]
    root.data = bytes(pieces)
    return _numbers(chain)


def _numbers(numbers: list[int]) -> bytes:
    return _padded(struct.pack(f"<{len(numbers)}I", *numbers), b"\xff")


def _padded(data: bytes, filler: bytes) -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, filler)


def _row(entry: Entry) -> bytes:
    """Return the directory's 128 bytes for an entry."""
    name = entry.name.encode("utf-16-le")
    links = struct.pack("<III", _FREE, entry.right, entry.child)
    size = 0 if entry.kind == STORAGE else len(entry.data)
    start = 0 if entry.kind == STORAGE else entry.start
    kind = struct.pack("<HBB", len(name) + 2, entry.kind, 1)
    return name.ljust(64, b"\0") + kind + links + bytes(36) + struct.pack("<IQ", start, size)


def _header(mini_table: int, length: int) -> bytes:
    fixed = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    fixed += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    places = struct.pack("<IIIIIIIIII", 0, 1, 1, 0, _CUTOFF, mini_table, length, _END, 0, 0)
    return fixed + places + b"\xff" * (109 * 4 - 4)
