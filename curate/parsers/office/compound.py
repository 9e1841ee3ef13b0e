"""OLE2 compound files, the containers of Office before 2007: streams by name.

Chains of sectors are never followed twice. Only the streams of the root are of use; those of
embedded objects bear the same names deeper down.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from curate.errors import DocumentError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_SMALL_SHIFT = 9  # of sectors of 512 bytes
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


@dataclass(frozen=True, slots=True)
class _Area:
    """Sectors of one size, and which follows which."""

    data: bytes
    size: int
    table: tuple[int, ...]

    def chain(self, start: int) -> bytes:
        """Join the sectors of a chain; one that comes back to itself ends there."""
        found: list[bytes] = []
        place, seen = start, set[int]()
        while place < len(self.table) and place not in seen:
            seen.add(place)
            found.append(self.data[place * self.size : (place + 1) * self.size])
            place = self.table[place]
        return b"".join(found)


@dataclass(slots=True)
class Compound:
    """An open compound file."""

    _large: _Area
    _small: _Area  # for streams below the cutoff
    _cutoff: int
    _streams: dict[str, _Entry]

    def names(self) -> list[str]:
        """Return the names of the root's streams."""
        return sorted(self._streams)

    def read(self, name: str) -> bytes:
        """Return a stream of the root; empty if there is none."""
        entry = self._streams.get(name)
        if entry is None:
            return b""
        area = self._small if entry.size < self._cutoff else self._large
        return area.chain(entry.start)[: entry.size]


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
    large = _Area(data[1 << shift :], 1 << shift, _allocation(data, 1 << shift))
    entries = _entries(large.chain(directory), wide=shift != _SMALL_SHIFT)
    if not entries or entries[0].kind != _ROOT:
        raise DocumentError("corrupt")
    table = _numbers(large.chain(mini_start))
    small = _Area(large.chain(entries[0].start), 1 << mini_shift, table)
    return Compound(large, small, cutoff, _members(entries))


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
