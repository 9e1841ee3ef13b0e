"""Doubted labels: planted errors are found, and no set of labels, however odd, is a crash."""

from __future__ import annotations

import random

import pytest

from curate.labels import doubts

TOPICS = {
    "repair": ("probe", "broken", "lamp", "blinks", "meter", "fault", "screen", "dead"),
    "orders": ("order", "delivery", "parcel", "courier", "late", "address", "shipping", "track"),
    "billing": ("invoice", "paid", "credit", "refund", "charge", "account", "amount", "vat"),
}


def tickets(count: int) -> tuple[list[str], list[str]]:
    chance = random.Random(3)
    names = sorted(TOPICS)
    labels = [names[number % 3] for number in range(count)]
    texts = [
        f"case {number}: " + " ".join(chance.choices(TOPICS[label], k=9))
        for number, label in enumerate(labels)
    ]
    return texts, labels


def alone(count: int) -> list[bytes]:
    return [number.to_bytes(4, "big") for number in range(count)]


def test_labels_that_were_swapped_are_found_with_the_right_suggestion() -> None:
    texts, labels = tickets(240)
    given = list(labels)
    wrong = range(5, 240, 20)
    for row in wrong:
        given[row] = "billing" if labels[row] != "billing" else "orders"

    found = doubts(texts, given, alone(240))
    rows = {doubt.row: doubt.suggested for doubt in found.doubts}

    assert found.judged == 240
    assert len(rows.keys() & set(wrong)) >= 10
    assert len(rows.keys() - set(wrong)) <= 2
    assert all(rows[row] == labels[row] for row in rows.keys() & set(wrong))
    assert found.noise == pytest.approx(0.05, abs=0.02)


def test_judging_again_gives_the_same() -> None:
    texts, labels = tickets(90)

    assert doubts(texts, labels, alone(90)) == doubts(texts, labels, alone(90))


def test_classes_too_rare_to_judge_are_left_alone() -> None:
    texts, labels = tickets(60)
    labels[0] = "rare"

    found = doubts(texts, labels, alone(60))

    assert found.judged == 59
    assert 0 not in {doubt.row for doubt in found.doubts}


@pytest.mark.parametrize(
    "labels",
    [[], ["a"] * 40, ["a"] * 9 + ["b"] * 9, [str(n) for n in range(40)]],
    ids=["none", "one class", "rare classes", "all different"],
)
def test_where_nothing_can_be_mistaken_nothing_is_judged(labels: list[str]) -> None:
    found = doubts(["some words"] * len(labels), labels, alone(len(labels)))

    assert (found.doubts, found.judged, found.noise) == ((), 0, 0.0)


@pytest.mark.parametrize(
    "texts",
    [
        [""] * 40,
        ["same words"] * 40,
        ["x"] * 40,
        [f"u{n}q{n}" for n in range(40)],
        ["12 34 56"] * 40,
    ],
    ids=["empty", "equal", "one letter", "all different", "numbers"],
)
def test_texts_that_say_nothing_are_no_crash(texts: list[str]) -> None:
    found = doubts(texts, ["a", "b"] * 20, alone(40))

    assert found.judged in {0, 40}


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_rows_that_hang_together_in_few_groups_are_no_crash(groups: int) -> None:
    texts, labels = tickets(60)

    found = doubts(texts, labels, [bytes([number % groups]) for number in range(60)])

    assert found.judged in {0, 60}


def test_a_class_that_lies_in_one_group_is_not_doubted_for_that() -> None:
    texts, labels = tickets(90)
    groups = [b"one" if label == "billing" else str(n).encode() for n, label in enumerate(labels)]

    found = doubts(texts, labels, groups)

    assert not any(labels[doubt.row] == "billing" for doubt in found.doubts)


def _mixed(count: int) -> tuple[list[str], list[str]]:
    """Return texts whose words belong to two topics, and labels of which every ninth is wrong."""
    chance = random.Random(8)
    texts, labels = tickets(count)
    noise = [word for words in TOPICS.values() for word in words]
    mixed = [f"{text} {' '.join(chance.choices(noise, k=12))}" for text in texts]
    names = sorted(TOPICS)
    for row in range(0, count, 9):
        labels[row] = names[(names.index(labels[row]) + 1) % 3]
    return mixed, labels


def test_small_classes_are_doubted_only_with_more_certainty() -> None:
    texts, labels = _mixed(54)
    many, told = _mixed(360)

    few = doubts(texts, labels, alone(54)).doubts
    enough = doubts(many, told, alone(360)).doubts

    assert few
    assert min(doubt.score for doubt in few) > 0.8
    assert min(doubt.score for doubt in enough) < 0.8


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_and_the_names_of_groups_change_nothing(seed: int) -> None:
    texts, labels = _mixed(180)
    groups = [f"g{row // 2}".encode() for row in range(180)]
    found = doubts(texts, labels, groups)
    order = random.Random(seed).sample(range(180), 180)

    other = doubts(
        [texts[n] for n in order],
        [labels[n] for n in order],
        [groups[n][::-1] + bytes([seed]) for n in order],
    )

    expected = {(doubt.row, doubt.suggested, doubt.score) for doubt in found.doubts}
    assert expected
    assert {(order[d.row], d.suggested, d.score) for d in other.doubts} == expected


def test_a_row_less_moves_no_other_row_to_another_fold() -> None:
    texts, labels = _mixed(180)
    before = {d.row: d.score for d in doubts(texts, labels, alone(180)).doubts}

    for gone in (3, 50, 120):
        kept = [n for n in range(180) if n != gone]
        found = doubts([texts[n] for n in kept], [labels[n] for n in kept], alone(179)).doubts
        after = {kept[d.row]: d.score for d in found}
        both = before.keys() & after.keys()

        assert len(both) >= len(before) - 3
        assert max(abs(before[n] - after[n]) for n in both) < 0.05
