"""Second values: what a name that stands before one value says of another that is spoken of behind it.

"Account 730018842261, the old one 730041120938": the name is not said twice. Carried on to is only what
is listed right behind a value, or called its like ("the old one", "previously"), in the same form and
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.pii.nobodys import is_unpaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.tables.pii_spans import PiiSpan

CARRIED: Final = "carried"  # the recogniser of what is found here
_NAMED: Final = frozenset(
    {"UK_NHS", "US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_ITIN", "US_PASSPORT", "US_SSN"}
)
_REACH = 160  # characters behind a value in which another is called its like
_LEAST_SIGNS = 6
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_ACCOUNT = re.compile(r"\d{7,17}")
_GROUP = re.compile(r"(?<!\d)\d")
_LISTED = re.compile(
    r"[ \t]*(?:[,;/&]|->|→|[,;]?[ \t]*(?:or|and|oder|und|bzw\.|ou|et))[ \t]*", re.IGNORECASE
)
_LIKE = re.compile(
    r"\b(?:(?:old|new|other|former|previous|earlier|second|first|next|last|current|present|wrong|right"
    r"|closed|alten?|neuen?|anderen?|frühere[nr]?|bisherige[nr]?|zweiten?)"
    r"(?:[ ](one|number|account(?: number)?|no\.|nummer|konto(?:nummer)?))?"
    r"(?:[ ](?:is|was|ist|war|lautet|lautete))?"
    r"|previously|formerly|before(?: that)?|until then|instead(?: of)?|rather than|replac(?:es|ing|ed by)"
    r"|früher|vorher|bisher|zuvor|stattdessen|statt)[ ]?[,:(]?[ ]?(?=[^\W_]*\d)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\w|[.,:/%=-]\w| (?!(?:is|was|has)\b)[a-z]+s\b")


def carried(found: Iterable[PiiSpan], text: str) -> Iterator[PiiSpan]:
    """Yield the values that are spoken of behind those found."""
    spans = list(found)
    known = {span.start for span in spans}
    for one in spans:
        other = _next(one, text)
        while other and other.start not in known:
            known.add(other.start)
            yield other
            other = _next(other, text)


def _next(span: PiiSpan, text: str) -> PiiSpan | None:
    """Return the value that is listed behind one, or is the first to be called its like."""
    value = text[span.start : span.end]
    if span.type == "PHONE_NUMBER":
        gap = _LISTED.match(text, span.end)
        return _of_shapes(span, text, gap.end(), _tails(value)) if gap else None
    if span.type not in _NAMED or _signs(value) < _LEAST_SIGNS:
        return None
    limit = text.find("\n\n", span.end, span.end + _REACH)
    limit = limit if limit >= 0 else min(span.end + _REACH, len(text))
    listed = _LISTED.match(text, span.end, limit)
    places = [(listed.end(), False)] if listed else []
    places += ((like.end(), like[1] is not None) for like in _LIKE.finditer(text, span.end, limit))
    others = (_of_shapes(span, text, at, _shapes(span, text, at, told=told)) for at, told in places)
    return next((other for other in others if other), None)


def _shapes(span: PiiSpan, text: str, start: int, *, told: bool) -> Iterator[str]:
    """Yield what another value may look like: told to be an account, it may be of any bank."""
    yield _shape(text[span.start : span.end])
    account = _ACCOUNT.match(text, start) if told and span.type == "US_BANK_NUMBER" else None
    if account:
        yield _shape(account[0])


def _of_shapes(span: PiiSpan, text: str, start: int, shapes: Iterable[str]) -> PiiSpan | None:
    """Return the value at a place that has one of some shapes."""
    for shape in shapes:
        end = start + len(shape)
        if _shape(text[start:end]) == shape and not _BEHIND.match(text, end):
            other = replace(span, start=start, end=end, recogniser=CARRIED)
            return None if is_unpaid(text, start, end) else other
    return None


def _tails(value: str) -> list[str]:
    """Return the shapes of a telephone number and of its last groups, the longest first."""
    tails = (value[group.start() :] for group in _GROUP.finditer(value))
    return [_shape(tail) for tail in (value, *tails) if _signs(tail) >= _LEAST_SIGNS]


def _shape(value: str) -> str:
    """Return a value with a zero for each digit and an A for each letter.

    >>> _shape("C01-x2")
    'A00-A0'
    """
    return _LETTERS.sub("A", _DIGITS.sub("0", value))


def _signs(value: str) -> int:
    return sum(map(str.isalnum, value))
