"""Results by content: immutable Parquet segments, one row a memo key, holding that key's rows.

A segment is written whole and renamed into place, so a kill loses at most the batch being
gathered, and resuming is an anti-join against the keys that are there. What a dead run left half
written, or a disk has damaged, is removed and done again. Failures are results too; they are known
only under the limits they met. Keys are looked up in an index of fixed-width
columns; rows are read from their segments when needed.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from curate import ids
from curate.errors import ToolError
from curate.tables.base import from_lists, list_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

Row = TypeVar("Row")

_ROWS_A_GROUP = 256
_OPEN_GROUPS = 12
_WRITERS = 2
_MOST_ROWS = 4096  # of a segment that several are put together in
_MOST_BYTES = 8 << 20  # the same, compressed
_KEY_COLUMNS = ["key", "code", "limits", "digest", "count"]


class DamagedError(ToolError):
    """A file of stored results is damaged; it was removed, and the next try does its work again."""

    def __init__(self, message: str) -> None:
        """Trying again always helps."""
        super().__init__(message, retryable=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a key's rows stand: a segment's path and the row's number in it."""

    segment: str
    row: int

    @property
    def block(self) -> tuple[str, int]:
        """Return what is read together with it."""
        return self.segment, self.row // _ROWS_A_GROUP


@dataclass(frozen=True, slots=True)
class Known:
    """What the memo holds of one key: its reason code ("" for success), the digest of its rows."""

    code: str
    digest: bytes
    count: int
    ref: Ref


class Memo:
    """The results of one stage.

    Args:
        folder: Where its segments lie.
        row: The type of its rows.
        limits: Digest of the limits in force; failures under other limits are forgotten.
        retry: Forget all failures.
    """

    def __init__(
        self, folder: Path, row: type, *, limits: bytes = bytes(16), retry: bool = False
    ) -> None:
        """Read the index of what is there."""
        self._folder = folder
        self._row = row
        self._limits = limits
        self._known: dict[bytes, Known] = {}
        self._rows: dict[str, int] = {}
        self.damaged = 0
        remove_unfinished(folder)
        for path in sorted(folder.glob("*.parquet")):
            try:
                self._index(path, retry=retry)
            except DamagedError:
                self.damaged += 1  # it is removed, and its results are simply missing

    def __contains__(self, key: bytes) -> bool:
        """Tell whether a key has a result that still counts."""
        return key in self._known

    def __getitem__(self, key: bytes) -> Known:
        """Return what is known of a key that is there."""
        return self._known[key]

    def get(self, key: bytes) -> Known | None:
        """Return what is known of a key, if anything."""
        return self._known.get(key)

    def write(self, results: pa.Table) -> None:
        """Write a batch (columns key, code, digest, count, rows) as one segment, whole or not at all."""
        if not results.num_rows:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        limits = pa_constant(self._limits, results.num_rows)
        table = results.append_column("limits", limits).select([*_KEY_COLUMNS, "rows"])
        path = self._folder / _name(table)
        write_parquet(table, path)
        self._index(path, retry=False)

    def rows(self, key: bytes) -> tuple[object, ...]:
        """Return the rows of a key."""
        return load(self._known[key].ref, self._row)

    def scan(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[object, ...]]]:
        """Yield keys with their rows, segment by segment, each group of rows read once."""
        wanted = sorted(keys, key=self._place)
        for key in wanted:
            yield key, load(self._known[key].ref, self._row)

    def prune(self, keep: Collection[bytes]) -> None:
        """Forget all keys but these: afterwards no segment holds a row of any other.

        Rows may quote documents that are gone, so a single one is reason enough to write its
        segment again. What is left of several is put together, so that segments do not get ever
        smaller and more.
        """
        held: dict[str, list[int]] = {}
        for key, known in self._known.items():
            if key in keep:
                held.setdefault(known.ref.segment, []).append(known.ref.row)
        stale = [name for name in sorted(self._rows) if len(held.get(name, ())) < self._rows[name]]
        with ThreadPoolExecutor(_WRITERS) as pool:
            batches = list(self._batches(stale, held))
            written = pool.map(lambda names: self._written(names, held), batches)
            for names, target in zip(batches, written, strict=True):
                self._replace(names, target)

    def _batches(
        self, names: Iterable[str], held: Mapping[str, Sequence[int]]
    ) -> Iterator[list[str]]:
        """Yield segments whose rows that are kept fit one segment together."""
        batch: list[str] = []
        rows = size = 0
        for name in names:
            more, weight = len(held.get(name, ())), Path(name).stat().st_size
            if batch and (rows + more > _MOST_ROWS or size + weight > _MOST_BYTES):
                yield batch
                batch, rows, size = [], 0, 0
            batch.append(name)
            rows, size = rows + more, size + weight
        if batch:
            yield batch

    def _written(self, names: Sequence[str], held: Mapping[str, Sequence[int]]) -> Path | None:
        """Write the rows of segments that are kept as one segment; None where there are none."""
        import pyarrow as pa

        parts: list[pa.Table] = []
        for name in names:
            with suppress(DamagedError):  # it is removed, and its results are missing next time
                parts.extend(_taken(name, held[name]) if name in held else ())
        if not parts:
            return None
        table = pa.concat_tables(parts)
        target = self._folder / _name(table)
        write_parquet(table, target)
        return target

    def _replace(self, names: Sequence[str], target: Path | None) -> None:
        for name in names:
            self._rows.pop(name)
            if target is None or str(target) != name:
                Path(name).unlink(missing_ok=True)
        if target is not None:
            self._index(target, retry=False)

    def _place(self, key: bytes) -> tuple[str, int]:
        ref = self._known[key].ref
        return ref.segment, ref.row

    def _index(self, path: Path, *, retry: bool) -> None:
        import pyarrow.parquet as pq

        with _removing(str(path)):
            table = pq.read_table(path, columns=_KEY_COLUMNS, page_checksum_verification=True)
        self._rows[str(path)] = table.num_rows
        columns = (table.column(name).to_pylist() for name in _KEY_COLUMNS)
        for row, (key, code, limits, digest, count) in enumerate(zip(*columns, strict=True)):
            counts = not retry and limits == self._limits and key not in self._known
            if not code or counts:
                self._known[key] = Known(code, digest, count, Ref(str(path), row))


