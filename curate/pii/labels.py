"""What a value is called: by the key before it, by the head of its column, or by its property.

It tells what a number or a word means where its form does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 80  # characters before a value in which its key stands
_LINE = 2_000  # characters; a longer line is no row of a table that people read
_KEY = re.compile(r"""([^\W\d][\w.-]*(?: \(?[^\W\d][\w.-]*\)?){0,5})["']?[ ]?[:=|][ ]?["']?\Z""")
_BETWEEN_CELLS = " | "
_BETWEEN_BLOCKS = re.compile(r"\n\n")
_PROPERTY = re.compile(r"field\.(.*)\.\d+", re.DOTALL)
_WORD = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+(?![a-zß-ÿ])")
_UNITS = frozenset(
    {
        "ms",
        "millis",
        "milliseconds",
        "s",
        "sec",
        "seconds",
        "us",
        "ns",
        "utc",
        "gmt",
        "unix",
        "epoch",
    }
)
_TIMES = frozenset(
    {
        "time", "times", "timestamp", "date", "datetime", "ts", "zeit", "datum", "zeitstempel",
        "created", "updated", "modified", "changed", "deleted", "edited", "erstellt",
        "published", "posted", "received", "sent", "seen", "login", "opened", "closed", "resolved",
        "started", "ended", "finished", "since", "until", "expires", "expiry", "expiration",
        "exp", "iat", "nbf", "mtime", "ctime", "atime",
    }
)  # fmt: skip
_PARTICLES = frozenset({"am", "at", "on"})  # created_at, but not: reach me at


class Labels:
    """The labels in one text."""

    def __init__(self, text: str) -> None:
        """Open a text; nothing is looked for yet."""
        self._text = text

    def of(self, place: int, field: str) -> Iterator[str]:
        """Yield what a value at a place of a field is called, the nearest first."""
        named = property_of(field)
        if named:
            yield named
        key = _KEY.search(self._text, max(place - _REACH, 0), place)
        if key:
            yield key[1]
        head = self._head(place)
        if head:
            yield head

    def _head(self, place: int) -> str:
        """Return the cell in the first row of a table above a cell, "" if it is in none."""
        start = self._blocks[bisect_right(self._blocks, place) - 1]
        line = self._text.rfind("\n", max(start, place - _LINE), place) + 1
        if line <= start:
            return ""
        heads = self._text[start : start + _LINE].partition("\n")[0].split(_BETWEEN_CELLS)
        number = self._text.count(_BETWEEN_CELLS, line, place)
        return heads[number] if 1 < len(heads) > number else ""

    @cached_property
    def _blocks(self) -> list[int]:
        return [0, *(gap.end() for gap in _BETWEEN_BLOCKS.finditer(self._text))]


def property_of(field: str) -> str:
    """Return the name of the property whose value a field holds, "" if it holds none."""
    named = _PROPERTY.fullmatch(field)
    return named[1] if named else ""


def words_of(label: str) -> list[str]:
    """Return the words of a label in lower case, however they are joined.

    >>> words_of("homePhone"), words_of("Driver's license_no")
    (['home', 'phone'], ['driver', 's', 'license', 'no'])
    """
    return [word.lower() for word in _WORD.findall(label)]


def means_time(label: str) -> bool:
    """Tell whether what has this label is a moment.

    >>> [means_time(label) for label in ("created_at", "expiresMs", "Updated on", "paidAt")]
    [True, True, True, True]
    >>> [means_time(label) for label in ("phone", "at", "Call the desk at", "contact_on_phone")]
    [False, False, False, False]
    """
    words = words_of(label)
    rest = [*words]
    while rest and rest[-1] in _UNITS:
        rest.pop()
    if not rest:
        return bool(words)
    if rest[-1] in _PARTICLES and len(rest) > 1:
        return " " not in label.strip() or rest[-2] in _TIMES
    return rest[-1] in _TIMES
