"""Segments: results of many pieces of work in two files, the rows' bytes and an index to them.

The bytes lie back to back in `NAME.rows`; `NAME.index`, written last, says where each key's are: a
head, the codes as JSON, the entries as they lie in memory. A row that is to go is overwritten with
zeros where it lies and struck from the index, so that forgetting costs what is forgotten; a segment
that is mostly holes is written anew with others. Each row has a checksum, and so has the index, so
that damage is noticed where it is read. Neither is forced to the disk: what a power cut takes is
done again.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from curate import ids
from curate.errors import ToolError
from curate.store.files import whole
from curate.tables.wire import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

Row = TypeVar("Row")
Entries = np.ndarray[tuple[int], np.dtype[np.void]]

ROWS, INDEX = ".rows", ".index"
# Of each key: where its bytes lie, how many rows they are, under which code and limits it stands.
ENTRY = np.dtype(
    [
        ("key", "S16"), ("digest", "V16"), ("limits", "V16"), ("code", "i4"), ("count", "i4"),
        ("segment", "i4"), ("start", "i8"), ("size", "i8"), ("check", "u4"),
    ]
)  # fmt: skip
_HEAD = struct.Struct("<8sIII")  # mark, bytes of codes, bytes of entries, CRC-32 of both
_MARK = b"CURATE\0\1"  # the number is that of the format
_BLOCK = 20  # bits of a place that do not tell which block it is in
_OPEN_FILES = 32


class DamagedError(ToolError):
    """A file of stored results is damaged; it was removed, and the next try does its work again."""

    def __init__(self, message: str) -> None:
        """Trying again always helps."""
        super().__init__(message, retryable=True)


class Ref(NamedTuple):
    """Where a key's rows stand: a segment's path, the first of their bytes, how many, their CRC-32."""

    segment: str
    start: int
    size: int
    check: int

    @property
    def block(self) -> tuple[str, int]:
        """Return what lies close to it."""
        return self.segment, self.start >> _BLOCK


def load(ref: Ref, row: type[Row]) -> tuple[Row, ...]:
    """Return the rows that stand at a place.

    Raises:
        DamagedError: if they are not what was written there.
    """
    with removing(ref.segment):
        data = os.pread(_opened(ref.segment).number, ref.size, ref.start)
        if len(data) != ref.size or zlib.crc32(data) != ref.check:
            raise ValueError
        return unpacked(row, data)


class _File:
    """An open file that is closed when nobody knows it any more."""

    def __init__(self, path: str) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        if number := getattr(self, "number", 0):
            os.close(number)


@lru_cache(maxsize=_OPEN_FILES)
def _opened(segment: str) -> _File:
    return _File(segment)


@contextmanager
def removing(segment: str) -> Iterator[None]:
    """Remove a segment that turns out to be damaged.

    Raises:
        DamagedError: to be met by running again.
    """
    try:
        yield
    except (ValueError, TypeError, OSError) as error:  # Arrow's errors are among the first two
        if getattr(error, "errno", None) and not isinstance(error, FileNotFoundError):
            raise  # the disk does not answer, which says nothing about the file
        remove(segment)
        message = f"{segment}: stored results are damaged and were removed; run again."
        raise DamagedError(message) from None


def remove(segment: str) -> None:
    """Remove a segment: the index first, without which it is nothing."""
    Path(segment).with_suffix(INDEX).unlink(missing_ok=True)
    Path(segment).unlink(missing_ok=True)
    _opened.cache_clear()


def written(folder: Path, results: pa.Table, limits: bytes) -> tuple[str, Entries, list[str]]:
    """Write results (key, code, digest, count, data) as one segment, whole or not at all.

    Returns:
        Its path, its entries, and the codes that they number.
    """
    data = results.column("data").combine_chunks()
    bounds = np.frombuffer(data.buffers()[1], np.int32)[data.offset : data.offset + len(data) + 1]
    whole = memoryview(data.buffers()[2] or b"")[bounds[0] : bounds[-1]]
    codes = sorted(set(results.column("code").to_pylist()))
    entries = np.zeros(len(data), ENTRY)
    for name in ("key", "digest"):
        entries[name] = _ids(results.column(name), entries.dtype[name])
    entries["limits"] = np.void(limits)
    entries["code"] = [codes.index(code) for code in results.column("code").to_pylist()]
    entries["count"] = results.column("count").to_numpy()
    entries["start"], entries["size"] = bounds[:-1] - bounds[0], np.diff(bounds)
    entries["check"] = [
        zlib.crc32(whole[start : start + size])
        for start, size in zip(entries["start"].tolist(), entries["size"].tolist(), strict=True)
    ]
    return put(folder, whole, entries, codes), entries, codes


def put(folder: Path, data: bytes | memoryview, entries: Entries, codes: list[str]) -> str:
    """Write a segment and return its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = ids.digest("segment", entries["key"].tobytes(), entries["digest"].tobytes()).hex()
    path = folder / f"{name}{ROWS}"
    with whole(path, forced=False) as temporary:
        temporary.write_bytes(data)
    put_index(path, entries, codes)
    _opened.cache_clear()
    return str(path)


def put_index(path: Path, entries: Entries, codes: list[str]) -> None:
    """Write the index of a segment, whole or not at all."""
    said = json.dumps(codes).encode()
    held = entries.tobytes()
    check = zlib.crc32(held, zlib.crc32(said))
    head = _HEAD.pack(_MARK, len(said), len(held), check)
    with whole(path.with_suffix(INDEX), forced=False) as temporary:
        temporary.write_bytes(head + said + held)


def index_of(segment: Path) -> tuple[Entries, list[str]]:
    """Return a segment's entries and the codes that they number.

    Raises:
        DamagedError: if its index, or its length, is not as it was written.
    """
    with removing(str(segment)):
        data = segment.with_suffix(INDEX).read_bytes()
        if len(data) < _HEAD.size:
            raise ValueError
        mark, said, held, check = _HEAD.unpack_from(data)
        rest = memoryview(data)[_HEAD.size :]
        if (mark, len(rest), zlib.crc32(rest)) != (_MARK, said + held, check):
            raise ValueError
        codes: list[str] = json.loads(bytes(rest[:said]))
        entries = np.frombuffer(rest[said:], ENTRY).copy()
        if (entries["start"] + entries["size"]).max(initial=0) > segment.stat().st_size:
            raise ValueError
    return entries, codes


def scrub(segment: str, gone: Entries) -> None:
    """Overwrite what lies at some places, and force that to the disk."""
    number = os.open(segment, os.O_WRONLY | os.O_CLOEXEC)
    try:
        for start, size in zip(gone["start"].tolist(), gone["size"].tolist(), strict=True):
            os.pwrite(number, bytes(size), start)
        os.fsync(number)
    finally:
        os.close(number)


def bytes_of(segment: str, entries: Entries) -> Iterator[bytes]:
    """Yield what lies at some places."""
    file = _opened(segment)
    for start, size in zip(entries["start"].tolist(), entries["size"].tolist(), strict=True):
        yield os.pread(file.number, size, start)


def _ids(
    column: pa.ChunkedArray, kind: np.dtype[np.void]
) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    held = column.combine_chunks()
    data = held.buffers()[1] if len(held) else b""
    return np.frombuffer(data, kind, len(held), held.offset * ids.ID_BYTES)
