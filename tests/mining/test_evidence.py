from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.mining import EXTRACTORS, Span, Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown

PAGE = """
# Travel card

## Who can get a travel card?

Everybody who travels for work more than twice a year gets a travel card from the bank.

1. Ask your manager.
2. Fill in the form.

## Creating an account

Keep your badge ready.

1. Open the page of the bank.
2. Enter the number of your badge.

## FAQ

**When is the bill due?**

The bill is due on the tenth day of every month for all of us.

**Who pays it?**

The General Services Administration (GSA) pays it after the voucher is signed.

## Glossary

- **Voucher**: A claim for the cost of a trip.

## Limits

| Country | Limit |
|---------|-------|
| France  | 90 euros a night in a hotel |
| Spain   | 80 euros a night in a hotel |

## Troubleshooting

Problem: The card is refused at the desk.

Solution: Call the bank and read out the code on the back of the card.
"""
DOCUMENT = read_markdown(Blob(PAGE.encode(), "card.md", "text/markdown"))
LENGTH = len(DOCUMENT.text)


@st.composite
def _drops(draw: st.DrawFn) -> list[tuple[int, int]]:
    places = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=10)))
    return list(zip(places[::2], places[1::2], strict=False))


@given(_drops())
def test_every_span_of_a_draft_lies_in_what_is_seen(dropped: list[tuple[int, int]]) -> None:
    hidden = {at for start, end in dropped for at in range(start, end)}

    for draft in mine(DOCUMENT, dropped=dropped):
        spans = [p for p in (*draft.question, *draft.answer) if isinstance(p, Span)]
        for span in (*spans, *draft.evidence):
            assert span.start < span.end
            assert span.field == "title" or not hidden & set(range(span.start, span.end))


@given(_drops())
def test_the_evidence_holds_everything_the_answer_uses(dropped: list[tuple[int, int]]) -> None:
    for draft in mine(DOCUMENT, dropped=dropped):
        used = {piece for piece in draft.answer if isinstance(piece, Span)}
        assert draft.evidence
        assert used <= set(draft.evidence)


def test_every_kind_of_place_is_found_once() -> None:
    drafts = mine(DOCUMENT)

    asked = [plain(draft.question, (Visible(DOCUMENT),)) for draft in drafts]
    assert len(set(asked)) == len(asked)
    assert {draft.extractor for draft in drafts} == {
        "question_headings",
        "question_lines",
        "gerund_procedures",
        "glossaries",
        "table_rows",
        "acronyms",
        "troubleshooting",
    }


def test_extractors_have_names_of_their_own() -> None:
    names = [extractor.source.name for extractor in EXTRACTORS]

    assert len(set(names)) == len(names)


def test_the_same_document_is_mined_the_same() -> None:
    assert mine(DOCUMENT) == mine(DOCUMENT)
