"""Words gathered into chunks of a line, and chunks into rows.

PDFium's order follows the content, where a line is mostly drawn in one go: words that follow each
other on one line without a wide gap are a chunk, which keeps a raised footnote mark with its word.
What was drawn in pieces is put together afterwards by place. A vertical rule always separates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.parsers.pdf.shapes import Chunk, Rule, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDE = 0.75  # of the font size: a gap that no word space reaches
WIDE_IN_SCANS = 1.2  # where sizes and places of words are estimates
_OVERLAP = 0.4  # of the lower height: on one line
_LEVEL = 0.1  # of the font size: bottoms of words on one line
_BACK = -0.5  # of the font size: overprinted words still follow each other
_FIRM = 0.6  # of the lower height: one row
_SAME = 0.05  # of the font size: how far heights of one font may differ
_JUSTIFIED = 1.5  # of the usual word space: a gap in a justified line
_MOST_JUSTIFIED = 2.2  # of the font size
_FEW_WORDS = 5
_MARKER_GAP = 4.0  # of the font size: how far a list marker may stand from its text
_BARE_MARKER = re.compile(
    r"[•◦▪▫‣⁃∙·●○■□◆◇➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc]|\(?(\d{1,3}|[a-zA-Z])[.)]|\([ivx]{1,5}\)|\d{1,2}(\.\d{1,2}){1,4}\.?"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Walls:
    """Vertical rules in order, asked whether one stands between two words."""

    rules: tuple[Rule, ...]

    def between(self, left: float, right: float, middle: float) -> bool:
        """Tell whether a rule crosses the height `middle` between two places."""
        place = bisect_left(self.rules, (left,))
        while place < len(self.rules) and self.rules[place].at <= right:
            rule = self.rules[place]
            if rule.start <= middle <= rule.end:
                return True
            place += 1
        return False


OPEN = Walls(())


def is_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters of a script written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def gather(words: Iterable[Word], walls: Walls = OPEN, *, wide: float = WIDE) -> list[Chunk]:
    """Return the chunks of a page, from top to bottom, then left to right.

    Args:
        words: Words in the order of the content.
        walls: Vertical rules.
        wide: The gap, in font sizes, that ends a chunk.
    """
    runs: list[list[Word]] = []
    last: Word | None = None
    bottom = end = -1.0
    for word in words:
        x0, y0, x1, y1 = word[:4]
        size = y1 - y0
        level = abs(y1 - bottom) < _LEVEL * size and 0.0 <= x0 - end < wide * size
        if last is not None and (
            (level and not walls.rules) or _follows(last, word, walls, wide=wide)
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
        last, bottom, end = word, y1, x1
    found = [chunk_of(run, order=order) for order, run in enumerate(runs)]
    chunks = sorted(found, key=lambda c: (c.y0, c.x0))
    return _joined(chunks, walls, wide)


def _follows(last: Word, word: Word, walls: Walls, *, wide: float) -> bool:
    x0, y0, x1, y1 = word[:4]
    top, bottom = max(y0, last.y0), min(y1, last.y1)
    low = min(y1 - y0, last.y1 - last.y0)
    if bottom - top < _OVERLAP * low:
        return False
    size = max(y1 - y0, last.y1 - last.y0)
    gap = x0 - last.x1
    if not _BACK * size < gap < wide * size:
        gap = last.x0 - x1
        if not (_BACK * size < gap < wide * size and is_right_to_left(word.text + last.text)):
            return False
        return not walls.between(x1 - 1, last.x0 + 1, (top + bottom) / 2)
    return not (walls.rules and walls.between(last.x1 - 1, x0 + 1, (top + bottom) / 2))


def chunk_of(words: Sequence[Word], *, order: int = 0) -> Chunk:
    """Return the chunk of some words in their order; its height is that of most of its text."""
    x0s, y0s, x1s, y1s, texts, *_ = zip(*words, strict=True)
    heights = [bottom - top for top, bottom in zip(y0s, y1s, strict=True)]
    size, low = max(heights), min(heights)
    if size - low >= _SAME * size:
        size = _usual_height(words)
        main = [w for w in words if abs(w.y1 - w.y0 - size) < _SAME * size]
        y0s, y1s = tuple(w.y0 for w in main), tuple(w.y1 for w in main)
    text = " ".join(texts)
    return Chunk(min(x0s), min(y0s), max(x1s), max(y1s), tuple(words), size, text, order)


def _usual_height(words: Sequence[Word]) -> float:
    """Return the height that most characters have."""
    count: dict[float, int] = {}
    for word in words:
        height = round(word.y1 - word.y0, 1)
        count[height] = count.get(height, 0) + len(word.text)
    usual = max(count, key=lambda height: (count[height], height))
    return next(h for w in words if round(h := w.y1 - w.y0, 1) == usual)


def _joined(chunks: list[Chunk], walls: Walls, wide: float) -> list[Chunk]:
    """Join chunks of one row that no wide gap parts."""
    joined: list[Chunk] = []
    for row in rows_of(chunks):
        held = row[0]
        for chunk in row[1:]:
            size = min(held.size, chunk.size)
            near = _BACK * size < chunk.x0 - held.x1 < wide * size
            if near and not walls.between(held.x1 - 1, chunk.x0 + 1, chunk.middle):
                held = _pair(held, chunk)
            else:
                joined.append(held)
                held = chunk
        joined.append(held)
    return joined


def _pair(left: Chunk, right: Chunk) -> Chunk:
    if is_right_to_left(left.text) and is_right_to_left(right.text):
        return chunk_of(right.words + left.words, order=left.order)
    return chunk_of(left.words + right.words, order=left.order)


def rows_of(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return chunks, given from top to bottom, as rows of what stands side by side."""
    rows: list[list[Chunk]] = []
    bands: list[tuple[float, float]] = []
    for chunk in chunks:
        place = _row_for(chunk, bands)
        if place < 0:
            rows.append([chunk])
            bands.append((chunk.y0, chunk.y1))
        else:
            rows[place].append(chunk)
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda c: c.x0)
    return rows


