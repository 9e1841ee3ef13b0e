from __future__ import annotations

import json

import pytest

from curate.mining import Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.readers import read
from curate.parsers.records.mapping import shape_from
from curate.tables.parsed import Field, Parsed
from curate.text.canonical import Canonical

TEXT = "Open the form, fill it in and send it to the office within ten days of the trip."


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("How to claim a taxi", "How do I claim a taxi?"),
        ("Who pays for a taxi?", "Who pays for a taxi?"),
        ("Taxi claims", "What should I know about Taxi claims?"),
    ],
)
def test_the_title_of_an_article_asks_and_its_text_answers(title: str, question: str) -> None:
    document = _article(title, shape="article")

    (draft,) = mine(document)

    views = (Visible(document),)
    assert (plain(draft.question, views), plain(draft.answer, views)) == (question, TEXT)


def test_any_other_document_is_no_article() -> None:
    assert mine(_article("Taxi claims", shape="letter")) == []


ROWS = [
    ("What does the tunnel cost?", "Nothing.", ("short_answer",)),
    ("Is there a canteen?", "Yes, on floor 3.", ()),
    ("Opening hours of the reception", "It is open from 8:00 to 18:00 on working days.", ()),
    ("Since Monday the tunnel drops after an hour.", "Switch on Renew under Settings.", ()),
    ("Who pays for a taxi?", f"<h2>Short trips</h2><p>{TEXT}</p>", ()),
]


@pytest.mark.parametrize(("asked", "answered", "flaws"), ROWS)
def test_every_row_that_is_laid_out_as_a_question_and_its_answer_is_offered(
    asked: str, answered: str, flaws: tuple[str, ...]
) -> None:
    shape = shape_from({"like": "faq", "question": "q", "answer": "a"})
    row = json.dumps({"q": asked, "a": answered}).encode()

    document = read(Blob(row, "row.json", "application/json"), shape)

    (draft,) = mine(document)
    assert plain(draft.question, (Visible(document),)) == asked
    assert draft.flaws == flaws


def _article(title: str, *, shape: str) -> Parsed:
    canonical = Canonical()
    canonical.paragraph(TEXT)
    return canonical.build(title=title, fields=[Field("shape", shape)])
