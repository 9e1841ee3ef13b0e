"""Values of which each half stands in a cell of its own: one finding for each half."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.pii.forms import Form
from curate.pii.marks import is_account, is_card

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELLS = " | "
_PARTED = re.compile(r"[\d)] \| [\d(]|[\dA-Z]{4} \| [\dA-Z]{4}")
_CARD = re.compile(r"(?<![\w.-])\d{4}(?:(?: |-| \| )\d{4}){3}(?![\w.]|-\d)")
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
}


def across_cells(text: str) -> Iterator[Form]:
    """Yield the halves of card, account and telephone numbers that a border between cells parts."""
    if _CELLS not in text or not _PARTED.search(text):
        return
    for match in _CARD.finditer(text):
        if is_card(match[0]):
            yield from _parts(match, "CREDIT_CARD")
    for match in _ACCOUNT.finditer(text):
        if is_account(match[0]):
            yield from _parts(match, "IBAN_CODE")
    for match in _PHONE.finditer(text) if "+" in text else ():
        if _is_dialled(match[1] + match[2]):
            yield from _parts(match, "PHONE_NUMBER")


def is_sure_across(kind: str, value: str) -> bool:
    """Return whether a value is one although a line end was read over: by check digit, plus or groups."""
    form = _SURE.get(kind)
    return form is not None and form.fullmatch(value) is not None


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
