from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.mining import Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed

ANSWER = "Ask the travel office for the form, fill it in and send it back within ten days."


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"Q: Who approves it all?\n\nA: {ANSWER}", "Who approves it all?"),
        (f"Q1. Who approves it all?\n\nA1. {ANSWER}", "Who approves it all?"),
        (f"Frage: Wer genehmigt die Reise?\n\nAntwort: {ANSWER}", "Wer genehmigt die Reise?"),
        (f"P: ¿Quién aprueba el viaje?\n\nR: {ANSWER}", "¿Quién aprueba el viaje?"),
        (f"Question : Qui approuve le voyage ?\n\nRéponse : {ANSWER}", "Qui approuve le voyage ?"),
        (f"Q: Who approves it all? A: {ANSWER}", "Who approves it all?"),
        (f"- Q: Who approves it all?\n- A: {ANSWER}", "Who approves it all?"),
    ],
)
def test_marks_of_questions_and_answers_are_taken_off(text: str, question: str) -> None:
    assert _mined(text) == [(question, ANSWER)]


def test_questions_as_lines_of_their_own_count_where_several_have_answers() -> None:
    text = (
        f"# Travel\n\n**Who approves travel?**\n\n{ANSWER}\n\n**How is travel "
        f"paid?**\n\n{ANSWER[:-1]} too."
    )

    assert [q for q, _ in _mined(text)] == ["Who approves travel?", "How is travel paid?"]


def test_a_single_question_in_running_text_is_rhetorical() -> None:
    assert _mined(f"# Travel\n\nWhy do we travel?\n\n{ANSWER}") == []


def test_numbered_questions_lose_their_number() -> None:
    text = f"# FAQ\n\n1. Who approves travel?\n\n{ANSWER}\n\n2. Who pays?\n\n{ANSWER[:-1]} too."

    assert [q for q, _ in _mined(text, flawed=True)] == ["Who approves travel?", "Who pays?"]


def test_questions_under_questions_are_no_answers() -> None:
    text = (
        "# FAQ\n\n- Who reads it?\n  - Who else should read it?\n- What comes "
        "next?\n  - Is it clear?\n"
    )

    assert _mined(text) == []


def test_a_question_mark_in_an_address_ends_no_question() -> None:
    text = f"Q: Where is https://example.org/a?b=c described? Soon.\n\nA: {ANSWER}"

    assert _mined(text)[0][0] == "Where is https://example.org/a?b=c described?"


def _mined(markdown: str, *, flawed: bool = False) -> list[tuple[str, str]]:
    return _pairs(document(markdown), flawed=flawed)


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]
