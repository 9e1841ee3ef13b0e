"""MinHash sketches (Broder 1997) and the pairs that share a band of them.

A sketch equals datasketch's of the same hashes: its permutations are drawn alike, and applied here to
blocks of hashes, so that whoever signs loads no datasketch. The choice of bands is datasketch's, for a
likeness so far below the one asked for that hardly a pair is lost. Bands are joined one at a time, so
that memory holds one band of hashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.duplicates.words import Hashes

PERMUTATIONS = 128
_SEED = 1
_MOST_OF_A_BUCKET = 40  # larger buckets link their members to the first only: a star, not all pairs
_MOST_LOST = 0.02  # of pairs that are just as alike as asked
_HIGHEST, _STEP = 0.9, 0.02  # likenesses that bands are asked for
_MIX, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_LOW_BITS = np.uint64(0xFFFFFFFF)
_AT_ONCE = 1024  # hashes: each takes a row of numbers

_Words = np.ndarray[tuple[int], np.dtype[np.uint32]]
Sketches = np.ndarray[tuple[int, int], np.dtype[np.uint32]]


def sketch(hashes: Hashes) -> bytes:
    """Return the sketch of a set of hashes: 128 little-endian 32-bit values; empty for an empty set."""
    if not len(hashes):
        return b""
    factors, terms = _permutations()
    mixed = _mixed((hashes & _LOW_BITS).astype(np.uint32))
    least = np.full(PERMUTATIONS, _LOW_BITS, np.uint32)
    for start in range(0, len(mixed), _AT_ONCE):
        permuted = mixed[start : start + _AT_ONCE, None] * factors + terms
        least = np.minimum(least, permuted.min(axis=0))
    return least.astype("<u4").tobytes()


def _mixed(values: _Words) -> _Words:
    """Return 32-bit values mixed by MurmurHash3's finalizer, a bijection."""
    values = (values ^ values >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    values = (values ^ values >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return values ^ values >> np.uint32(16)


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
    """Return the bands of which a pair of a similarity (0 to 1) shares one nearly always.

    They are datasketch's for the highest likeness that loses few pairs of this one: its own choice for
    this one weighs vain comparisons as well, and loses a third of the pairs that are just as alike.
    """
    from datasketch import MinHashLSH

    for lower in np.arange(min(similarity, _HIGHEST), 0, -_STEP).tolist():
        lsh = MinHashLSH(threshold=lower, num_perm=PERMUTATIONS, weights=(0.3, 0.7))
        if (1 - similarity**lsh.r) ** lsh.b <= _MOST_LOST:
            return Bands(int(lsh.b), int(lsh.r))
    return Bands(PERMUTATIONS, 1)


@cache
def _permutations() -> tuple[_Words, _Words]:
    """Return factors (odd) and terms of affine permutations, as datasketch draws them from this seed."""
    drawn = np.random.RandomState(_SEED)
    factors = drawn.randint(0, 1 << 31, PERMUTATIONS, np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, drawn.randint(0, 1 << 32, PERMUTATIONS, np.uint32)
