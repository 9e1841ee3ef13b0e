"""Running heads, running feet and page numbers: counted, and left out.

A line at the top or bottom edge is furniture when the same line, digits aside, stands at the same height
on other pages, or when it is a page number by itself. What stands alone on a page, as in an excerpt, is
told by its place: apart from the body, in a look the body does not have.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Chunk

_EDGE_ROWS = 4
_ZONE = 0.16  # of the page's height, from the top and from the bottom
_BUCKET = 6.0  # points: heights that count as the same
_ENOUGH = 0.4  # of the pages of one parity
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\[(\s]*((page|p\.|seite|página|pag\.?)\s*)?(\d{1,4}|[ivxlc]{1,7})"
    r"(\s*(of|/|von|de)\s*\d{1,4})?[-–—|\])\s.]*",
    re.IGNORECASE,
)

Row = list["Chunk"]


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but a page number."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def without_furniture(pages: Sequence[tuple[float, list[Chunk]]]) -> tuple[list[list[Chunk]], int]:
    """Return the chunks of each page without its furniture, and how many lines that was.

    Args:
        pages: Height and chunks, from top to bottom, of consecutive pages.
    """
    edges = [_edges(height, chunks) for height, chunks in pages]
    seen = Counter(key for rows in edges for key in {_key(row) for row in rows})
    needed = max(2, int(_ENOUGH * len(pages)))
    kept: list[list[Chunk]] = []
    dropped = 0
    for (height, chunks), rows in zip(pages, edges, strict=True):
        gone = [row for row in rows if seen[_key(row)] >= needed or _numbers_page(row, height)]
        dropped += len(gone)
        out = {id(chunk) for row in gone for chunk in row}
        kept.append([chunk for chunk in chunks if id(chunk) not in out])
    return kept, dropped


def _edges(height: float, chunks: list[Chunk]) -> list[Row]:
    """Return the rows near the top and the bottom of a page."""
    top = rows_of([c for c in chunks if c.y1 < _ZONE * height])[:_EDGE_ROWS]
    bottom = rows_of([c for c in chunks if c.y0 > (1 - _ZONE) * height])[-_EDGE_ROWS:]
    return top + bottom


def _key(row: Row) -> tuple[str, int]:
    text = _DIGITS.sub("#", " ".join(chunk.text for chunk in row).lower())
    return text, round(row[0].middle / _BUCKET)


def _numbers_page(row: Row, height: float) -> bool:
    outer = row[0].y1 < _ZONE * height / 2 or row[0].y0 > (1 - _ZONE / 2) * height
    return outer and len(row) == 1 and is_page_number(row[0].text)
