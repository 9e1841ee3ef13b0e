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
    ("heading", "question"),
    [
        ("How to renew a travel card?", "How do I renew a travel card?"),
        ("What we do not pay for travel", "What do we not pay for travel?"),
        ("Travel desk: how to use", None),
    ],
)
def test_a_heading_is_put_as_a_full_question(heading: str, question: str | None) -> None:
    found = _mined(f"# Travel\n\n## {heading}\n\n{ANSWER}")

    assert [asked for asked, _ in found] == ([question] if question else [])


def test_a_mark_before_an_answer_is_no_part_of_it() -> None:
    found = _mined(f"# Travel\n\n## Who approves travel cards?\n\nA: {ANSWER}")

    assert found == [("Who approves travel cards?", ANSWER)]


def test_a_question_heading_is_answered_by_what_stands_under_it() -> None:
    found = _mined(f"# Travel\n\n## Who approves travel?\n\n{ANSWER}\n\n## Other\n\nMore.")

    assert found == [("Who approves travel?", ANSWER)]


@pytest.mark.parametrize(
    "byline",
    [
        "_Written by [Jo Bright](https://x.org/jo), designer and baker, July 2019. (Revised March 2024)_",
        "Reviewed by Legal and Jo Bright on 3 March 2026.",
        "Verfasst von Jo Bright, Mai 2021",
    ],
)
def test_an_answer_does_not_begin_with_who_wrote_it(byline: str) -> None:
    found = _mined(f"# Travel\n\n## Who approves travel?\n\n{byline}\n\n{ANSWER}")

    assert found == [("Who approves travel?", ANSWER)]


def test_a_sentence_that_says_by_whom_something_is_done_stays() -> None:
    said = "Reviewed by Legal, a form from 2024 on is sent back within ten days."
    found = _mined(f"# Travel\n\n## Who approves travel?\n\n{said}\n\n{ANSWER}")

    assert found == [("Who approves travel?", f"{said}\n\n{ANSWER}")]


def test_the_answer_includes_few_subsections_and_leaves_out_many() -> None:
    few = f"## Who approves travel?\n\n{ANSWER}\n\n### Abroad\n\nThe director does.\n"
    many = few + "".join(f"\n### Part {n}\n\nText.\n" for n in range(4))

    assert _mined(few)[0][1].endswith("Abroad\n\nThe director does.")
    assert not any("The director" in answer for _, answer in _mined(many))


def test_an_answer_ends_with_its_last_words_and_no_empty_heading() -> None:
    found = _mined(f"## Who approves travel?\n\n{ANSWER}\n\n### Get in touch\n\n## Next\n\nMore.")

    assert found == [("Who approves travel?", ANSWER)]


def test_a_heading_continues_the_broken_off_question_above() -> None:
    found = _mined(
        f"# Chicago office\n\n## How do I...?\n\n### Book rooms for meetings?\n\n{ANSWER}"
    )

    assert found[0][0] == "Regarding Chicago office: how do I book rooms for meetings?"


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("How to request a badge", "How do I request a badge?"),
        ("How To Reset your password", "How do I reset my password?"),
        ("When to file a badge claim", "When should I file a badge claim?"),
        ("Who to contact about a badge", "Who should I contact about a badge?"),
        ("What is a badge", "What is a badge?"),
        ("How we issue a badge", "How do we issue a badge?"),
        ("Why the badge expires every year", "Can you explain why the badge expires every year?"),
    ],
)
def test_a_heading_that_begins_like_a_question_becomes_one(heading: str, question: str) -> None:
    found = _mined(f"# Badge\n\n## {heading}\n\n{ANSWER}")

    assert found[0][0].removeprefix("Regarding Badge: ").lower() == question.lower()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("How to Justify A Badge For The Night", "How do I justify a Badge for the Night?"),
        ("How To Book your badge", "How do I book my badge?"),
        ("How to SSH into a badge", "How do I SSH into a badge?"),
    ],
)
def test_the_small_words_and_the_verb_of_a_title_are_spoken(heading: str, question: str) -> None:
    found = _mined(f"# Badge\n\n## {heading}\n\n{ANSWER}")

    assert found[0][0] == question


def test_a_continued_question_is_spoken_by_who_asks() -> None:
    found = _mined(f"# Badges\n\n## How do I...?\n\n### Renew A Badge for your guest?\n\n{ANSWER}")

    assert found[0][0] == "How do I renew a Badge for my guest?"


@pytest.mark.parametrize(
    "heading", ["How I eat fries", "What my week looks like", "How I do reviews"]
)
def test_a_heading_about_its_writer_gives_nothing(heading: str) -> None:
    assert _mined(f"# Readme\n\n## {heading}\n\n{ANSWER}") == []


def test_a_hash_in_code_is_no_heading() -> None:
    text = (
        "## How do I start it?\n\nRun the two lines below the comment in a "
        "shell of the server.\n\n```sh\n# Is this a heading?\nmake start\n```"
    )

    assert [q for q, _ in _mined(text, flawed=True)] == ["How do I start it?"]


def _mined(markdown: str, *, flawed: bool = False) -> list[tuple[str, str]]:
    return _pairs(document(markdown), flawed=flawed)


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]
