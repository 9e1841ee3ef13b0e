"""What vouches for a number: check digits, lengths, groups."""

from __future__ import annotations

import re
from typing import Final

QUOTES: Final = '"”“'  # around the name of a mailbox, which may then hold anything
_SIGN_OF_BOOK = re.compile(r"[0-9Xx]")
_SIGNS_OF_OLD_BOOK = 10
_SIGNS_OF_BOOK = 13
_DIGIT = re.compile(r"\d")
_NOT_DIGIT = re.compile(r"\D+")
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_CARDS = re.compile(r"[2-6]\d{12,18}")
_MODULUS = 97
_RIGHT = 1

# How long the account numbers of each country are.
_LISTED: Final = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 "
    "DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 "
    "GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
    "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 "
    "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
    "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "
)
_LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _LISTED.split()}


def is_card(value: str) -> bool:
    """Return whether the digits of a value are a card's, with the right check digit.

    >>> is_card("4111_1111_1111_1111"), is_card("4111_1111_1111_1112")
    (True, False)
    """
    digits = _NOT_DIGIT.sub("", value)
    return _CARDS.fullmatch(digits) is not None and is_checked(digits)


def is_checked(digits: str) -> bool:
    """Return whether the last of some digits is the check digit of a card's number.

    >>> is_checked("501800000009"), is_checked("501800000008")
    (True, False)
    """
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_book(value: str) -> bool:
    """Return whether a value is the number of a book, with the right check digit.

    >>> is_book("0-306-40615-2"), is_book("978-0-306-40615-7"), is_book("0-306-40615-3")
    (True, True, False)
    """
    signs = [10 if sign in "xX" else int(sign) for sign in _SIGN_OF_BOOK.findall(value)]
    if len(signs) == _SIGNS_OF_OLD_BOOK:
        return sum(weight * sign for weight, sign in enumerate(reversed(signs), 1)) % 11 == 0
    new = len(signs) == _SIGNS_OF_BOOK and signs[:2] == [9, 7]
    return new and sum(sign * (1 + 2 * (place % 2)) for place, sign in enumerate(signs)) % 10 == 0


def shape_of(value: str) -> str:
    """Return a value with a zero for each digit: how it is grouped.

    >>> shape_of("(212) 555-0172")
    '(000) 000-0000'
    """
    return _DIGIT.sub("0", value)


def account_length(country: str) -> int:
    """Return how many letters and digits an account number of a country has, 0 if it has none."""
    return _LENGTHS.get(country.upper(), 0)


def is_account(value: str) -> bool:
    """Return whether a value is an international account number.

    >>> is_account("DE89.3704.0044.0532.0130.00"), is_account("DE88 3704 0044 0532 0130 00")
    (True, False)
    """
    plain = _NOT_LETTER_OR_DIGIT.sub("", value).upper()
    if not (plain and plain.isascii()) or len(plain) != account_length(plain[:2]):
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % _MODULUS == _RIGHT
