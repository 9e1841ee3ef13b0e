from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.mining import Visible, mine, plain
from curate.mining.flaws import question_flaws
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed

ANSWER = "Ask the travel office for the form, fill it in and send it back within ten days."


@pytest.mark.parametrize(
    "question",
    ["Have you uploaded the summary?", "Did you tell your team?", "Do you know the rules?"],
)
def test_a_checklist_is_no_question(question: str) -> None:
    assert _mined(f"# Summary rules of the team\n\n## {question}\n\n{ANSWER}") == []


@pytest.mark.parametrize(
    "question",
    [
        "What do we do?",
        "How do we work here?",
        "Who are we?",
        "Was machen wir?",
        "Que faisons-nous ?",
    ],
)
def test_a_question_about_a_we_that_it_does_not_name_is_marked(question: str) -> None:
    assert "unnamed_we" in question_flaws(question)


@pytest.mark.parametrize(
    "question", ["What do we pay for a night?", "How do we work with vendors?", "What do we use?"]
)
def test_what_we_do_with_something_is_a_question(question: str) -> None:
    assert "unnamed_we" not in question_flaws(question)


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        ("See the table below for all limits that apply to the trip.", "deictic"),
        ("For all other repositories ask the platform team to add the file.", "complementary"),
        ("Bring the following documents to the front desk on your first day:", "dangling_colon"),
        ("TBD, the team will write this part when the policy is final.", "todo"),
        ("Yes.", "yes_no_only"),
        ("Ask the team.", "short_answer"),
        ("This depends on the grade of the traveler and on the length.", "pronoun_first"),
        ("- Passport or another valid document\n- Proof of your address, and", "truncated_list"),
        ("[Go to this article](https://example.org/a)", "link_only"),
        ("Please see [the travel guide](https://example.org/a) for more details.", "link_only"),
        ("Write to [insert name] and wait for the answer of the team there.", "placeholder"),
        ("word " * 501, "long_answer"),
        ("When all of the above steps are done you have a form and a date.", "deictic"),
        ("For the details of a travel request refer to this guidance document.", "deictic"),
        ("See the web page of the agency about what to do when sick.", "link_only"),
        ("Open the page of the office and then follow these steps. Wait a day.", "deictic"),
        (
            "If your team buys for more, visit the [page of purchases](https://x.org) to learn how.",
            "link_only",
        ),
        ("Short tasks of a week like updating pages or fixing travel forms,", "truncated"),
        ("Travel: who approves travel, and who approves it.", "tells_nothing"),
    ],
)
def test_an_answer_that_cannot_stand_alone_is_marked(answer: str, flaw: str) -> None:
    (draft,) = mine(document(f"# Travel\n\n## Who approves travel?\n\n{answer}"))

    assert flaw in draft.flaws
    assert draft.score < draft.features.prior


@pytest.mark.parametrize(
    ("question", "flaw"),
    [
        ("Which chapter is about salary?", "structural"),
        ("What is in this section?", "structural"),
        ("Why so?", "short_question"),
        ("Who approves travel? Who pays?", "multi_question"),
        ("What do you have now?", "structural"),
    ],
)
def test_a_question_about_the_document_or_several_at_once_is_marked(
    question: str, flaw: str
) -> None:
    (draft,) = mine(document(f"# Travel\n\n## {question}\n\n{ANSWER}"))

    assert flaw in draft.flaws


def test_placeholders_in_code_stay() -> None:
    text = (
        "## How do I find a user?\n\nRun this statement in the console of the "
        "database:\n\n```sql\nSELECT * FROM users WHERE email = '<EMAIL>'\n```"
    )

    assert _mined(text)[0][1].endswith("WHERE email = '<EMAIL>'")


def _mined(markdown: str, *, flawed: bool = False) -> list[tuple[str, str]]:
    return _pairs(document(markdown), flawed=flawed)


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]


def test_a_question_about_what_stands_before_it_is_left_out() -> None:
    page = (
        "# Leading projects\n\n## What does this mean in practice?\n\n"
        "The lead has the full picture of the project and talks to the partner every week.\n"
    )

    assert _mined(page) == []
    assert len(_mined(page, flawed=True)) == 1
