"""Segments: results of many pieces of work in two files, the rows' bytes and an index to them.

The bytes lie back to back in `NAME.rows`; `NAME.index`, written last, says where each key's are. A
row that is to go is overwritten with zeros where it lies and struck from the index, so that
forgetting costs what is forgotten; a segment that is mostly holes is written anew with others. Each
row has a checksum, so that damage is noticed where it is read.
"""

from __future__ import annotations

import os
import zlib
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from curate import ids
from curate.errors import ToolError
from curate.store.files import read_parquet, whole, write_parquet
from curate.tables.wire import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    with whole(path) as temporary:
        temporary.write_bytes(data)
    put_index(path, entries, codes)
    _opened.cache_clear()
    return str(path)


def put_index(path: Path, entries: Entries, codes: list[str]) -> None:
    """Write the index of a segment, whole or not at all."""
    import pyarrow as pa

    columns = {
        name: _fixed(entries[name]) for name in ("key", "digest", "limits")
    } | {name: pa.array(entries[name]) for name in ("count", "start", "size", "check")}  # fmt: skip
    columns["code"] = pa.array([codes[number] for number in entries["code"].tolist()], pa.string())
    write_parquet(pa.table(columns), path.with_suffix(INDEX))


def index_of(segment: Path) -> tuple[Entries, list[str]]:
    """Return a segment's entries and the codes that they number.

    Raises:
        DamagedError: if its index, or its length, is not as it was written.
    """
    with removing(str(segment)):
        table = read_parquet(segment.with_suffix(INDEX))
        entries = np.zeros(table.num_rows, ENTRY)
        for name in ("key", "digest", "limits"):
            entries[name] = _ids(table.column(name), entries.dtype[name])
        for name in ("count", "start", "size", "check"):
            entries[name] = table.column(name).to_numpy()
        said = table.column("code").to_pylist()
        if (entries["start"] + entries["size"]).max(initial=0) > segment.stat().st_size:
            raise ValueError
    codes = sorted(set(said))
    entries["code"] = [codes.index(code) for code in said]
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


def _fixed(values: Iterable[object] | np.ndarray[tuple[int], np.dtype[np.void]]) -> pa.Array:
    import pyarrow as pa

    data = np.ascontiguousarray(values).tobytes()
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(ids.ID_BYTES), len(data) // ids.ID_BYTES, [None, pa.py_buffer(data)]
    )
