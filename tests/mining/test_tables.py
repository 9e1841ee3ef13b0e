from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.mining import Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.tables.parsed import Parsed


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Question", "Answer"),
        ("Frage", "Antwort"),
        ("Pregunta", "Respuesta"),
        ("Query", "Resolution"),
    ],
)
def test_rows_of_a_table_of_questions_are_pairs(question: str, answer: str) -> None:
    found = _pairs(
        [
            ["No.", question, answer],
            ["1", "Who approves travel?", "The director approves it within ten days."],
            ["2", "Who pays for such teams?", "The office pays for them after the trip is over."],
        ]
    )

    assert ("Who pays for such teams?", "The office pays for them after the trip is over.") in found
    assert len(found) == 2


def test_a_row_asks_for_its_one_column_by_name() -> None:
    found = _pairs(
        [
            ["Team", "Opening hours"],
            ["Help desk", "8 to 18 on weekdays"],
            ["Payroll", "at noon, by appointment"],
        ]
    )

    assert found[0] == (
        "Regarding Contacts of teams: what are the opening hours for the team “Help desk”?",
        "8 to 18 on weekdays",
    )


def test_a_row_of_several_columns_is_told_with_their_names() -> None:
    found = _pairs(
        [
            ["Tool", "What it is for", "Login"],
            ["Tock", "Recording the hours of a week", "Badge"],
            ["Slack", "Talking to each other", "Password"],
        ]
    )

    assert found[0][0] == (
        "Regarding Contacts of teams: what is the tool “Tock” used for, and what is its login?"
    )
    assert found[0][1] == "Recording the hours of a week\nLogin: Badge"


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Version", "Date", "Author"],
            ["1.0", "2020-01-01", "The first author"],
            ["1.1", "x", "y z"],
        ],
        [
            ["Day", "Hours", "Day"],
            ["Monday", "8 hours of work", "Tuesday"],
            ["Friday", "a b c", "d"],
        ],
        [["Name", "Role"], ["Same", "one two three four"], ["Same", "five six seven eight"]],
        [["Id", "Count"], ["1", "one two three four"], ["2", "five six seven eight"]],
    ],
    ids=["history of versions", "repeated columns", "repeated keys", "keys that are numbers"],
)
def test_tables_that_list_no_facts_are_left_alone(rows: list[list[str]]) -> None:
    assert _pairs(rows) == []


@pytest.mark.parametrize(
    ("head", "row", "question"),
    [
        (
            ("Code", "Meaning", "What to do"),
            ("E-11", "The slope is too low", "Clean the electrode"),
            "what does the code “E-11” mean, and what should I do about it?",
        ),
        (
            ("Quantity", "Range", "Resolution", "Accuracy"),
            ("Potential", "2000 mV to both sides", "0.1 mV", "0.2 mV"),
            "what are the range, resolution and accuracy for the quantity “Potential”?",
        ),
        (
            ("Resource", "Helps with"),
            ("Working groups", "A few hours a week of survey work"),
            "what does the resource “Working groups” help with?",
        ),
        (
            ("", "What we provide"),
            ("Screen", "One screen of up to 27 inches"),
            "what do we provide for “Screen”?",
        ),
        (
            ("ACTION", "OWNER", "TIME"),
            ("Gather signatures", "The contact person of the agency", "7 business days"),
            "what are the owner and time for the action “Gather signatures”?",
        ),
        (
            ("Occasion", "Days"),
            ("Blood donation", "Half a day, twice a year"),
            "how many days are there for the occasion “Blood donation”?",
        ),
        (
            ("", "LX-210", "LX-350"),
            ("Bandwidth", "2 nm, fixed by the slit", "0.5 to 4 nm"),
            "how do LX-210 and LX-350 compare in “Bandwidth”?",
        ),
        (
            ("Record", "Kept for", "Counted from"),
            ("Tickets", "4 years", "the day of closing"),
            "what applies to the record “Tickets”?",
        ),
        (
            ("Symptom or code", "Likely cause", "Remedy"),
            ("Loud above 9,000 rpm", "The bearing is worn", "Exchange the drive"),
            "what should I do about the symptom or code “Loud above 9,000 rpm”?",
        ),
    ],
)
def test_a_row_is_asked_for_as_its_columns_are_called(
    head: tuple[str, ...], row: tuple[str, ...], question: str
) -> None:
    other = ("Something else", *(f"{cell} of another" for cell in row[1:]))

    found = _pairs([head, row, other])

    assert found[0][0] == f"Regarding Contacts of teams: {question}"


