"""Findings taken whole: what is glued to a value in further groups is a part of it.

A mask on half a number leaves the other half to be read, and tells where it belongs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.tables.pii_spans import PiiSpan

_GROUPED = frozenset(
    {
        "CREDIT_CARD", "IBAN_CODE", "MAC_ADDRESS", "MEDICAL_LICENSE", "PHONE_NUMBER", "UK_NHS",
        "US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_ITIN", "US_PASSPORT", "US_SSN",
    }
)  # fmt: skip
_BEHIND = re.compile(r"(?:[-–.·_](?=[^\W_]*\d)[^\W_]+)+")
_BEFORE = re.compile(r"(?<![\w.])(?:[^\W_]*\d[^\W_]*[-–.·])+\Z")
_RANGE = re.compile(r"(?<=\d)[-–]\d{1,3}(?![\w-]|\.\d)")  # a second last number
_REACH = 40
# Other last digits behind a stroke, and what is dialled when the number has answered.
_EXTENSION = re.compile(
    r"(?:(?:/\d{1,8})+(?![\w/%=]|[.,]\d))?"
    r"(?:[ \t]?[,;]?[ \t]?\(?(?:[x#] ?\d{2,6}"
    r"|(?:ext(?:ension|n)?\.?|(?<![^\W_])(?:durchwahl|dw|nebenstelle|poste|int(?:erno|\.)|ramal|anexo))"
    r"[ :=]{0,2}-?\d{1,6})(?!\w))?",
    re.IGNORECASE,
)


def taken_whole(found: Iterable[PiiSpan], text: str) -> list[PiiSpan]:
    """Return findings without overlaps, each with the groups that are glued to it."""
    spans = list(found)
    kept: list[PiiSpan] = []
    for number, span in enumerate(spans):
        least = kept[-1].end if kept else 0
        most = spans[number + 1].start if number + 1 < len(spans) else len(text)
        if span.type in _GROUPED:
            kept.append(_whole(span, text, least, most))
        else:
            more = _RANGE.match(text, span.end, most) if span.type == "IP_ADDRESS" else None
            kept.append(replace(span, end=more.end()) if more else span)
    return kept


def _whole(span: PiiSpan, text: str, least: int, most: int) -> PiiSpan:
    behind = _BEHIND.match(text, span.end, most)
    end = behind.end() if behind else span.end
    more = _EXTENSION.match(text, end, most) if span.type in {"PHONE_NUMBER", "UK_NHS"} else None
    before = _BEFORE.search(text, max(span.start - _REACH, least), span.start)
    start = before.start() if before else span.start
    return replace(span, start=start, end=more.end() if more else end)
