"""Numbers that belong to nobody: what the words right before them, or the head above, call them.

A number is passed over only where it is plainly called something else and nothing near speaks of what
it might be.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.pii.marks import is_book

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH = 80  # characters before a value in which it is called something
_FAR = 200  # a list of numbers under one word
_NEAR = 48
_BEHIND = 20


def is_catalogued(text: str, start: int, end: int) -> bool:
    """Return whether a number is called a catalogue's: a book's, an article's.

    What has the check digit of a book's number is one anywhere behind the word ISBN.
    """
    if _CATALOGUE.search(text, max(start - _REACH, 0), start) is not None:
        return True
    return is_book(text[start:end]) and _BOOK.search(text, max(start - _FAR, 0), start) is not None


def is_counted(text: str, start: int, end: int, labels: Iterable[str]) -> bool:
    """Return whether digits are an amount, or the number of a thing, and no telephone is spoken of.

    Args:
        text: Where they stand.
        start: Where they begin.
        end: Where they end.
        labels: What they are called by keys and heads.
    """
    value = text[start:end]
    if value[0] in _SURELY_DIALLED:
        return False
    before = _said_before(text, start)
    called = [before, *labels]
    if any(map(_DIALLED.search, called)) or _DIALLED.search(text, end, end + _BEHIND):
        return False
    if _NUMBERED_THING.search(before) or _DATED.fullmatch(value):
        return True
    if _DIALLED_FORM.match(value):
        return False
    case = value.isdigit() and _CASE.search(before) is not None
    return case or _is_amount(value, text, end) or any(map(_THING.search, called))


def is_called(text: str, start: int) -> bool:
    """Return whether telephones are spoken of before a value."""
    return _DIALLED.search(_said_before(text, start)) is not None


def _said_before(text: str, start: int) -> str:
    """Return what stands shortly before a place in its paragraph, or the label that is the one before."""
    before = text[max(start - _NEAR, 0) : start]
    _, gap, same = before.rpartition("\n\n")
    if gap and not same.strip():
        label = _LABEL.search(before)
        return label[1] if label else ""
    return same


def is_things(text: str, start: int, end: int) -> bool:
    """Return whether digits are a part of a longer number, a thing's, or what a meter shows."""
    before = text[max(start - _NEAR, 0) : start]
    if _FRACTION.search(before) and text[start:end].isdigit():
        return True
    if _GLUED.search(before):
        return True
    return _SERIAL.search(before) is not None and not _PAID.search(before)


def is_unpaid(text: str, start: int, end: int) -> bool:
    """Return whether digits near an account count something, or are a customer's, an order's."""
    if _COUNTED.match(text, end):
        return True
    return _PARTNER.search(text, max(start - _NEAR, 0), start) is not None


def is_devices(text: str, start: int) -> bool:
    """Return whether what has a number is a machine that reads or prints passports."""
    before = text[max(start - _REACH, 0) : start]
    return _DEVICE.search(before) is not None


def is_bare(text: str, start: int, end: int) -> bool:
    """Return whether nothing in a value's form tells it from the number of a thing."""
    value = text[start:end]
    if value[0] in _SURELY_DIALLED:
        return False
    if _BARE.fullmatch(value) or _DATED.fullmatch(value):
        return True
    return is_book(value) and _GROUPED_FORM.fullmatch(value) is None


def _is_amount(value: str, text: str, end: int) -> bool:
    if any(form.fullmatch(value) for form in (_DECIMAL, _TARIFF, _TREE, _RATIO)):
        return True
    if _MILLIARDS.fullmatch(value):
        return True
    groups = _GROUP.findall(value)
    if len(groups) > _MOST_GROUPS_OF_A_NUMBER - 1 and _is_rising(groups):
        return True
    grouped = _THOUSANDS.fullmatch(value) is not None or value.isdigit()
    return grouped and _UNIT.match(text, end) is not None


