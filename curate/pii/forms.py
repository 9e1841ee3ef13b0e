"""Values in forms that Presidio looks past: parted by other signs, or glued to their names.

What has a check digit, or begins with a plus, is one wherever it stands; what has neither is one only
where its name stands right before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curate.pii import hosts
from curate.pii.dialled import (
    FEWEST_DIALLED,
    REACH,
    dialled,
    may_be_told_behind,
    short_extensions,
)
from curate.pii.marks import account_length, is_account, is_card
from curate.pii.paid import named_cards, wallets
from curate.pii.parted import FEWEST_PARTED, may_be_parted, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Form(NamedTuple):
    """A value: its type and its borders."""

    type: str
    start: int
    end: int


FORM = "form"  # the recogniser of all that is found here


def forms(text: str) -> Iterator[Form]:
    """Yield the values of a text in such forms; they may overlap."""
    for number in _NUMBER.finditer(text):
        yield from _in_number(number)
    if "+" in text:
        yield from _international(text)
    low = text.lower()
    for word, kind, search in _SEARCHES:
        if word in low:
            yield from (Form(kind, *span) for span in search(text))
    if len(low) == len(text):
        for word, kind, form in _NAMED:
            if word in low:
                yield from _behind(word, low, form, kind)


def _in_number(number: re.Match[str]) -> Iterator[Form]:
    """Yield what a run of digits in groups is."""
    start, end = number.span()
    if end - start >= _FEWEST_OF_CARD and _JOINED_CARD.search(number[0]):
        yield from _cards(number)
    if end - start >= FEWEST_PARTED and may_be_parted(number):
        yield from (Form(*one) for one in parted(number))
    before = number.string[max(start - REACH, 0) : start]
    named = before.rstrip(_AROUND_NAMES)[-1:].isalpha()
    if named:
        yield from _account(number.string, start)
    if end - start >= FEWEST_DIALLED and (named or may_be_told_behind(number.string, end)):
        yield from _named(number, before)


def _behind(word: str, low: str, form: re.Pattern[str], kind: str) -> Iterator[Form]:
    """Yield the values of a form that begins with a word; both are in lower case."""
    at = low.find(word)
    while at >= 0:
        match = form.match(low, at)
        if match and not low[at - 1 : at].isalnum():
            yield Form(kind, *match.span(match.lastindex or 0))
        at = low.find(word, at + 1)


def _cards(number: re.Match[str]) -> Iterator[Form]:
    for match in _CARD.finditer(number[0]):
        if is_card(match[0]):
            start = number.start() + match.start()
            yield Form("CREDIT_CARD", start, start + len(match[0]))


def _account(text: str, start: int) -> Iterator[Form]:
    """Yield the account number whose country stands before some digits."""
    country = _COUNTRY.search(text, max(start - _COUNTRY_REACH, 0), start)
    length = account_length(country[1]) if country else 0
    if country is None or not length:
        return
    end = _end_of(text, country.start(1), length)
    if is_account(text[country.start(1) : end]) and not text[end : end + 1].isalnum():
        yield Form("IBAN_CODE", country.start(1), end)


def _end_of(text: str, start: int, length: int) -> int:
    """Return where so many letters and digits end, parted by no more than one sign each."""
    for match in _LETTER_OR_DIGIT.finditer(text, start, start + 3 * length):
        if not match[0][-1].isalnum():
            return start
        length -= 1
        if not length:
            return match.end()
    return start


def _named(number: re.Match[str], before: str) -> Iterator[Form]:
    """Yield the number that the word right before it names."""
    start, end = number.span()
    digits = sum(map(str.isdigit, number[0]))
    if digits == _SSN_DIGITS and _SSN_NAME.search(before) and _SSN.fullmatch(number[0]):
        yield Form("US_SSN", start, end)
    elif digits >= FEWEST_DIALLED:
        yield from (Form("PHONE_NUMBER", *span) for span in dialled(number, before))


def _international(text: str) -> Iterator[Form]:
    for match in _INTERNATIONAL.finditer(text):
        digits = sum(map(str.isdigit, match[0]))
        stuck = text[match.start() - 1 : match.start()] if match.start() else ""
        if not _MOST_DIALLED >= digits >= _FEWEST_INTERNATIONAL or stuck.isalnum():
            continue
        if not (_MIXED.search(match[0]) or _THOUSANDS.fullmatch(match[0])):
            yield Form("PHONE_NUMBER", *match.span())


_AROUND_NAMES = " \t\n:=#.|\"'()[]+-–—*_`/\u00a0"
_FEWEST_OF_CARD = 13
_FEWEST_INTERNATIONAL = 9
_MOST_DIALLED = 15
_SSN_DIGITS = 9
_COUNTRY_REACH = 8

# At least five signs of a number, or the check digits of an account number.
_NUMBER = re.compile(
    r"\d(?:(?=[\d ()/._–-]{4})\d*(?:(?: ?[-–/._] ?|\) ?| ?\(| {1,2})\d+)*"
    r"|\d(?=[ .–_-]?[A-Z0-9]{4}[ .–_-]?[A-Z0-9]{4}))"
)
_CARD = re.compile(
    r"(?<![\d.])(?:\d{4}(?P<sign>[-–._]| {1,2})\d{4}(?P=sign)\d{4}(?P=sign)\d{1,7}"
    r"|\d{4}(?P<other>[-–._]| {1,2})\d{6}(?P=other)\d{4,5})(?![\d.]\d)(?!\d)"
)
_JOINED_CARD = re.compile(r"\d(?:[–._]|  )\d")  # the others are Presidio's
_COUNTRY = re.compile(r"(?:(?<![^\W_])|(?<=iban)|(?<=IBAN))([A-Za-z]{2})[ .–-]?\Z")
_LETTER_OR_DIGIT = re.compile(r"[ .–_/-]?[A-Za-z0-9]|.", re.DOTALL)


def _ends_with(names: str, joint: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{names}){joint}\Z", re.IGNORECASE)


_SSN_NAME = _ends_with(
    r"ssns?|social[ _-]security(?:[ _-](?:no|number))?", r"[\"'*`]*[ .:=#_-]{0,3}"
)
_SSN = re.compile(r"\d{3}(?P<sign>[-–._ ]?)\d{2}(?P=sign)\d{4}")

# Groups behind a plus and a country's code; the signs between them are of one kind.
_INTERNATIONAL = re.compile(
    r"[+＋](?:[1-9]\d{8,14}|[1-9]\d{0,3}(?:(?: ?\(\d{1,5}\) ?|[ ./·-])\d{1,5}(?=\D|\Z)){2,7})"
    r"(?![\w%])(?!\.\d)"
)
_MIXED = re.compile(r"\.\d+[^.\d]|[^.\d+]\d+\.")
_THOUSANDS = re.compile(r"[+＋]\d{1,3}(?:[ .]\d{3})+")

_PASSPORT = re.compile(
    r"(?:passport|reisepass|personalausweis)(?:[ _-]?(?:no|nr|number|nummer)?)[ .:=#|]{1,4}"
    r"([cfghjklmnprtvwxyz]\d{2}[a-z0-9]{5}\d|[a-z]{2}\d{6,7})(?![^\W_])"
)
_MAC = re.compile(
    r"(?:mac|hw)(?:[ _-]?(?:addr|address|adresse))?[ :=#|\"']{1,4}([0-9a-f]{6}-?[0-9a-f]{6})(?![^\W_])"
)
_UUID = re.compile(r"[ug]uid[ :=#|\"'{(]{1,5}([0-9a-f]{32})(?![^\W_])")
_EXTENSION = re.compile(
    r"(?:durchwahl|dw|nebenstelle|ext\.|extn\.?|(?<=phone )extension)[ :=#]{0,2}-?(\d{2,5})(?![\w.]\w)(?!\w)"
    r"|ext(?:ension)?(?: (?:no|number)\b\.?)?(?:[:=#]| ?[:=#]? )(?!(?:19|20)\d\d\b)(\d{3,5})"
    r"(?![\w.,-]\w)(?!\w)(?! (?!(?:is|was|has)\b)[a-z]+s\b)"
)
_MESSENGER = re.compile(r"wa\.me/(\d{7,15})(?![\w-])")
_GROUPED = r"\d{3,4}(?:[ -]\d{3,4}){2,4}"
_NUMBER_OF = r"(?:[ _-]?(?:no|nr|num|number|nummer)\b)?\.?[ :=#|\"'`*]{1,4}"
_ENDS = r"(?![\w.-]\w)(?!\w)"
_ACCOUNT = re.compile(
    rf"(?:account{_NUMBER_OF}({_GROUPED})|(?:a/c|acct?){_NUMBER_OF}({_GROUPED}|\d{{7,17}})){_ENDS}"
)
_KONTO = re.compile(rf"konto{_NUMBER_OF}({_GROUPED}|\d{{7,12}}){_ENDS}")
_ROUTING = re.compile(rf"(?:aba|routing)(?:[ _-](?:transit|code|rtn))?{_NUMBER_OF}(\d{{9}})(?!\w)")
_SORT_CODE = re.compile(r"sort[ _-]?code(?: is)?[ :=#|]{1,3}(\d\d(?:-\d\d-|\d\d| \d\d )\d\d)(?!\w)")
_LICENCE = re.compile(
    r"dl(?:[ ](?:no|number)\b\.?)?[ :=#]{1,3}([a-z]{1,2}\d{6,12}|[a-z]\d{3}(?:-\d{1,4}){2,4})(?![\w-])"
)
# What stands, in lower case, in every text that holds such a value.
_SEARCHES: tuple[tuple[str, str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("::", "IP_ADDRESS", hosts.short),
    ("[.]", "IP_ADDRESS", hosts.defanged),
    ("(.)", "IP_ADDRESS", hosts.defanged),
    ("[dot]", "IP_ADDRESS", hosts.defanged),
    (".0", "IP_ADDRESS", hosts.padded),
    (".[", "IP_ADDRESS", hosts.ranges),
    (".{", "IP_ADDRESS", hosts.ranges),
    (".(", "IP_ADDRESS", hosts.ranges),
    ("://", "EMAIL_ADDRESS", hosts.users),
    (" x", "PHONE_NUMBER", short_extensions),
    ("card", "CREDIT_CARD", named_cards),
    ("karte", "CREDIT_CARD", named_cards),
    ("maestro", "CREDIT_CARD", named_cards),
    ("visa", "CREDIT_CARD", named_cards),
    ("amex", "CREDIT_CARD", named_cards),
    ("unionpay", "CREDIT_CARD", named_cards),
    ("0x", "CRYPTO", wallets),
)

# A word in lower case, and what begins with it, behind which a value stands.
_NAMED: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("mac", "MAC_ADDRESS", _MAC),
    ("uuid", "UUID", _UUID),
    ("guid", "UUID", _UUID),
    ("passport", "US_PASSPORT", _PASSPORT),
    ("reisepass", "US_PASSPORT", _PASSPORT),
    ("personalausweis", "US_PASSPORT", _PASSPORT),
    ("durchwahl", "PHONE_NUMBER", _EXTENSION),
    ("dw ", "PHONE_NUMBER", _EXTENSION),
    ("nebenstelle", "PHONE_NUMBER", _EXTENSION),
    ("ext", "PHONE_NUMBER", _EXTENSION),
    ("wa.me/", "PHONE_NUMBER", _MESSENGER),
    ("hwaddr", "MAC_ADDRESS", _MAC),
    ("a/c", "US_BANK_NUMBER", _ACCOUNT),
    ("acc", "US_BANK_NUMBER", _ACCOUNT),
    ("konto", "US_BANK_NUMBER", _KONTO),
    ("aba", "US_BANK_NUMBER", _ROUTING),
    ("routing", "US_BANK_NUMBER", _ROUTING),
    ("sort", "US_BANK_NUMBER", _SORT_CODE),
    ("dl", "US_DRIVER_LICENSE", _LICENCE),
)
