"""Cards whose digits stand in several cells of one row of a table.

One in fifty rows of four-digit sums has the check digit of a card and begins as one. What tells a card
is that its cells are one field: called a card's number, or below one head or none, with no number beside
them, where the rows above and below hold cards as well. A cell that holds two groups tells it by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from curate.pii.marks import is_card

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = list[tuple[int, int]]

BETWEEN: Final = " | "
_GAP = r"(?: |-| \| )"
_CARD = re.compile(
    r"(?<![\w.-])(?=((?:[2456]\d{3}|35\d\d)(?:GAP\d{4}){3}|3[47]\d\dGAP\d{6}GAP\d{5})(?![\w.]|-\d))".replace(
        "GAP", _GAP
    )
)
_GAP_OF_BLOCKS = re.compile(r"\n\n")
_ISSUED = re.compile(
    r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|6(?:011|4[4-9]|5|2)|35(?:2[89]|[3-8])|3[47]"
)
_WORD = r"(?:credit|debit|bank|visa|amex|master|payment|kredit|giro)?[ -]?(?:cards?|karten?)"
_NUMBER = re.compile(
    rf"\b(?:{_WORD}[ _-]?(?:no\b|nr\b|num|number|nummer|#)|pan\b|{_WORD}[ ]?:?(?: \| *)?\Z)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{_WORD}|visa|amex|mastercard|maestro|pan)\b", re.IGNORECASE)
_BEFORE = 80  # characters before a table in which its numbers are called something
_LONGEST = 4_000  # signs of a row; what is longer is no form


def cards(text: str) -> Iterator[Found]:
    """Yield the borders of the parts of each card that stands in several cells."""
    starts = [0, *(gap.end() for gap in _GAP_OF_BLOCKS.finditer(text))]
    tables: dict[int, _Table] = {}
    done = 0
    for match in _CARD.finditer(text):
        start, end = match.span(1)
        value = match[1]
        if start < done or BETWEEN not in value or not (_ISSUED.match(value) and is_card(value)):
            continue
        if _is_plain(value):
            low = starts[bisect_right(starts, start) - 1]
            table = tables.get(low) or tables.setdefault(low, _Table(text, low))
            if not table.holds_card(start, end):
                continue
        done = end
        yield _parts(start, value)


def _is_plain(value: str) -> bool:
    """Return whether each cell holds one group, as sums do."""
    return all(map(str.isdigit, value.split(BETWEEN)))


def _parts(start: int, value: str) -> Found:
    parts = []
    for part in value.split(BETWEEN):
        parts.append((start, start + len(part)))
        start += len(part) + len(BETWEEN)
    return parts


@dataclass(frozen=True)
class _Table:
    """The block of lines of a text that begins at a place."""

    text: str
    start: int
    judged: dict[range, bool] = field(
        default_factory=dict
    )  # columns; all rows are read once for each

    def holds_card(self, start: int, end: int) -> bool:
        """Return whether the cells of a row between two places are one field, of a card."""
        line = self.text.rfind("\n", self.start, start) + 1 or self.start
        close = self.text.find("\n", end)
        close = close if close >= 0 else len(self.text)
        if close - line > _LONGEST:
            return False
        before, behind = self.text[line:start], self.text[end:close]
        if _NUMBER.search(before):
            return True
        first = before.count(BETWEEN)
        columns = range(first, first + self.text.count(BETWEEN, start, end) + 1)
        heads = [self._heads[n].strip() if n < len(self._heads) else "" for n in columns]
        named = any(map(_NAMED.search, (*heads, before, self._above)))
        beside = before.removesuffix(BETWEEN).rpartition(BETWEEN)[2], _next_cell(behind)
        if not named and any(cell.strip().isdigit() for cell in beside):
            return False
        if not _is_one_field(heads):
            return False
        if columns not in self.judged:
            self.judged[columns] = self._are_cards(columns)
        return self.judged[columns]

    def _are_cards(self, columns: range) -> bool:
        """Return whether of the rows with digits alone in some columns most hold cards there."""
        values = ["".join(row[columns.start : columns.stop]) for row in self._rows]
        digits = [value for value in values if value.isdigit()]
        return 2 * sum(map(_is_card, digits)) > len(digits)

    @cached_property
    def _heads(self) -> list[str]:
        return self.text[self.start : self.start + _LONGEST].partition("\n")[0].split(BETWEEN)

    @cached_property
    def _rows(self) -> list[list[str]]:
        end = self.text.find("\n\n", self.start)
        block = self.text[self.start : end if end >= 0 else len(self.text)]
        return [line.split(BETWEEN) for line in block.split("\n") if BETWEEN in line]

    @cached_property
    def _above(self) -> str:
        return self.text[max(self.start - _BEFORE, 0) : self.start].strip().rpartition("\n")[2]


def _next_cell(behind: str) -> str:
    return behind.removeprefix(BETWEEN).partition(BETWEEN)[0]


def _is_card(digits: str) -> bool:
    return _ISSUED.match(digits) is not None and is_card(digits)


def _is_one_field(heads: list[str]) -> bool:
    """Return whether the heads of columns are none, one, the same, or all of a card; a card is no head."""
    if _is_card("".join(heads)) or all(map(_NAMED.search, heads)):
        return True
    return len({head.lower() for head in heads if head}) < len(("one", "another"))