def remove_unfinished(folder: Path) -> None:
    """Remove files that a run which died was writing; the caller is the only writer."""
    for path in folder.glob(".*.tmp"):
        path.unlink()


def _name(results: pa.Table) -> str:
    columns = (results.column(name).to_pylist() for name in ("key", "digest"))
    return f"{ids.digest('segment', *chain(*columns)).hex()}.parquet"


@contextmanager
def _removing(segment: str) -> Iterator[None]:
    """Remove a segment that turns out to be damaged.

    Raises:
        DamagedError: to be met by running again.
    """
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, OSError) as error:
        if getattr(error, "errno", None) and not isinstance(error, FileNotFoundError):
            raise  # the disk does not answer, which says nothing about the file
        Path(segment).unlink(missing_ok=True)
        message = f"{segment}: stored results are damaged and were removed; run again."
        raise DamagedError(message) from None


def pa_constant(value: bytes, count: int) -> pa.Array:
    """Return a column that holds one id throughout."""
    import pyarrow as pa

    return pa.array([value] * count, pa.binary(16))


def digest_rows(row: type, rows: Sequence[object]) -> bytes:
    """Return the digest of rows, equal for equal rows whatever process wrote them.

    It is kept in private storage only; it tells whether a result changed, and identifies nothing.
    """
    if not rows:
        return bytes(ids.ID_BYTES)
    return ids.digest("rows", row.__name__, repr(rows).encode("utf-8", "surrogatepass"))


def load(ref: Ref, row: type[Row]) -> tuple[Row, ...]:
    """Return the rows that stand at a place."""
    group, offset = divmod(ref.row, _ROWS_A_GROUP)
    kind: type = row
    return from_lists(row, _group(ref.segment, group, kind).slice(offset, 1))[0]


@lru_cache(maxsize=_OPEN_GROUPS)
def _group(segment: str, group: int, row: type) -> pa.Array:
    import pyarrow.parquet as pq

    with _removing(segment), pq.ParquetFile(segment, page_checksum_verification=True) as file:
        column = file.read_row_group(group, columns=["rows"]).column("rows")
        return column.combine_chunks().cast(list_type(row))


def _taken(segment: str, rows: Sequence[int]) -> Iterator[pa.Table]:
    """Yield some rows of a segment."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _removing(segment):
        table = pq.read_table(segment, page_checksum_verification=True)
    wanted = np.zeros(table.num_rows, bool)
    wanted[rows] = True
    yield table.filter(pa.array(wanted))


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a Parquet file, whole or not at all, and force it to the disk."""
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            row_group_size=_ROWS_A_GROUP,
            write_page_checksum=True,
        )
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
