"""MinHash sketches (datasketch's permutations) and the pairs that share a band of them.

A sketch is made from hashes that were computed in one vector, the permutations are datasketch's. Its
choice of bands, which weighs vain comparisons as well, lost a third of the pairs that are just as
alike as asked. Bands are joined one at a time, so that memory holds one band of hashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PERMUTATIONS = 128
_SEED = 1
_MOST_OF_A_BUCKET = 40  # larger buckets link their members to the first only: a star, not all pairs
_MOST_LOST = 0.02  # of pairs that are just as alike as asked
_MIX, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
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


@dataclass(frozen=True, slots=True)
class Bands:
    """How a sketch is cut: so many bands of so many values; two texts that share one are compared."""

    count: int
    width: int


def candidates(rows: Sketches, bands: Bands) -> set[tuple[int, int]]:
    """Return pairs of rows that share a band, the smaller number first."""
    pairs: set[tuple[int, int]] = set()
    for band in range(bands.count):
        for bucket in _buckets(rows[:, band * bands.width : (band + 1) * bands.width]):
            pairs.update(_pairs(bucket))
    return pairs


def _buckets(part: Sketches) -> Iterator[list[int]]:
    """Yield groups of at least two rows that are equal in this band.

    Rows are told apart by a 64-bit hash; who shares one by chance is compared in vain, no more.
    """
    keys = np.zeros(len(part), np.uint64)
    for column in part.T:
        keys = (keys ^ column) * _MIX
        keys ^= keys >> _HALF
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = np.concatenate([[False], ordered[1:] == ordered[:-1], [False]])
    firsts = np.flatnonzero(same[1:] & ~same[:-1])
    ends = np.flatnonzero(same[:-1] & ~same[1:]) + 1
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        yield sorted(order[first:end].tolist())


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) > _MOST_OF_A_BUCKET:
        for other in bucket[1:]:
            yield bucket[0], other
        return
    for place, one in enumerate(bucket):
        for other in bucket[place + 1 :]:
            yield one, other


def bands(similarity: float) -> Bands:
    """Return the widest bands of which a pair of a similarity (0 to 1) shares one nearly always."""
    cuts = [Bands(PERMUTATIONS // width, width) for width in range(PERMUTATIONS, 0, -1)]
    lost = [(1 - similarity**cut.width) ** cut.count for cut in cuts]
    return next(cut for cut, share in zip(cuts, lost, strict=True) if share <= _MOST_LOST)


@cache
def _empty() -> Any:  # noqa: ANN401 - datasketch has no types
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=int)
