"""OLE2 compound files, the containers of Office before 2007: streams by name, chains never followed twice.

Only the streams of the root are of use; those of embedded objects bear the same names deeper down.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from curate.errors import DocumentError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA  # sector numbers from here on are marks
_NONE = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(slots=True)
class Compound:
    """An open compound file."""

    _data: bytes
    _sector: int
    _mini: int
    _cutoff: int
    _table: tuple[int, ...] = ()
    _mini_table: tuple[int, ...] = ()
    _mini_stream: bytes = b""
    _streams: dict[str, _Entry] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the names of the root's streams."""
        return sorted(self._streams)

    def read(self, name: str) -> bytes:
        """Return a stream of the root; empty if there is none."""
        entry = self._streams.get(name)
        if entry is None:
            return b""
        if entry.size < self._cutoff:
            return _chain(self._mini_stream, self._mini_table, entry.start, self._mini)[
                : entry.size
            ]
        return self._chain(entry.start)[: entry.size]

    def _chain(self, start: int) -> bytes:
        return _chain(self._data[self._sector :], self._table, start, self._sector)


def open_compound(data: bytes) -> Compound:
    """Open a compound file.

    Raises:
        DocumentError: `corrupt`.
    """
    try:
        return _open(data)
    except (struct.error, IndexError, ValueError) as error:
        raise DocumentError("corrupt") from error


def _open(data: bytes) -> Compound:
    if not data.startswith(MAGIC) or len(data) < _HEADER:
        raise DocumentError("corrupt")
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or mini_shift not in range(4, 10):
        raise DocumentError("corrupt")
    directory, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    file = Compound(data, 1 << shift, 1 << mini_shift, cutoff)
    file._table = _allocation(data, 1 << shift)
    file._mini_table = _numbers(file._chain(mini_start)) if mini_start < _LAST else ()
    entries = _entries(file._chain(directory), wide=shift != 9)
    if not entries or entries[0].kind != _ROOT:
        raise DocumentError("corrupt")
    file._mini_stream = file._chain(entries[0].start) if entries[0].start < _LAST else b""
    file._streams = _members(entries)
    return file


def _allocation(data: bytes, sector: int) -> tuple[int, ...]:
    """Return the table that says which sector follows which."""
    places = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        if more >= _LAST:
            break
        numbers = _numbers(data[(more + 1) * sector : (more + 2) * sector])
        places.extend(numbers[:-1])
        more = numbers[-1]
    table: list[int] = []
    for place in places:
        if place < _LAST and (place + 1) * sector < len(data):
            table.extend(_numbers(data[(place + 1) * sector : (place + 2) * sector]))
    return tuple(table)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int) -> bytes:
    """Join the sectors of a chain; one that comes back to itself ends there."""
    found: list[bytes] = []
    place, seen = start, set[int]()
    while place < len(table) and place not in seen:
        seen.add(place)
        found.append(data[place * size : (place + 1) * size])
        place = table[place]
    return b"".join(found)


def _entries(data: bytes, *, wide: bool) -> list[_Entry]:
    found = []
    for at in range(0, min(len(data), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", data, at + 64)
        left, right, child = struct.unpack_from("<III", data, at + 68)
        start, size = struct.unpack_from("<IQ" if wide else "<II", data, at + 116)
        name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        found.append(_Entry(name, kind, left, right, child, start, size))
    return found


def _members(entries: list[_Entry]) -> dict[str, _Entry]:
    """Return the streams right below the root."""
    found: dict[str, _Entry] = {}
    todo, seen = [entries[0].child], set[int]()
    while todo:
        place = todo.pop()
        if place >= min(len(entries), _NONE) or place in seen:
            continue
        seen.add(place)
        entry = entries[place]
        todo += [entry.left, entry.right]
        if entry.kind == _STREAM:
            found[entry.name] = entry
    return found
