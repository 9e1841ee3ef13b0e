"""Heads that stand over several columns but are narrower than they.

Each column under a row of heads belongs to the nearest of them. If then every head stands in the
middle of its columns, it spans them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.grid import header_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.columns import Span
    from curate.parsers.pdf.grid import GridCell

_CENTRED = 0.3  # of the distance between columns


def spread(cells: list[GridCell], columns: Sequence[Span]) -> list[GridCell]:
    """Return cells with the heads of the first rows spread over the columns they stand above."""
    count = max((cell.column + cell.column_span for cell in cells), default=0)
    heads = header_rows(cells)
    if count != len(columns) or count < 3 or heads < 2:  # noqa: PLR2004
        return cells
    spans: dict[tuple[int, int], int] = {}
    moved: dict[tuple[int, int], int] = {}
    for row in range(heads - 1):
        names = [c for c in cells if c.row == row and c.chunks and c.column]
        groups = _groups(names, columns)
        for name, group in zip(names, groups, strict=False):
            spans[row, name.column] = len(group)
            moved[row, name.column] = group[0]
    if not spans:
        return cells
    return _respanned(cells, spans, moved)


def _groups(names: Sequence[GridCell], columns: Sequence[Span]) -> list[list[int]]:
    """Return the columns under each head; nothing if some head is not in their middle."""
    if not names or len(names) >= len(columns) - 1 or any(n.column_span > 1 for n in names):
        return []
    middles = [_middle(name) for name in names]
    groups: list[list[int]] = [[] for _ in names]
    start = _first(names, columns)
    for i in range(start, len(columns)):
        place = (columns[i][0] + columns[i][1]) / 2
        nearest = min(range(len(middles)), key=lambda n: abs(middles[n] - place))
        groups[nearest].append(i)
    pitch = (columns[-1][1] - columns[start][0]) / max(len(columns) - start, 1)
    for middle, group in zip(middles, groups, strict=True):
        if len(group) < 2:  # noqa: PLR2004
            return []
        centre = (columns[group[0]][0] + columns[group[-1]][1]) / 2
        if abs(centre - middle) > _CENTRED * pitch:
            return []
    return groups


def _middle(cell: GridCell) -> float:
    return (min(c.x0 for c in cell.chunks) + max(c.x1 for c in cell.chunks)) / 2


def _first(names: Sequence[GridCell], columns: Sequence[Span]) -> int:
    """Return the column at which the first group must begin for its head to be in the middle."""
    middle, column = _middle(names[0]), names[0].column
    return min(
        range(1, column + 1),
        key=lambda i: (
            abs((columns[i][0] + columns[2 * column - i][1]) / 2 - middle)
            if 2 * column - i < len(columns)
            else float("inf")
        ),
    )


def _respanned(
    cells: list[GridCell],
    spans: dict[tuple[int, int], int],
    moved: dict[tuple[int, int], int],
) -> list[GridCell]:
    """Return cells with wider heads, and without the empty cells that these now cover."""
    kept: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for (row, column), wide in spans.items():
        covered |= {(row, moved[row, column] + i) for i in range(wide)}
    for cell in cells:
        place = (cell.row, cell.column)
        if place in spans:
            kept.append(replace(cell, column=moved[place], column_span=spans[place]))
        elif cell.chunks or place not in covered:
            kept.append(cell)
    return sorted(kept, key=lambda c: (c.row, c.column))
