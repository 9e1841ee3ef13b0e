from __future__ import annotations

import pytest

from curate.pii import Finder, scan_document, spread, texts_of
from curate.tables.parsed import Element, Field, Kind, Link, Parsed
from curate.tables.pii_spans import PiiSpan

TEXT = "Ask Jane (jane@acme.com).\n\nCall (212) 555-0172 or 4155562766."


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def document(
    text: str = TEXT, *, title: str = "Who to ask", links: tuple[Link, ...] = ()
) -> Parsed:
    element = Element(Kind.PARAGRAPH, 0, len(text), links=links)
    fields = (Field("product", "Phones"), Field("from", "Jane <jane@acme.com>"))
    return Parsed(title, text, (element,), fields=fields)


def found(finder: Finder, parsed: Parsed, path: str = "") -> list[tuple[str, str]]:
    texts = texts_of(parsed, path=path)
    spans = scan_document(parsed, finder, path=path)
    return [(span.field, texts[span.field][span.start : span.end]) for span in spans]


def test_text_and_properties_are_searched(finder: Finder) -> None:
    assert found(finder, document()) == [
        ("text", "jane@acme.com"),
        ("text", "(212) 555-0172"),
        ("text", "4155562766"),
        ("field.from.1", "jane@acme.com"),
    ]


def test_title_path_and_links_are_searched(finder: Finder) -> None:
    link = Link(0, 3, "mailto:bob@acme.com")
    parsed = document("Ask", title="Mail of eve@acme.com", links=(link,))

    assert found(finder, parsed, "mail/joe@acme.com/1.eml") == [
        ("title", "eve@acme.com"),
        ("path", "joe@acme.com"),
        ("field.from.1", "jane@acme.com"),
        ("link.0.0", "bob@acme.com"),
    ]


def test_a_value_found_once_is_covered_everywhere(finder: Finder) -> None:
    filler = "and so on " * 10
    text = f"The bank account is 945456787654, {filler}945456787654, not 9454567876540."

    spans = scan_document(document(text, title="945456787654"), finder)

    assert [(s.field, s.start, s.recogniser) for s in spans if s.type == "US_BANK_NUMBER"] == [
        ("text", 20, "UsBankRecognizer"),
        ("text", 134, "spread"),
        ("title", 0, "spread"),
    ]


def test_case_does_not_hide_a_repetition() -> None:
    texts = {"text": "Jane@acme.com", "title": "JANE@ACME.COM and xjane@acme.com"}
    one = PiiSpan("text", 0, 13, "EMAIL_ADDRESS", "EmailRecognizer", 1.0)

    result = spread({"text": [one]}, texts)

    assert [(s.start, s.end) for s in result["title"]] == [(0, 13)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("mail/joe@acme.com/1.eml", "joe@acme.com"),
        ("notes/note.212-555-3285", "212-555-3285"),
        ("notes/note.212-555-3285.md", "212-555-3285"),
        ("cv/joe@acme.com.docx", "joe@acme.com"),
        ("hr/219-09-9999_review.pdf", "219-09-9999"),
        ("calls/2024_(212) 555-0172_note.txt", "(212) 555-0172"),
    ],
)
def test_a_value_in_a_file_name_is_found(finder: Finder, path: str, value: str) -> None:
    parsed = Parsed("", "", ())

    assert found(finder, parsed, path) == [("path", value)]


def test_a_number_in_a_link_is_no_persons(finder: Finder) -> None:
    link = Link(0, 3, "https://slack.com/help/articles/4409607962387-Copy?u=2125550172")

    assert [f for f, _ in found(finder, document("Ask", links=(link,)))] == ["field.from.1"]


def test_short_values_are_not_spread() -> None:
    texts = {"text": "code 12-34 and 12-34"}
    one = PiiSpan("text", 5, 10, "EMPLOYEE", "own", 1.0)

    assert spread({"text": [one]}, texts) == {"text": [one]}


def test_a_repetition_inside_another_finding_is_not_found_twice() -> None:
    texts = {"text": "doe@acme.com doe@acme.com.au"}
    spans = [
        PiiSpan("text", 0, 12, "EMAIL_ADDRESS", "EmailRecognizer", 1.0),
        PiiSpan("text", 13, 28, "EMAIL_ADDRESS", "EmailRecognizer", 1.0),
    ]

    assert spread({"text": spans}, texts)["text"] == spans


def test_a_span_never_holds_the_value(finder: Finder) -> None:
    spans = scan_document(document(), finder)

    assert all("jane@acme.com" not in repr(span) for span in spans)
    assert spans == scan_document(document(), Finder())
