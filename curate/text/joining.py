"""Text in which line ends amid numbers are read as blanks, or as nothing, with places mapped back.

Readers of PDF, of plain text and of vCards leave line ends where a page or a format broke a line, and
quoted mail begins each line with a sign. Only what surrounds such a line end is joined; lines of tables
are left as they are. Paragraphs are joined only where the first ends amid a telephone number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.text.folding import Folded

if TYPE_CHECKING:
    from collections.abc import Iterator

Window = tuple[int, int, list[tuple[int, int]]]

_LINE_END = r"\n\n?[ \t]*(?:[-*•] |(?:>[ \t]?)+)?"
_GOES_ON = r"[(+.–-]?\d|[A-Z0-9]{4}(?![a-z])"
_BREAK = re.compile(rf"{_LINE_END}(?={_GOES_ON})")
_BREAK_IN_HEX = re.compile(  # numbers of devices and records are written with letters too
    rf"{_LINE_END}(?={_GOES_ON}|[0-9A-Fa-f]{{2}}(?:[:-]|[0-9a-f]{{2}}-|[0-9a-f]{{10}}\b))"
)
_BEFORE = re.compile(r"(?:\d[)/.–-]?|[A-Z0-9]{4})[ \t]*\Z")
_HEX_BEFORE = re.compile(
    r"(?<![\w:-])(?:(?:[0-9A-Fa-f]{2}[:-]){1,5}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){0,3})\Z"
)
_HEX_SIGNS = frozenset(":-")
_HEX_BEHIND = re.compile(
    r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){0,4}\b|[0-9a-fA-F]{4}-|[0-9a-fA-F]{12}\b"
)
_NETWORK = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?: .*)?")
_RUN_BEFORE = re.compile(r"(?:[A-Z]{2}[ ]?\d\d(?:[ ]?[A-Z0-9]{2,4})*|[+\d(][\d ()/.–-]*)[ \t]*\Z")
_RUN_BEHIND = re.compile(r"[A-Z0-9 ()/.–-]+")
_FEWEST = 9  # letters and digits of the shortest number that is looked for
_FEWEST_UNMARKED = 13  # of a number of digits alone
_FEWEST_NAMED = 7  # of a number behind a word
_MARKED = re.compile(r"[+(.–-]|[A-Z]{2}|\A0[1-9]")
_NAMED = re.compile(r"[^\W\d_][ \t:.#(]{1,3}\Z")
_UNFINISHED = re.compile(r"(?:\+\d[\d ()-]*|\((?:(?!19|20)\d{3}|0\d{1,4})\))[ \t]*\Z")
_BETWEEN_CELLS = " | "
_REACH = 64  # characters on each side of a line end; no number that is looked for is longer
_NEAR = 8
_MOST_BREAKS = 6  # close together; more of them part the numbers of a list


def joined(text: str) -> Iterator[Folded]:
    """Yield what surrounds line ends amid numbers, twice: with blanks for them and without."""
    for window in _windows(text):
        if len(window[2]) <= _MOST_BREAKS:
            for sign in " ", "":
                yield _joined(text, window, sign)


def _windows(text: str) -> Iterator[Window]:
    """Yield the borders of what surrounds line ends, with those line ends; near ones together."""
    low = high = 0
    breaks: list[tuple[int, int]] = []
    form = _BREAK_IN_HEX if ":\n" in text or "-\n" in text else _BREAK
    for match in form.finditer(text):
        start, end = match.span()
        if not _may_go_on(text, start, end) or _is_row(text, start, end):
            continue
        if breaks and start - _REACH > breaks[-1][1]:
            yield low, high, breaks
            breaks = []
        low = low if breaks else _back(text, start)
        high = _forth(text, end)
        breaks.append((start, end))
    if breaks:
        yield low, high, breaks


def _may_go_on(text: str, start: int, end: int) -> bool:
    """Return whether enough of a number stands on both sides of a line end."""
    if text[start - 1] in _HEX_SIGNS and _HEX_BEFORE.search(text, max(start - _REACH, 0), start):
        return _HEX_BEHIND.match(text, end) is not None
    if not _BEFORE.search(text, max(start - _NEAR, 0), start):
        return False
    before = _RUN_BEFORE.search(text, max(start - _REACH // 2, 0), start)
    behind = _RUN_BEHIND.match(text, end, end + _REACH // 2)
    if before is None or behind is None:
        return False
    if text.startswith("\n\n", start) and not _UNFINISHED.match(before[0]):
        return False
    named = _NAMED.search(text, max(before.start() - _NEAR, 0), before.start())
    return _is_enough(before[0] + behind[0], named=named is not None)


def _is_enough(run: str, *, named: bool) -> bool:
    """Return whether what stands around a line end may be a number; a word may name it."""
    count = sum(map(str.isalnum, run))
    if named or count < _FEWEST:
        return _NETWORK.fullmatch(run) is not None or (named and count >= _FEWEST_NAMED)
    return count >= _FEWEST_UNMARKED or _MARKED.search(run) is not None


def _is_row(text: str, start: int, end: int) -> bool:
    """Return whether a line end parts rows of a table."""
    before = text[text.rfind("\n", max(start - 4 * _REACH, 0), start) + 1 : start]
    after = text[end : end + 4 * _REACH].partition("\n")[0]
    return _BETWEEN_CELLS in before or _BETWEEN_CELLS in after


def _back(text: str, start: int) -> int:
    low = max(start - _REACH, 0)
    return max(low, text.rfind("\n\n", low, start) + 1)


def _forth(text: str, end: int) -> int:
    high = min(end + _REACH, len(text))
    gap = text.find("\n\n", end, high)
    return gap if gap >= 0 else high


def _joined(text: str, window: Window, sign: str) -> Folded:
    low, high, breaks = window
    parts: list[str] = []
    places: list[int] = []
    at = low
    for start, end in breaks:
        parts += (text[at:start].rstrip(" \t") if sign == "" else text[at:start], sign)
        places += range(at, at + len(parts[-2]))
        places += [start] * len(sign)
        at = end
    parts.append(text[at:high])
    places += range(at, high)
    return Folded("".join(parts), tuple(places), tuple(place + 1 for place in places))
