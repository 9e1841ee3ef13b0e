"""Running heads, running feet and page numbers: counted, and left out.

A line at the top or bottom edge is furniture when the same line, digits aside, stands at the same
height on other pages, or when it is a page number by itself. What a single page cannot repeat is
told by its place: at the very edge, apart from the body, with a page number at one end or in
smaller type. Text that climbs up a margin is furniture as well.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Box, Chunk

_EDGE_ROWS = 4
_ZONE = 0.16  # of the page's height, from the top and from the bottom
_RIM = 0.085  # of the page's height: outside of what margins usually leave
_OUTER = 0.14
_SEEN = 0.25
_BUCKET = 5.0  # points: heights that count as the same
_PAGES = 3  # on which a line of a longer file must repeat
_FEW_PAGES = 5  # in a file of fewer pages two are enough
_MOST_CHUNKS = 3  # of a running head; the head of a table that goes on has more
_SMALLER = 0.88
_APART = 1.2  # of its own height: the white between a running head and the text
_BREAK = 2.5  # of the font size: white between furniture and body
_FAR_APART = 2.0
_EVEN = 2.0  # points
_FEW_IN_CELL = 2  # words
_FEW_WORDS = 13
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\[(\s]*((page|p\.|seite|página|pag\.?)\s*)?(\d{1,4}|[ivxlc]{1,7}|\d{1,3}-\d{1,3})"
    r"(\s*(of|/|von|de)\s*\d{1,4})?[-–—|\])\s.]*",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(\(?\d{1,3}\)?|[a-z])[\s.)]+\S|[*†‡§¶]+\s*\S")
_IN_ALL = re.compile(r"\d{1,4}|\d{1,4} (of|/|von|de) \d{1,4}")
_WORDY = re.compile(r"\w")

Row = list["Chunk"]
_Key = tuple[str, int]


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but a page number."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def without_furniture(
    pages: Sequence[tuple[float, list[Chunk]]], body: float, grids: Sequence[Sequence[Box]]
) -> tuple[list[list[Chunk]], int]:
    """Return the chunks of each page without its furniture, and how many lines that was.

    Args:
        pages: Height and chunks, from top to bottom, of consecutive pages.
        body: The font size of running text.
        grids: For each page, the boxes of ruled tables: what stands in one is no furniture.
    """
    edges = [
        _edges(height, _outside(chunks, boxes))
        for (height, chunks), boxes in zip(pages, grids, strict=True)
    ]
    seen = _counted(pages, edges)
    needed = 2 if 2 < len(pages) < _FEW_PAGES else _PAGES  # noqa: PLR2004
    kept: list[list[Chunk]] = []
    dropped = 0
    for (height, chunks), rows in zip(pages, edges, strict=True):
        gone = [row for row in rows if _repeats(row, seen, needed) or _numbers_page(row, height)]
        gone += [[chunk] for chunk in _climbing(chunks)]
        left = _less(chunks, gone)
        alone = _alone(left, height, body)
        dropped += len(gone) + len(alone)
        kept.append(_less(left, alone))
    if not any(kept):  # a form letter of one line a page is no furniture
        return [chunks for _, chunks in pages], 0
    return kept, dropped


def _outside(chunks: list[Chunk], boxes: Sequence[Box]) -> list[Chunk]:
    if not boxes:
        return chunks
    return [
        c
        for c in chunks
        if not any(b.y0 < c.middle < b.y1 and b.x0 < c.x1 and c.x0 < b.x1 for b in boxes)
    ]


def _less(chunks: list[Chunk], gone: list[Row]) -> list[Chunk]:
    out = {id(chunk) for row in gone for chunk in row}
    return [chunk for chunk in chunks if id(chunk) not in out] if out else chunks


def _edges(height: float, chunks: list[Chunk]) -> list[Row]:
    """Return the rows near the top and the bottom of a page."""
    top = rows_of([c for c in chunks if c.y1 < _ZONE * height])[:_EDGE_ROWS]
    bottom = rows_of([c for c in chunks if c.y0 > (1 - _ZONE) * height])[-_EDGE_ROWS:]
    return _outermost(top) + _outermost(bottom[::-1])


def _outermost(rows: list[Row]) -> list[Row]:
    """Return rows, the outermost first, up to prose that stands apart from the edge.

    Rows that differ in their digits alone, or that keep to one another's columns, are a table's.
    """
    alike = Counter(_key(row)[0] for row in rows)
    inner = {id(row) for pair in pairwise(rows) if _share_columns(*pair) for row in pair}
    kept: list[Row] = []
    apart = False
    for row in rows:
        size = row[0].size
        if kept:
            last = kept[-1][0]
            apart = apart or max(row[0].y0 - last.y1, last.y0 - row[0].y1) > _BREAK * size
        if apart and sum(len(chunk.words) for chunk in row) >= _FEW_WORDS:
            break
        kept.append(row)
    return [row for row in kept if alike[_key(row)[0]] == 1 and id(row) not in inner]


def _share_columns(one: Row, two: Row) -> bool:
    """Tell whether two rows near each other have their texts in the same places."""
    white = max(two[0].y0 - one[0].y1, one[0].y0 - two[0].y1)
    if len(one) < 2 or len(one) != len(two) or white > _FAR_APART * one[0].size:  # noqa: PLR2004
        return False
    return all(
        abs(a.x0 - b.x0) < _EVEN
        or abs(a.x1 - b.x1) < _EVEN
        or abs(a.x0 + a.x1 - b.x0 - b.x1) < 2 * _EVEN
        for a, b in zip(one, two, strict=True)
    )


def _key(row: Row) -> _Key:
    text = _DIGITS.sub("#", " ".join(chunk.text for chunk in row).lower())
    return text, int(row[0].middle / _BUCKET)


def _counted(
    pages: Sequence[tuple[float, list[Chunk]]], edges: Sequence[list[Row]]
) -> Counter[_Key]:
    """Count the pages on which a line stands; a page that repeats another whole counts once."""
    seen: Counter[_Key] = Counter()
    whole: set[int] = set()
    for (_, chunks), rows in zip(pages, edges, strict=True):
        page = hash(tuple(chunk.text for chunk in chunks))
        if page not in whole:
            whole.add(page)
            seen.update({_key(row) for row in rows})
    return seen


def _repeats(row: Row, seen: Counter[_Key], needed: int) -> bool:
    if len(row) > _MOST_CHUNKS:
        return False
    text, place = _key(row)
    return sum(seen[text, near] for near in (place - 1, place, place + 1)) >= needed


def _numbers_page(row: Row, height: float) -> bool:
    return _is_outer(row, height) and len(row) == 1 and is_page_number(row[0].text)


def _is_outer(row: Row, height: float) -> bool:
    return row[0].y1 < _OUTER * height or row[0].y0 > (1 - _OUTER) * height


def _climbing(chunks: list[Chunk]) -> list[Chunk]:
    """Return texts at a right angle that stand beside everything else."""
    turned = [c for c in chunks if c.words[0].style.turn]
    level = [c for c in chunks if not c.words[0].style.turn]
    if not turned or not level:
        return []
    left, right = min(c.x0 for c in level), max(c.x1 for c in level)
    return [c for c in turned if c.x1 < left + 1 or c.x0 > right - 1]


def _alone(chunks: list[Chunk], height: float, body: float) -> list[Row]:
    """Return the rows at the edges that stand apart from the body of a page."""
    near = [c for c in chunks if c.y0 < _SEEN * height or c.y1 > (1 - _SEEN) * height]
    rows = [r for r in rows_of(near) if any(_WORDY.search(c.text) for c in r)]
    gone: list[Row] = []
    while len(rows) > 2 and _is_head(rows[0], rows[1], height, body=body):  # noqa: PLR2004
        gone.append(rows.pop(0))
    while len(rows) > 2 and _is_foot(rows[-1], rows[-2], height, body=body):  # noqa: PLR2004
        gone.append(rows.pop())
    return gone


def _is_head(row: Row, below: Row, height: float, *, body: float) -> bool:
    if max(c.y1 for c in row) > _OUTER * height:
        return False
    size = max(c.size for c in row)
    white = min(c.y0 for c in below) - max(c.y1 for c in row)
    if _ends_in_number(row) and not _is_table_row(row, below, white / size):
        return not _is_numbered_heading(row, body)
    in_rim = max(c.y1 for c in row) < _RIM * height
    return in_rim and size < _SMALLER * body and white > _APART * size


def _is_foot(row: Row, above: Row, height: float, *, body: float) -> bool:
    if min(c.y0 for c in row) < (1 - _OUTER) * height or _NOTE_MARK.match(row[0].text):
        return False
    size = max(c.size for c in row)
    white = min(c.y0 for c in row) - max(c.y1 for c in above)
    if _ends_in_number(row) and not _is_table_row(row, above, white / size):
        return True
    if min(c.y0 for c in row) < (1 - _RIM) * height:
        return False
    if size < _SMALLER * body:
        return white > _APART * size
    return white > _FAR_APART * size and sum(len(c.words) for c in row) < _FEW_WORDS


def _is_numbered_heading(row: Row, body: float) -> bool:
    """Tell a heading whose number stands apart from it."""
    title = row[-1]
    larger = title.size > body or title.words[0].style.bold
    return len(row) == 2 and row[0].text.isdigit() and larger  # noqa: PLR2004


def _is_table_row(row: Row, beside: Row, white: float) -> bool:
    """Tell a row of a table: its number stands in line with a short cell of the next row."""
    if white > _FAR_APART or len(beside) == 1:
        return False
    if _share_columns(row, beside):
        return True
    numbers = [chunk for chunk in (row[0], row[-1]) if _IN_ALL.fullmatch(chunk.text)]
    cells = [chunk for chunk in beside if len(chunk.words) <= _FEW_IN_CELL]
    return any(
        abs(number.x0 - cell.x0) < _EVEN or abs(number.x1 - cell.x1) < _EVEN
        for number in numbers
        for cell in cells
    )


def _ends_in_number(row: Row) -> bool:
    """Tell a running head with a page number at one end of it."""
    numbered = any(_IN_ALL.fullmatch(c.text) for c in (row[0], row[-1]))
    return 1 < len(row) <= _MOST_CHUNKS and numbered
