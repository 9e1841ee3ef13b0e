"""Laws of splits, for any groups and any history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from curate import ids
from curate.stages.assign import SPLITS, Splits, assign

if TYPE_CHECKING:
    import random

KEY = bytes(32)
DOCUMENTS = st.integers(0, 15).map(lambda number: ids.digest("d", str(number)))
TIES = st.lists(st.lists(DOCUMENTS, min_size=1, max_size=4), max_size=6)
KNOWN = st.dictionaries(DOCUMENTS, st.sampled_from(SPLITS), max_size=8)
HALVES = Splits(validation=0.3, test=0.3)


@given(TIES, st.lists(DOCUMENTS, max_size=12), KNOWN)
def test_no_group_spans_splits_and_train_keeps_what_it_had(
    ties: list[list[bytes]], wanted: list[bytes], known: dict[bytes, str]
) -> None:
    found = assign(ties, wanted, known=known, settings=HALVES, key=KEY)

    assert found.splits.keys() == found.groups.keys() == set(wanted)
    for tie in ties:
        inside = [doc_id for doc_id in tie if doc_id in found.splits]
        assert len({found.splits[doc_id] for doc_id in inside}) <= 1
        assert len({found.groups[doc_id] for doc_id in inside}) <= 1
        if inside and any(known.get(doc_id) == "train" for doc_id in tie):
            assert found.splits[inside[0]] == "train"
    for doc_id in set(wanted) & known.keys():
        assert known[doc_id] != "train" or found.splits[doc_id] == "train"


@given(TIES, st.lists(DOCUMENTS, max_size=12), KNOWN, st.randoms(use_true_random=False))
def test_order_changes_nothing(
    ties: list[list[bytes]],
    wanted: list[bytes],
    known: dict[bytes, str],
    chance: random.Random,
) -> None:
    once = assign(ties, wanted, known=known, settings=HALVES, key=KEY)
    mixed = [list(reversed(tie)) for tie in ties]
    chance.shuffle(mixed)

    again = assign(mixed, reversed(wanted), known=known, settings=HALVES, key=KEY)

    assert (once.splits, once.groups) == (again.splits, again.groups)


@given(TIES, st.lists(DOCUMENTS, min_size=1, max_size=12))
def test_something_is_always_trained_on(ties: list[list[bytes]], wanted: list[bytes]) -> None:
    found = assign(ties, wanted, known={}, settings=HALVES, key=KEY)

    assert "train" in found.splits.values()
