from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.mining import Visible, by_title, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed

ANSWER = "Ask the travel office for the form, fill it in and send it back within ten days."


def test_questions_of_one_document_that_read_alike_are_told_apart() -> None:
    found = _mined(
        "# Cards\n\n## Travel card\n\n### Who can get this card?\n\nEverybody who travels for "
        "work gets"
        " the card at once.\n\n## Purchase card\n\n### Who can get this card?\n\nOnly those who "
        "buy "
        "supplies for their team get one later."
    )

    assert {q for q, _ in found} == {
        "Regarding Travel card: who can get this card?",
        "Regarding Purchase card: who can get this card?",
    }


def test_questions_that_cannot_be_told_apart_are_all_marked() -> None:
    text = (
        f"## What is the daily limit?\n\n{ANSWER}\n\n## What is the daily limit?\n\n"
        "It is fifty euros a day for meals and eighty for a night in a hotel."
    )

    drafts = mine(document(text))

    assert len(drafts) == 2
    assert all("ambiguous" in draft.flaws for draft in drafts)


def _mined(markdown: str, *, flawed: bool = False) -> list[tuple[str, str]]:
    return _pairs(document(markdown), flawed=flawed)


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)


def test_a_question_that_several_documents_ask_can_be_led_by_the_title() -> None:
    parsed = document("---\ntitle: Travel guide\n---\n## Who approves travel?\n\n" + ANSWER)
    (draft,) = mine(parsed)
    view = Visible(parsed)

    led = by_title(draft, view)

    assert plain(led.question, (view,)) == "Regarding Travel guide: who approves travel?"
    assert by_title(led, view) == led


def test_a_second_heading_goes_before_the_first() -> None:
    found = _mined(
        f"# Paris\n\n## Hotel\n\n### When is it paid?\n\n{ANSWER}\n\n# Rome\n\n## Hotel\n\n"
        "### When is it paid?\n\nThe bill of the hotel is paid on the day of departure."
    )

    assert {q for q, _ in found} == {
        "Regarding Paris, Hotel: when is it paid?",
        "Regarding Rome, Hotel: when is it paid?",
    }


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]
