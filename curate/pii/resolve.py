"""One finding for one place: which of several that overlap is meant.

Values that a check digit or a fixed form vouches for come first, then the longest; what a product
does not replace never hides what it does. Findings that only touch, or stand side by side, all
stay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.pii.forms import FORM

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from curate.tables.pii_spans import PiiSpan

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
# A number inside an address of the web is an article's or a table's, not a person's.
_MEANT_IN_URLS: Final = frozenset({"EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "US_SSN"})


def resolved(found: Iterable[PiiSpan], *, wanted: Collection[str]) -> list[PiiSpan]:
    """Return findings of one field without overlaps, sorted by place.

    Args:
        found: What was found and believed.
        wanted: The types that are going to be replaced.
    """
    spans = list(found)
    urls, dates = _covered(spans, URL), _covered(spans, DATE)
    meant = [span for span in spans if not (_is_of_url(span, urls) or _is_of_date(span, dates))]
    kept: list[PiiSpan] = []
    for span in sorted(meant, key=lambda span: _precedence(span, wanted)):
        place = bisect_left(kept, span.start, key=_end_inside)
        if place == len(kept) or kept[place].start >= span.end:
            insort(kept, span, key=_start)
    return kept


def united(found: Iterable[PiiSpan], more: Iterable[PiiSpan]) -> list[PiiSpan]:
    """Return all that two searches of one field cover, without overlaps, sorted by place.

    The longest stays whole, of equals the first search's; what another covers beside it stays too.
    """
    kept: list[PiiSpan] = []
    for span in sorted((*found, *more), key=_length, reverse=True):
        for part in list(_beside(kept, span)):
            insort(kept, part, key=_start)
    return kept


def _beside(kept: list[PiiSpan], span: PiiSpan) -> Iterator[PiiSpan]:
    """Yield the parts of a span that nothing kept covers."""
    at = span.start
    for other in kept[bisect_left(kept, span.start, key=_end_inside) :]:
        if other.start >= span.end:
            break
        if at < other.start:
            yield replace(span, start=at, end=other.start)
        at = other.end
    if at < span.end:
        yield replace(span, start=at)


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


def _length(span: PiiSpan) -> int:
    return span.end - span.start


def _start(span: PiiSpan) -> int:
    return span.start


def _end_inside(span: PiiSpan) -> int:
    return span.end - 1


def merged(spans: list[PiiSpan], more: Iterable[PiiSpan]) -> list[PiiSpan]:
    """Return spans with those of `more` that meet none of them, longest first, sorted by place."""
    taken = [False] * (max((s.end for s in (*spans, *more)), default=0) + 1)
    kept: list[PiiSpan] = []
    for span in (*spans, *sorted(more, key=lambda s: (s.start - s.end, s.start))):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
