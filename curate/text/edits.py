"""From wishes to edits: what stages want dropped or replaced, made sorted and free of overlaps.

Wishes come from several sides (hidden text, quoted mail, found PII, suppressions) and overlap.
Whatever one of them covers is covered by the result: where two meet, one of them is cut, never let
go.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from curate.ids import mac
from curate.tables.edits import Edit, EditAction
from curate.text.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.tables.pii_spans import PiiSpan

_MARGIN = re.compile(r"[\s>]+")
_WHITE = re.compile(r"\s+")
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_NOT_DIGIT = re.compile(r"\D+")

# What people write with any grouping is compared by its digits, or letters and digits, alone.
_DIGITS_COUNT = frozenset(
    {"CREDIT_CARD", "PHONE_NUMBER", "UK_NHS", "US_BANK_NUMBER", "US_ITIN", "US_SSN"}
)
_LETTERS_AND_DIGITS_COUNT = frozenset(
    {"IBAN_CODE", "MAC_ADDRESS", "MEDICAL_LICENSE", "US_DRIVER_LICENSE", "US_PASSPORT", "UUID"}
)


def value_digest(key: bytes, kind: str, value: str) -> bytes:
    """Return the keyed digest of a value of a PII type, the same however the value is written."""
    return mac(key, "pii-value", kind, normalised_value(kind, value))


def normalised_value(kind: str, value: str) -> str:
    """Return the value as it is compared: as it is meant, without case, spacing or grouping.

    >>> normalised_value("PHONE_NUMBER", "(212) 555-0172")
    '2125550172'
    """
    value = plain(value)
    if kind in _DIGITS_COUNT:
        return _NOT_DIGIT.sub("", value)
    if kind in _LETTERS_AND_DIGITS_COUNT:
        return _NOT_LETTER_OR_DIGIT.sub("", value).casefold()
    if kind == "CRYPTO":
        return value
    if kind == "EMAIL_ADDRESS":  # a line end may break it, in quoted mail with a sign behind it
        return _MARGIN.sub("", value).casefold()
    return _WHITE.sub(" ", value).strip().casefold()


def drop(field: str, start: int, end: int, *, reason: str) -> Edit:
    """Return the wish to drop a span."""
    return Edit(field, start, end, EditAction.DROP, "", b"", reason)


def replacements(
    spans: Iterable[PiiSpan], texts: Mapping[str, str], *, key: bytes, reason: str = "pii"
) -> Iterator[Edit]:
    """Yield the wish to replace each span; one that belongs to nobody known belongs to its value.

    Args:
        spans: What was found.
        texts: The text of each field that a span names.
        key: The workspace's key for pseudonyms.
        reason: The code the edits carry.
    """
    for span in spans:
        value = texts[span.field][span.start : span.end]
        person = span.person or value_digest(key, span.type, value)
        yield Edit(span.field, span.start, span.end, EditAction.REPLACE, span.type, person, reason)


def normalise(wishes: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits that cover what the wishes cover, sorted by field and place, without overlaps.

    A drop wins over a replacement; of two drops the earlier, of two replacements the longer stays
    whole. What is left of the other beside it stays an edit of its own.
    """
    ordered = sorted((w for w in wishes if w.start < w.end), key=lambda w: w.field)
    done: list[Edit] = []
    for _, of_field in groupby(ordered, key=lambda w: w.field):
        done.extend(_without_overlaps(list(of_field)))
    return tuple(done)


def of_field(edits: Iterable[Edit], field: str) -> tuple[Edit, ...]:
    """Return the edits of one field, in their order."""
    return tuple(edit for edit in edits if edit.field == field)


def _without_overlaps(wishes: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for wish in sorted(wishes, key=_rank):
        for part in list(_outside(kept, wish)):
            insort(kept, part, key=_start)
    return _joined(kept)


def _rank(edit: Edit) -> tuple[bool, int, int, str, str, bytes]:
    """Order wishes by who wins: drops by place, then replacements by length."""
    if edit.action is EditAction.DROP:
        return (False, edit.start, -edit.end, edit.reason, "", b"")
    return (True, edit.start - edit.end, edit.start, edit.type, edit.reason, edit.person)


def _outside(kept: list[Edit], wish: Edit) -> Iterator[Edit]:
    """Yield the parts of a wish that no kept edit covers."""
    at = wish.start
    first = bisect_right(kept, wish.start, key=_end)
    for other in kept[first:]:
        if other.start >= wish.end:
            break
        if at < other.start:
            yield replace(wish, start=at, end=other.start)
        at = other.end
    if at < wish.end:
        yield replace(wish, start=at)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Join drops of one reason that touch."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and replace(joined[-1], start=edit.start, end=edit.end) == edit:
            before = joined[-1]
            if before.end == edit.start and edit.action is EditAction.DROP:
                joined[-1] = replace(before, end=edit.end)
                continue
        joined.append(edit)
    return joined


def _start(edit: Edit) -> int:
    return edit.start


def _end(edit: Edit) -> int:
    return edit.end
