"""Hints on whether to read down columns or across, where the white between them does not tell.

Numbered sections side by side are read in the order of their numbers; short texts side by side in
the order in which the content draws them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Chunk

_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+\D")
_FEWEST = 4
_ALIGNED = 2.0  # points
_LEVEL = 8.0  # points: heads that stand in one row


def reads_across(left: Sequence[Chunk], right: Sequence[Chunk]) -> bool:
    """Tell whether the numbers of two columns grow across them, and not down."""
    one, two = _numbers(left), _numbers(right)
    if len(one) + len(two) < _FEWEST or min(len(one), len(two)) < 2:  # noqa: PLR2004
        return False
    down = [number for number, _ in one + two]
    order = sorted(one + two, key=lambda pair: (round(pair[1].y0 / _LEVEL), pair[1].x0))
    across = [number for number, _ in order]
    return down != sorted(down) and across == sorted(across)


def bands(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return chunks cut above each row of numbered heads."""
    heads = [chunk for _, chunk in _numbers(chunks)]
    tops = sorted({round(head.y0 / _LEVEL): head.y0 - 1 for head in heads}.values())
    parts: list[list[Chunk]] = [[] for _ in range(len(tops) + 1)]
    for chunk in sorted(chunks, key=lambda c: (c.y0, c.x0)):
        parts[sum(top <= chunk.y0 for top in tops)].append(chunk)
    return [part for part in parts if part]


def _numbers(chunks: Sequence[Chunk]) -> list[tuple[int, Chunk]]:
    """Return the chunks that begin with a number and a stop, from top to bottom."""
    found = [(int(m.group(1)), c) for c in chunks if (m := _NUMBERED.match(c.text))]
    return sorted(found, key=lambda pair: pair[1].y0)


def as_drawn(rows: Sequence[list[Chunk]]) -> list[list[Chunk]]:
    """Return rows with pairs of texts side by side read down, where the content draws them so."""
    ordered: list[list[Chunk]] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _same_columns(rows[start], rows[end]):
            end += 1
        run = rows[start:end]
        if end - start > 1 and _is_drawn_down(run):
            ordered += [[row[side]] for side in (0, 1) for row in run]
        else:
            ordered += run
        start = end
    return ordered


def _same_columns(one: list[Chunk], two: list[Chunk]) -> bool:
    if len(one) != 2 or len(two) != 2:  # noqa: PLR2004
        return False
    return all(abs(a.x0 - b.x0) < _ALIGNED for a, b in zip(one, two, strict=True))


def _is_drawn_down(rows: Sequence[list[Chunk]]) -> bool:
    orders = [row[side].order for side in (0, 1) for row in rows]
    return orders == sorted(orders) and len(set(orders)) == len(orders)
