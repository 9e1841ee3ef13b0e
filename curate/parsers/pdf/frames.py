"""From PDF user space to the coordinates in which a page is read.

User space has its origin somewhere at the bottom left, a page may be shown turned, and its text may
run at a right angle to that. A frame knows the crop box and by how many quarters a page must be
turned for its text to be upright; everything drawn passes through it once, in numpy, and every box
that leaves the reader passes back to the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from curate.parsers.pdf.shapes import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

Rects: TypeAlias = "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Frame:
    """The crop box in user space (left, bottom, right, top) and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """Return the width of the turned page."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height of the turned page."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def turned(self, turn: int) -> Frame:
        """Return the frame of the same page at another turn."""
        return Frame(self.left, self.bottom, self.right, self.top, turn % 4)

    def place(self, rects: Rects) -> Rects:
        """Return rectangles, rows of left, top, right, bottom, in reading coordinates."""
        x0, x1 = np.minimum(rects[:, 0], rects[:, 2]), np.maximum(rects[:, 0], rects[:, 2])
        y0, y1 = np.minimum(rects[:, 1], rects[:, 3]), np.maximum(rects[:, 1], rects[:, 3])
        columns = {
            0: (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0),
            1: (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left),
            2: (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom),
            3: (self.top - y1, self.right - x1, self.top - y0, self.right - x0),
        }
        return np.stack(columns[self.turn], axis=1)

    def shown(self, box: Box, turn: int) -> Box:
        """Return a box of this frame as it lies on the same page shown at another turn."""
        if turn == self.turn:
            return Box(round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1))
        back = {
            0: (box.x0 + self.left, self.top - box.y0, box.x1 + self.left, self.top - box.y1),
            1: (box.y0 + self.left, box.x0 + self.bottom, box.y1 + self.left, box.x1 + self.bottom),
            2: (
                self.right - box.x0,
                box.y0 + self.bottom,
                self.right - box.x1,
                box.y1 + self.bottom,
            ),
            3: (self.right - box.y0, self.top - box.x0, self.right - box.y1, self.top - box.x1),
        }[self.turn]
        row = self.turned(turn).place(np.array([back]))[0]
        return Box(*(round(float(value), 1) for value in row))
