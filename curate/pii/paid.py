"""Means of payment that Presidio looks past: cards of unusual lengths behind their name, and wallets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.pii.marks import is_card, is_checked

if TYPE_CHECKING:
    from collections.abc import Iterator

_CARD = re.compile(
    r"(?:\b|_)(?:[a-z]*(?:cards?|karten?)|maestro|visa|amex|unionpay)(?![^\W\d_])[^\d\n|]{1,40}"
    r"(?<![\w.$€£+-])(\d(?:[ -]?\d){11,18})(?![^\W_]|[ .-]\d)",
    re.IGNORECASE,
)
_LONG = 17  # digits; shorter ones are cards without their name as well, but for those of twelve
_SHORT = 12
_OF_TWELVE = re.compile(r"5[06-9]|6")
_WALLET = re.compile(r"(?<!\w)0x(?!0{40})[0-9a-f]{40}(?!\w)", re.IGNORECASE)


def named_cards(text: str) -> Iterator[tuple[int, int]]:
    """Yield the borders of cards of 12 digits, or of 17 to 19, whose name stands before them."""
    for match in _CARD.finditer(text):
        digits = "".join(filter(str.isdigit, match[1]))
        short = len(digits) == _SHORT and _OF_TWELVE.match(digits) and is_checked(digits)
        if short or (len(digits) >= _LONG and is_card(digits)):
            yield match.span(1)


def wallets(text: str) -> Iterator[tuple[int, int]]:
    """Yield the borders of addresses of Ethereum; that of nobody, of zeros alone, is none."""
    for match in _WALLET.finditer(text):
        yield match.span()