@pytest.mark.parametrize(
    "head",
    [
        ("Work package", "Owner", "State"),
        ("Instrument", "Serial number", "Location"),
        ("Month", "Tickets", "Satisfaction"),
        ("Wall or door", "Loses about"),
        ("Place", "People", "What happens there"),
        ("Words we avoid", "Write"),
        ("Position", "2025", "2024"),
        ("Row", "Column 1", "Column 2"),
    ],
)
def test_ledgers_and_columns_nobody_asks_for_are_left_alone(head: tuple[str, ...]) -> None:
    rows = [
        ("First thing", *("some words of this" for _ in head[1:])),
        ("Second thing", *("other words of that" for _ in head[1:])),
    ]

    assert _pairs([head, *rows]) == []


def test_a_row_that_says_its_question_again_teaches_nothing() -> None:
    rows = [
        ["Resource", "Purpose"],
        ["Team contact checklist", "Checklist of contacts of teams"],
        ["Badge form", "Asking for a new badge when the old one broke"],
    ]

    assert [answer for _, answer in _pairs(rows)] == [rows[2][1]]


def test_a_table_under_no_heading_lacks_its_context() -> None:
    canonical = Canonical()
    canonical.table(
        [
            ["Tool", "Purpose"],
            ["Tock", "Recording the hours of a week"],
            ["Slack", "Talking to each other"],
        ],
        header_rows=1,
    )

    drafts = mine(canonical.build())

    assert {draft.flaws for draft in drafts} == {("no_context",)}


def test_a_table_in_a_language_without_wording_is_not_framed_in_english() -> None:
    canonical = Canonical()
    canonical.heading("Contatti dei gruppi", level=1)
    canonical.table(
        [
            ["Gruppo", "Orario"],
            ["Sportello", "Dalle otto alle diciotto"],
            ["Paghe", "A mezzogiorno in punto"],
        ],
        header_rows=1,
    )

    drafts = mine(canonical.build(language="it"))

    assert all("no_wording" in draft.flaws for draft in drafts)
    assert drafts


def test_german_columns_are_quoted_as_they_are_written() -> None:
    canonical = Canonical()
    canonical.heading("Meldungen", level=1)
    canonical.table(
        [
            ["Code", "Bedeutung", "Abhilfe"],
            ["B-05", "Überlast der Waage", "Last abnehmen"],
            ["B-12", "Nicht waagerecht", "Füße nachstellen"],
        ],
        header_rows=1,
    )
    document = canonical.build(language="de")

    draft = mine(document)[0]

    assert plain(draft.question, (Visible(document),)) == (
        "Zum Thema „Meldungen“: was gilt bei „B-05“ für „Bedeutung“ und „Abhilfe“?"
    )


def test_a_long_table_gives_a_few_rows_and_a_shared_answer_once() -> None:
    names = [f"Form {n} A" for n in range(50)]
    explained = [
        ["Form", "Purpose"],
        *([name, f"To ask us for {n} chairs"] for n, name in enumerate(names)),
    ]
    listed = [
        ["Form", "Colour"],
        *([name, f"as blue as {n} skies"] for n, name in enumerate(names)),
    ]
    same = [["Form", "Purpose"], *([name, "Request for equipment"] for name in names)]

    assert [len(_pairs(rows)) for rows in (explained, listed, same)] == [8, 5, 1]


