"""Values that a blank parts: HTML and Markdown read a line end as one.

It stands beside a dash or a dot of the value, or amid the digits of a card. Blanks stand there in
ordinary text as well, where a sentence ends in a number and another begins with one. What counts is a
whole value that its form or its check digit vouches for; the numbers of an address of a network count
only where a network is spoken of, or where they are too long for sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.pii.marks import is_card

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = tuple[str, int, int]

FEWEST_PARTED = 8  # signs: four numbers, three dots and a blank
_AT_SIGN = re.compile(r"\d[-.–] \d|\d [-.–]\d")
_DASH = r"(?: ?[-–]|[-–] )"
_DOT = r"(?: ?\.|\. )"
_BEGINS = r"(?<![\w.–-])(?<![\d.–-] )"
_ENDS = r"(?![\w–-])(?!\.\d)(?! ?[.–-] ?\d)"
_INSURED = re.compile(
    rf"{_BEGINS}(?!000|666)(\d{{3}}){_DASH}(?!00)(\d\d){_DASH}(?!0000)\d{{4}}{_ENDS}"
)
_TAXED = re.compile(r"5\d|6[0-5]|7\d|8[0-8]|9[0-24-9]")
_NETWORK = re.compile(rf"{_BEGINS}\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}{_ENDS}")
_CARD = re.compile(rf"{_BEGINS}\d{{4}}(?:(?:{_DASH}| )\d{{4}}){{3}}{_ENDS}")
_HALVES = re.compile(r"(?<![\w.$€£-])\d+ \d+(?!\w)")
_ISSUED = re.compile(r"(?:4|5[1-5]|2[2-7]|6011|65)\d+|3[47]\d{13}")
_SIGNS_OF_CARD = frozenset({15, 16})
_NETWORKS = re.compile(
    r"\b(?:ips?|ipv4|address(?:es)?|hosts?|servers?|gateways?|routers?|subnets?|dns|ping|clients?)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.")
_REACH = 40
_OCTETS = 256
_LONG = 100  # such numbers fill three places
_NINE = "9"


def may_be_parted(number: re.Match[str]) -> bool:
    """Return whether a blank stands where one may part a value."""
    if _AT_SIGN.search(number.string, *number.span()):
        return True
    return number.end() - number.start() - 1 in _SIGNS_OF_CARD and " " in number[0]


def parted(number: re.Match[str]) -> Iterator[Found]:
    """Yield the types and borders of such values in a run of digits in groups."""
    value = number[0]
    if _AT_SIGN.search(value):
        yield from (*_insured(number), *_cards(number), *_networks(number))
    elif len(value) - 1 in _SIGNS_OF_CARD and _is_issued(value):
        whole = _HALVES.match(number.string, number.start())
        if whole and whole.span() == number.span():
            yield "CREDIT_CARD", *number.span()


def is_of_network(value: str, before: str) -> bool:
    """Return whether four numbers that a blank or a line end parts are an address, by what is before.

    >>> is_of_network("185.20.77.31", "The IP is "), is_of_network("1.2.3.4", "in section ")
    (True, False)
    """
    if _OWN.match(value) or _NETWORKS.search(before):
        return True
    return sum(int(part) >= _LONG for part in value.split(".")) > 1


def _within(form: re.Pattern[str], number: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield what has a form, with all that stands around it, and holds a blank beside a sign."""
    for match in form.finditer(number.string, *number.span()):
        if _AT_SIGN.search(match[0]):
            yield match


def _insured(number: re.Match[str]) -> Iterator[Found]:
    for match in _within(_INSURED, number):
        if not match[1].startswith(_NINE):
            yield "US_SSN", *match.span()
        elif _TAXED.fullmatch(match[2]):
            yield "US_ITIN", *match.span()


def _cards(number: re.Match[str]) -> Iterator[Found]:
    for match in _within(_CARD, number):
        if is_card(match[0]):
            yield "CREDIT_CARD", *match.span()


def _networks(number: re.Match[str]) -> Iterator[Found]:
    for match in _within(_NETWORK, number):
        value = match[0].replace(" ", "")
        before = number.string[max(match.start() - _REACH, 0) : match.start()]
        whole = all(int(part) < _OCTETS for part in value.split("."))
        if whole and is_of_network(value, before):
            yield "IP_ADDRESS", *match.span()


def _is_issued(value: str) -> bool:
    return _ISSUED.fullmatch(value.replace(" ", "")) is not None and is_card(value)
