"""Tables drawn with rules: what stands in the cells of a grid, and where rules are missing.

A wide cell whose texts keep to the columns is as many cells. A band whose columns hold equally many
lines, numbers or short entries among them, is as many rows. A caption above and notes below are
left to the text.
"""

from __future__ import annotations

import re
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
from curate.parsers.pdf.patches import NEAR, Patch, spans_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Box, Chunk

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


def grid_cells(patch: Patch, chunks: Sequence[Chunk]) -> list[GridCell]:
    """Return the cells that a grid makes of the chunks in it."""
    spans = spans_of(patch)
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


def _by_columns(cells: list[GridCell], xs: Sequence[float]) -> list[GridCell]:
    """Split wide cells whose chunks keep to the columns: rules are missing there."""
    split: list[GridCell] = []
    for cell in cells:
        by_column: dict[int, list[Chunk]] = {}
        if cell.column_span > 1:
            for chunk in cell.chunks:
                place = _index((chunk.x0 + chunk.x1) / 2, xs)
                inside = xs[place] - NEAR < chunk.x0 and chunk.x1 < xs[place + 1] + NEAR
                by_column.setdefault(place if inside else -1, []).append(chunk)
        if -1 in by_column:
            split.extend(_shared_out(cell, xs))
            continue
        if len(by_column) < 2:  # noqa: PLR2004
            split.append(cell)
            continue
        split.extend(
            GridCell(cell.row, column, cell.row_span, 1, tuple(by_column.get(column, ())))
            for column in range(cell.column, cell.column + cell.column_span)
        )
    return split


def _shared_out(cell: GridCell, xs: Sequence[float]) -> list[GridCell]:
    """Split a wide cell whose one line holds several texts: each column goes to the nearest."""
    lines = in_lines(cell.chunks)
    line = lines[0]
    if len(lines) > 1 or not 1 < len(line) <= cell.column_span:
        return [cell]
    groups: dict[int, list[int]] = {}
    for column in range(cell.column, cell.column + cell.column_span):
        place = (xs[column] + xs[column + 1]) / 2
        nearest = min(range(len(line)), key=lambda i: abs(line[i].x0 + line[i].x1 - 2 * place))
        groups.setdefault(nearest, []).append(column)
    if len(groups) < len(line):
        return [cell]
    return [
        GridCell(cell.row, columns[0], cell.row_span, len(columns), (line[i],))
        for i, columns in sorted(groups.items())
    ]


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