def test_the_rows_of_a_table_that_say_most_are_given_in_its_order() -> None:
    full = "Blue as a chair, a table or a lamp, which the store brings within a week"
    table = [
        ["Form", "Colour"],
        *([f"Form {n} A", f"Blue as a chair, {n} times"] for n in range(6)),
        *([f"Form {n} B", f"{full} to floor {n}"] for n in range(3)),
    ]

    assert [answer for _, answer in _pairs(table)] == [row[1] for row in (*table[1:3], *table[7:])]


def test_short_cells_read_as_a_sentence() -> None:
    found = _pairs(
        [
            ["Item", "Price", "Delivery"],
            ["Screen", "£200", "three days"],
            ["Chair", "£90", "a week"],
        ]
    )

    assert found[0][1] == "The price is £200 and the delivery is three days."


def test_columns_in_capitals_are_named_as_other_words_are() -> None:
    found = _pairs(
        [
            ["PRODUCT", "REASON", "SLA"],
            ["Screen", "People read more of a text at once", "one"],
            ["Chair", "People sit on it for most of a day", "two"],
        ]
    )

    assert found[0][1] == "Reason: People read more of a text at once\nSLA: one"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (("Action", "Owner", "Time"), ("Gather the signatures", "Agency contact", "7 days")),
        (("Work", "Team A code", "Team B code"), ("Selling to others", "1434", "1811")),
        (("Place", "Ours¹", "Shared²"), ("The yellow house", "Y", "Y, with four other teams")),
    ],
    ids=["owner and time of a step", "bare codes", "a mark"],
)
def test_cells_that_say_little_alone_are_left_alone(
    head: tuple[str, ...], row: tuple[str, ...]
) -> None:
    assert _pairs([head, row, ("Something else", *row[1:-1], "1912")]) == []


def test_the_mark_of_a_footnote_is_no_part_of_a_cell() -> None:
    found = _pairs(
        [
            ["Tool*", "Kept for¹", "Area in m²"],
            ["Radar†", "as long as the law asks for", "10 m²"],
            ["Sonar", "as long as its owner wants it", "20 m²"],
        ]
    )

    assert found[0] == (
        "Regarding Contacts of teams: what applies to the tool “Radar”?",
        "Kept for: as long as the law asks for\nArea in m²: 10 m²",
    )


def test_a_description_of_the_words_of_its_name_tells_nothing() -> None:
    rows = [
        ["Resource", "Purpose"],
        ["Travel plan examples", "Examples of travel plans of agents"],
        ["Badge form", "Asking for a new badge when the old one broke"],
    ]

    assert [answer for _, answer in _pairs(rows)] == [rows[2][1]]


def test_half_a_sentence_about_a_link_is_no_answer() -> None:
    rows = [
        ["Resource", "Purpose"],
        ["[Red list](https://x.org/1)", "Steps for the colleagues of a manager"],
        ["[Blue list](https://x.org/2)", "Entering the hours of a week into the clock"],
        ["[Green list](https://x.org/3)", "Provides the numbers of all rooms"],
        ["Black list", "Instructions for everybody in the house"],
    ]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---", "---"], *rows[1:]])
    text = f"# Contacts of teams\n\n{lines}"
    document = read_markdown(Blob(text.encode(), "page.md", "text/markdown"))

    drafts = [draft for draft in mine(document) if not draft.flaws]

    assert [plain(d.answer, (Visible(document),)) for d in drafts] == [r[1] for r in rows[2:]]


def _pairs(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    canonical = Canonical()
    canonical.heading("Contacts of teams", level=1)
    canonical.table(rows, header_rows=1)
    document: Parsed = canonical.build()
    views = (Visible(document),)
    return [
        (plain(d.question, views), plain(d.answer, views)) for d in mine(document) if not d.flaws
    ]
