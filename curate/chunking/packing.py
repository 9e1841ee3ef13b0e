"""Packing pieces into chunks: evenly by dynamic programming, or greedily from the front.

Even packing weighs how far every chunk is from a good length against the cost of the borders
between them, so that a section of 260 tokens becomes two of 130 at a paragraph's end, not 250 and a
runt. The good length lies below the limit: that leaves room to end where a paragraph ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.chunking.model import ChunkSettings

_RUNT = 1.0  # cost of a chunk below the runt size
_GOOD = 0.7  # the length to aim at, as a share of the size (measured: 0.65 to 0.75 retrieve best)


class Unit(NamedTuple):
    """What packing moves as one: its span, its tokens, the cost of a border before it.

    `header` is the table header above it, `lead` that header's tokens, which a chunk that begins
    here carries too.
    """

    start: int
    end: int
    tokens: int
    cost: float
    header: tuple[tuple[int, int], ...] = ()
    lead: int = 0


def balanced(units: Sequence[Unit], settings: ChunkSettings) -> list[int]:
    """Return where chunks begin (places in `units`, the first is 0) so that the whole costs least.

    A unit above the size is a chunk alone.
    """
    size, runt = settings.size, settings.runt
    per_token = 1 / (size * _GOOD)
    counts = [unit.tokens for unit in units]
    leads = [unit.lead for unit in units]
    costs = [unit.cost for unit in units]
    best, begins = [0.0], [0]
    for end in range(1, len(units) + 1):
        first = end - 1
        total = counts[first]
        cheapest, begin = float("inf"), first
        while True:
            filled = total + leads[first]
            if filled <= size or first == end - 1:
                off = 1 - filled * per_token
                cost = best[first] + off * off + costs[first] + (_RUNT if filled < runt else 0)
                if cost <= cheapest:
                    cheapest, begin = cost, first
            first -= 1
            if first < 0 or total + counts[first] > size:
                break
            total += counts[first]
        best.append(cheapest)
        begins.append(begin)
    return _walk_back(begins)


def greedy(units: Sequence[Unit], settings: ChunkSettings) -> list[int]:
    """Return where chunks begin when each is filled up before the next."""
    starts, filled = [0], 0
    for at, unit in enumerate(units):
        if at and filled + unit.tokens > settings.size:
            starts.append(at)
            filled = unit.lead
        filled += unit.tokens
    return starts


def _walk_back(begins: Sequence[int]) -> list[int]:
    starts: list[int] = []
    at = len(begins) - 1
    while at > 0:
        at = begins[at]
        starts.append(at)
    return starts[::-1]
