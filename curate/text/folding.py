"""Text as it is meant, where it is written with signs that nobody sees or that stand for others.

`jane<U+200B>doe＠example.com` and `jane.doe%40example.com` say the same as the plain address to a
reader, a mail program or a model. A fold leaves out invisible signs, writes full-width and other
compatible forms as ASCII and decodes percent-encoding; it remembers the place of each character, so
that what is found in it can be told in places of the text itself. Only what surrounds such signs is
folded: text without them costs one look.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef"
)
# What is common in East Asian text, such as full-width commas, does not make it worth a second look.
_TELLING = (
    "\u2010\u2011\ufe52\ufe63\ufe6b"
    "\uff0b\uff0d\uff0e\uff10-\uff19\uff20-\uff3a\uff3f\uff41-\uff5a\uff61"
)
_STYLED = "\U0001d400-\U0001d7ff"  # letters and digits of mathematics
_OTHERS = "\u3002\uff01-\uff5e"
# What people set between the groups of a number, and digits that stand above or below the line.
_JOINTS = "\u00a0\u00b7\u2007\u2009\u2012\u2013\u2022\u202f\u2212"
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u207a\u2080-\u208a"
_NUMERIC = (
    rf"[{_JOINTS}{_RAISED}](?:(?<=[\dA-Z)][{_JOINTS}])(?=[\d(]|[A-Z]{{4}})"
    rf"|(?<=[{_RAISED}])(?:(?=[ ]?[{_RAISED}])|(?<=[{_RAISED}].)|(?<=[{_RAISED}] .)))"
)
_CODED = r"%(?:25)*(?:[2-7][0-9A-Fa-f]|0[9ADad])"  # 25 is the percent sign: encoded twice
_UNCOMMON = re.compile(f"[{_UNSEEN}{_TELLING}{_STYLED}]+")
_IN_NUMBER = re.compile(_NUMERIC)
_FOLDED = re.compile(f"[{_UNSEEN}]+|[{_TELLING}{_STYLED}{_OTHERS}]|{_NUMERIC}|{_CODED}")
_ALL_UNSEEN = re.compile(f"[{_UNSEEN}]+")
_CODE = re.compile(_CODED)
_WORD = re.compile(r"\S+")
_DELIMITERS = str.maketrans("/?&=:;#,", "\n" * 8)
_AS_WRITTEN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("\u00b7\u2022", " "),
    "\u3002": ".",
    "\uff61": ".",
}
_REACH = 160  # characters on each side of a sign that are folded with it, then to the word's border
_FAR = 256  # no word of interest is longer


@dataclass(frozen=True, slots=True)
class Folded:
    """A part of a text as it is meant; `starts` and `ends` are each character's place in it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text that a span of the fold stands for."""
        return self.starts[start], self.ends[end - 1]


def is_odd(text: str) -> bool:
    """Tell whether a text holds a sign that would be folded.

    >>> is_odd("jane@example.com"), is_odd("jane%40example.com"), is_odd("ja\u00adne")
    (False, True, True)
    """
    if text.isascii():
        return "%" in text and _CODE.search(text) is not None
    if _UNCOMMON.search(text) or _IN_NUMBER.search(text):
        return True
    return "%" in text and _CODE.search(text) is not None


def plain(text: str) -> str:
    """Return a short text as it is meant.

    >>> plain("jane\u200b.doe%40example．com")
    'jane.doe@example.com'
    """
    return _FOLDED.sub(lambda sign: _meant(sign[0]), text) if is_odd(text) else text


def fold(text: str) -> Folded:
    """Return a whole text folded."""
    return _fold(text, 0)


def folds(text: str) -> Iterator[Folded]:
    """Yield what surrounds each odd sign, folded; words with percent-encoding come in their parts.

    In those the signs that part an address of the web stand as line breaks, so that `?to=%2B49...`
    reads as a number of its own.
    """
    for low, high in _windows(text):
        part = text[low:high]
        yield _fold(_parted(part) if "%" in part else part, low)


def _signs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of odd signs, kind by kind."""
    for kind in (_UNCOMMON, _IN_NUMBER, *((_CODE,) if "%" in text else ())):
        yield from (sign.span() for sign in kind.finditer(text))


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the borders of what surrounds odd signs, without overlaps, at borders of words."""
    windows: list[tuple[int, int]] = []
    for start, end in sorted(_signs(text)):
        if windows and end + _REACH <= windows[-1][1]:
            continue
        low, high = _widened(text, start - _REACH, end + _REACH)
        if windows and low <= windows[-1][1]:
            windows[-1] = windows[-1][0], high
        else:
            windows.append((low, high))
    return windows


def _widened(text: str, low: int, high: int) -> tuple[int, int]:
    low, high = max(low, 0), min(high, len(text))
    least, most = max(low - _FAR, 0), min(high + _FAR, len(text))
    while low > least and not text[low - 1].isspace():
        low -= 1
    while high < most and not text[high].isspace():
        high += 1
    return low, high


def _parted(text: str) -> str:
    """Return a text of the same length, the parts of percent-encoded words on lines of their own."""
    return _WORD.sub(lambda word: _apart(word[0]), text)


def _apart(word: str) -> str:
    return word.translate(_DELIMITERS) if "%" in word and _CODE.search(word) else word


def _fold(text: str, offset: int) -> Folded:
    """Return a text folded, its places counted from an offset."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for sign in _FOLDED.finditer(text):
        start, end = sign.span()
        meant = _meant(sign[0])
        parts += (text[at:start], meant)
        starts += (*range(at, start), *[start] * len(meant))
        ends += (*range(at + 1, start + 1), *[end] * len(meant))
        at = end
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return Folded(
        "".join(parts),
        tuple(start + offset for start in starts),
        tuple(end + offset for end in ends),
    )


def _meant(sign: str) -> str:
    """Return what a sign stands for: one character, or nothing."""
    if sign.startswith("%"):
        return chr(int(sign[-2:], 16))
    if _ALL_UNSEEN.fullmatch(sign):
        return ""
    return _AS_WRITTEN.get(sign) or unicodedata.normalize("NFKC", sign)
