"""Cells of tables behind what their columns and rows are called, as lines of a text of their own.

What tells a number that its form does not stands in the head of its column, or in the first cell of its
row, often hundreds of lines away. Each cell below a head that names a type of personal data is read as
if that name stood before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from curate.pii.labels import means_time, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CELLS = " | "  # what parts the cells of a row
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_HEAD_LINES = 3  # a table may have a title, or heads of several columns above its heads
_LONGEST_HEAD = 60
_REMEMBERED = 10_000

_PHONES = (
    r"(?:tele|cell)?phones?|tel|telefon\w*|tél\w*|mobile?s?|handy\w*|cell|(?:tele)?fax"
    r"|rufnummer|durchwahl|whatsapp|hotline"
)
_PLACES = r"home|work|office|direct|desk|pager"  # of people, and of many other things


def _among(words: str) -> str:
    return rf"(?:^| )(?:{words})(?: |$)"


# What a head says of the cells below it, and the words that say so to every rule; of one type the first.
_SAID: Final[tuple[tuple[str, str, str], ...]] = (
    ("PHONE_NUMBER", _among(_PHONES), "phone"),
    ("PHONE_NUMBER", rf"^(?:{_PLACES})(?: (?:no|number|line))?$", "office"),
    ("PHONE_NUMBER", r"^(?:ext|extn|extensions?|nebenstelle)(?: (?:no|number))?$", "ext."),
    ("US_SSN", _among(r"ssns?|social|tin"), "social security ssn"),
    ("US_ITIN", _among(r"itins?|tin|tax|taxpayer"), "taxpayer itin"),
    ("US_PASSPORT", _among(r"passports?|reisepass\w*"), "passport"),
    (
        "US_DRIVER_LICENSE",
        _among(r"driv(?:er|ing)s?|licen[cs]es? (?:no|nr|num|number|id)|dl|cdl|führerschein\w*"),
        "driver license no",
    ),
    (
        "US_BANK_NUMBER",
        _among(r"accounts?|acct|bank|routing|aba|debit|konto\w*|bankverbindung"),
        "bank account",
    ),
    ("CREDIT_CARD", _among(r"(?:credit|master)?cards?|\w*karten?|maestro|visa|amex"), "card"),
    ("UK_NHS", _among(r"nhs|patients?|health"), "nhs number"),
    ("MEDICAL_LICENSE", _among(r"dea|medical"), "medical certificate"),
    ("MAC_ADDRESS", _among(r"macs?|hardware|ethernet|physical"), "mac address"),
    ("UUID", _among(r"uuids?|guids?"), "uuid"),
)
_PATTERNS: Final = [(kind, re.compile(pattern), said) for kind, pattern, said in _SAID]
_SOMETHING_ELSE = re.compile(
    r"(?:^| )(?:balance|amount|total|manager|owner|holder|status|type|count|cost|holidays?|date|model"
    r"|expir\w*|software|version|products?|plan|users|visits|sales|sold|units|traffic|sessions|share)(?: |$)"
)
_COUNTED = re.compile(
    r"\b(phone|tel|telefon|mobile?|fax)[ _]?\d\Z", re.IGNORECASE
)  # Phone 1, Phone 2
Told = tuple[frozenset[str], str]
_NOTHING: Final[Told] = frozenset(), ""


@dataclass(frozen=True, slots=True)
class Column:
    """Cells as lines behind one name; `places` are their characters' in the text, -1 of the name's."""

    text: str
    places: tuple[int, ...]
    types: frozenset[str]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text that a span of the lines stands for; -1 if it is none."""
        inside = self.places[start:end]
        return (-1, -1) if -1 in inside else (inside[0], inside[-1] + 1)


class Columns:
    """Reads tables by what their cells are called."""

    def __init__(self, own: Mapping[str, Iterable[str]]) -> None:
        """Take further words that name a type, in lower case."""
        self._own = {kind: frozenset(words) for kind, words in own.items()}
        self._told = lru_cache(_REMEMBERED)(self._tell)

    def of(self, text: str) -> Iterator[Column]:
        """Yield the cells of a text's tables that are called something of interest."""
        if CELLS not in text:
            return
        for block in _BLOCK.finditer(text):
            if CELLS in block[0]:
                yield from self._of_table(block[0], block.start())

    def named(self, text: str, name: str) -> Iterator[Column]:
        """Yield a whole text as the one cell of a name, if that is of interest."""
        yield from _lines(self._told(name), [(0, text)])

    def _of_table(self, table: str, offset: int) -> Iterator[Column]:
        rows = list(_rows(table, offset))
        by_name: dict[Told, list[tuple[int, str]]] = {}
        heads: dict[int, Told] = {}
        for number, row in enumerate(rows):
            first = self._told(row[0][1])
            for column, (place, cell) in enumerate(row):
                for told in {heads.get(column, _NOTHING), first if column else _NOTHING}:
                    if told[0]:
                        by_name.setdefault(told, []).append((place, cell))
                if number < _HEAD_LINES and (told := self._told(cell))[0]:
                    heads[column] = told
        for told, cells in by_name.items():
            yield from _lines(told, cells)

    def _tell(self, label: str) -> Told:
        """Return of which types a label speaks, and in which words."""
        label = _COUNTED.sub(r"\1", label)
        if len(label) > _LONGEST_HEAD or any(map(str.isdigit, label)) or means_time(label):
            return _NOTHING
        name = " ".join(words_of(label))
        told: dict[str, str] = {}
        for kind, one, said in _PATTERNS:
            if kind not in told and one.search(name):
                told[kind] = said
        if _SOMETHING_ELSE.search(name):
            told = {}
        for kind, own in self._own.items():
            if any(f" {word} " in f" {name} " for word in own):
                told[kind] = f"{told.get(kind, '')} {name}".strip()
        return frozenset(told), " ".join(sorted(set(told.values())))


def _rows(table: str, offset: int) -> Iterator[list[tuple[int, str]]]:
    """Yield the cells of each row with their places."""
    for line in table.split("\n"):
        row = []
        place = offset
        for cell in line.split(CELLS):
            row.append((place, cell))
            place += len(cell) + len(CELLS)
        offset += len(line) + 1
        yield row


def _lines(told: Told, cells: Iterable[tuple[int, str]]) -> Iterator[Column]:
    types, name = told
    lead = f"{name}: "
    parts: list[str] = []
    places: list[int] = []
    for place, cell in cells if types else ():
        if any(map(str.isdigit, cell)):
            parts += (lead, cell, "\n")
            places += [-1] * len(lead)
            places += range(place, place + len(cell))
            places.append(-1)
    if parts:
        yield Column("".join(parts), tuple(places), types)
