from __future__ import annotations

import pytest

from curate.mining import Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.text.canonical import Canonical

STEPS = ("Open the form on the page of the office.", "Fill it in.", "Send it to the office.")


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Creating an account", "What are the steps for creating an account?"),
        ("Resetting your password", "What are the steps for resetting my password?"),
        ("Create an account", "How do I create an account?"),
        ("3.1 Request a badge", "How do I request a badge?"),
        ("Set up SETI access", "How do I set up SETI access?"),
    ],
)
def test_something_to_do_over_steps_is_asked_for(heading: str, question: str) -> None:
    assert _asked(heading) == [question]


@pytest.mark.parametrize(
    "heading",
    [
        "Release Planning Process",
        "Exit Interviews",
        "Clean escalation",
        "Training plan",
        "Weekly",
        "SET weekly cycle",
        "Meeting notes",
        "During the trip",
    ],
)
def test_a_noun_over_steps_is_nothing_to_do(heading: str) -> None:
    assert _asked(heading) == []


@pytest.mark.parametrize(
    ("language", "heading", "question"),
    [
        ("de", "Urlaub beantragen", "Wie kann ich Urlaub beantragen?"),
        ("fr", "Demander un badge", "Comment demander un badge ?"),
        ("es", "Solicitar una tarjeta", "¿Cómo puedo solicitar una tarjeta?"),
    ],
)
def test_other_languages_ask_in_their_own_words(language: str, heading: str, question: str) -> None:
    assert _asked(heading, language=language) == [question]


def test_the_answer_is_lead_in_all_steps_and_what_follows_them() -> None:
    canonical = Canonical()
    canonical.heading("Create an account", level=1)
    canonical.paragraph("You need a badge first.")
    for number, step in enumerate(STEPS, 1):
        canonical.item(step, number=number)
    canonical.item("In blue ink.", depth=1)
    canonical.paragraph("The account is ready within a day.")
    document = canonical.build()

    (draft,) = mine(document)

    answer = plain(draft.answer, (Visible(document),))
    assert answer == document.text.removeprefix("Create an account\n\n")
    assert draft.features.steps == 3
    assert draft.task == "procedure"


def test_bullets_are_no_steps() -> None:
    canonical = Canonical()
    canonical.heading("Create an account", level=1)
    for step in STEPS:
        canonical.item(step)

    assert mine(canonical.build()) == []


def test_a_lead_in_that_names_the_aim_is_asked_for() -> None:
    canonical = Canonical()
    canonical.heading("Badges of the office", level=1)
    canonical.paragraph("Badges are blue.")
    canonical.paragraph("To renew your badge, follow these steps:")
    for number, step in enumerate(STEPS, 1):
        canonical.item(step, number=number)
    document = canonical.build()

    (draft,) = mine(document)

    assert plain(draft.question, (Visible(document),)) == "How do I renew my badge?"


@pytest.mark.parametrize(
    ("steps", "flaws"),
    [
        (["Forecast the costs of the year.", "[Create an issue](https://x.org)"], ("link_step",)),
        (["Forecast the costs.", "Ask the desk.", "Wait.", "[Create an issue](https://x.org)"], ()),
        (["Forecast the costs of the year.", "Create [an issue](https://x.org)."], ()),
    ],
    ids=["half of the steps", "one of several", "a link within a step"],
)
def test_steps_that_are_only_links_are_no_procedure(
    steps: list[str], flaws: tuple[str, ...]
) -> None:
    lines = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    text = f"# Create an account\n\n{lines}"

    (draft,) = mine(read_markdown(Blob(text.encode(), "page.md", "text/markdown")))

    assert draft.flaws == flaws


def _asked(heading: str, *, language: str = "en") -> list[str]:
    canonical = Canonical()
    canonical.heading(heading, level=1)
    for number, step in enumerate(STEPS, 1):
        canonical.item(step, number=number)
    document = canonical.build(language=language)
    return [plain(draft.question, (Visible(document),)) for draft in mine(document)]


@pytest.mark.parametrize(
    ("behind", "kept"),
    [
        ("", ""),
        ("Hotel limits:", ""),
        ("The money is paid within a week.", "\n\nThe money is paid within a week."),
    ],
)
def test_a_procedure_ends_with_its_steps_and_not_with_the_table_behind_them(
    behind: str, kept: str
) -> None:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, 1))
    table = "| City | Limit |\n|---|---|\n| Leeds | 90 EUR |\n| Lyon | 110 EUR |"
    text = f"# Claiming expenses\n\n{steps}\n\n{behind}\n\n{table}\n\nAsk the desk about others."
    document = read_markdown(Blob(text.encode(), "page.md", "text/markdown"))

    found = [draft for draft in mine(document) if draft.task == "procedure"]

    assert [plain(draft.answer, (Visible(document),)) for draft in found] == [steps + kept]
