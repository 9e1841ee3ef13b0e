"""A table as it is being read: cells that hold chunks, and what can be said of texts in cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Box, Chunk

_NUMBER = re.compile(
    r"[<>~≈±+\-−–(\[$€£¥%*]*\s*(\d[\d\s.,:/'’]*|[.,]\d+)\s*([)\]%*†‡°a-z]|bn|mn|[KMBT])*|[-–—.…]+|n[./]?a\.?|\*+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\(?(1[89]|20)\d\d([/–-]\d{2,4})?\)?")
_MOST_HEADER_ROWS = 6


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place, the rows and columns it covers, and what stands in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one page."""

    box: Box
    cells: tuple[GridCell, ...]
    header_rows: int

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number, a dash or nothing that reads as a word."""
    return bool(_NUMBER.fullmatch(text.strip()))


def is_value(text: str) -> bool:
    """Tell whether a cell holds a number that is no year."""
    return is_number(text) and not _YEAR.fullmatch(text.strip())


def in_lines(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return the chunks of a cell as its lines."""
    return rows_of(sorted(chunks, key=lambda c: (c.y0, c.x0)))


def cell_text(chunks: Sequence[Chunk]) -> str:
    """Return the text of a cell, its lines joined by spaces."""
    return " ".join(chunk.text for line in in_lines(chunks) for chunk in line)


def dense(cells: Sequence[GridCell]) -> list[GridCell]:
    """Return cells without the rows and columns that hold nothing of their own."""
    full = [cell for cell in cells if cell.chunks]
    rows = {row: i for i, row in enumerate(sorted({cell.row for cell in full}))}
    columns = {column: i for i, column in enumerate(sorted({cell.column for cell in full}))}
    kept: list[GridCell] = []
    for cell in cells:
        tall = sum(cell.row <= row < cell.row + cell.row_span for row in rows)
        wide = sum(cell.column <= c < cell.column + cell.column_span for c in columns)
        if tall and wide:
            row = min(i for r, i in rows.items() if r >= cell.row)
            column = min(i for c, i in columns.items() if c >= cell.column)
            kept.append(GridCell(row, column, tall, wide, cell.chunks))
    return kept


def header_rows(cells: Sequence[GridCell]) -> int:
    """Return how many of the first rows name the columns: those before the first values."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.chunks:
            by_row.setdefault(cell.row, []).append(cell)
    for row in sorted(by_row):
        texts = [cell_text(cell.chunks) for cell in by_row[row] if cell.column]
        if sum(map(is_value, texts)) * 2 > len(texts) or (not texts and row):
            return min(row, _MOST_HEADER_ROWS)
    return 1
