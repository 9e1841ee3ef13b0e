"""Words, shingles and sketches: what counts as the same text, and how near copies are found."""

from __future__ import annotations

import random

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from curate import duplicates

CHANCE = random.Random(1)
VOCABULARY = [f"w{number}" for number in range(5000)]


def shingles(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return duplicates.shingles(duplicates.words(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Valve closes.", "the valve  CLOSES", True),
        ("- one\n- two", "one two", True),
        ("Straße", "STRASSE", True),
        ("at most <= 5", "at most >= 5", False),
        ("a loss of -5", "a loss of 5", False),
        ("costs 5 EUR", "costs 5 %", False),
        ("5 apples", "6 apples", False),
    ],
)
def test_equal_words_are_equal_text_whatever_the_layout_but_signs_and_numbers_count(
    one: str, other: str, *, same: bool
) -> None:
    assert (duplicates.words(one) == duplicates.words(other)) is same


def test_texts_of_fewer_than_five_words_have_one_shingle_and_empty_ones_none() -> None:
    assert len(shingles("")) == 0
    assert len(shingles("one")) == 1
    assert len(shingles("a b c d e f")) == 2


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_similarity_is_that_of_sets_and_the_same_both_ways(
    one: list[str], other: list[str]
) -> None:
    left, right = duplicates.shingles(one), duplicates.shingles(other)
    sets = set(left.tolist()), set(right.tolist())
    union = sets[0] | sets[1]

    found = duplicates.similarity(left, right)

    assert found == duplicates.similarity(right, left)
    assert found == pytest.approx(len(sets[0] & sets[1]) / len(union) if union else 1.0)


def test_an_empty_text_has_no_sketch_and_every_other_has_one_of_one_size() -> None:
    assert duplicates.sketch(shingles("")) == b""
    assert len(duplicates.sketch(shingles("a"))) == len(duplicates.sketch(shingles("a b " * 99)))


def _variant(words: list[str], changes: int) -> list[str]:
    varied = list(words)
    for place in CHANCE.sample(range(len(words)), changes):
        varied[place] = "changed"
    return varied


def test_near_copies_share_a_band_and_unrelated_texts_do_not() -> None:
    texts = [CHANCE.choices(VOCABULARY, k=400) for _ in range(150)]
    rows = [part for text in texts for part in (text, _variant(text, 4))]
    sketches = [duplicates.sketch(duplicates.shingles(row)) for row in rows]

    found = duplicates.candidates(duplicates.stack(sketches), duplicates.bands(0.8))
    near = {(2 * n, 2 * n + 1) for n in range(150)}

    assert len(found & near) >= 148
    assert len(found - near) <= 2


@pytest.mark.parametrize(("similarity", "changes"), [(0.8, 8), (0.9, 4), (0.6, 19)])
def test_pairs_just_as_alike_as_asked_are_hardly_ever_lost(similarity: float, changes: int) -> None:
    texts = [CHANCE.choices(VOCABULARY, k=400) for _ in range(150)]
    rows = [part for text in texts for part in (text, _variant(text, changes))]
    shingled = [duplicates.shingles(row) for row in rows]
    sketches = duplicates.stack([duplicates.sketch(row) for row in shingled])

    found = duplicates.candidates(sketches, duplicates.bands(similarity))
    pairs = [(2 * n, 2 * n + 1) for n in range(150)]
    near = {
        (a, b) for a, b in pairs if duplicates.similarity(shingled[a], shingled[b]) >= similarity
    }

    assert near
    assert len(found & near) >= 0.95 * len(near)


def test_a_large_bucket_is_a_star_and_all_of_it_hangs_together() -> None:
    sketch = duplicates.sketch(shingles("the same words in every one of these texts"))

    found = duplicates.candidates(duplicates.stack([sketch] * 200), duplicates.bands(0.8))

    assert found == {(0, other) for other in range(1, 200)}


@pytest.mark.parametrize("count", [1, 2, 129, 1023, 1024, 1025, 5000])
def test_a_sketch_is_the_one_that_datasketch_makes_of_the_same_hashes(count: int) -> None:
    hashes = np.random.default_rng(count).integers(0, 2**64, count, dtype=np.uint64)
    made = MinHash(num_perm=128, seed=1, hashfunc=int)
    made.update_batch((hashes & np.uint64(0xFFFFFFFF)).tolist())

    assert duplicates.sketch(hashes) == made.hashvalues.astype("<u4").tobytes()
