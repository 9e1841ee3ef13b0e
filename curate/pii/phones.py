"""Telephone numbers, found by the library that Presidio asks, on as little text as it needs.

The library's matcher walks the whole text once a region. A number it can find lies in a cluster:
runs of digits parted by no more than the punctuation and extension marks that its own pattern
allows. Clusters are found once; the matcher then sees a cluster with the characters beside it, and
only for regions whose shortest number it could hold. Answers are remembered by the cluster. (The
matcher also gives up on a text after 65,535 failures; here it does not.)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import phonenumbermatcher, phonenumberutil
from phonenumbers.phonemetadata import PhoneMetadata

from curate.pii.accept import FEWEST_DIGITS, GROUPED_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.pii.patterns import Hit
    from curate.pii.prospects import Prospects

_PUNCTUATION = phonenumberutil._VALID_PUNCTUATION  # noqa: SLF001 - the library's own alphabet
_EXTENSION = phonenumberutil._EXTN_PATTERNS_FOR_MATCHING  # noqa: SLF001
_LEAD = phonenumbermatcher._LEAD_CLASS  # noqa: SLF001
_CLUSTER = re.compile(rf"\d+(?:[{_PUNCTUATION}]{{0,4}}\d+|{_EXTENSION})*", re.IGNORECASE)
_LEADING = re.compile(rf"(?:{_LEAD}[{_PUNCTUATION}]{{0,4}}){{1,2}}\Z")
_DIGIT = re.compile(r"\d")
_PLUS = re.compile("[+\uff0b]")
_PLAIN = re.compile(r"[-\d ./()\[\]]+", re.ASCII)

_LEAST_DIGITS = 4
_LEAST_INTERNATIONAL = 6  # an exit code or plus, a country code, and the shortest number there is
_LEAD_REACH = 10
_TAIL = 3  # the matcher looks for minutes behind what may be a time of day
_REMEMBERED = 20_000
_EXIT_CODES = ("00", "011")
_KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)

Span = tuple[int, int]


class PhoneSearch:
    """The telephone numbers of a text for some regions."""

    def __init__(self, number: int, recogniser: object, *, context: tuple[str, ...]) -> None:
        """Take the number and settings of Presidio's recogniser, and its words of context."""
        self._number = number
        self._context = context
        self._score = float(getattr(recogniser, "SCORE"))  # noqa: B009 - untyped
        self._leniency = getattr(recogniser, "leniency")  # noqa: B009
        regions: Sequence[str] = getattr(recogniser, "supported_regions")  # noqa: B009
        self._regions = [
            (region, _shape(region, self._leniency), _fewest_digits(region)) for region in regions
        ]
        self._found = lru_cache(_REMEMBERED)(self._search)

    def hits(self, text: str, prospects: Prospects | None = None) -> Iterator[Hit]:
        """Yield the numbers of a whole text, each region's; with prospects, what may be believed."""
        for cluster in _CLUSTER.finditer(text):
            start, end = cluster.span()
            if end - start < _LEAST_DIGITS:
                continue
            if prospects and not self._may_be_believed(cluster, prospects):
                continue
            lead = _LEADING.search(text, max(start - _LEAD_REACH, 0), start)
            start = lead.start() if lead else start
            before = 1 if start else 0
            seen = text[start - before : end + _TAIL]
            for found in self._found(seen, before, end - start + before):
                yield (
                    self._number,
                    found[0] + start - before,
                    found[1] + start - before,
                    self._score,
                )

    def _may_be_believed(self, cluster: re.Match[str], prospects: Prospects) -> bool:
        digits = len(_DIGIT.findall(cluster[0]))
        if digits >= GROUPED_DIGITS:
            return True
        if digits < FEWEST_DIGITS:
            return False
        before = cluster.string[max(cluster.start() - _LEAD_REACH, 0) : cluster.start()]
        return bool(_PLUS.search(before)) or prospects.holds_near(self._context, cluster.span())

    def _search(self, seen: str, start: int, end: int) -> tuple[Span, ...]:
        """Return the numbers in a cluster that lies between two places of what is seen."""
        digits = len(_DIGIT.findall(seen, start, end))
        international = _PLUS.search(seen)
        written = _Candidates(seen, None, leniency=self._leniency).digits()
        found: set[Span] = set()
        for region, shape, fewest in self._regions:
            if digits < (_LEAST_DIGITS if international else fewest):
                continue
            if shape is None or any(_may_be(shape, one) for one in written):
                matcher = _Matcher(seen, region, leniency=self._leniency)
                matcher.shape = shape
                found.update((match.start, match.end) for match in matcher if match.start < end)
        return tuple(sorted(found))


