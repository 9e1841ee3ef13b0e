"""Sentences of a message as spans, so that what is cut out of it is cut whole.

A line ends a sentence unless it was broken for its length: it is long, has no mark at its end, and
words follow.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.visible import Visible

_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|ca|bzw|z\.\s?B|d\.\s?h|usw|Nr|No|Dr|Mr|Mrs|Ms|Prof|St|vs"
    r"|Inc|Ltd|Co|Fig|Tel|Ext|Mme|M|Sr|Sra|art|[A-Z])\.$"
)
_END = re.compile(r"(?<![.!?…])[.!?…]{1,6}[\"'”’»)\]]{0,4}(?=\s+[\"'“‘«(\[¿¡]?(?:[^\W_a-z]|\d))")
_DAY_OF = re.compile(  # the full stop of a German day: "am 2. Juli"
    r"\d\.(?= (?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Tag|Stock|Etage|Mal)\w*)"
)
_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s+")
_BROKEN = 60  # signs of a line that may have been broken for its length
_MARKS = (".", "!", "?", ":", ";", "…")
_BEFORE = 12  # signs before a full stop that tell an abbreviation


class Sentence(NamedTuple):
    """A sentence of a message: its span, its words, and whether it begins a line."""

    start: int
    end: int
    text: str
    first: bool


def sentences(visible: Visible, indices: Sequence[int]) -> list[Sentence]:
    """Return the visible sentences of elements, in order."""
    found: list[Sentence] = []
    for index in indices:
        element = visible.element(index)
        whole = element.kind in {Kind.TABLE, Kind.CODE}
        for span in visible.spans(element.start, element.end):
            text = visible.document.text[span.start : span.end]
            blocks = [(0, len(text))] if whole else _blocks(text)
            for start, end in blocks:
                cuts = [] if whole else _cuts(text, start, end)
                found += _within(text, [start, *cuts, end], span.start)
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines, those that were broken for their length as one."""
    start = at = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        at += len(line) + 1
        goes_on = len(line) >= _BROKEN and not line.rstrip().endswith(_MARKS)
        if not (goes_on and following.strip() and not _ITEM.match(following)):
            yield start, min(at, len(text))
            start = at


def _cuts(text: str, start: int, end: int) -> list[int]:
    ends = [m.end() for m in _END.finditer(text, start, end)]
    item = _ITEM.match(text, start, end)
    first = item.end() if item else start
    return [at for at in ends if at > first and not _goes_on(text, max(start, at - _BEFORE), at)]


def _goes_on(text: str, start: int, at: int) -> bool:
    """Tell whether a full stop before `at` ends a short form or a number, no sentence."""
    return bool(_ABBREVIATED.search(text[start:at]) or _DAY_OF.match(text, max(at - 2, 0)))


def _within(text: str, borders: Sequence[int], offset: int) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(pairwise(borders)):
        said = text[start:end]
        bare = said.strip()
        if bare:
            begin = offset + start + len(said) - len(said.lstrip())
            yield Sentence(begin, begin + len(bare), bare, not number)
