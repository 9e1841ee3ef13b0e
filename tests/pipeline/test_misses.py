"""The nearest miss between splits, as a release's page shows it."""

from __future__ import annotations

import pytest

from curate.pipeline.reporting.misses import nearest

TRAIN = ("train", "How long is the warranty of the scale?")


@pytest.mark.parametrize("others", [[], [TRAIN], [("train", "How long is the warranty of it?")]])
def test_within_one_split_nothing_is_a_miss(others: list[tuple[str, str]]) -> None:
    assert nearest([TRAIN, *others]) == 0


def test_the_most_alike_pair_of_two_splits_is_the_miss() -> None:
    said = [
        TRAIN,
        ("test", "How long is the warranty of the pump?"),
        ("test", "Who opens the gate?"),
        ("validation", "Who opens the gate at night?"),
    ]

    assert nearest(said) == pytest.approx(6 / 8)


def test_what_is_the_same_is_a_leak_and_no_miss() -> None:
    assert nearest([TRAIN, ("test", TRAIN[1]), ("test", "Which warranty?")]) < 0.5


def test_common_words_alone_find_nothing() -> None:
    said = [("train", f"the word{number}") for number in range(60)]

    assert nearest([*said, ("test", "the other")]) == 0