def _row_for(chunk: Chunk, bands: list[tuple[float, float]]) -> int:
    """Return the row in whose band a chunk stands, looking at the latest ones only; -1 if none."""
    best, most = -1, _FIRM
    top, bottom = chunk.y0, chunk.y1
    for place in range(len(bands) - 1, max(len(bands) - 4, -1), -1):
        high, low = bands[place]
        if top >= low:
            continue
        share = (min(low, bottom) - max(high, top)) / (min(low - high, bottom - top) or 1.0)
        if share > most:
            best, most = place, share
    return best


def with_markers(row: list[Chunk]) -> list[Chunk]:
    """Return a row with each bullet or number that stands apart joined to the text it marks."""
    if len(row) == 1 or not any(_BARE_MARKER.fullmatch(chunk.text) for chunk in row[:-1]):
        return row
    joined = [row[0]]
    for chunk in row[1:]:
        last = joined[-1]
        near = chunk.x0 - last.x1 < _MARKER_GAP * chunk.size and chunk.text[:1].isalpha()
        if near and _BARE_MARKER.fullmatch(last.text):
            joined[-1] = chunk_of(last.words + chunk.words)
        else:
            joined.append(chunk)
    return joined


def unstretched(row: list[Chunk], walls: Walls) -> list[Chunk]:
    """Return a justified line, whose word spaces are all wide, as one chunk."""
    words = sorted(word for chunk in row for word in chunk.words)
    if len(row) == 1 or len(words) < _FEW_WORDS or words[0].style.turn:
        return row
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words))
    size = max(chunk.size for chunk in row)
    usual = gaps[len(gaps) // 2]
    if gaps[-1] > min(_JUSTIFIED * usual, _MOST_JUSTIFIED * size):
        return row
    if walls.between(row[0].x1, row[-1].x0, row[0].middle):
        return row
    if sum(any(sign.isdigit() for sign in word.text) for word in words) * 3 > len(words):
        return row
    backwards = is_right_to_left(row[0].text) and is_right_to_left(row[-1].text)
    order = reversed(row) if backwards else row
    return [chunk_of([word for chunk in order for word in chunk.words])]
