"""The words of a text as duplicates are judged by them: case, layout and punctuation aside.

Signs that change what a number means (a minus, a currency, a comparison) count as words, so that
`< 5` and `> 5` are never one text; list markers, table bars and quotation marks do not.
"""

from __future__ import annotations

import re

import numpy as np
import xxhash

SHINGLE_WORDS = 5
_WORD = re.compile(r"\w+|[<>=±≤≥%€$£¥]|-(?=\d)")
Hashes = np.ndarray[tuple[int], np.dtype[np.uint64]]
_MIX = np.uint64(0x9E3779B97F4A7C15)


def words(text: str) -> list[str]:
    """Return the words of a text, case folded."""
    return _WORD.findall(text.casefold())


def shingles(found: list[str]) -> Hashes:
    """Return the distinct runs of five words as sorted 64-bit hashes; shorter texts have one."""
    return runs(found, min(SHINGLE_WORDS, len(found))) if found else np.empty(0, np.uint64)


def runs(found: list[str], size: int) -> Hashes:
    """Return the distinct runs of so many words as sorted 64-bit hashes; shorter texts have none."""
    if len(found) < size:
        return np.empty(0, np.uint64)
    cache: dict[str, int] = {}
    for word in found:
        if word not in cache:
            cache[word] = xxhash.xxh3_64_intdigest(word.encode())
    hashes = np.array([cache[word] for word in found], np.uint64)
    count = len(found) - size + 1
    mixed = np.zeros(count, np.uint64)
    for place in range(size):
        mixed = (mixed ^ hashes[place : place + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def similarity(one: Hashes, other: Hashes) -> float:
    """Return the Jaccard similarity of two texts' shingles."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - shared
    return shared / union if union else 1.0
