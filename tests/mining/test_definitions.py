from __future__ import annotations

import pytest

from curate.mining import Visible, mine, plain
from curate.mining.acronyms import long_form
from curate.text.canonical import Canonical


def test_entries_of_a_glossary_are_definitions() -> None:
    found = _glossary(
        "Glossary", ["Sprint: A period of two weeks of work.", "PoP – Period of performance."]
    )

    assert found == [
        ("What does “Sprint” mean?", "A period of two weeks of work."),
        ("What does “PoP” mean?", "Period of performance."),
    ]


def test_a_text_that_begins_with_its_verb_gets_its_subject() -> None:
    found = _glossary("Glossary", ["Integrity: Means the soundness of our systems."])

    assert found == [
        ("What does “Integrity” mean?", "Integrity means the soundness of our systems.")
    ]


def test_the_same_entries_elsewhere_are_none() -> None:
    assert _glossary("Notes", ["Sprint: A period of two weeks of work."]) == []


@pytest.mark.parametrize(
    "entry",
    [
        "How to sprint: Run fast and far.",
        "Related terms: Scrum and other ways.",
        "More: See all of it.",
    ],
)
def test_what_is_no_term_is_no_entry(entry: str) -> None:
    assert _glossary("Glossary", [entry]) == []


def test_headings_and_rows_of_a_glossary_are_entries_too() -> None:
    canonical = Canonical()
    canonical.heading("Glossar", level=1)
    canonical.heading("Takt", level=2)
    canonical.paragraph("Ein Zeitraum von zwei Wochen.")
    canonical.table(
        [["Begriff", "Bedeutung"], ["Stand", "Ein kurzes Treffen am Morgen."]], header_rows=1
    )
    document = canonical.build(language="de")

    found = [
        plain(d.question, (Visible(document),)) for d in mine(document) if d.task == "definition"
    ]

    assert found == ["Was bedeutet „Takt“?", "Was bedeutet „Stand“?"]


def test_an_acronym_is_defined_where_it_is_introduced() -> None:
    canonical = Canonical()
    canonical.paragraph(
        "Ask the Office of Personnel Management (OPM). The OPM, our Old Paper Mill (OPM), helps."
    )
    document = canonical.build()

    (draft,) = mine(document)

    views = (Visible(document),)
    assert plain(draft.question, views) == "What does “OPM” stand for?"
    assert plain(draft.answer, views) == "OPM stands for Office of Personnel Management."


def test_the_long_form_of_an_acronym_is_no_possessive() -> None:
    canonical = Canonical()
    canonical.paragraph("Read the Old Paper Mill's (OPM) rules.")
    document = canonical.build()

    (draft,) = mine(document)

    assert plain(draft.answer, (Visible(document),)) == "OPM stands for Old Paper Mill."


@pytest.mark.parametrize(
    "text", ["Means the safety of our house.", "The safety of our house and its people."]
)
def test_a_word_explained_by_itself_is_circular(text: str) -> None:
    canonical = Canonical()
    canonical.heading("Glossary", level=1)
    canonical.item(f"Safety: {text}")

    (draft,) = mine(canonical.build())

    assert draft.flaws == ("circular",)


@pytest.mark.parametrize(
    ("title", "term", "question"),
    [
        ("Incidents", "Safety", "Regarding Incidents: what does “Safety” mean?"),
        ("Incidents", "SLA", "What does “SLA” mean?"),
        ("Incidents", "Night shift", "What does “Night shift” mean?"),
        ("Glossary of the house", "Safety", "What does “Safety” mean?"),
    ],
)
def test_a_common_word_is_asked_for_with_the_page_that_uses_it_so(
    title: str, term: str, question: str
) -> None:
    canonical = Canonical()
    canonical.heading(title, level=1)
    canonical.heading("Definitions", level=2)
    canonical.item(f"{term}: That nobody comes to harm in our house at night.")
    document = canonical.build(title=title)

    (draft,) = mine(document)

    assert plain(draft.question, (Visible(document),)) == question


@pytest.mark.parametrize(
    ("before", "short", "long"),
    [
        ("the General Services Administration", "GSA", "General Services Administration"),
        ("of Meals and Incidental Expenses", "M&IE", "Meals and Incidental Expenses"),
        ("Authority to Operate", "ATO", "Authority to Operate"),
        ("the United States of America", "USA", "United States of America"),
    ],
)
def test_a_long_form_has_the_letters_as_initials(before: str, short: str, long: str) -> None:
    start = long_form(before, short, (0, len(before)))

    assert before[start:] == long


@pytest.mark.parametrize(("before", "short"), [("the new office", "GSA"), ("the best one", "TBO")])
def test_words_with_other_initials_are_no_long_form(before: str, short: str) -> None:
    assert long_form(before, short, (0, len(before))) == -1


def _glossary(place: str, entries: list[str]) -> list[tuple[str, str]]:
    canonical = Canonical()
    canonical.heading(place, level=1)
    for entry in entries:
        canonical.item(entry)
    document = canonical.build()
    views = (Visible(document),)
    return [(plain(d.question, views), plain(d.answer, views)) for d in mine(document)]
