from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from curate.pii import DEFAULT_ENTITIES, STOCK_ENTITIES, Finder
from curate.pii.accept import accepted
from curate.pii.resolve import resolved
from curate.tables.pii_spans import PiiSpan

SPAN = st.builds(
    lambda start, length, kind, score: PiiSpan("text", start, start + length, kind, "any", score),
    st.integers(0, 40),
    st.integers(1, 20),
    st.sampled_from((*STOCK_ENTITIES, "EMPLOYEE")),
    st.sampled_from((0.05, 0.4, 0.5, 0.6, 0.75, 1.0)),
)


def span(kind: str, start: int, end: int, score: float = 0.5) -> PiiSpan:
    return PiiSpan("text", start, end, kind, "any", score)


def kinds(*spans: PiiSpan) -> list[str]:
    return [one.type for one in resolved(spans, wanted=DEFAULT_ENTITIES)]


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

    assert resolved(spans, wanted=DEFAULT_ENTITIES) == spans
    assert len(Finder().find(text)) >= 2


def test_the_longest_of_equals_wins() -> None:
    assert kinds(span("US_SSN", 0, 9), span("PHONE_NUMBER", 0, 12, 0.75)) == ["PHONE_NUMBER"]


def test_the_surer_of_two_findings_of_one_place_wins() -> None:
    assert kinds(span("US_SSN", 0, 11), span("US_ITIN", 0, 11, 0.85)) == ["US_ITIN"]


def test_ones_own_type_wins_a_tie() -> None:
    spans = [span("US_SSN", 0, 9), span("EMPLOYEE", 0, 9)]

    (one,) = resolved(spans, wanted=("US_SSN", "EMPLOYEE"))

    assert one.type == "EMPLOYEE"


@given(st.lists(SPAN, max_size=12))
def test_what_is_resolved_never_overlaps_and_stays_as_it_is(spans: list[PiiSpan]) -> None:
    once = resolved(spans, wanted=DEFAULT_ENTITIES)

    assert all(one.end <= other.start for one, other in pairwise(once))
    assert resolved(once, wanted=DEFAULT_ENTITIES) == once


@given(st.lists(SPAN, max_size=12), st.randoms())
def test_the_order_of_findings_changes_nothing(spans: list[PiiSpan], random: object) -> None:
    shuffled = list(spans)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis names no public type for it

    assert resolved(shuffled, wanted=DEFAULT_ENTITIES) == resolved(spans, wanted=DEFAULT_ENTITIES)


@given(st.lists(SPAN, max_size=12), st.text(max_size=80))
def test_acceptance_only_takes_away(spans: list[PiiSpan], text: str) -> None:
    within = [one for one in spans if one.end <= len(text)]

    for one in accepted(within, text):
        assert any(other.start <= one.start and one.end == other.end for other in within)


def test_the_beginning_of_a_query_is_no_part_of_an_email_address() -> None:
    text = "mailto:?cc=jane@acme.com"

    (one,) = accepted([span("EMAIL_ADDRESS", 8, 24, 1.0)], text)

    assert text[one.start : one.end] == "jane@acme.com"
