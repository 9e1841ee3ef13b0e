"""Lines of a column and the paragraphs they make.

A new paragraph begins where the look changes, where the leading grows, at a list marker, or where a
line is indented or the one before it ended early with a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Marker, Run, marker_of
from curate.parsers.pdf.chunks import is_right_to_left
from curate.parsers.pdf.shapes import Box, union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from curate.parsers.pdf.shapes import Anchor, Chunk, Word

_OTHER_SIZE = 1.07
_LOOSE = 1.35  # of the usual leading of the column
_LOOSEST = 1.9  # of the font size: no text is set wider
_CODE_GAP = 1.6  # of the font size: white between blocks of code
_INDENT = (0.8, 6.0)  # of the font size
_MOST = 0.8  # of the characters
_ROOM = 1.5  # of the font size, beside the word itself
_LONGEST_WORD = 12.0
_SHORT = 0.78  # of the column
_ENDS = re.compile(r"[.!?:;”\"')\]]$")
_ENTRY = re.compile(r"(\.{4,}|(\. ){3,}|…)\s*[\divxl]{1,5}$")
_LEADERS = re.compile(r"\s*(\.{5,}|(\. ?){5,}|…{2,})\s*")
_HYPHENS = "-\u00ad‐"
_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u00ad‐]$")
_ADDRESS = re.compile(r"[/@\\]|www")
_HEAD = re.compile(r"[\w-]+$")
_NEXT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: tuple[Word, ...]
    size: float
    bold: bool
    mono: bool
    text: str

    @property
    def box(self) -> Box:
        """Return the line's place."""
        return Box(self.x0, self.y0, self.x1, self.y1)


def line_of(row: Sequence[Chunk]) -> Line:
    """Return the line that the chunks of a row make."""
    backwards = len(row) > 1 and sum(is_right_to_left(c.text) for c in row) * 2 > len(row)
    chunks = list(reversed(row)) if backwards else row
    words = tuple(word for chunk in chunks for word in chunk.words)
    bold, mono = _faces(words)
    return Line(
        min(c.x0 for c in row),
        min(c.y0 for c in row),
        max(c.x1 for c in row),
        max(c.y1 for c in row),
        words,
        max(chunks, key=lambda c: len(c.text)).size,
        bold,
        mono,
        " ".join(c.text for c in chunks),
    )


def _faces(words: Sequence[Word]) -> tuple[bool, bool]:
    """Return whether nearly all of some words is bold, of fixed width."""
    styles = {word.style for word in words}
    if len(styles) == 1:
        style = words[0].style
        return style.bold, style.mono
    total = _MOST * sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if word.style.bold)
    mono = sum(len(word.text) for word in words if word.style.mono)
    return bold > total, mono > total