class _Candidates(phonenumbers.PhoneNumberMatcher):
    """The library's matcher, collecting what it would try: the same for all regions without a match."""

    def digits(self) -> set[str]:
        """Return the digits of all candidates, "" for one that is not written plainly."""
        self._digits: set[str] = set()
        self.has_next()
        return self._digits

    def _parse_and_verify(
        self,
        candidate: str,
        offset: int,  # noqa: ARG002 - the library's interface
    ) -> phonenumbers.PhoneNumberMatch | None:
        self._digits.add(_plain_digits(candidate))
        return None


class _Matcher(phonenumbers.PhoneNumberMatcher):
    """The library's matcher, passing over candidates that cannot be numbers of the region."""

    shape: re.Pattern[str] | None = None

    def _parse_and_verify(
        self, candidate: str, offset: int
    ) -> phonenumbers.PhoneNumberMatch | None:
        if self.shape and not _may_be(self.shape, _plain_digits(candidate)):
            return None
        return super()._parse_and_verify(candidate, offset)


def _plain_digits(candidate: str) -> str:
    """Return the digits of a candidate that is written with ASCII signs alone, else nothing."""
    return "".join(_DIGIT.findall(candidate)) if _PLAIN.fullmatch(candidate) else ""


def _may_be(shape: re.Pattern[str], digits: str) -> bool:
    """Return whether plain digits may be a number of the region of a shape."""
    return not digits or digits.startswith(_EXIT_CODES) or shape.fullmatch(digits) is not None


def _shape(region: str, leniency: int) -> re.Pattern[str] | None:
    """Return what the digits of any number of a region look like, written without extension.

    A valid number has the form of one of its region's kinds of numbers, or of those of the regions
    that share the country's code. Before the number proper the library takes off that code and,
    twice at most, the prefix of calls within the country; where it takes off more, or writes the
    number anew, what begins like that is asked for. There is no shape for regions whose exit code
    does not begin with 0, or where a number need not be valid.
    """
    metadata = PhoneMetadata.metadata_for_region(region)
    anything = leniency < phonenumbers.Leniency.VALID
    if anything or metadata is None or not str(metadata.international_prefix).startswith("0"):
        return None
    code = phonenumbers.country_code_for_region(region)
    sharing = phonenumbers.region_codes_for_country_code(code)
    forms = [form for other in sharing for form in _forms(other)]
    prefix = metadata.national_prefix_for_parsing or ""
    shapes = [rf"(?:{code})?(?:{prefix}){{0,2}}(?:{'|'.join(forms)})"]
    if metadata.national_prefix_transform_rule:
        shapes.append(rf"(?:{code})?(?:{prefix})\d*")
    if not str(metadata.international_prefix).startswith(_EXIT_CODES):
        shapes.append(r"0\d*")
    return re.compile("|".join(shapes))


def _forms(region: str) -> Iterator[str]:
    """Yield the patterns of a region's kinds of numbers."""
    metadata = PhoneMetadata.metadata_for_region(region)
    for kind in _KINDS if metadata else ():
        described = getattr(metadata, kind)
        if described is not None and described.national_number_pattern:
            yield described.national_number_pattern


def _fewest_digits(region: str) -> int:
    """Return how many digits a cluster has at least that may hold a number of a region."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or not str(metadata.international_prefix).startswith(_EXIT_CODES):
        return _LEAST_DIGITS
    described = metadata.general_desc
    least = min(described.possible_length) if described else 0
    return max(min(least, _LEAST_INTERNATIONAL), _LEAST_DIGITS)
