"""What a page is made of before it means anything: words, rules, fills, pictures, chunks.

All coordinates are points from the top left corner of the page as its text is read, y downwards.
Words come by the thousand, hence named tuples.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from curate.parsers.pdf.frames import Frame

SKEWED = -1  # the `turn` of text that stands at no right angle


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float


class Style(NamedTuple):
    """How a run of text looks; `turn` counts quarter turns clockwise against the page's text."""

    turn: int
    bold: bool
    italic: bool
    mono: bool
    invisible: bool  # drawn in the mode that paints nothing
    colour: tuple[int, int, int, int] | None  # of its fill, with alpha


class Word(NamedTuple):
    """A run of characters without white space; the height of its box is its font size."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    style: Style
    hidden: str = ""


class Rule(NamedTuple):
    """A straight line parallel to an axis: at `at`, from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A painted rectangle, in painting order; no colour means that what it shows is not known."""

    box: Box
    colour: tuple[int, int, int, int] | None


class Anchor(NamedTuple):
    """A link's rectangle on the page and where it leads."""

    box: Box
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page beside text."""

    across: tuple[Rule, ...] = ()  # horizontal rules, `at` is y
    down: tuple[Rule, ...] = ()  # vertical rules, `at` is x
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Box, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line without a wide gap among them; `size` is the font size most of it has."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: tuple[Word, ...]
    size: float
    text: str
    order: int = 0  # among the chunks of its page, as the content draws them

    @property
    def middle(self) -> float:
        """Return the height at which the chunk stands."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was drawn."""

    number: int
    frame: Frame  # of the coordinates below
    shown: int  # the turn at which the page is shown
    words: tuple[Word, ...]
    styles: frozenset[Style] = frozenset()  # of the words
    drawing: Drawing = field(default_factory=Drawing)
    anchors: tuple[Anchor, ...] = ()
    comments: tuple[tuple[Box, str], ...] = ()
    truncated: bool = False


def union(boxes: list[Box]) -> Box:
    """Return the smallest box around boxes, of which there is at least one."""
    return Box(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
