"""The grids that rules draw on a page, and the cells these have before anything is read into them.

Each patch of touching rules is a grid. Every pair of neighbouring rules bounds a row or column,
cells that no rule parts are one cell, and a grid without an outer frame is closed where its rules
end.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from curate.parsers.pdf.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.parsers.pdf.shapes import Drawing, Rule

NEAR = 3.0  # points: rules that touch, positions that are one
_OPEN = 6.0  # points by which a rule sticks out where the frame is missing
_COVERS = 0.55  # of a cell's side
_MOST_SIDES = 400  # rows or columns of one grid


@dataclass(frozen=True, slots=True)
class Patch:
    """Rules that touch each other, and the grid they draw."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        """Return the place of the grid."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def patches(drawing: Drawing) -> list[Patch]:
    """Return the grids of a page, from top to bottom."""
    if not drawing.across or not drawing.down:
        return []
    touching = _touching(drawing.across, drawing.down)
    found = []
    for rows, columns in _connected(touching):
        patch = _patch([drawing.across[i] for i in rows], [drawing.down[i] for i in columns])
        if patch is not None:
            found.append(patch)
    return sorted(found, key=lambda p: (p.ys[0], p.xs[0]))


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> NDArray[np.bool_]:
    one, two = np.array(across), np.array(down)
    reach = (two[None, :, 0] >= one[:, None, 1] - NEAR) & (
        two[None, :, 0] <= one[:, None, 2] + NEAR
    )
    return (
        reach
        & (one[:, None, 0] >= two[None, :, 1] - NEAR)
        & (one[:, None, 0] <= two[None, :, 2] + NEAR)
    )


def _connected(touching: NDArray[np.bool_]) -> list[tuple[list[int], list[int]]]:
    """Return the connected parts of a bipartite graph as rows and columns."""
    parts: list[tuple[list[int], list[int]]] = []
    left = np.ones(touching.shape[0], dtype=bool)
    while left.any():
        rows = np.zeros_like(left)
        rows[int(np.argmax(left))] = True
        size = -1
        while size != int(rows.sum()):
            size = int(rows.sum())
            columns = touching[rows].any(axis=0)
            rows |= touching[:, columns].any(axis=1)
        left &= ~rows
        if columns.any():
            parts.append((np.nonzero(rows)[0].tolist(), np.nonzero(columns)[0].tolist()))
    return parts


def _patch(across: list[Rule], down: list[Rule]) -> Patch | None:
    ys = _places([r.at for r in across], [e for r in down for e in (r.start, r.end)])
    xs = _places([r.at for r in down], [e for r in across for e in (r.start, r.end)])
    small = len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2  # noqa: PLR2004
    if small or max(len(xs), len(ys)) > _MOST_SIDES:
        return None
    return Patch(tuple(xs), tuple(ys), tuple(across), tuple(down))


def _places(rules: list[float], ends: list[float]) -> list[float]:
    """Return the positions of rules, with the ends of the others where a side is open."""
    places: list[float] = []
    for place in sorted(rules):
        if not places or place - places[-1] > NEAR:
            places.append(place)
    low, high = min(ends), max(ends)
    if low < places[0] - _OPEN:
        places.insert(0, low)
    if high > places[-1] + _OPEN:
        places.append(high)
    return places


def _walls(at: float, rules: Sequence[Rule], sides: Sequence[float]) -> list[bool]:
    """Tell for each pair of neighbouring sides whether rules at a place cover the way."""
    here = [r for r in rules if abs(r.at - at) <= NEAR]
    walls = []
    for low, high in pairwise(sides):
        cover = sum(max(min(r.end, high) - max(r.start, low), 0.0) for r in here)
        walls.append(cover >= _COVERS * (high - low))
    return walls


Span = tuple[int, int, int, int]  # row, column, rows, columns


def spans_of(patch: Patch) -> list[Span]:
    """Return the cells of a grid: as far right, then down, as no rule stands in between."""
    rows, columns = len(patch.ys) - 1, len(patch.xs) - 1
    right = [_walls(x, patch.down, patch.ys) for x in patch.xs[1:-1]]  # [column][row]
    below = [_walls(y, patch.across, patch.xs) for y in patch.ys[1:-1]]  # [row][column]
    taken: set[tuple[int, int]] = set()
    spans: list[Span] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while (
                column + wide < columns
                and not right[column + wide - 1][row]
                and (row, column + wide) not in taken
            ):
                wide += 1
            tall = 1
            while row + tall < rows and _goes_down(right, below, (row + tall, column, wide)):
                tall += 1
            places = range(row, row + tall)
            taken.update((r, c) for r in places for c in range(column, column + wide))
            spans.append((row, column, tall, wide))
    return spans


def _goes_down(
    right: list[list[bool]], below: list[list[bool]], place: tuple[int, int, int]
) -> bool:
    """Tell whether a cell of some width goes on into a row: nothing above it, nothing inside."""
    row, column, wide = place
    if any(below[row - 1][column : column + wide]):
        return False
    return not any(right[c][row] for c in range(column, column + wide - 1))
