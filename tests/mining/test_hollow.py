"""Answers that do not answer, seen beside their question."""

from __future__ import annotations

import pytest

from curate.mining.hollow import pair_flaws

CODES = "\n\n".join(f"Q{n}: Office number {n}" for n in range(8))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How are rooms named?", "Rooms are named in the same way the house is: after birds."),
        ("How do I change this guide?", "We have a guide for that, for we love guides!"),
        ("Regarding guides: how do I get one?", "Guides are a great thing to have in the house."),
    ],
)
def test_one_sentence_without_deed_or_means_tells_nobody_how(question: str, answer: str) -> None:
    assert list(pair_flaws(question, answer)) == ["hollow"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How do I book a room?", "In the city, you can book rooms in the lobby."),
        ("How do I get a badge?", "Ask at the desk and bring your passport."),
        ("How do I get a badge?", "If you have none, visit the desk on the ground floor."),
        ("How do I get a badge?", "Badges are made in room 212, behind the lift."),
        ("How are rooms named?", "They are named by asking the people who sit in them."),
        ("How is overtime paid?", "It is paid with the wage of the month that follows."),
        ("How do I get a badge?", "The desk has badges.\n\n- Blue ones\n- Red ones"),
        ("How much is it?", "It is a small sum that everybody has."),
        ("How does the copy work?", "It copies all files every night."),
    ],
)
def test_a_deed_a_means_a_figure_or_more_than_a_sentence_tells_how(
    question: str, answer: str
) -> None:
    assert list(pair_flaws(question, answer)) == []


def test_all_codes_are_no_answer_to_whoever_asks_for_his_own() -> None:
    assert list(pair_flaws("What is my office symbol?", CODES)) == ["many_codes"]
    assert list(pair_flaws("What is an office symbol?", CODES)) == []
    assert list(pair_flaws("What is my office symbol?", CODES[:30])) == []
