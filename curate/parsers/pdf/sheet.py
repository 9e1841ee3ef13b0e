"""A page ready for layout: its visible chunks, what is hidden on it, what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import OPEN, Walls, chunk_of, gather
from curate.parsers.pdf.hidden import split_hidden
from curate.parsers.pdf.shapes import SKEWED, Box, Chunk, Page, Word

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's text in chunks from top to bottom; `aside` are those at an odd angle."""

    page: Page
    chunks: list[Chunk]
    aside: list[Chunk]
    hidden: list[tuple[str, list[Word]]]

    def shown(self, box: Box) -> Box:
        """Return a box as it lies on the page as it is shown."""
        return self.page.frame.shown(box, self.page.shown)


def sheet_of(page: Page) -> Sheet:
    """Gather the words of a page."""
    seen, hidden = split_hidden(page)
    walls = Walls(page.drawing.down) if page.drawing.down else OPEN
    chunks = gather(_once([w for w in seen if w.style.turn == 0]), walls)
    turned = [w for w in seen if w.style.turn not in {0, SKEWED}]
    if turned:
        chunks = sorted([*chunks, *_turned(turned)], key=lambda c: (c.y0, c.x0))
    skewed = [w for w in seen if w.style.turn == SKEWED]
    aside = [chunk_of(list(run)) for _, run in groupby(skewed, key=lambda w: w.style)]
    return Sheet(page, chunks, aside, hidden)


def _once(words: Sequence[Word]) -> list[Word]:
    """Leave out words printed twice at one place, which some writers do for bold."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Word] = []
    for word in words:
        key = (word.text, round(word.x0 / 2), round(word.y0 / 2))
        if key not in seen:
            seen.add(key)
            kept.append(word)
    return kept


def _turned(words: Sequence[Word]) -> list[Chunk]:
    """Return chunks of words at a right angle: gathered upright, placed where they stand."""
    chunks: list[Chunk] = []
    for turn in (1, 2, 3):
        upright = [_upright(w, turn) for w in words if w.style.turn == turn]
        chunks.extend(_laid_back(chunk, turn) for chunk in gather(upright))
    return chunks


def _upright(word: Word, turn: int) -> Word:
    x0, y0, x1, y1 = word[:4]
    box = {1: (y0, -x1, y1, -x0), 2: (-x1, -y1, -x0, -y0), 3: (-y1, x0, -y0, x1)}[turn]
    return Word(*box, word.text, word.style)


def _laid_back(chunk: Chunk, turn: int) -> Chunk:
    x0, y0, x1, y1 = chunk.x0, chunk.y0, chunk.x1, chunk.y1
    box = {1: (-y1, x0, -y0, x1), 2: (-x1, -y1, -x0, -y0), 3: (y0, -x1, y1, -x0)}[turn]
    return replace(chunk, x0=box[0], y0=box[1], x1=box[2], y1=box[3])
