"""Tables drawn with rules in both directions: each patch of touching rules is a grid.

Every pair of neighbouring rules bounds a row or column; cells that no rule parts are one cell. A
grid without an outer frame is closed where its rules end. Rows that a grid leaves unruled are told
by the text: a band whose columns hold equally many lines, numbers among them, is as many rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from curate.parsers.pdf.grid import (
    GridCell,
    Table,
    cell_text,
    dense,
    header_rows,
    in_lines,
    is_number,
)
from curate.parsers.pdf.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.parsers.pdf.shapes import Chunk, Drawing, Rule

_NEAR = 3.0  # points: rules that touch, positions that are one
_OPEN = 6.0  # points by which a rule sticks out where the frame is missing
_COVERS = 0.55  # of a cell's side
_MOST_SIDES = 400  # rows or columns of one grid
_FILLED = 0.34
_SOME = 2
_SHORT_ENTRY = 3  # words
_TITLE = re.compile(
    r"(table|exhibit|figure|fig\.|chart|tableau|tabelle|tabla)\s*[\dA-Z]", re.IGNORECASE
)
_NOTES = re.compile(r"(source|notes?|quelle|fuente|\*|†|\(1\))", re.IGNORECASE)
_FEW_CELLS = 6
_LONG_CELL = 250  # characters; in a frame of few cells
_LONGEST_CELL = 1200  # characters; a frame around prose holds more


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
    reach = (two[None, :, 0] >= one[:, None, 1] - _NEAR) & (
        two[None, :, 0] <= one[:, None, 2] + _NEAR
    )
    return (
        reach
        & (one[:, None, 0] >= two[None, :, 1] - _NEAR)
        & (one[:, None, 0] <= two[None, :, 2] + _NEAR)
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
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    low, high = min(ends), max(ends)
    if low < places[0] - _OPEN:
        places.insert(0, low)
    if high > places[-1] + _OPEN:
        places.append(high)
    return places


def grid_cells(patch: Patch, chunks: Sequence[Chunk]) -> list[GridCell]:
    """Return the cells that a grid makes of the chunks in it."""
    spans = _merged(patch)
    held: dict[tuple[int, int], list[Chunk]] = {span[:2]: [] for span in spans}
    owner = {
        (row, column): span[:2]
        for span in spans
        for row in range(span[0], span[0] + span[2])
        for column in range(span[1], span[1] + span[3])
    }
    for chunk in chunks:
        row = _index(chunk.middle, patch.ys)
        column = _index((chunk.x0 + chunk.x1) / 2, patch.xs)
        held[owner[row, column]].append(chunk)
    cells = [GridCell(*span, tuple(held[span[:2]])) for span in spans]
    return _split_bands(_by_columns(cells, patch.xs))


def is_under_ruled(cells: Sequence[GridCell]) -> bool:
    """Tell whether rules are missing: texts side by side or numbers above each other in cells."""
    full = [cell for cell in cells if cell.chunks]
    beside = above = 0
    for cell in full:
        lines = in_lines(cell.chunks)
        beside += sum(len(line) > 1 for line in lines) * 2 > len(lines) or (
            sum(len(line) > 1 for line in lines) > _SOME
        )
        above += sum(is_number(line[0].text) for line in lines) > 1
    return beside * 6 > len(full) or above > 1


def without_titles(cells: list[GridCell]) -> tuple[list[GridCell], list[Chunk]]:
    """Return a table's cells without its caption above and its notes below, and their chunks."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.chunks:
            rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    gone: list[GridCell] = []
    for row, pattern in ((order[:1], _TITLE), (order[-1:], _NOTES)):
        alone = [rows[number][0] for number in row if len(rows[number]) == 1]
        gone += [cell for cell in alone if pattern.match(cell_text(cell.chunks))]
    left = [chunk for cell in gone for chunk in cell.chunks]
    return [cell for cell in cells if cell not in gone], left


def _index(place: float, sides: Sequence[float]) -> int:
    found = int(np.searchsorted(sides, place)) - 1
    return min(max(found, 0), len(sides) - 2)


def _walls(at: float, rules: Sequence[Rule], sides: Sequence[float]) -> list[bool]:
    """Tell for each pair of neighbouring sides whether rules at a place cover the way."""
    here = [r for r in rules if abs(r.at - at) <= _NEAR]
    walls = []
    for low, high in pairwise(sides):
        cover = sum(max(min(r.end, high) - max(r.start, low), 0.0) for r in here)
        walls.append(cover >= _COVERS * (high - low))
    return walls


