"""Which chunks and examples are on the page: a few, unlike each other, the same ones every time.

One row of each kind is held while all rows pass by; of these the draw takes the one that shows
most of what is not shown yet. Ids are keyed digests, so that the order of ids is a fair one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Row = TypeVar("Row")
Traits = tuple[Hashable, ...]

_MOST_KINDS = 2000


def drawn(
    rows: Iterable[Row],
    *,
    count: int,
    traits: Callable[[Row], Traits],
    rank: Callable[[Row], tuple[int, str]],
) -> list[Row]:
    """Return a few rows that differ in as many traits as can be.

    Args:
        rows: All rows; each is looked at once.
        count: How many are wanted.
        traits: What a row shows; equal traits at one place are the same.
        rank: Which of like rows is taken: the least; it ends in the row's id.
    """
    best: dict[Traits, Row] = {}
    for row in rows:
        kind = traits(row)
        held = best.get(kind)
        if held is None and len(best) >= _MOST_KINDS:
            continue
        if held is None or rank(row) < rank(held):
            best[kind] = row
    return _unlike(best, count, rank)


def _unlike(
    best: dict[Traits, Row], count: int, rank: Callable[[Row], tuple[int, str]]
) -> list[Row]:
    seen: set[tuple[int, Hashable]] = set()
    chosen: list[Row] = []
    left = dict(best)
    while left and len(chosen) < count:
        kind = min(left, key=lambda k: (-len(set(enumerate(k)) - seen), rank(left[k])))
        seen |= set(enumerate(kind))
        chosen.append(left.pop(kind))
    return chosen
