from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.mining import Visible, mine, plain
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
    assert found[0][1] == "What it is for: Recording the hours of a week\nLogin: Badge"


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


def test_a_long_table_gives_a_few_rows_and_a_shared_answer_once() -> None:
    long = [
        ["Form", "Purpose"],
        *([f"Form {n} A", f"Request {n} for equipment"] for n in range(50)),
    ]
    same = [["Form", "Purpose"], *([f"Form {n} A", "Request for equipment"] for n in range(50))]

    assert len(_pairs(long)) == 8
    assert len(_pairs(same)) == 1


def _pairs(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    canonical = Canonical()
    canonical.heading("Contacts of teams", level=1)
    canonical.table(rows, header_rows=1)
    document: Parsed = canonical.build()
    views = (Visible(document),)
    return [
        (plain(d.question, views), plain(d.answer, views)) for d in mine(document) if not d.flaws
    ]
