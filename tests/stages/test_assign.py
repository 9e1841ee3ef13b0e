"""Splits: what belongs together lies together, and what was learnt is never tested."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import ValidationError

from curate import ids
from curate.stages.assign import Splits, assign

KEY = bytes(32)
MANY = [ids.digest("d", str(number)) for number in range(2000)]


def test_shares_come_out_about_as_they_were_asked() -> None:
    found = assign((), MANY, known={}, settings=Splits(), key=KEY).splits
    counts = {name: list(found.values()).count(name) for name in ("train", "validation", "test")}

    assert counts["validation"] == pytest.approx(200, abs=60)
    assert counts["test"] == pytest.approx(200, abs=60)


@pytest.mark.parametrize("number", range(40))
def test_an_unlucky_draw_of_few_groups_leaves_no_split_nearly_empty(number: int) -> None:
    groups = [MANY[at : at + 4] for at in range(0, 280, 4)]
    wanted = [doc_id for group in groups for doc_id in group]
    key = bytes([number]) * 32

    first = assign(groups, wanted, known={}, settings=Splits(), key=key).splits
    turned = assign(groups[::-1], wanted[::-1], known={}, settings=Splits(), key=key).splits

    counts = Counter(first.values())
    assert turned == first
    assert min(counts["validation"], counts["test"]) >= 20  # of 28 that are asked for
    assert counts["train"] >= 140


def test_a_split_that_is_nearly_empty_is_filled_with_new_groups_alone() -> None:
    known = dict.fromkeys(MANY[:200], "train")

    found = assign((), MANY[:300], known=known, settings=Splits(), key=KEY).splits

    assert {found[doc_id] for doc_id in MANY[:200]} == {"train"}
    assert Counter(found.values()) >= Counter(test=20, validation=20)


def test_a_split_once_given_stays_when_others_come() -> None:
    before = assign((), MANY[:500], known={}, settings=Splits(), key=KEY).splits

    after = assign((), MANY, known=before, settings=Splits(), key=KEY).splits

    assert all(after[doc_id] == split for doc_id, split in before.items())


def test_train_wins_a_merge_and_stays_train_for_ever() -> None:
    known = {MANY[0]: "test", MANY[1]: "train", MANY[2]: "validation"}

    found = assign([MANY[:3]], MANY[:3], known=known, settings=Splits(), key=KEY)

    assert set(found.splits.values()) == {"train"}
    assert len(set(found.groups.values())) == 1


def test_a_copy_of_what_was_once_learnt_is_no_test_though_that_has_no_examples_now() -> None:
    known = {MANY[0]: "train"}

    for other in MANY[1:60]:
        found = assign([(MANY[0], other)], [other], known=known, settings=Splits(), key=KEY)
        assert found.splits == {other: "train"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_groups_leave_something_to_train_on(count: int) -> None:
    for start in range(0, 300, count):
        wanted = MANY[start : start + count]
        splits = assign((), wanted, known={}, settings=Splits(test=0.5), key=KEY).splits

        assert "train" in splits.values()


def test_a_group_that_would_fill_a_small_split_is_train_whatever_its_hash() -> None:
    for number in range(60):
        group, others = MANY[number * 30 : number * 30 + 30], MANY[1900:]
        one_group = [(group[0], other) for other in group[1:]]

        found = assign(one_group, [*group, *others], known={}, settings=Splits(), key=KEY).splits

        assert {found[doc_id] for doc_id in group} == {"train"}


def test_a_group_that_holds_a_split_keeps_it_however_large_it_has_become() -> None:
    group, known = MANY[:30], {MANY[0]: "test"}
    one_group = [(group[0], other) for other in group[1:]]

    found = assign(one_group, group * 3, known=known, settings=Splits(), key=KEY).splits

    assert set(found.values()) == {"test"}


def test_nothing_wanted_is_nothing_assigned() -> None:
    assert assign([MANY[:2]], (), known={}, settings=Splits(), key=KEY).splits == {}


def test_shares_that_leave_nothing_to_train_on_are_refused() -> None:
    with pytest.raises(ValidationError, match="nothing to train on"):
        Splits(validation=0.5, test=0.5)
