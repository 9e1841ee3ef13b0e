"""A page ready for layout: its visible chunks, what is hidden on it, what is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.chunks import OPEN, WIDE, WIDE_IN_SCANS, Walls, chunk_of, gather
from curate.parsers.pdf.hidden import split_hidden
from curate.parsers.pdf.patches import Patch, patches
from curate.parsers.pdf.shapes import SKEWED, Box, Chunk, Page, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVEL = 4.0  # points: feet of slanted heads that stand in one row
_FEWEST_HEADS = 3
_APART = 4.0  # points between words of one slanted text
_START = 0.25
_HEAD = 6.0  # points: the height given to a slanted head


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's text in chunks from top to bottom; `aside` are those at an odd angle."""

    page: Page
    chunks: list[Chunk]
    aside: list[Chunk]
    hidden: list[tuple[str, list[Word]]]
    patches: list[Patch]  # grids that rules draw
    scan: bool = False  # its text is the invisible layer over a picture of the page

    def shown(self, box: Box) -> Box:
        """Return a box as it lies on the page as it is shown."""
        return self.page.frame.shown(box, self.page.shown)


def sheet_of(page: Page) -> Sheet:
    """Gather the words of a page."""
    seen, hidden = split_hidden(page)
    walls = Walls(page.drawing.down) if page.drawing.down else OPEN
    scan = _is_scan(seen)
    wide = WIDE_IN_SCANS if scan else WIDE
    chunks = gather([w for w in seen if w.style.turn == 0], walls, wide=wide)
    turned = [w for w in seen if w.style.turn not in {0, SKEWED}]
    if turned:
        chunks = sorted([*chunks, *_turned(turned)], key=lambda c: (c.y0, c.x0))
    feet, aside = _slanted([w for w in seen if w.style.turn == SKEWED])
    if feet:
        chunks = sorted([*chunks, *feet], key=lambda c: (c.y0, c.x0))
    return Sheet(page, chunks, aside, hidden, patches(page.drawing), scan)


def _is_scan(words: Sequence[Word]) -> bool:
    """Tell whether most of what is read was recognised in a picture."""
    return sum(word.style.invisible for word in words) * 2 > len(words)


def _slanted(words: Sequence[Word]) -> tuple[list[Chunk], list[Chunk]]:
    """Return slanted texts: column heads that stand in a row, by their feet, and the others."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _is_near(runs[-1][-1], word) and not _is_level(runs[-1][0], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    chunks = [chunk_of(run) for run in runs]
    level = Counter(round(chunk.y1 / _LEVEL) for chunk in chunks)
    heads = [c for c in chunks if level[round(c.y1 / _LEVEL)] >= _FEWEST_HEADS]
    aside = [c for c in chunks if level[round(c.y1 / _LEVEL)] < _FEWEST_HEADS]
    return [_foot(chunk) for chunk in heads], aside


def _is_near(one: Word, two: Word) -> bool:
    apart_x = max(two.x0 - one.x1, one.x0 - two.x1, 0.0)
    apart_y = max(two.y0 - one.y1, one.y0 - two.y1, 0.0)
    return apart_x + apart_y < _APART and one.style == two.style


def _is_level(one: Word, two: Word) -> bool:
    """Tell whether two slanted words start at one height: side by side, not one after the other."""
    return abs(one.y1 - two.y1) < _START * (one.y1 - one.y0)


def _foot(chunk: Chunk) -> Chunk:
    """Return a slanted text that rises to the right as if it stood level at its lower end."""
    return replace(chunk, x1=chunk.x0 + _HEAD, y0=chunk.y1 - _HEAD, size=_HEAD)


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
    box = _backwards(Box(chunk.x0, chunk.y0, chunk.x1, chunk.y1), turn)
    words = tuple(Word(*_backwards(Box(*w[:4]), turn), *w[4:]) for w in chunk.words)
    return replace(chunk, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1, words=words)


def _backwards(box: Box, turn: int) -> Box:
    x0, y0, x1, y1 = box
    return {
        1: Box(-y1, x0, -y0, x1),
        2: Box(-x1, -y1, -x0, -y0),
        3: Box(y0, -x1, y1, -x0),
    }[turn]
