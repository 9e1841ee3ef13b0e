"""One finding for one place: which of several that overlap is meant.

Values that a check digit or a fixed form vouches for come first, then the longest; what a product
does not replace never hides what it does. Findings that only touch, or stand side by side, all
stay. What a finding that lost covers beside the winner stays covered: as a part of the winner if both
are of one type, else as its own. Passed over are doubtful numbers inside dates, those inside addresses
of the web, and a rest without letters and digits; of numbers, a rest without digits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.pii.forms import FORM

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from curate.tables.pii_spans import PiiSpan

PHONE: Final = "PHONE_NUMBER"
URL: Final = "URL"
DATE: Final = "DATE_TIME"
_WEAK = 0.5
_FAR = 1 << 62

# Of equals, the earlier type is meant; one's own types come first.
_ORDER: Final = (
    "EMAIL_ADDRESS",
    "IBAN_CODE",
    "CREDIT_CARD",
    "CRYPTO",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "UUID",
    "US_ITIN",
    "US_SSN",
    "PHONE_NUMBER",
    "UK_NHS",
    "US_PASSPORT",
    "US_DRIVER_LICENSE",
    "US_BANK_NUMBER",
    "DATE_TIME",
    "URL",
)
_RANKS: Final = {kind: rank for rank, kind in enumerate(_ORDER, start=1)}
_VOUCHED: Final = frozenset(_ORDER[: _ORDER.index("UUID")])
# Only their digits tell something: what else stands in them are signs, and words such as "ext.".
NUMBERS: Final = frozenset(
    {"CREDIT_CARD", "PHONE_NUMBER", "UK_NHS", "US_BANK_NUMBER", "US_ITIN", "US_SSN"}
)
# A number inside an address of the web is an article's or a table's, not a person's.
_MEANT_IN_URLS: Final = frozenset({"EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "US_SSN"})


def resolved(found: Iterable[PiiSpan], text: str, *, wanted: Collection[str]) -> list[PiiSpan]:
    """Return findings of one field without overlaps, sorted by place.

    Args:
        found: What was found and believed.
        text: What it was found in.
        wanted: The types that are going to be replaced; of others only whole findings stay.
    """
    spans = list(found)
    urls, dates = _covered(spans, URL), _covered(spans, DATE)
    meant = [span for span in spans if not (_is_of_url(span, urls) or _is_of_date(span, dates))]
    phones = _covered(meant, PHONE)
    meant = [span for span in meant if not _is_of_phone(span, phones)]
    kept: list[PiiSpan] = []
    for span in sorted(meant, key=lambda span: _precedence(span, wanted)):
        _add(kept, span, text, whole=span.type not in wanted)
    return kept


def united(found: Iterable[PiiSpan], more: Iterable[PiiSpan], text: str) -> list[PiiSpan]:
    """Return all that two searches of one field cover, without overlaps, sorted by place.

    The longest stays whole, of equals the first search's; what another covers beside it stays too.
    """
    return merged([], (*found, *more), text)


def merged(spans: Iterable[PiiSpan], more: Iterable[PiiSpan], text: str) -> list[PiiSpan]:
    """Return spans without overlaps, and what those of `more` cover beside them, longest first."""
    kept = sorted(spans, key=_start)
    for span in sorted(more, key=_length, reverse=True):
        _add(kept, span, text)
    return kept


def _add(kept: list[PiiSpan], span: PiiSpan, text: str, *, whole: bool = False) -> None:
    """Keep a span, or what of it nothing kept covers; one that stays whole or not at all is no loss."""
    place = bisect_left(kept, span.start, key=_end_inside)
    if place == len(kept) or kept[place].start >= span.end:
        kept.insert(place, span)
    elif not whole:
        for part in list(_beside(kept, span)):
            if _tells(part, text):
                _keep_part(kept, part, text)


def _keep_part(kept: list[PiiSpan], part: PiiSpan, text: str) -> None:
    """Keep a part of a span together with what it touches of its own type, else without signs there."""
    place = bisect_left(kept, part.start, key=_start)
    before, behind = kept[max(place - 1, 0) : place], kept[place : place + 1]
    before = [one for one in before if one.end == part.start]
    behind = [one for one in behind if one.start == part.end]
    alike = [one for one in (*before, *behind) if one.type == part.type]
    if alike:
        start, end = min(alike[0].start, part.start), max(alike[-1].end, part.end)
        low = bisect_left(kept, alike[0].start, key=_start)
        kept[low : low + len(alike)] = [replace(alike[0], start=start, end=end)]
        return
    start, end = part.start, part.end
    while before and not text[start].isalnum():
        start += 1
    while behind and not text[end - 1].isalnum():
        end -= 1
    kept.insert(place, replace(part, start=start, end=end))


def _beside(kept: list[PiiSpan], span: PiiSpan) -> Iterator[PiiSpan]:
    """Yield the parts of a span that nothing kept covers."""
    at = span.start
    for place in range(bisect_left(kept, span.start, key=_end_inside), len(kept)):
        other = kept[place]
        if other.start >= span.end:
            break
        if at < other.start:
            yield replace(span, start=at, end=other.start)
        at = other.end
    if at < span.end:
        yield replace(span, start=at)


def _tells(part: PiiSpan, text: str) -> bool:
    """Return whether what is left of a finding still says something."""
    counts = str.isdigit if part.type in NUMBERS else str.isalnum
    return any(map(counts, text[part.start : part.end]))


def _precedence(span: PiiSpan, wanted: Collection[str]) -> tuple[bool, int, int, float, int, int]:
    """Order findings by what they are worth; the least comes first."""
    tier = 0 if span.type in _VOUCHED or span.type == URL else 1 if span.score >= _WEAK else 2
    length = span.end - span.start
    rank = _RANKS.get(span.type, 0)
    return span.type not in wanted, tier, -length, -span.score, rank, span.start


def _covered(spans: Iterable[PiiSpan], kind: str) -> list[tuple[int, int]]:
    """Return what findings of a type cover, as intervals in order."""
    covered: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans if span.type == kind):
        if covered and start <= covered[-1][1]:
            covered[-1] = covered[-1][0], max(end, covered[-1][1])
        else:
            covered.append((start, end))
    return covered


def _is_inside(span: PiiSpan, intervals: list[tuple[int, int]]) -> bool:
    place = bisect_right(intervals, (span.start, _FAR)) - 1
    return place >= 0 and span.end <= intervals[place][1]


def _is_of_url(span: PiiSpan, urls: list[tuple[int, int]]) -> bool:
    """Return whether a finding is a number inside an address of the web."""
    if (
        span.recogniser == FORM
        or span.type in _MEANT_IN_URLS
        or span.type == URL
        or span.type not in _RANKS
    ):
        return False
    return _is_inside(span, urls)


def _is_of_date(span: PiiSpan, dates: list[tuple[int, int]]) -> bool:
    """Return whether a doubtful finding is a date."""
    return span.type != DATE and span.score < _WEAK and _is_inside(span, dates)


def _is_of_phone(span: PiiSpan, phones: list[tuple[int, int]]) -> bool:
    """Return whether a number that nothing calls a health service's is a part of a telephone number."""
    if span.type != "UK_NHS" or span.score == 1 or not _is_inside(span, phones):
        return False
    return (span.start, span.end) not in phones


def _length(span: PiiSpan) -> int:
    return span.end - span.start


def _start(span: PiiSpan) -> int:
    return span.start


def _end_inside(span: PiiSpan) -> int:
    return span.end - 1
