"""What the head of a column, or the first cell of a row, calls its cells decides what they are."""

from __future__ import annotations

import pytest

from curate.pii import CustomRecogniser, Finder, FinderSettings
from tests.pii.said import found

STAFF = (
    "Employee | Department | SSN | Passport | Bank account | Driver license | ITIN | Desk phone\n"
    "Ann Lee | Pumps | 536120037 | C12345670 | 12345678901 | D1234560 | 912700100 | 79460100\n"
    "Bob Ray | Valves | 536121148 | 912803452 | 12345678914 | D1234561 | 912700101 | 79460101"
)
KINDS = (
    "US_SSN", "US_PASSPORT", "US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_ITIN", "PHONE_NUMBER",
)  # fmt: skip


def test_every_row_of_a_staff_table_is_read_by_its_heads(finder: Finder) -> None:
    cells = [row.split(" | ")[2:] for row in STAFF.split("\n")[1:]]

    assert found(finder, STAFF) == [pair for row in cells for pair in zip(KINDS, row, strict=True)]


def test_heads_count_however_far_away_they_stand(finder: Finder) -> None:
    rows = "\n".join(f"Ann {n} Lee | {536120000 + n}" for n in range(100, 400))

    assert len(found(finder, f"Staff list\nName | social_security_no\n{rows}")) == 300


def test_the_rows_of_a_chunk_are_read_as_those_of_the_table(finder: Finder) -> None:
    head, _, last = STAFF.split("\n")

    assert [kind for kind, _ in found(finder, f"Staff > Leeds\n\n{head}\n{last}")] == [*KINDS]


@pytest.mark.parametrize(
    "text",
    [
        "Passport | Ann: C12345670",
        "Name | Ann | Bob\nPassport no | none | C12345670",
        "reisepassNummer | Ort\nC12345670 | Leeds",
    ],
)
def test_the_first_cell_of_a_row_is_a_label_too(finder: Finder, text: str) -> None:
    assert found(finder, text) == [("US_PASSPORT", "C12345670")]


def test_the_name_of_a_property_tells_what_its_value_is(finder: Finder) -> None:
    assert [one.type for one in finder.find("536120037", field="field.ssn.0")] == ["US_SSN"]
    assert finder.find("536120037", field="field.size.0") == []


def test_words_of_ones_own_count_in_heads() -> None:
    own = CustomRecogniser.model_validate(
        {
            "type": "MEMBER",
            "patterns": [{"regex": r"\b\d{5}\b", "score": 0.1}],
            "context": ["kunde"],
        }
    )
    text = "Ort | Kunde | Menge\nLeeds | 12345 | 54321"

    assert found(Finder(FinderSettings(recognisers=(own,))), text) == [("MEMBER", "12345")]


@pytest.mark.parametrize(
    "text",
    [
        "Order | Part no | Cost account\n4500123456 | 0201 4567 890 | 12345678",
        "Account balance | Bank holiday | Passport model\n1234567890 | 20260831 | 123456789",
        "Item | Number\nDriver license\nP0 | 12345678\nP1 | 912803452",
        "Phone created at | Status\n1616089455 | 536120037",
    ],
)
def test_heads_of_other_things_make_nothing_of_numbers(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


def test_a_head_speaks_for_its_own_column_alone(finder: Finder) -> None:
    text = "Place | Code | Driver licence\nP0 | 7 | none\nP1 | 1234567 | none"

    assert found(finder, text) == []
