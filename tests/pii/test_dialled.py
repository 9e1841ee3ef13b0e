"""Telephone numbers that only the words beside them tell from other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


def numbers(finder: Finder, text: str) -> list[str]:
    return [value for kind, value in found(finder, text) if kind == "PHONE_NUMBER"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Cell: 555-0854", "555-0854"),
        ("Phone - 555-0833", "555-0833"),
        ("Phone (home): 555-0819", "555-0819"),
        ("Telefon (privat) 23 45 67", "23 45 67"),
        ("Direct: 555-0801", "555-0801"),
        ("Direct line 555-0801", "555-0801"),
        ("Office 555-0802 is hers", "555-0802"),
        ("her home: 7946 0803", "7946 0803"),
        ("Pager 555.0804", "555.0804"),
        ("P: 555-0805", "555-0805"),
        ("H (old): 555-0805", "555-0805"),
        ("please call me on 5559304", "5559304"),
        ("Call 5559304.", "5559304"),
        ("Pager: 5559304", "5559304"),
        ("Call 555-0805", "555-0805"),
        ("text him at 555-0806 today", "555-0806"),
        ("Ann, 555-0859 (mobile)", "555-0859"),
        ("Ann: 7946 0859 (office)", "7946 0859"),
    ],
)
def test_a_local_number_is_found_beside_a_word_for_a_telephone(
    finder: Finder, text: str, value: str
) -> None:
    assert numbers(finder, text) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Phones: 555-0838, 555-0839", ["555-0838", "555-0839"]),
        ("Phone: (h) 555-0836 (w) 555-0837", ["555-0836", "555-0837"]),
        ("Tel: 7946 0841 / 7946 0842", ["7946 0841", "7946 0842"]),
        ("Fax 23 45 67 or 23 45 68", ["23 45 67", "23 45 68"]),
        ("Cell 555-0838; home: 555-0839 & 555-0840", ["555-0838", "555-0839", "555-0840"]),
    ],
)
def test_what_is_listed_behind_a_number_in_its_form_is_one_too(
    finder: Finder, text: str, values: list[str]
) -> None:
    assert numbers(finder, text) == values


@pytest.mark.parametrize(
    "text",
    [
        "Phone\n\n555-0816\n\nTown",
        "Phone:\n555-0816",
        "- Home phone:\n555-0816",
        "Name\nAnn\nCell (old)\n555-0816",
        "### Telefon\n\n555-0816",
    ],
)
def test_a_label_on_a_line_of_its_own_names_the_number_below(finder: Finder, text: str) -> None:
    assert numbers(finder, text) == ["555-0816"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dial ext 4312", "4312"),
        ("extension 4312 is hers", "4312"),
        ("extension no. 431", "431"),
        ("Call Jane at x4312.", "4312"),
        ("the desk is x43120", "43120"),
        ("https://wa.me/447911123808", "447911123808"),
        ("[chat](https://wa.me/15551234567?text=hi)", "15551234567"),
    ],
)
def test_extensions_and_numbers_of_messengers_are_found(
    finder: Finder, text: str, value: str
) -> None:
    assert numbers(finder, text) == [value]


def test_columns_for_places_hold_local_numbers(finder: Finder) -> None:
    text = (
        "Name | Home | Work | Ext | Phone 2\nAnn | 555-0811 | 7946 0812 | 4312 | 397.884.0519x718"
    )

    assert numbers(finder, text) == ["555-0811", "7946 0812", "4312", "397.884.0519x718"]


@pytest.mark.parametrize(
    "text",
    [
        "Cell 1048576 is the last, cell: 10 000",
        "Office 365-2019 or the office 2019 2020",
        "Call 1234567 times; it calls 555-0134 and recalls 555-0135",
        "1920 x1080, x509, a phone with x86 chips, call f(x1000)",
        "Home: 1500000, Direct: 2500000",
        "Phones: 15000, phones - 12 000",
        "The extension 2024 was granted by ext 500 days; the extension 10000 rows",
        "Phone\n\n12345 widgets were sold",
        "Work 100-1000 (h), p. 200-1200",
        "We met at home\n\n555-0816 is the code",
        "Name | Home | Office | Extension\nAnn | 15000 | 2019-2020 | mp3",
        "https://x.example.com/447911123808",
    ],
)
def test_numbers_beside_other_meanings_of_those_words_are_left_alone(
    finder: Finder, text: str
) -> None:
    assert found(finder, text) == []


def test_a_list_ends_where_the_form_changes(finder: Finder) -> None:
    assert numbers(finder, "Phone: 555-0838, 12345 Berlin") == ["555-0838"]