def _is_rising(groups: list[str]) -> bool:
    numbers = [int(group) for group in groups]
    return (
        not groups[0].startswith("0")
        and all(len(group) <= 2 for group in groups)  # noqa: PLR2004 - sizes, rooms, steps
        and all(a < b for a, b in pairwise(numbers))
    )


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MOST_GROUPS_OF_A_NUMBER = 5
_GROUP = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d\.\d{5,}")
_TARIFF = re.compile(r"\d{4}\.\d\d\.\d{2,6}")
_TREE = re.compile(r"[0-2](?:\.\d+){4,}")  # object identifiers, numbers of paragraphs
_RATIO = re.compile(r"(?!0\d)\d{1,3}(?:\.\d+)+/\d[\d.]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+")
_MILLIARDS = re.compile(r"[1-9]\d{0,2}(?: \d{3}){3,}")  # nobody dials groups of three that long
_UNIT = _word(
    r"\s?(?:[€$£%]|(?:EUR|USD|GBP|CHF|euros?|dollars?|units?|[kmgt]?i?b|bytes?|rows?|hits?|[kmgt]?wh"
    r"|ms|users|views|downloads|people|pieces|stück|km|kg)\b)"
)
_BARE = re.compile(r"\d+|[1-9]\d{0,2}(?: \d{3})+|\d{1,3}(?:\.\d{1,3}){3}")
_LABEL = re.compile(r"(?:\A|\n)([^\n]{1,30}[^\n.!?])\n\n[^\n]*\Z")
_SURELY_DIALLED = frozenset("+＋(")
_DIALLED_FORM = re.compile(r"(?:\d-)?\d{3}-\d{3}-\d{4}|00")
_GROUPED_FORM = re.compile(r"(?:\d[-.])?\d{3}([-.])\d{3}\1\d{4}")
_DATED = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d{3,6}")  # of a year and a month
_DIALLED = _word(
    r"(?:phone|(?<![a-z])(?:tel|call|dial|fax|mobile?|cell|handy|rufnummer|ring|reach|sms|text|direct"
    r"|whatsapp|contact))(?![a-z]*s\b|ular)"
)
_NAMES_OF_THINGS = (
    r"order|invoice|ticket|part|item|article|sku|serial|tracking|purchase(?: order)?|drawing"
    r"|lot|batch|barcode|tax|vat|steuer|auftrag|bestellung|rechnung|artikel"
)
# Who deals with these can be called as well: only digits without groups are surely theirs.
_NAMES_OF_CASES = (
    r"policy|claim|booking|ref|reference|asset|case|reservation|shipment|parcel|container|contract"
    r"|sap note|vertrag"
)
_NUMBERED = r"(?:ids?|no|nr|number|num|nummer)"
_THING = _word(
    rf"(?<![a-z])(?:{_NAMES_OF_THINGS}|request|req|hs|tariff|balance|revenue|turnover|amount|total|size|sizes|bytes"
    r"|row|rows|count|offset|thread|pid|ids?|seq|sequence|revision|numbers?(?= [1-9]\b)|cve|kb|build"
    r"|(?:error|exit|status) code|error|epoch|unix(?: ?time)?|u?int(?:eger)?(?:32|64)?|hash|checksum"
    rf"|order_id)(?:[ _-]?(?:{_NUMBERED}|code)\b)?(?:[ -](?:is|was|of|had))?"
    r"[\"'`]?(?:\.?\n|[ .:=#\"'`]{0,4}|-(?:\d{4}-)?)\Z"
)
_CASE = _word(
    rf"(?<![a-z])(?:{_NAMES_OF_CASES})(?:[ _-]?(?:{_NUMBERED}|ref|reference|code|tag)\b)?\.?"
    r"(?: (?:is|was))?[\"'`]?[ :=#\"'`]{0,4}\Z"
)
# So named, even what is grouped like a telephone number is none.
_NUMBERED_THING = _word(rf"(?<![a-z])(?:{_NAMES_OF_THINGS})[ _-]?{_NUMBERED}\b\.?[ :=#]{{0,3}}\Z")
_PARTNER = _word(
    rf"(?<![a-z])(?:{_NAMES_OF_THINGS}|{_NAMES_OF_CASES}|customer|client)"
    rf"(?:[ _-]?{_NUMBERED}\b)?\.?[ :=#]{{0,3}}\Z"
)
_COUNTED = _word(
    r"\s(?:followers|subscribers|members|users|views|likes|points|entries|rows|records|hits)\b"
)
_BOOK = _word(r"\bisbn")
_CATALOGUE = _word(
    r"\b(?:isbn|issn|oclc|doi|pmid|pmc|lccn|asin|gtin|ean)(?:[- ]?1[03])?\)?[\s:#=.]{0,4}\Z"
)
_FRACTION = re.compile(r"\d[.,]\Z")
_GLUED = re.compile(r"\d-\Z")
_SERIAL = _word(
    r"\b(?:imei(?:sv)?|serial|s/n|sn|meter|zähler(?:stand|nummer)?)"
    r"(?:[ _-]?(?:no|nr|number|num|nummer|reading|code)\b)?\.?(?: is| was)?[ :=#\"']{0,4}\Z"
)
_PAID = _word(r"\b(?:card|visa|master\s?card|amex|paid|credit|debit|karte)\b")
_DEVICE = _word(r"\bpassport (?:printer|reader|scanner|model|series)s?\b[^.;\n]{0,40}\Z")
