"""Results by content: segments of rows by memo key, and a table of all keys in memory.

A segment is written whole and renamed into place, so a kill loses at most the batch being
gathered, and resuming is an anti-join against the keys that are there. What a dead run left half
written, or a disk has damaged, is removed and done again. Failures are results too; they are known
only under the limits they met. The table holds fixed-width columns alone; rows are read from their
segments when needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from curate import ids
from curate.store.files import remove_unfinished
from curate.store.segments import (
    ENTRY,
    INDEX,
    ROWS,
    DamagedError,
    Entries,
    Ref,
    bytes_of,
    index_of,
    load,
    put,
    put_index,
    remove,
    scrub,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import pyarrow as pa

__all__ = ["DamagedError", "Known", "Memo", "Ref", "digest_rows", "load"]

Row = TypeVar("Row")
_Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
_Places = np.ndarray[tuple[int], np.dtype[np.intp]]

_MOST_ROWS = 4096  # of a segment that several are put together in
_MOST_BYTES = 8 << 20  # the same
_MOST_HOLES = 0.06  # share of a segment's bytes that say nothing, from which on it is written anew,
_SPREAD = 0.08  # and up to so much more, so that not all of them are due at once
_SMALL, _MOST_SMALL = 1 << 20, 8  # bytes of a small segment; more of them are put together


class Known(NamedTuple):
    """What the memo holds of one key: its reason code ("" for success), the digest of its rows."""

    code: str
    digest: bytes
    count: int  # type: ignore[assignment]  # of rows; a tuple's own means nothing here
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
        self._codes = [""]
        self._segments: list[str] = []  # their paths by number; "" where one is gone
        self._all = np.zeros(0, ENTRY)  # every entry of every segment
        self._keys = np.zeros(0, "S16")  # keys that are known, sorted, and
        self._order = np.zeros(0, np.intp)  # which entry stands for each
        self.damaged = 0
        remove_unfinished(folder)
        paths = {path.with_suffix("") for path in folder.glob("*.*")}
        for path in sorted(paths):
            self._open(path)
        fails = self._all["code"] != 0
        other = fails & (retry | (self._all["limits"] != np.void(limits)))
        self._know(np.flatnonzero(~other))

    def _open(self, path: Path) -> None:
        rows = path.with_suffix(ROWS)
        if not (rows.exists() and path.with_suffix(INDEX).exists()):
            remove(str(rows))  # a run died before it was whole
            return
        try:
            entries, codes = index_of(rows)
        except DamagedError:
            self.damaged += 1  # it is removed, and its results are simply missing
        else:
            self._add(str(rows), entries, codes)

    def __contains__(self, key: bytes) -> bool:
        """Tell whether a key has a result that still counts."""
        return bool(self._found([key])[0][0])

    def __getitem__(self, key: bytes) -> Known:
        """Return what is known of a key that is there."""
        return self.known([key])[key]

    def get(self, key: bytes) -> Known | None:
        """Return what is known of a key, if anything."""
        return self.known([key]).get(key)

    def known(self, keys: Sequence[bytes]) -> dict[bytes, Known]:
        """Return what is known of keys; those of which nothing is are missing."""
        there, places = self._found(keys)
        names = [key for key, is_there in zip(keys, there.tolist(), strict=True) if is_there]
        return dict(zip(names, self._knowns(self._all[places[there]]), strict=True))

    def succeeded(self, keys: Entries) -> _Mask:
        """Tell of every key of an array whether it has a result that is no failure."""
        if not len(self._keys):
            return np.zeros(len(keys), bool)
        there = _within(self._keys, keys)
        places = self._order[np.searchsorted(self._keys, keys) % len(self._order)]
        succeeded: _Mask = there & (self._all["code"][places] == 0)
        return succeeded

    def empty(self, keys: Sequence[bytes]) -> list[bool]:
        """Tell of every key whether it has a result without rows that is no failure."""
        there, places = self._found(keys)
        if not len(self._order):
            return [False] * len(keys)
        entries = self._all[places]
        found: list[bool] = (there & (entries["code"] == 0) & (entries["count"] == 0)).tolist()
        return found

    def missing(self, keys: Sequence[bytes]) -> set[bytes]:
        """Return the keys of which nothing is known."""
        there, _ = self._found(keys)
        return {key for key, is_there in zip(keys, there.tolist(), strict=True) if not is_there}

    def write(self, results: pa.Table) -> None:
        """Write a batch (columns key, code, digest, count, data) as one segment, whole or not at all."""
        if results.num_rows:
            self._know(self._add(*written(self._folder, results, self._limits)))

    def rows(self, key: bytes) -> tuple[object, ...]:
        """Return the rows of a key."""
        return load(self[key].ref, self._row)

    def scan(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[object, ...]]]:
        """Yield keys with their rows, in the order in which they lie."""
        for key, known in sorted(self.known(list(keys)).items(), key=_place):
            yield key, load(known.ref, self._row)

    def prune(self, keep: Collection[bytes]) -> None:
        """Forget all keys but these: afterwards no segment holds a row of any other.

        Rows may quote documents that are gone, so a single one is overwritten where it lies.
        Segments that become mostly holes are put together, and small ones before they are many.
        """
        stays = np.zeros(len(self._all), bool)
        stays[self._order[_among(self._keys, keep)]] = True
        sparse = []
        for number in np.unique(self._all["segment"][~stays]).tolist():
            mine = self._all["segment"] == number
            left, gone = self._all[mine & stays], self._all[mine & ~stays]
            limit = _limit(self._segments[number])
            if self._strike(number, gone, left) > limit:
                sparse.append(number)
        self._all = self._all[stays]
        for batch in self._batches(sorted({*sparse, *self._small()})):
            self._together(batch)
        self._keys, self._order = self._keys[:0], self._order[:0]
        self._know(np.arange(len(self._all)))

    def _strike(self, number: int, gone: Entries, left: Entries) -> float:
        """Overwrite rows and strike them from the index; return the share of holes.

        No reader wants these rows, so nobody minds a stop in between.
        """
        segment = self._segments[number]
        if not len(left):
            self._forget(number)
            return 0.0
        scrub(segment, gone)
        put_index(Path(segment), left, self._codes)
        whole = Path(segment).stat().st_size
        return 1 - int(left["size"].sum()) / whole if whole else 0.0

    def _small(self) -> list[int]:
        """Return the small segments if they are many."""
        sizes = np.bincount(self._all["segment"], self._all["size"], len(self._segments))
        small = [n for n, path in enumerate(self._segments) if path and sizes[n] < _SMALL]
        return small if len(small) > _MOST_SMALL else []

    def _forget(self, number: int) -> None:
        remove(self._segments[number])
        self._segments[number] = ""

    def _together(self, numbers: Sequence[int]) -> None:
        """Write what is left of segments as one."""
        entries = np.concatenate([self._of(number) for number in numbers])
        parts = [data for n in numbers for data in bytes_of(self._segments[n], self._of(n))]
        entries["start"] = np.cumsum([0, *map(len, parts[:-1])])
        target = put(self._folder, b"".join(parts), entries, self._codes)
        for number in numbers:
            if self._segments[number] != target:
                self._forget(number)
        self._all = self._all[~np.isin(self._all["segment"], numbers)]
        self._add(target, entries, self._codes)

    def _of(self, number: int) -> Entries:
        mine: Entries = self._all[self._all["segment"] == number]
        return mine

    def _batches(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """Yield segments whose rows fit one segment together."""
        batch: list[int] = []
        rows = size = 0
        for number in numbers:
            mine = self._of(number)
            more, weight = len(mine), int(mine["size"].sum())
            if batch and (rows + more > _MOST_ROWS or size + weight > _MOST_BYTES):
                yield batch
                batch, rows, size = [], 0, 0
            batch.append(number)
            rows, size = rows + more, size + weight
        if batch:
            yield batch

    def _add(self, segment: str, entries: Entries, codes: Sequence[str]) -> _Places:
        """Take in a segment's entries and return where they stand."""
        self._segments.append(segment)
        self._codes += [code for code in codes if code not in self._codes]
        numbers = np.array([self._codes.index(code) for code in codes], np.int32)
        entries["code"] = numbers[entries["code"]]
        entries["segment"] = len(self._segments) - 1
        first = len(self._all)
        self._all = np.concatenate([self._all, entries])
        return np.arange(first, len(self._all))

    def _know(self, places: _Places) -> None:
        """Let entries count; of several of a key a success, else the first."""
        entries = self._all[places]
        order = places[np.lexsort((entries["code"] != 0, entries["key"]))]
        keys = self._all["key"][order]
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        first &= ~_within(self._keys, keys)
        at = np.searchsorted(self._keys, keys[first])
        self._keys = np.insert(self._keys, at, keys[first])
        self._order = np.insert(self._order, at, order[first])

    def _found(self, keys: Sequence[bytes]) -> tuple[_Mask, _Places]:
        """Tell of every key whether it is known, and where its entry stands."""
        wanted = _keys_of(keys)
        there = _within(self._keys, wanted)
        at = np.searchsorted(self._keys, wanted)
        return there, self._order[at % len(self._order)] if len(self._order) else at

    def _knowns(self, entries: Entries) -> Iterator[Known]:
        segments = map(self._segments.__getitem__, entries["segment"].tolist())
        places = (entries[name].tolist() for name in ("start", "size", "check"))
        codes = map(self._codes.__getitem__, entries["code"].tolist())
        told = (entries[name].tolist() for name in ("digest", "count"))
        return map(Known, codes, *told, map(Ref, segments, *places))


def _limit(segment: str) -> float:
    """Return the share of holes from which on a segment is written anew; its name is a digest."""
    return _MOST_HOLES + _SPREAD * int(Path(segment).name[:2], 16) / 0xFF


def _place(item: tuple[bytes, Known]) -> tuple[str, int]:
    return item[1].ref.segment, item[1].ref.start


def _within(held: Entries, wanted: Entries) -> _Mask:
    """Tell of every wanted key whether it is among the held ones, which are sorted."""
    if not len(held):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(held, wanted)
    at[at == len(held)] = 0
    there: _Mask = held[at] == wanted
    return there


def _among(held: Entries, keep: Collection[bytes]) -> _Mask:
    """Tell of every held key whether it is kept."""
    return _within(np.sort(_keys_of(keep)), held)


def _keys_of(keys: Collection[bytes]) -> Entries:
    return np.frombuffer(b"".join(keys), "S16") if keys else np.zeros(0, "S16")


def digest_rows(row: type, data: bytes) -> bytes:
    """Return the digest of encoded rows, equal for equal rows whatever process wrote them.

    It is kept in private storage only; it tells whether a result changed, and identifies nothing.
    """
    return ids.digest("rows", row.__name__, data) if data else bytes(ids.ID_BYTES)
