"""Which added chunk stands in for which deleted one, told by the unchanged chunks around them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_CELLS = 250_000  # of one gap's table; a document rewritten beyond that is paired in order


@dataclass(frozen=True, slots=True)
class Cut:
    """A chunk of a document: its id and how many code points it spans."""

    chunk_id: str
    size: int


def replaced(old: Sequence[Cut], new: Sequence[Cut]) -> dict[str, str]:
    """Return the deleted chunk that each added one replaces.

    Args:
        old: All chunks of a document before, in reading order.
        new: Those after.

    >>> replaced([Cut("a", 9), Cut("b", 9), Cut("c", 9)], [Cut("a", 9), Cut("x", 8), Cut("c", 9)])
    {'x': 'b'}
    """
    held = {cut.chunk_id for cut in new}
    stays = {cut.chunk_id for cut in old} & held
    pairs: dict[str, str] = {}
    for was, now in _gaps(old, new):
        gone = [cut for cut in was if cut.chunk_id not in stays]
        come = [cut for cut in now if cut.chunk_id not in stays]
        pairs.update((b.chunk_id, a.chunk_id) for a, b in _paired(gone, come))
    return pairs


def _gaps(old: Sequence[Cut], new: Sequence[Cut]) -> Iterator[tuple[Sequence[Cut], Sequence[Cut]]]:
    """Yield what lies between two neighbouring chunks that stayed in order, on both sides."""
    was = now = 0
    for i, j in [*_anchors(old, new), (len(old), len(new))]:
        yield old[was:i], new[now:j]
        was, now = i + 1, j + 1


def _anchors(old: Sequence[Cut], new: Sequence[Cut]) -> list[tuple[int, int]]:
    """Return the places of the longest run of chunks that both hold in one order."""
    places = {cut.chunk_id: i for i, cut in enumerate(old)}
    both = [(places[cut.chunk_id], j) for j, cut in enumerate(new) if cut.chunk_id in places]
    ends: list[int] = []  # the smallest place that a run of each length ends at
    last: list[int] = []  # which of both it is
    before = [-1] * len(both)
    for number, (i, _) in enumerate(both):
        length = bisect_left(ends, i)
        before[number] = last[length - 1] if length else -1
        ends[length:], last[length:] = (
            [i, *ends[length + 1 :]],
            [number, *last[length + 1 :]],
        )
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(both[number])
        number = before[number]
    return found[::-1]


def _paired(gone: Sequence[Cut], come: Sequence[Cut]) -> list[tuple[Cut, Cut]]:
    """Pair the chunks of a gap in order, as many as there are on the shorter side."""
    if len(gone) == len(come) or len(gone) * len(come) > _MOST_CELLS:
        return list(zip(gone, come, strict=False))
    if len(gone) > len(come):
        return [(a, b) for b, a in _closest(come, gone)]
    return _closest(gone, come)


def _closest(few: Sequence[Cut], many: Sequence[Cut]) -> list[tuple[Cut, Cut]]:
    """Pair each of few with one of many, in order, so that sizes are closest."""
    width = len(many) - len(few) + 1  # the k-th of few goes with one of k .. k + width - 1
    best, chosen = [0.0] * width, []
    for k, cut in enumerate(few):
        row, choice, top, at = [], [], float("-inf"), 0
        for w in range(width):
            score = best[w] + _like(cut, many[k + w])
            if score > top:
                top, at = score, w
            row.append(top)
            choice.append(at)
        best = row
        chosen.append(choice)
    pairs, w = [], width - 1
    for k in reversed(range(len(few))):
        w = chosen[k][w]
        pairs.append((few[k], many[k + w]))
    return pairs[::-1]


def _like(one: Cut, other: Cut) -> float:
    return min(one.size, other.size) / max(one.size, other.size, 1)
