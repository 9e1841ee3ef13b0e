"""How near two splits come to saying the same, where they do not: the nearest miss of a leak."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from curate.duplicates import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 4000  # texts that are looked at, so that a page costs no memory
_MOST_ASKED = 200  # of them, outside of train, that others are compared with
_MOST_OF_A_WORD = 40  # texts that hold a word: one that more hold finds too many
_RAREST = 6  # words of a text by which others are found
_TRAIN = "train"


def nearest(said: Sequence[tuple[str, str]]) -> float:
    """Return how alike the two most alike texts of different splits are that are not the same.

    Args:
        said: Split and text, in an order that says nothing of either.

    Returns:
        The Jaccard similarity of their words, 0 to below 1; found by their rarest words, so that one of
        texts that share none but common ones may be higher.
    """
    held = [(split, frozenset(words(text))) for split, text in said[:_MOST]]
    df = Counter(word for _, own in held for word in own)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (_, own) in enumerate(held):
        for word in own:
            if df[word] <= _MOST_OF_A_WORD:
                holders[word].append(number)
    asked = [one for one in held if one[0] != _TRAIN][:_MOST_ASKED]
    best = 0.0
    for split, own in asked:
        rarest = sorted(own, key=lambda word: (df[word], word))[:_RAREST]
        others = {number for word in rarest for number in holders[word]}
        alike = (_alike(own, held[number][1]) for number in others if held[number][0] != split)
        best = max(best, *(score for score in alike if score < 1), 0.0)
    return best


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
