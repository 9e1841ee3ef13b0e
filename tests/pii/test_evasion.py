"""Values hidden by signs that nobody sees, or written with signs that stand for others, are found."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.pii import Finder, scan_document, texts_of
from curate.tables.parsed import Element, Kind, Link, Parsed
from curate.tables.pii_spans import PiiSpan
from curate.text.edits import drop, normalise, replacements, value_digest
from curate.text.render import Policy, Treatment, render
from tests.pii.stock_presidio import adversarial

KEY = b"k" * 32
UNSEEN = [*"\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202a\u2066", "\U000e0041"]
VALUES = {
    "EMAIL_ADDRESS": "jane.doe@example.com",
    "CREDIT_CARD": "4111 1111 1111 1111",
    "PHONE_NUMBER": "+49 30 12345678",
    "US_SSN": "219-09-9999",
    "IBAN_CODE": "DE89 3704 0044 0532 0130 00",
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


FINDER = Finder()


def found(finder: Finder, text: str) -> list[tuple[str, str]]:
    return [(span.type, text[span.start : span.end]) for span in finder.find(text)]


@pytest.mark.parametrize(("kind", "value"), VALUES.items())
@given(sign=st.sampled_from(UNSEEN), data=st.data())
def test_a_sign_that_nobody_sees_hides_no_value(
    kind: str, value: str, sign: str, data: st.DataObject
) -> None:
    places = data.draw(st.sets(st.integers(1, len(value) - 1), min_size=1, max_size=4))
    hidden = "".join(sign * (n in places) + letter for n, letter in enumerate(value))

    assert found(FINDER, f"It is {hidden} here.") == [(kind, hidden)]


@pytest.mark.parametrize(("kind", "value"), VALUES.items())
def test_full_width_forms_hide_no_value(finder: Finder, kind: str, value: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() or c in "@.+" else c for c in value)

    assert found(finder, f"It is {wide} here.") == [(kind, wide)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mail jane.doe%40example.com now", "EMAIL_ADDRESS", "jane.doe%40example.com"),
        ("mailto:jane%40example.com?subject=x", "EMAIL_ADDRESS", "jane%40example.com"),
        ("mail jane%2540example%2ecom", "EMAIL_ADDRESS", "jane%2540example%2ecom"),
        ("https://wa.me/%2B493012345678", "PHONE_NUMBER", "%2B493012345678"),
        ("https://x.org/?tel=%2B49%2030%2012345678&a=1", "PHONE_NUMBER", "%2B49%2030%2012345678"),
    ],
)
def test_percent_encoding_hides_no_value(finder: Finder, text: str, kind: str, value: str) -> None:
    assert (kind, value) in found(finder, text)


def test_the_number_of_an_article_stays_nobodys_in_an_encoded_address(finder: Finder) -> None:
    text = "https://slack.com/help/articles/4409607962387-Copy%20it?u=2125550172"

    assert found(finder, text) == []


def test_a_longer_value_that_was_hidden_in_part_is_covered_whole(finder: Finder) -> None:
    text = "jane\u200bdoe@example.com, bob@example.com"

    assert [value for _, value in found(finder, text)] == text.split(", ")


def test_analysis_itself_stays_presidios_and_ordinary_text_is_searched_once(
    finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: str) -> None:
        raise AssertionError

    plain = [text for seed in range(60) if (text := adversarial(seed)).isascii()]
    expected = [finder.find(text) for text in plain if "%" not in text]

    monkeypatch.setattr("curate.pii.finder.folds", refused)

    assert [finder.find(text) for text in plain if "%" not in text] == expected


def test_what_is_found_without_folding_stays_covered(finder: Finder) -> None:
    for seed in range(300):
        text = adversarial(seed)
        spans = finder.find(text)
        whole = finder._worth(text, finder.findings(text), "text")
        covered = {place for span in spans for place in range(span.start, span.end)}

        told = (p for one in whole for p in range(one.start, one.end) if text[p].isalnum())
        assert covered.issuperset(told)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_hidden_value_is_masked_once_and_its_surrogate_is_that_of_the_plain_one(
    finder: Finder,
) -> None:
    text = "Ask jane\u200bdoe@exam\u00adple.com or janedoe@example.com."
    unseen = [drop("text", place, place + 1, reason="zero_width") for place in (8, 17)]
    wishes = [*unseen, *replacements(finder.find(text), {"text": text}, key=KEY)]

    masked = render(text, normalise(wishes), policy=Policy(Treatment.MASK), key=KEY).text
    other = render(text, normalise(wishes), policy=Policy(Treatment.SURROGATE), key=KEY).text

    assert masked == "Ask <EMAIL_ADDRESS> or <EMAIL_ADDRESS>."
    assert other.split()[1] == other.split()[3].rstrip(".")


def test_a_broken_address_is_replaced_whole_and_its_surrogate_is_that_of_the_whole_one(
    finder: Finder,
) -> None:
    text = "Ask jane.doe@\nexample.com, jane.doe\n@example.com or jane.doe@example.com."
    wishes = [*replacements(finder.find(text), {"text": text}, key=KEY)]

    masked = render(text, normalise(wishes), policy=Policy(Treatment.MASK), key=KEY).text
    other = render(text, normalise(wishes), policy=Policy(Treatment.SURROGATE), key=KEY).text

    assert masked == "Ask <EMAIL_ADDRESS>, <EMAIL_ADDRESS> or <EMAIL_ADDRESS>."
    assert len(set(re.findall(r"\w+[.]\w+@\w+[.]example", other))) == 1


@pytest.mark.parametrize(
    "written",
    [
        "ja\u200bne@example.com",
        "jane＠example.com",
        "JANE%40example.com",
        "jane@\n  example.com",
        "jane\n@example.com",
        "jane@\n> example.com",
    ],
)
def test_a_value_has_one_digest_however_it_is_hidden(written: str) -> None:
    plain = value_digest(KEY, "EMAIL_ADDRESS", "jane@example.com")

    assert value_digest(KEY, "EMAIL_ADDRESS", written) == plain


def test_links_are_searched_as_they_are_meant(finder: Finder) -> None:
    links = (
        Link(0, 1, "mailto:jane%40example.com"),
        Link(1, 2, "https://x.org/a?tel=%2B493012345678"),
    )
    parsed = Parsed("", "Hi", (Element(Kind.PARAGRAPH, 0, 2, links=links),))
    texts = texts_of(parsed)

    spans = scan_document(parsed, finder)

    assert [texts[s.field][s.start : s.end] for s in spans] == [
        "jane%40example.com",
        "%2B493012345678",
    ]


def test_a_value_found_plain_is_covered_where_it_stands_hidden(finder: Finder) -> None:
    filler = "and so on " * 10
    text = f"The bank account is 945456787654, {filler}9454\u200b56787654."

    spans = scan_document(Parsed("", text, ()), finder)

    assert [text[s.start : s.end] for s in spans] == ["945456787654", "9454\u200b56787654"]
    assert all(isinstance(span, PiiSpan) for span in spans)
