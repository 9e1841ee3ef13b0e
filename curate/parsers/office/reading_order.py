"""Boxes in the order in which people read them: an XY-cut.

The boxes are parted where the widest empty strip runs through, rows and columns in turn, so that a
column of boxes stays together and a heading over two columns comes before both.
"""

from __future__ import annotations

from typing import TypeVar

_Item = TypeVar("_Item")
Box = tuple[int, int, int, int]  # left, top, right, bottom
_DEEPEST = 60


def order_by_place(placed: list[tuple[Box, _Item]]) -> list[_Item]:
    """Return things by their boxes as they are read."""
    return [item for _, item in _cut(placed, 0)]


def _cut(placed: list[tuple[Box, _Item]], depth: int) -> list[tuple[Box, _Item]]:
    if len(placed) <= 1 or depth > _DEEPEST:
        return placed
    strips = [(strip, axis) for axis in (1, 0) if (strip := _widest_strip(placed, axis))]
    if not strips:
        return sorted(placed, key=lambda item: (item[0][1], item[0][0]))
    (_, at), axis = max(strips, key=lambda strip: strip[0][0])
    before = [item for item in placed if item[0][axis + 2] <= at]
    after = [item for item in placed if item[0][axis + 2] > at]
    if not before or not after:  # boxes without extent
        return sorted(placed, key=lambda item: (item[0][1], item[0][0]))
    return _cut(before, depth + 1) + _cut(after, depth + 1)


def _widest_strip(placed: list[tuple[Box, _Item]], axis: int) -> tuple[int, int] | None:
    """Return width and start of the widest empty strip across an axis."""
    best: tuple[int, int] | None = None
    reach: int | None = None
    for box in sorted((box for box, _ in placed), key=lambda box: box[axis]):
        gap = box[axis] - reach if reach is not None else -1
        if reach is not None and gap >= 0 and (best is None or gap > best[0]):
            best = (gap, reach)
        reach = box[axis + 2] if reach is None else max(reach, box[axis + 2])
    return best