@dataclass(frozen=True, slots=True)
class Column:
    """What is usual in a column: its edges and the distance from line to line."""

    x0: float
    x1: float
    leading: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Column:
        """Measure a column."""
        steps = [
            (b.y1 - a.y1) / max(b.size, 0.1)
            for a, b in pairwise(lines)
            if b.y1 > a.y1 and abs(a.size - b.size) < 0.1 * b.size
        ]
        close = [step for step in steps if step < _LOOSEST]
        return cls(
            min(line.x0 for line in lines),
            max(line.x1 for line in lines),
            median(close) if close else 1.2,
        )

    def breaks(self, line: Line, following: Line) -> bool:
        """Tell whether a line ends although the next one's first word would have fitted in."""
        word = following.words[0]
        room = self.x1 - line.x1 - _ROOM * line.size
        return room > min(word.x1 - word.x0, _LONGEST_WORD * line.size)

    def is_short(self, line: Line) -> bool:
        """Tell whether a line ends well before the column does."""
        return line.x1 < self.x0 + _SHORT * (self.x1 - self.x0)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines of one column, from top to bottom, as paragraphs."""
    if not lines:
        return []
    column = Column.of(lines)
    found = [[lines[0]]]
    for line in lines[1:]:
        if _begins(line, found[-1], column):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _begins(line: Line, before: list[Line], column: Column) -> bool:
    """Tell whether a line begins a paragraph after the lines of the one before it."""
    last = before[-1]
    if max(line.size, last.size) > _OTHER_SIZE * min(line.size, last.size):
        return not (_is_mark(line) or _is_mark(last))
    if line.mono and last.mono:
        return line.y0 - last.y1 > _CODE_GAP * line.size
    if line.bold != last.bold or line.mono != last.mono:
        return True
    if marker_of(line.text) and not _goes_on(line, last, column):
        return True
    if _ENTRY.search(last.text[-12:]):
        return True
    return _is_set_off(line, last, column) or _is_indented(line, before, column)


def _is_set_off(line: Line, last: Line, column: Column) -> bool:
    """Tell a line after a gap, or after a line that ends a sentence before it had to."""
    step = (line.y1 - last.y1) / max(line.size, 0.1)
    if step < 0 or step > min(_LOOSE * column.leading, _LOOSEST + 0.2) + 0.05:
        return True
    if column.breaks(last, line) and _ENDS.search(last.text[-2:]):
        return True
    return line.bold and _is_label(last, line, column)


def _is_label(last: Line, line: Line, column: Column) -> bool:
    """Tell a short bold line from the bold text below it."""
    return column.is_short(last) and not column.is_short(line)


def _is_mark(line: Line) -> bool:
    return len(line.text) <= 3  # noqa: PLR2004


def _goes_on(line: Line, last: Line, column: Column) -> bool:
    """Tell a line that merely begins with a number, such as a wrapped year, from a list item."""
    marker = marker_of(line.text)
    wraps = not column.is_short(last) and not _ENDS.search(last.text[-2:])
    return marker is not None and marker.number is not None and wraps and line.x0 < last.x0 + 1


def _is_indented(line: Line, before: list[Line], column: Column) -> bool:
    """Tell a first line by its indent, or one that goes back to the margin after a list item."""
    last, first = before[-1], before[0]
    step = (line.x0 - last.x0) / line.size
    if marker_of(first.text):
        back = line.x0 < first.x0 + 1 and column.breaks(last, line)
        return back or line.x0 < first.x0 - 1 or (len(before) > 1 and step < -_INDENT[0])
    if not _INDENT[0] < step < _INDENT[1]:
        return False
    return len(before) == 1 or abs(last.x0 - before[1].x0) < line.size


def runs_of(
    lines: Sequence[Line],
    anchors: Sequence[Anchor],
    known: Callable[[str], bool],
    *,
    skip: int = 0,
    column: Column | None = None,
) -> tuple[Run, ...]:
    """Return the text of a paragraph: lines joined, words hyphenated at line ends made whole.

    A line that ends before it had to keeps its line break, as in an address or a poem.

    Args:
        lines: The paragraph's lines.
        anchors: Links of the page.
        known: Tells whether a word occurs in the document.
        skip: Characters at the start to leave out, a list marker.
        column: The column they stand in, if its line breaks are to be kept.
    """
    runs: list[Run] = []
    last = len(lines) - 1
    for place, line in enumerate(lines):
        following = lines[place + 1] if place < last else None
        for text, url in _pieces(line, anchors):
            runs.append(Run(text[skip:], url))
            skip = max(skip - len(text), 0)
        text, gap = _broken(runs[-1].text, following, known)
        text = _LEADERS.sub(" … ", text) if "..." in text or ". . ." in text else text
        if gap and column and following and column.breaks(line, following):
            gap = "\n"
        runs[-1] = Run(text + gap, runs[-1].url)
    return _merged(runs)


def _pieces(line: Line, anchors: Sequence[Anchor]) -> Iterator[tuple[str, str]]:
    """Yield the text of a line in pieces that lead to one place each."""
    if not any(line.y0 - 1 < box.y1 and box.y0 < line.y1 + 1 for box, _ in anchors):
        yield line.text, ""
        return
    end = len(line.words) - 1
    for i, word in enumerate(line.words):
        yield word.text if i == end else word.text + " ", _url(word, anchors)


def _broken(text: str, following: Line | None, known: Callable[[str], bool]) -> tuple[str, str]:
    """Return the end of a line and what stands between it and the next line."""
    if following is None:
        return text, ""
    if text[-1:] not in _HYPHENS or not _HYPHEN.search(text[-3:]):
        return text, " "
    rest = _NEXT.match(following.text)
    if rest is None or not rest.group()[0].islower():
        return text, "" if rest else " "
    if _ADDRESS.search(text[text.rfind(" ") + 1 :]):
        return text, ""
    head = _HEAD.search(text[:-1])
    whole = ((head.group() if head else "") + rest.group()).lower()
    parted = ((head.group() if head else "") + "-" + rest.group()).lower()
    return (text, "") if known(parted) and not known(whole) else (text[:-1], "")


def _url(word: Word, anchors: Sequence[Anchor]) -> str:
    if not anchors:
        return ""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    for box, url in anchors:
        if box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1:
            return url
    return ""


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(run.text for run in same), url)
        for url, same in groupby(runs, key=lambda run: run.url)
    )


def around(lines: Sequence[Line]) -> Box:
    """Return the place of some lines."""
    return union([line.box for line in lines])


def item_marker(lines: Sequence[Line]) -> Marker | None:
    """Return the marker of a paragraph that is a list item."""
    return marker_of(lines[0].text)


def code_of(lines: Sequence[Line]) -> tuple[Run, ...]:
    """Return lines of code with the indents they have."""
    left = min(line.x0 for line in lines)
    widths = [(line.x1 - line.x0) / len(line.text) for line in lines if line.text]
    step = median(widths) or 1.0
    return (Run("\n".join(" " * round((o.x0 - left) / step) + o.text for o in lines)),)
