"""MinHash sketches (datasketch's permutations) and the pairs that share a band of them.

A sketch is made from hashes that were computed in one vector, the permutations and the choice of
bands are datasketch's. Bands are joined one at a time, so that memory holds one band of hashes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PERMUTATIONS = 128
_SEED = 1
_MOST_OF_A_BUCKET = 40  # larger buckets link their members to the first only: a star, not all pairs
_LOW_BITS = np.uint64(0xFFFFFFFF)

Sketches = np.ndarray[tuple[int, int], np.dtype[np.uint32]]


def sketch(hashes: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> bytes:
    """Return the sketch of a set of hashes: 128 little-endian 32-bit values; empty for an empty set."""
    if not len(hashes):
        return b""
    made = _empty().copy()
    made.update_batch((hashes & _LOW_BITS).tolist())
    return bytes(made.hashvalues.astype("<u4").tobytes())


def stack(sketches: Sequence[bytes]) -> Sketches:
    """Return sketches as rows of one array."""
    flat = np.frombuffer(b"".join(sketches), "<u4")
    return flat.reshape(len(sketches), PERMUTATIONS)


def candidates(rows: Sketches, *, threshold: float) -> set[tuple[int, int]]:
    """Return pairs of rows that share a band at a similarity threshold, the smaller number first."""
    bands, width = _bands(threshold)
    pairs: set[tuple[int, int]] = set()
    for band in range(bands):
        part = np.ascontiguousarray(rows[:, band * width : (band + 1) * width])
        for bucket in _buckets(part):
            pairs.update(_pairs(bucket))
    return pairs


def _buckets(part: Sketches) -> Iterator[list[int]]:
    """Yield groups of at least two rows that are equal in this band."""
    keys = part.view([("", part.dtype)] * part.shape[1]).ravel()
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    for group in np.split(order, edges):
        if len(group) > 1:
            yield sorted(group.tolist())


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) > _MOST_OF_A_BUCKET:
        for other in bucket[1:]:
            yield bucket[0], other
        return
    for place, one in enumerate(bucket):
        for other in bucket[place + 1 :]:
            yield one, other


@cache
def _bands(threshold: float) -> tuple[int, int]:
    """Return how many bands of how many values find pairs of this similarity, misses weighing more."""
    from datasketch import MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, weights=(0.3, 0.7))
    return int(lsh.b), int(lsh.r)


@cache
def _empty() -> Any:  # noqa: ANN401 - datasketch has no types
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=int)
