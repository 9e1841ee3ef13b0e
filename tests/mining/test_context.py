from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.mining import Draft, Visible, by_title, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed

ANSWER = "Ask the travel office for the form, fill it in and send it back within ten days."


def test_a_question_that_does_not_name_its_subject_is_led_by_the_heading_above() -> None:
    found = _mined(f"# LGBTQIA2S+ cohort\n\n## How does it work?\n\n{ANSWER}")

    assert found[0][0] == "Regarding LGBTQIA2S+ cohort: how does it work?"


def test_a_question_that_names_its_subject_stays_as_it_is() -> None:
    found = _mined(f"# Travel card\n\n## When do I get a travel card?\n\n{ANSWER}")

    assert found[0][0] == "When do I get a travel card?"


@pytest.mark.parametrize(
    "bare", ["Overview", "Prerequisites", "Week 4", "Weekly", "Definitions:", "FAQ"]
)
def test_a_bare_heading_leads_no_question(bare: str) -> None:
    found = _mined(f"# Parental leave\n\n## {bare}\n\n### When can it begin?\n\n{ANSWER}")

    assert found[0][0] == "Regarding Parental leave: when can it begin?"


def test_the_title_leads_where_no_heading_does() -> None:
    text = f"---\ntitle: Parental leave\n---\n## When can it begin?\n\n{ANSWER}"

    (draft,) = _clean(document(text))

    assert draft.question[1] == (0, 14, 0, "title")
    assert _question(document(text), draft) == "Regarding Parental leave: when can it begin?"


def test_a_heading_of_one_word_is_led_by_the_title() -> None:
    found = _mined(f"# Travel guide\n\n## Hotels\n\n### When do we pay?\n\n{ANSWER}")

    assert found[0][0] == "Regarding Travel guide, Hotels: when do we pay?"


def test_a_vague_question_is_led_by_a_heading_that_names_its_tool() -> None:
    found = _mined(f"# Slack channels\n\n## How are channels created?\n\n{ANSWER}")

    assert found[0][0] == "Regarding Slack channels: how are channels created?"


@pytest.mark.parametrize("title", ["Distributed", "Internal", "Remote"])
def test_an_adjective_or_participle_alone_leads_no_question(title: str) -> None:
    found = _mined(f"# {title}\n\n## When do I get a travel card?\n\n{ANSWER}")

    assert found[0][0] == "When do I get a travel card?"


@pytest.mark.parametrize("title", ["Mitglied", "Seed", "Lodging"])
def test_a_noun_alone_leads_whatever_its_ending(title: str) -> None:
    found = _mined(f"# {title}\n\n## When do we pay?\n\n{ANSWER}")

    assert found[0][0] == f"Regarding {title}: when do we pay?"


def test_a_heading_with_a_name_leads_though_the_title_says_more() -> None:
    found = _mined(f"# BenchLink: all questions\n\n## BenchLink\n\n### When do we pay?\n\n{ANSWER}")

    assert found[0][0] == "Regarding BenchLink: when do we pay?"


def test_a_heading_that_the_title_says_whole_is_not_said_beside_it() -> None:
    found = _mined(f"# Classes for new staff\n\n## Classes\n\n### When do we pay?\n\n{ANSWER}")

    assert found[0][0] == "Regarding Classes for new staff: when do we pay?"


@pytest.mark.parametrize(
    ("title", "subject"),
    [("How Connect works", "Connect"), ("Where to hang a gateway", "Where to hang a gateway")],
)
def test_a_title_that_begins_like_a_question_names_a_subject_too(title: str, subject: str) -> None:
    found = _mined(f"# {title}\n\n## Why two queues?\n\n{ANSWER}")

    assert found[0][0] == f"Regarding {subject}: why two queues?"


def test_a_word_with_inner_capitals_keeps_them() -> None:
    found = _mined(f"# Guide\n\n## SETI access\n\n### IPv6: is it on?\n\n{ANSWER}")

    assert "IPv6" in found[0][0]


def test_a_german_document_gets_german_words() -> None:
    text = (
        "# Elternzeit\n\n## Wie lange dauert sie?\n\nSie dauert bis zu drei "
        "Jahre und wird schriftlich beim Personalbüro beantragt."
    )

    (draft,) = _clean(document(text, language="de"))

    assert draft.template == "de.as_is"
    assert _question(document(text, language="de"), draft) == (
        "Zum Thema „Elternzeit“: wie lange dauert sie?"
    )


def _clean(parsed: Parsed) -> list[Draft]:
    return [draft for draft in mine(parsed) if not draft.flaws]


def _question(parsed: Parsed, draft: Draft) -> str:
    return plain(draft.question, (Visible(parsed),))


def _mined(markdown: str, *, flawed: bool = False) -> list[tuple[str, str]]:
    return _pairs(document(markdown), flawed=flawed)


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]


SECTIONS = (
    "# Replace a filter\n\nOpen the lid and take the old filter out before you put in the new one."
    f"\n\n# How do I order paper?\n\n{ANSWER}\n\n# Who may park in the yard?\n\n"
    "Everybody with a badge parks there after six in the evening, guests at any time."
)


def test_no_heading_beside_a_question_leads_it() -> None:
    found = {question for question, _ in _mined(SECTIONS)}

    assert {"How do I order paper?", "Who may park in the yard?"} <= found
    assert not any("Regarding Replace a filter" in question for question in found)


def test_no_heading_beside_a_question_tells_it_from_another_documents() -> None:
    parsed = document(SECTIONS)
    view = Visible(parsed)

    assert all(by_title(draft, view) == draft for draft in mine(parsed))
