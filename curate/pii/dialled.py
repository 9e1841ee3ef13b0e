"""Telephone numbers that no plan of numbers vouches for, told by the words beside them.

A local number is seven or eight digits, an extension three to five: nothing in their form tells them
from amounts and years. Some words speak of nothing but telephones (`tel`), and any number behind them
is one. Others speak of many things (`cell`, `office`, `call`), and behind them only what is grouped as
local numbers are counts. What follows such a number in the same form is one too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.pii.marks import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]
FEWEST_DIALLED = 5  # digits
REACH = 28  # characters before a number in which its name stands


def dialled(number: re.Match[str], before: str) -> Iterator[Span]:
    """Yield the telephone numbers that begin with a run of digits in groups; `before` is before it."""
    text, start = number.string, number.start()
    first, *others = _listed(number[0])
    if not _is_told(text, start, start + len(first), before):
        return
    yield start - before.endswith(("(", "+")), start + len(first)
    end = start + len(first)
    for other in others:
        end = text.index(other, end)
        yield end, end + len(other)
        end += len(other)
    yield from _further(text, end, shape_of(first))


def may_be_told_behind(text: str, end: int) -> bool:
    """Return whether something in brackets stands behind a number."""
    return text.startswith((" (", "("), end)


def short_extensions(text: str) -> Iterator[Span]:
    """Yield the digits of extensions written as x4312, where a telephone is spoken of before them."""
    at = text.find(" x")
    while at >= 0:
        match = _SHORT_EXTENSION.match(text, at)
        if match and _SPEAKS.search(text, max(at - REACH, 0), at):
            yield match.span(1)
        at = text.find(" x", at + 1)


def _is_told(text: str, start: int, end: int, before: str) -> bool:
    """Return whether the words beside a number say that it is dialled; it is no date or amount."""
    value = text[start:end]
    digits = sum(map(str.isdigit, value))
    if not FEWEST_DIALLED <= digits <= _MOST_DIALLED or _DATE.fullmatch(value):
        return False
    if _SURE.search(before):
        return not _is_amount(value, before)
    if (
        before.rstrip(" \t(+").endswith("\n")
        and _ALONE.match(text, end)
        and digits >= _FEWEST_ALONE
    ):
        return _ON_ITS_LINE.search(before) is not None
    local = _LOCAL.fullmatch(value) is not None
    if local and (_OTHER.search(before) or _BEHIND.match(text, end)):
        return not (_YEAR.match(value, len(value) - 4) and before.rstrip()[-1:].isalpha())
    plain = digits == _PLAIN_LOCAL and value.isdigit() and not _COUNTED.match(text, end)
    return plain and _CALLED_ON.search(before) is not None


def _is_amount(value: str, before: str) -> bool:
    """Return whether a number behind a bare name may count phones, for all that is known."""
    last = before.rstrip(" ")[-1:]
    bare = last.isalpha() or last in _DASHES
    return bare and (len(value) <= FEWEST_DIALLED or _AMOUNT.fullmatch(value) is not None)


def _listed(value: str) -> list[str]:
    """Return the numbers of one form that strokes part, or the value alone."""
    parts = _STROKE.split(value)
    alike = len({shape_of(part) for part in parts}) == 1
    return parts if alike and len(parts[0]) >= _LEAST_LISTED else [value]


def _further(text: str, end: int, shape: str) -> Iterator[Span]:
    """Yield the numbers of a form that are listed behind one of it."""
    for _ in range(_MOST_LISTED):
        gap = _GAP.match(text, end)
        if gap is None:
            return
        start, end = gap.end(), gap.end() + len(shape)
        if shape_of(text[start:end]) != shape or text[end : end + 1].isalnum():
            return
        yield start, end


_MOST_DIALLED = 15
_FEWEST_ALONE = 7
_PLAIN_LOCAL = 7
_LEAST_LISTED = 6
_MOST_LISTED = 40  # each of them may have a name of its own, and a list behind it
_DASHES = frozenset("-–—")

_DATE = re.compile(
    r"(?:19|20)\d\d(?:([-./–])\d\d?\1\d\d?| ?[-–/ ] ?(?:19|20)?\d\d)|\d\d?([-./])\d\d?\2\d{4}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+")
_LOCAL = re.compile(r"[2-9]\d{2}[-–.]\d{4}|(?!(?:19|20)\d\d (?:19|20))[2-9]\d{3}[ -]\d{4}")
_STROKE = re.compile(r" ?/ ?")

_TAG = r"(?:[ \t]?\([a-z][a-z .]{0,11}\))?"
_QUOTES = r"[\"'*`]*"
_JOINT = (
    rf"(?:[ _-]?(?:no|nr|number|nummer)\b\.?)?{_TAG}{_QUOTES}"
    rf"(?:[ \t]?[.:=#|]{{0,2}}|[ \t][-–—]){_QUOTES}{_TAG}[ \t]?[(+]?"
)
_SIGN = rf"{_TAG}{_QUOTES}(?:[ \t]?[.:=#|]{{1,2}}|[ \t][-–—]){_QUOTES}{_TAG}[ \t]?[(]?"
_NAMES = (
    r"(?:(?:tele|(?:mobile|cell|home|work|desk|office)[ _-]?))?phone|tel|telefon|tél|téléphone"
    r"|telefono|teléfono|(?:tele)?fax|mobil|mobile|handy|rufnummer|whatsapp|hotline"
)
_PLACES = (
    r"phones|cell|cellular|mob|pager|beeper|direct(?:[ _-](?:line|dial))?|office|home|work|desk"
    r"|reception|switchboard|voice ?mail"
)


def _ends_with(names: str, joint: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{names}){joint}\Z", re.IGNORECASE)


_CALLED = r"(?:call|dial|ring|reach|text|sms)(?:[ ](?:me|us|him|her|them|back))?"
_SURE = _ends_with(_NAMES, _JOINT)
_OTHER = re.compile(
    rf"(?:(?<![\w<])(?:(?:{_PLACES}){_JOINT}|[cdfhmoptw]{_TAG}:[ \t]?\(?"
    rf"|{_CALLED}(?:[ ](?:on|at|under))?:?[ ]))\Z",
    re.IGNORECASE,
)
_CALLED_ON = re.compile(
    rf"(?<![\w<])(?:(?:call|dial|ring|phone)[ ]|{_CALLED}[ ](?:on|at|under):?[ ]"
    rf"|(?:cell|mob|pager)(?:[ _-]?(?:no|number))?{_SIGN})\Z",
    re.IGNORECASE,
)
_ON_ITS_LINE = re.compile(
    rf"(?:\A|\n)[ \t#*•-]*(?:{_NAMES}|{_PLACES}){_JOINT}[ \t]*\n\n?[ \t]*[(+]?\Z", re.IGNORECASE
)
_COUNTED = re.compile(r" (?!(?:is|was|has)\b)[a-z]+s\b")
_ALONE = re.compile(r"[ \t]*(?:\n|\Z|[,;/(])")
_BEHIND = re.compile(
    r"[ ]?\((?:mobile?|cell|phone|home|work|office|direct|fax|pager|tel|handy|desk)\)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"[ \t]*(?:[,;/&|]|or\b|and\b|oder\b|und\b)?[ \t]*"
    r"(?:\(?(?:[cdfhmoptw]|mobile?|cell|home|work|office|direct|fax|pager|tel|handy|desk)\)?[.:]?[ \t]+)?",
    re.IGNORECASE,
)
_SHORT_EXTENSION = re.compile(r" x(\d{3,5})(?![\w.,:/-]\w)(?!\w)")
_SPEAKS = re.compile(
    r"(?<![\w<])(?:call|dial|ring|reach|phone|tel|telephone|desk|reception|contact)(?![\w>])",
    re.IGNORECASE,
)
