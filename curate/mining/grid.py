"""A table as rows of visible cells, with what its header says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Piece
    from curate.mining.visible import Visible
    from curate.tables.parsed import Part

_FOOTNOTE = re.compile(r"(?:(?<=[^\W\d_]{3})[¹²³⁰⁴-⁹]{1,2}|(?<=[\w)])\s?[*†‡]{1,3})\s*$")  # no m²


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its visible words and its pieces."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one header row: the header's cells and the rows below, all of its width."""

    index: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def grids(visible: Visible) -> Iterator[Grid]:
    """Yield the tables that have one header row and no merged cells."""
    for index in visible.shown:
        element = visible.element(index)
        if element.kind is not Kind.TABLE or not element.parts:
            continue
        if any(p.row_span > 1 or p.column_span > 1 for p in element.parts):
            continue
        rows: dict[int, list[Part]] = {}
        for part in element.parts:
            rows.setdefault(part.row, []).append(part)
        lines = [rows[row] for row in sorted(rows)]
        if not all(p.header for p in lines[0]) or any(
            p.header for row in lines[1:] for p in row[1:]
        ):
            continue
        header, *body = [tuple(_cell(visible, part) for part in line) for line in lines]
        yield Grid(index, header, tuple(row for row in body if len(row) == len(header)))


def _cell(visible: Visible, part: Part) -> Cell:
    """Return a cell without the mark of a footnote behind its words."""
    shown = visible.document.text[part.start : part.end]
    mark = _FOOTNOTE.search(shown)
    end = part.start + mark.start() if mark else part.end
    return Cell(visible.read(part.start, end), visible.pieces(part.start, end))
