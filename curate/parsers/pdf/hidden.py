"""Words that are in the file but that no reader of the page sees.

Four ways are told: drawn in the invisible mode on a page that is no scan (there it is the OCR
layer), painted in the colour of what lies behind, smaller than two points, or outside the page.
Where a picture lies behind, the colour of the background is unknown and text on it counts as seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.parsers.pdf.shapes import Box, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.pdf.shapes import Fill, Page, Style

INVISIBLE = "invisible_render_mode"
SAME_COLOUR = "near_background_fill"
TINY = "tiny_font"
OUTSIDE = "outside_crop_box"

_WORDY = re.compile(r"\w")
_SMALLEST = 2.0  # points
_SCAN = 0.5  # of the page, covered by one picture
_NEAR = 26  # of 255, in each channel
_FAINT = 13  # of 255, of alpha
_SOLID = 250  # of 255, of alpha
_WHITE = (255, 255, 255)


def split_hidden(page: Page) -> tuple[list[Word], list[tuple[str, list[Word]]]]:
    """Return the words that are seen, and the others with the way each run of them is hidden."""
    suspects = {style for style in page.styles if _is_suspect(style, page.drawing.fills)}
    width, height = page.frame.width + 1, page.frame.height + 1
    if not suspects and all(_is_plain(word, width, height) for word in page.words):
        return list(page.words), []
    scan = _is_scan(page)
    seen: list[Word] = []
    hidden: list[tuple[str, list[Word]]] = []
    for word in page.words:
        way = _way(word, page, scan=scan, suspect=word.style in suspects)
        if not way:
            seen.append(word)
        elif not _WORDY.search(word.text):
            continue
        elif hidden and hidden[-1][0] == way:
            hidden[-1][1].append(word)
        else:
            hidden.append((way, [word]))
    return seen, hidden


def _is_plain(word: Word, width: float, height: float) -> bool:
    """Tell whether a word is large enough and on the page."""
    x0, y0, x1, y1 = word[:4]
    return y1 - y0 > _SMALLEST and x0 > -1 and y0 > -1 and x1 < width and y1 < height


def may_be_hidden(style: Style) -> bool:
    """Tell whether a look is unseen on white paper, so that what lies behind it must be known."""
    if style.invisible or style.colour is None:
        return style.invisible
    return style.colour[3] <= _FAINT or _near(style.colour[:3], _WHITE)


def _is_suspect(style: Style, fills: Sequence[Fill]) -> bool:
    """Tell whether a look calls for a comparison with the background."""
    if may_be_hidden(style) or style.colour is None:
        return style.colour is not None or style.invisible
    return any(f.colour and _near(style.colour[:3], f.colour[:3]) for f in fills)


def _is_scan(page: Page) -> bool:
    whole = page.frame.width * page.frame.height
    return any((p.x1 - p.x0) * (p.y1 - p.y0) > _SCAN * whole for p in page.drawing.pictures)


def _way(word: Word, page: Page, *, scan: bool, suspect: bool) -> str:
    if word.style.invisible:
        return "" if scan else INVISIBLE
    if word.y1 - word.y0 < _SMALLEST and word.x1 - word.x0 < _SMALLEST * max(len(word.text), 2):
        return TINY
    if min(word.x1, page.frame.width - word.x0, word.y1, page.frame.height - word.y0) < 0:
        return OUTSIDE
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    if suspect and _is_unseen(word.style, (x, y), page.drawing.fills):
        return SAME_COLOUR
    return ""


def _is_unseen(style: Style, at: tuple[float, float], fills: Sequence[Fill]) -> bool:
    if style.colour is None:
        return False
    if style.colour[3] <= _FAINT:
        return True
    behind = _background(at, fills)
    return behind is not None and _near(style.colour[:3], behind)


def _background(at: tuple[float, float], fills: Sequence[Fill]) -> tuple[int, ...] | None:
    """Return the colour painted last at a place; None where it is not known."""
    for box, colour in reversed(fills):
        if box.x0 <= at[0] <= box.x1 and box.y0 <= at[1] <= box.y1:
            if colour is not None and colour[3] <= _FAINT:
                continue
            return colour[:3] if colour and colour[3] >= _SOLID else None
    return _WHITE


def _near(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, two, strict=True))


def box_of(words: Sequence[Word]) -> Box:
    """Return the place of some words."""
    return Box(
        min(w.x0 for w in words),
        min(w.y0 for w in words),
        max(w.x1 for w in words),
        max(w.y1 for w in words),
    )
