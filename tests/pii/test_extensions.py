"""Telephone numbers with an extension, or with other last digits: nothing of them stays, for either scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.pipeline.trials.trial import attempt
from tests.pii.said import found
from tests.stages.test_verify import chunk_left

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pii import Finder

US = (
    "415-555-2671",
    "(415) 555-2671",
    "415.555.2671",
    "4155552673",
    "(212) 555-0101",
    "001 415 555 2671",
)
ABROAD = ("+49 30 1234567", "030 1234567", "01 42 68 53 00", "+39 06 6982 0001", "020 7946 0958")
EXTENSIONS = (
    " ext. 12", " ext. 1234", " ext 12", ", ext. 12", " extension 12", ", extension 4", " extn. 12",
    " Ext: 12", " (ext. 12)", " x12", "x12", " #12", " Durchwahl 12", " Durchwahl -12", ", Durchwahl 12",
    " DW 12", " DW -12", " poste 12", " poste 1234", ", poste 12", " int. 12", " interno 12",
)  # fmt: skip


def digits_left(finder: Finder, text: str) -> str:
    """Return the digits of a text that no finding covers."""
    covered = {place for span in finder.find(text) for place in range(span.start, span.end)}
    return "".join(s for place, s in enumerate(text) if s.isdigit() and place not in covered)


@pytest.mark.parametrize("number", [*US, *ABROAD])
def test_nothing_of_a_number_with_an_extension_is_left(finder: Finder, number: str) -> None:
    texts = [
        f"{before}{number}{extension}{behind}"
        for extension in EXTENSIONS
        for before, behind in (
            ("Call ", " for help"),
            ("", ""),
            ("You reach us at ", ".\n\nThanks"),
        )
    ]

    assert [text for text in texts if digits_left(finder, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Call 415 555 2671/2672",
        "415 555 2671/2672",
        "call 415-555-2671/72/73.",
        "001 415 555 2671",
        "+49 221 4567-12/13 is hers",
        "Call 415-555-\n2671 ext. 12 today",
        "415-555-2671 ext. 12 or 415-555-2672 ext. 13",
    ],
)
def test_nothing_of_a_number_written_otherwise_is_left(finder: Finder, text: str) -> None:
    assert digits_left(finder, text) == ""
    assert {kind for kind, _ in found(finder, text)} == {"PHONE_NUMBER"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call 415-555-2671 for 12 rooms", "415-555-2671"),
        ("call 415-555-2671, point 12", "415-555-2671"),
        ("phone 415-555-2671 (external 12)", "415-555-2671"),
    ],
)
def test_a_number_behind_another_word_is_no_extension(
    finder: Finder, text: str, value: str
) -> None:
    assert found(finder, text) == [("PHONE_NUMBER", value)]


def test_a_grouped_health_number_stays_one_where_no_telephone_is_spoken_of(finder: Finder) -> None:
    assert found(finder, "Patient 943 476 5919, call 415 555 2671")[0][0] == "UK_NHS"
    assert found(finder, "943 476 5919") == [("UK_NHS", "943 476 5919")]
    assert found(finder, "Her number is 943 476 5919. Telephone") == [("UK_NHS", "943 476 5919")]
    assert found(
        finder, "National Health Service number 943 476\n5919. Telephone 0114 496 0277"
    ) == [
        ("UK_NHS", "943 476\n5919"),
        ("PHONE_NUMBER", "0114 496 0277"),
    ]


def test_both_scans_deal_with_every_form(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    lines = [f"Call {number}{extension} for help." for number in US for extension in EXTENSIONS]
    note.write_text("# Desk\n\nWe answer all day.\n\n" + "\n\n".join(lines))

    shown = [chunk["text"] for chunk in attempt("chunk", note, None)]
    searched = [row for row in attempt("verify", note, None) if "found" in row]

    assert not any(map(str.isdigit, "".join(shown)))
    assert [row["found"] for row in searched] == [0, 0]


@pytest.mark.parametrize("number", US)
def test_the_second_scan_would_see_a_number_that_was_left(finder: Finder, number: str) -> None:
    left = [chunk_left(finder, f"Please call {number}{extension}") for extension in EXTENSIONS]
    beside = chunk_left(finder, f"Please call {number} ext. <PHONE_NUMBER>", "<PHONE_NUMBER>")

    assert all(left)
    assert beside or number.isdigit()  # ten digits alone may be anything: the first scan decides
