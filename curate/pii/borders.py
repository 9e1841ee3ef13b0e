"""Values that a border parts: two cells, or two lines.

Of a value in two cells each half is a finding; whether a card is one is the matter of `cells`. Over a
line end only what could hardly be two numbers is believed: by its check digit, by its plus or brackets,
or because its name stands before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from curate.pii.cells import cards
from curate.pii.forms import FORM, Form
from curate.pii.marks import is_account
from curate.pii.parted import is_of_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.tables.pii_spans import PiiSpan

ACROSS: Final = "cells"  # the recogniser of cards in several cells
CARD: Final = "CREDIT_CARD"
_CELLS = " | "
_PARTED = re.compile(r"[\d)] \| [\d(]|[\dA-Z]{4} \| [\dA-Z]{4}")
_ACCOUNT = re.compile(
    r"(?<!\w)[A-Z]{2} ?\d\d(?: ?[A-Z0-9]{4})* \| [A-Z0-9]{4}(?:(?: | \| )?[A-Z0-9]{1,4})*(?!\w)"
)
_PHONE = re.compile(
    r"(?:(?<=\| )|(?<![^\n]))(\+[1-9]\d{0,2}(?:[ -]?\(?\d{1,4}\)?){0,2})"
    r" \| (\(?\d[\d ()/-]{3,13}\d)(?= \||\n|\Z)"
)

_SURE = {
    "IBAN_CODE": re.compile(r".*", re.DOTALL),
    "CREDIT_CARD": re.compile(r"\d{4}([ -]?)\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5}"),
    "PHONE_NUMBER": re.compile(r"[+＋(].*|\d{3}[-.]\d{3}[-.]\d{4}", re.DOTALL),
    "US_SSN": re.compile(r"\d{3}-\d\d-\d{4}"),
    "US_ITIN": re.compile(r"\d{3}-\d\d-\d{4}"),
    "UUID": re.compile(r".*"),
    "MAC_ADDRESS": re.compile(r".*"),
}
# Numbers that are whole: with the zero or the area code of calls within a country, or without.
_NATIONAL = re.compile(r"(?=(?:\D*\d){10,11}\Z)0[1-9][\d ()/.-]*")
_WHOLE = re.compile(rf"{_NATIONAL.pattern}|[2-9]\d\d[ -][2-9]\d\d[ -]\d{{4}}")
_LOCAL = re.compile(r"[2-9]\d{2}-?\d{4}|(?!19|20)\d{4} \d{4}")
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|#|ext(?:ension|n)?\.?)[ :]?\d{1,6}\Z", re.IGNORECASE)
_HALF = 9  # fewer digits may be the first half of a number
_LEAST_BEHIND = 3
_FOUR = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NETWORK_BEFORE = 40
_WORD_BEFORE = re.compile(r"[^\W\d_][ :.(]{1,3}\Z")


def across_cells(text: str) -> Iterator[Form]:
    """Yield the halves of card, account and telephone numbers that a border between cells parts."""
    if _CELLS not in text or not _PARTED.search(text):
        return
    for parts in cards(text):
        yield from (Form(CARD, *part) for part in parts)
    for match in _ACCOUNT.finditer(text):
        if is_account(match[0]):
            yield from _parts(match, "IBAN_CODE")
    for match in _PHONE.finditer(text) if "+" in text else ():
        if _is_dialled(match[1] + match[2]):
            yield from _parts(match, "PHONE_NUMBER")


def is_sure_across(span: PiiSpan, text: str) -> bool:
    """Return whether what was found in a text where a line end was read over is one value."""
    value = text[span.start : span.end]
    if span.type == "IP_ADDRESS":
        before = text[max(span.start - _NETWORK_BEFORE, 0) : span.start]
        return _FOUR.fullmatch(value) is not None and is_of_network(value, before)
    if span.type == "UK_NHS":
        return span.score == 1  # its name stands before it
    if span.type == "PHONE_NUMBER":
        value = _EXTENSION.sub("", value)
    form = _SURE.get(span.type)
    if form is None or form.fullmatch(value):
        return form is not None
    if span.recogniser == FORM:  # its name stands before it
        return span.type == "US_SSN" or bool(_WHOLE.fullmatch(value) or _LOCAL.fullmatch(value))
    before = text[max(span.start - 4, 0) : span.start]
    dialled = span.type == "PHONE_NUMBER" and _NATIONAL.fullmatch(value) is not None
    return dialled and _WORD_BEFORE.search(before) is not None


def goes_on(half: str, value: str) -> bool:
    """Return whether what was found of a telephone number is the first half of a longer one.

    >>> goes_on("07911", "07911 123456"), goes_on("555-0134", "555-0134 40")
    (True, False)
    """
    count = sum(map(str.isdigit, half))
    more = sum(map(str.isdigit, value)) - count
    return count < _HALF and more >= _LEAST_BEHIND and _WHOLE.fullmatch(value) is not None


def _parts(match: re.Match[str], kind: str) -> Iterator[Form]:
    if _CELLS not in match[0]:
        return
    start = match.start()
    for part in match[0].split(_CELLS):
        yield Form(kind, start, start + len(part))
        start += len(part) + len(_CELLS)


def _is_dialled(number: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
