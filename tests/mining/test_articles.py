from __future__ import annotations

import pytest

from curate.mining import Visible, mine, plain
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


def _article(title: str, *, shape: str) -> Parsed:
    canonical = Canonical()
    canonical.paragraph(TEXT)
    return canonical.build(title=title, fields=[Field("shape", shape)])
