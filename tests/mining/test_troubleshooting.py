from __future__ import annotations

from typing import TYPE_CHECKING

from curate.mining import Visible, mine, plain
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed


def test_labels_of_problem_cause_and_remedy_are_a_pair() -> None:
    canonical = Canonical()
    canonical.heading("Printer", level=1)
    canonical.paragraph("Problem: The printer on the third floor prints blank pages.")
    canonical.paragraph("Cause: The cartridge is empty.")
    canonical.paragraph("Solution: Replace the cartridge and print a test page.")

    assert _pairs(canonical.build()) == [
        (
            "How can the following be fixed: The printer on the third floor prints blank pages.",
            "The cartridge is empty.\n\nReplace the cartridge and print a test page.",
        )
    ]


def test_headings_of_problem_and_remedy_are_a_pair() -> None:
    canonical = Canonical()
    canonical.heading("Drucker", level=1)
    canonical.heading("Fehler", level=2)
    canonical.paragraph("Der Drucker im dritten Stock druckt leere Seiten.")
    canonical.heading("Lösung", level=2)
    canonical.paragraph("Die Kartusche wechseln und eine Testseite drucken.")

    ((question, answer),) = _pairs(canonical.build(language="de"))

    assert question.endswith("Der Drucker im dritten Stock druckt leere Seiten.")
    assert answer == "Die Kartusche wechseln und eine Testseite drucken."


def test_columns_of_problem_and_remedy_are_pairs() -> None:
    canonical = Canonical()
    canonical.table(
        [
            ["Symptom", "Cause", "Fix"],
            ["The printer prints blank pages.", "Empty cartridge.", "Replace it."],
        ],
        header_rows=1,
    )

    assert _pairs(canonical.build())[0][1] == "Empty cartridge.\n\nReplace it."


def test_a_problem_without_remedy_is_nothing() -> None:
    canonical = Canonical()
    canonical.paragraph("Problem: The printer on the third floor prints blank pages.")
    canonical.heading("Solution design", level=1)
    canonical.paragraph("Solution partners meet on Mondays in the big room.")

    assert _pairs(canonical.build()) == []


def _pairs(document: Parsed) -> list[tuple[str, str]]:
    views = (Visible(document),)
    return [(plain(d.question, views), plain(d.answer, views)) for d in mine(document)]
