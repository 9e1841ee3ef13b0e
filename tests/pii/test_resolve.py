from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from curate.pii import DEFAULT_ENTITIES, STOCK_ENTITIES, Finder
from curate.pii.accept import accepted
from curate.pii.resolve import NUMBERS, resolved, united
from curate.tables.pii_spans import PiiSpan

TEXT = "0a1-b 2(c3)" * 8  # letters, digits and signs
KINDS = (*STOCK_ENTITIES, "EMPLOYEE")
SPAN = st.builds(
    lambda start, length, kind, score: PiiSpan("text", start, start + length, kind, "any", score),
    st.integers(0, 40),
    st.integers(1, 20),
    st.sampled_from(KINDS),
    st.sampled_from((0.05, 0.4, 0.5, 0.6, 0.75, 1.0)),
)


def span(kind: str, start: int, end: int, score: float = 0.5) -> PiiSpan:
    return PiiSpan("text", start, end, kind, "any", score)


def kinds(*spans: PiiSpan) -> list[str]:
    return [one.type for one in resolved(spans, TEXT, wanted=DEFAULT_ENTITIES)]


def test_an_address_of_the_web_inside_an_email_address_is_none() -> None:
    assert kinds(span("URL", 5, 13), span("EMAIL_ADDRESS", 0, 13, 1.0)) == ["EMAIL_ADDRESS"]


def test_a_telephone_number_on_an_ip_address_is_none() -> None:
    assert kinds(span("PHONE_NUMBER", 0, 13, 0.75), span("IP_ADDRESS", 0, 13, 0.6)) == [
        "IP_ADDRESS"
    ]


def test_a_number_in_an_address_of_the_web_is_none() -> None:
    assert kinds(span("URL", 0, 30), span("PHONE_NUMBER", 18, 28, 0.4)) == ["URL"]


def test_an_email_address_in_an_address_of_the_web_is_one() -> None:
    assert kinds(span("URL", 0, 30), span("EMAIL_ADDRESS", 18, 28, 1.0)) == ["EMAIL_ADDRESS"]


def test_a_doubtful_number_that_is_a_date_is_a_date() -> None:
    assert kinds(span("DATE_TIME", 0, 10, 0.6), span("PHONE_NUMBER", 0, 10, 0.4)) == ["DATE_TIME"]


def test_neighbours_of_one_type_all_stay() -> None:
    text = "212-555-0172 415-556-2766 030-123-4567"
    spans = [span("PHONE_NUMBER", at, at + 12, 0.4) for at in (0, 13, 26)]

    assert resolved(spans, TEXT, wanted=DEFAULT_ENTITIES) == spans
    assert len(Finder().find(text)) >= 2


def test_the_longest_of_equals_wins() -> None:
    assert kinds(span("US_SSN", 0, 9), span("PHONE_NUMBER", 0, 12, 0.75)) == ["PHONE_NUMBER"]


def test_the_surer_of_two_findings_of_one_place_wins() -> None:
    assert kinds(span("US_SSN", 0, 11), span("US_ITIN", 0, 11, 0.85)) == ["US_ITIN"]


def test_ones_own_type_wins_a_tie() -> None:
    spans = [span("US_SSN", 0, 9), span("EMPLOYEE", 0, 9)]

    (one,) = resolved(spans, TEXT, wanted=("US_SSN", "EMPLOYEE"))

    assert one.type == "EMPLOYEE"


@given(st.lists(SPAN, max_size=12))
def test_what_is_resolved_never_overlaps_and_stays_as_it_is(spans: list[PiiSpan]) -> None:
    once = resolved(spans, TEXT, wanted=DEFAULT_ENTITIES)

    assert all(one.end <= other.start for one, other in pairwise(once))
    assert resolved(once, TEXT, wanted=DEFAULT_ENTITIES) == once


@given(st.lists(SPAN, max_size=12), st.randoms())
def test_the_order_of_findings_changes_nothing(spans: list[PiiSpan], random: object) -> None:
    shuffled = list(spans)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis names no public type for it

    expected = resolved(spans, TEXT, wanted=DEFAULT_ENTITIES)

    assert resolved(shuffled, TEXT, wanted=DEFAULT_ENTITIES) == expected


def told_by(spans: list[PiiSpan]) -> set[int]:
    """Return the places of what findings say: of numbers, that is their digits."""
    return {
        place
        for one in spans
        for place in range(one.start, one.end)
        if (str.isdigit if one.type in NUMBERS else str.isalnum)(TEXT[place])
    }


def is_passed_over(one: PiiSpan, spans: list[PiiSpan]) -> bool:
    """Return whether a finding may be a number of an address of the web, or a doubtful one of a date."""
    around = ["URL", "DATE_TIME"] if one.score < 0.5 else ["URL"]
    return any(
        covered_by([one]) <= covered_by([other for other in spans if other.type == kind])
        for kind in around
    )


def covered_by(spans: list[PiiSpan]) -> set[int]:
    return {place for one in spans for place in range(one.start, one.end)}


@given(st.lists(SPAN, max_size=12))
def test_what_a_finding_that_lost_covers_stays_covered(spans: list[PiiSpan]) -> None:
    kept = resolved(spans, TEXT, wanted=DEFAULT_ENTITIES)
    masked = [one for one in kept if one.type in DEFAULT_ENTITIES]
    wanted = [one for one in spans if one.type in DEFAULT_ENTITIES]

    assert told_by([one for one in wanted if not is_passed_over(one, spans)]) <= covered_by(masked)
    assert covered_by(kept) <= covered_by(spans)


@given(st.lists(SPAN, max_size=8), st.lists(SPAN, max_size=8))
def test_what_two_searches_cover_stays_covered(first: list[PiiSpan], more: list[PiiSpan]) -> None:
    one = resolved(first, TEXT, wanted=STOCK_ENTITIES)
    both = united(one, more, TEXT)

    assert all(a.end <= b.start for a, b in pairwise(both))
    assert told_by([*one, *more]) <= covered_by(both)


def test_overlapping_findings_of_one_type_are_one() -> None:
    spans = [span("PHONE_NUMBER", 0, 20, 0.4), span("PHONE_NUMBER", 18, 20, 1.0)]

    (one,) = resolved(spans, "415-555-2671 ext. 12", wanted=DEFAULT_ENTITIES)

    assert (one.start, one.end) == (0, 20)


def test_the_rest_of_a_number_stays_what_it_is() -> None:
    spans = [span("US_BANK_NUMBER", 0, 12, 1.0), span("PHONE_NUMBER", 0, 17, 0.4)]

    kept = resolved(spans, "415-555-2671/2672", wanted=DEFAULT_ENTITIES)

    assert [(one.type, one.start, one.end) for one in kept] == [
        ("US_BANK_NUMBER", 0, 12),
        ("PHONE_NUMBER", 13, 17),
    ]


@given(st.lists(SPAN, max_size=12), st.text(max_size=80))
def test_acceptance_only_takes_away(spans: list[PiiSpan], text: str) -> None:
    within = [one for one in spans if one.end <= len(text)]

    for one in accepted(within, text):
        assert any(other.start <= one.start and one.end == other.end for other in within)


def test_the_beginning_of_a_query_is_no_part_of_an_email_address() -> None:
    text = "mailto:?cc=jane@acme.com"

    (one,) = accepted([span("EMAIL_ADDRESS", 8, 24, 1.0)], text)

    assert text[one.start : one.end] == "jane@acme.com"