Span = tuple[int, int, int, int]  # row, column, rows, columns


def _merged(patch: Patch) -> list[Span]:
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


def _by_columns(cells: list[GridCell], xs: Sequence[float]) -> list[GridCell]:
    """Split wide cells whose chunks keep to the columns: rules are missing there."""
    split: list[GridCell] = []
    for cell in cells:
        by_column: dict[int, list[Chunk]] = {}
        if cell.column_span > 1:
            for chunk in cell.chunks:
                place = _index((chunk.x0 + chunk.x1) / 2, xs)
                inside = xs[place] - _NEAR < chunk.x0 and chunk.x1 < xs[place + 1] + _NEAR
                by_column.setdefault(place if inside else -1, []).append(chunk)
        if len(by_column) < 2 or -1 in by_column:  # noqa: PLR2004
            split.append(cell)
            continue
        split.extend(
            GridCell(cell.row, column, cell.row_span, 1, tuple(by_column.get(column, ())))
            for column in range(cell.column, cell.column + cell.column_span)
        )
    return split


def _split_bands(cells: list[GridCell]) -> list[GridCell]:
    """Split rows that hold several unruled rows."""
    bands: dict[int, list[GridCell]] = {}
    for cell in cells:
        bands.setdefault(cell.row, []).append(cell)
    more: dict[int, list[float]] = {}
    for row, band in bands.items():
        cuts = _cuts([in_lines(c.chunks) for c in band if c.row_span == 1 and c.chunks])
        if cuts:
            more[row] = cuts
    if not more:
        return cells
    return [piece for cell in cells for piece in _pieces(cell, more)]


def _cuts(columns: list[list[list[Chunk]]]) -> list[float]:
    """Return the heights at which a band falls into rows; none if it is one row."""
    counts = {len(lines) for lines in columns}
    if len(columns) < 2 or len(counts) > 1 or counts == {1}:  # noqa: PLR2004
        return []
    if not (any(map(_is_numbers, columns)) or sum(map(_is_list, columns)) > 1):
        return []
    first = columns[0]
    level = all(
        abs(line[0].middle - other[0].middle) < line[0].size / 2
        for lines in columns
        for line, other in zip(lines, first, strict=True)
    )
    return [(a[0].y1 + b[0].y0) / 2 for a, b in pairwise(first)] if level else []


def _is_numbers(lines: list[list[Chunk]]) -> bool:
    return all(is_number(line[0].text) for line in lines)


def _is_list(lines: list[list[Chunk]]) -> bool:
    """Tell lines that are entries by themselves: several, and all short."""
    words = [sum(len(chunk.words) for chunk in line) for line in lines]
    return len(lines) > _SOME and max(words) <= _SHORT_ENTRY


def _pieces(cell: GridCell, more: dict[int, list[float]]) -> list[GridCell]:
    """Return a cell in the rows that there are once bands are split."""
    before = sum(len(cuts) for row, cuts in more.items() if row < cell.row)
    row = cell.row + before
    if cell.row_span > 1 or cell.row not in more:
        inside = range(cell.row, cell.row + cell.row_span)
        added = sum(len(cuts) for r, cuts in more.items() if r in inside)
        return [GridCell(row, cell.column, cell.row_span + added, cell.column_span, cell.chunks)]
    cuts = more[cell.row]
    held: list[list[Chunk]] = [[] for _ in range(len(cuts) + 1)]
    for chunk in cell.chunks:
        held[int(np.searchsorted(cuts, chunk.middle))].append(chunk)
    return [
        GridCell(row + i, cell.column, 1, cell.column_span, tuple(chunks))
        for i, chunks in enumerate(held)
    ]


def finished(box: Box, cells: list[GridCell]) -> Table | None:
    """Return a table without empty rows and columns; None if what is left is none."""
    cells = dense(cells)
    full = [cell for cell in cells if cell.chunks]
    table = Table(box, tuple(cells), header_rows=header_rows(cells))
    if table.rows < 2 or table.columns < 2 or len(full) < _FILLED * table.rows * table.columns:  # noqa: PLR2004
        return None
    longest = max(sum(len(chunk.text) for chunk in cell.chunks) for cell in full)
    few = len(full) <= _FEW_CELLS
    return None if longest > (_LONG_CELL if few else _LONGEST_CELL) else table
