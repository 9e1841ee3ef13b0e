"""Which of a table's first rows head it, told from the cells alone.

Workbooks and delimited files rarely say so. A header is short, wordy and unique where what follows
is numbers, dates or repeated values; years head columns too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(
    r"[-+(]?\s?(?:[$€£¥]|[A-Z]{3}\s)?\s?\d[\d.,'\s]*(?:[eE][+-]?\d+)?\s?(?:%|[$€£¥]|[A-Z]{3})?\)?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d.*)?|\d{1,2}:\d\d(?::\d\d)?|TRUE|FALSE|[-–—]|n/?a",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY\s?|Q[1-4]\s)?(?:19|20)\d\d(?:/\d\d)?[AEF]?")
_LONGEST = 80
_LOOKED_AT = 25  # rows below
_MOST = 3
_SINGLE = 2


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are headers.

    >>> count_header_rows([["Name", "Age"], ["Ann", "31"]])
    1
    """
    for height in range(1, min(_MOST, len(rows) - 1) + 1):
        if not _is_group(rows[height - 1]):
            return height if _heads(rows[height - 1], rows[height : height + _LOOKED_AT]) else 0
    return 0


def looks_numeric(text: str) -> bool:
    """Tell whether a cell holds a number, an amount, a date, a time or a truth value."""
    return _NUMBER.fullmatch(text) is not None


def _is_group(row: Sequence[str]) -> bool:
    """Tell whether a row names groups of the columns below: words with gaps between them."""
    filled = [cell for cell in row if cell]
    gaps = any(not cell for cell in row[1:])
    return (
        gaps
        and len(filled) * 2 <= len(row) + 1
        and not any(map(looks_numeric, filled))
        and (len(row) > _SINGLE)
    )


def _heads(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    cells = [cell for cell in row if cell]
    if len(cells) < max(1, (2 * len(row) + 2) // 3) or max(map(len, cells)) > _LONGEST:
        return False
    words = [cell for cell in cells if not looks_numeric(cell) or _YEAR.fullmatch(cell)]
    if len(words) < len(cells) or len(set(cells)) < len(cells):
        return False
    if len(cells) > 1 and all(map(_YEAR.fullmatch, cells)):
        return True
    return not _recurs(row, below)


def _recurs(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a cell of the row stands below itself again, as only data does."""
    return any(
        cell and any(column < len(other) and other[column] == cell for other in below)
        for column, cell in enumerate(row)
    )
