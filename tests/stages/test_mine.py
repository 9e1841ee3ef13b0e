"""Mining a document's rendered drafts: no answer states a made-up value as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.stages.mine import Mining, Wording, mine
from curate.tables.edits import Edit, EditAction
from curate.tables.parsed import Field, Parsed, Turn
from curate.text.canonical import Canonical
from curate.text.render import Policy, Treatment
from curate.text.tokens import Tokens

if TYPE_CHECKING:
    from curate.tables.examples import DraftRow

NUMBER = "+44 118 496 0123"


@pytest.mark.parametrize("treatment", [Treatment.SURROGATE, Treatment.MASK])
def test_an_answer_whose_number_is_made_up_is_flawed(treatment: Treatment) -> None:
    document = _faq(f"Call our hotline {NUMBER} at any time, day or night.")

    (row,) = _rows(document, treatment)

    assert NUMBER not in row.messages[1].content
    assert row.flaws == ("replaced_value",)


def test_a_number_that_is_kept_is_a_fact() -> None:
    document = _faq(f"Call our hotline {NUMBER} at any time, day or night.")

    (row,) = _rows(document, Treatment.KEEP)

    assert row.flaws == ()


def test_a_value_that_the_question_gives_may_come_back() -> None:
    document = _ticket(
        f"Our alarm does not ring at {NUMBER}. What can we do about the alarm?",
        f"An alarm rings at {NUMBER} once its owner has confirmed it under Settings.",
    )

    (row,) = _rows(document, Treatment.SURROGATE)

    assert NUMBER not in row.messages[1].content
    assert row.flaws == ()


def test_what_a_word_means_and_what_it_stands_for_define_one_term() -> None:
    glossary, page = Canonical(), Canonical()
    glossary.heading("Glossary", level=1)
    glossary.item("Bright Star Club (BSC): A club of people who look at stars.")
    page.paragraph("Ask the Bright Star Club (BSC) for a telescope.")

    means = next(r for r in _rows(glossary.build(), Treatment.KEEP) if r.template == "en.means")
    (stands_for,) = _rows(page.build(), Treatment.KEEP)

    assert means.question_key != stands_for.question_key
    assert len(means.term_keys) == 2
    assert set(stands_for.term_keys) < set(means.term_keys)


def test_a_value_in_a_farewell_goes_with_it() -> None:
    document = _ticket(
        "Our alarm does not ring at night. What can we do about the alarm?",
        f"An alarm rings once its owner has confirmed it under Settings.\n\n"
        f"If you need more, call us at {NUMBER}.\nKind regards, Tom",
    )

    (row,) = _rows(document, Treatment.SURROGATE)

    assert row.messages[1].content.endswith("under Settings.")
    assert row.flaws == ()


def test_a_sentence_that_says_whom_to_call_is_cut_where_the_rest_answers() -> None:
    document = _faq(
        f"Press the red button twice and wait until its light turns green for you. Call {NUMBER} "
        "if that fails. Every button works at night too.",
        asked="How do I open the gate at night?",
    )

    (row,) = _rows(document, Treatment.SURROGATE)

    assert row.flaws == ()
    assert row.messages[1].content == (
        "Press the red button twice and wait until its light turns green for you. "
        "Every button works at night too."
    )


def test_a_step_that_names_a_number_is_not_cut_out_of_its_procedure() -> None:
    canonical = Canonical()
    canonical.heading("Opening the gate", level=1)
    steps = ("Press the red button.", f"Call {NUMBER} and say your name.", "Walk in at once.")
    for number, step in enumerate(steps, 1):
        canonical.item(step, number=number)
    document = canonical.build()

    rows = _rows(document, Treatment.SURROGATE)

    assert [row.flaws for row in rows] == [("replaced_value",)]


def test_the_offer_not_to_hesitate_is_cut_as_any_other() -> None:
    document = _faq(
        f"Press the red button twice and wait until its light turns green for you. Please call {NUMBER} "
        "and do not hesitate.",
        asked="How do I open the gate at night?",
    )

    assert [row.flaws for row in _rows(document, Treatment.SURROGATE)] == [()]


@pytest.mark.parametrize(
    "sentence",
    [f"If that fails you must call {NUMBER}.", f"If you smell gas, call {NUMBER} immediately."],
)
def test_what_has_to_be_done_is_not_cut_out_of_an_answer(sentence: str) -> None:
    document = _faq(
        f"Press the red button twice and wait until its light turns green for you. {sentence}",
        asked="How do I open the gate at night?",
    )

    assert [row.flaws for row in _rows(document, Treatment.SURROGATE)] == [("replaced_value",)]


@pytest.mark.parametrize(("goes_on", "flaws"), [(3, ("replaced_value",)), (1, ())])
def test_a_paragraph_between_steps_that_go_on_counting_belongs_to_them(
    goes_on: int, flaws: tuple[str, ...]
) -> None:
    canonical = Canonical()
    canonical.heading("Opening the gate", level=1)
    for number, step in enumerate(("Press the red button.", "Wait for its light."), 1):
        canonical.item(step, number=number)
    canonical.paragraph(f"Its light is green. If it is not, call {NUMBER}.")
    canonical.item("Walk in through the gate, slowly, and close it.", number=goes_on)

    assert [row.flaws for row in _rows(canonical.build(), Treatment.SURROGATE)] == [flaws]


def _rows(document: Parsed, treatment: Treatment) -> list[DraftRow]:
    edits = []
    at = document.text.find(NUMBER)
    while at >= 0:
        end = at + len(NUMBER)
        edits.append(Edit("text", at, end, EditAction.REPLACE, "PHONE_NUMBER", b"somebody", "pii"))
        at = document.text.find(NUMBER, end)
    wording = Wording(Policy(), Policy(treatment), bytes(32), bytes(32), Tokens("cl100k"))
    return list(mine(document, tuple(edits), (), settings=Mining(), wording=wording))


def _faq(answer: str, *, asked: str = "How do I reach the hotline at night?") -> Parsed:
    canonical = Canonical()
    canonical.heading("Night and day", level=1)
    canonical.heading(asked, level=2)
    canonical.paragraph(answer)
    return canonical.build()


def _ticket(asked: str, answered: str) -> Parsed:
    canonical = Canonical()
    for party, (role, text) in enumerate((("customer", asked), ("agent", answered))):
        canonical.turn(Turn(role, party))
        for block in text.split("\n\n"):
            canonical.paragraph(block)
    return canonical.build(fields=[Field("status", "solved")])
