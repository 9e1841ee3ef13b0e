"""A fold says what a text means and where each of its characters stands."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from curate.text.folding import fold, folds, is_odd, plain

ODD = st.sampled_from(["\u200b", "\u00ad", "\ufeff", "＠", "．", "７", "%40", "%2540", "\u2011"])
TEXTS = st.lists(st.one_of(ODD, st.text(max_size=30)), max_size=12).map("".join)


def test_unseen_signs_vanish_and_full_width_ones_become_ascii() -> None:
    assert plain("ja\u00adne\u200b.doe＠ｅxample．com\ufeff") == "jane.doe@example.com"


def test_percent_encoding_is_decoded_also_where_it_was_encoded_twice() -> None:
    assert plain("jane%40example.com") == plain("jane%252540example.com") == "jane@example.com"


def test_a_percentage_and_bytes_of_other_letters_stay() -> None:
    assert plain("10% of 5 %, m%C3%BCller, 100%") == "10% of 5 %, m%C3%BCller, 100%"


def test_ordinary_text_is_not_odd() -> None:
    words = "10 % off, naïve Straße, 日本語、東京（駅），“quoted” – 🙂 and\u00a0so on"

    assert not is_odd(words)
    assert not list(folds(words))


def test_only_the_surroundings_of_a_sign_are_folded() -> None:
    text = "word " * 10_000 + "jane\u200b@example.com" + " word" * 10_000

    (part,) = folds(text)

    assert "jane@example.com" in part.text
    assert len(part.text) < 1_000


@given(TEXTS)
def test_each_character_of_a_fold_is_what_its_place_means(text: str) -> None:
    folded = fold(text)

    for sign, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        place = text[start:end]
        raised = normalize("NFKC", place)  # raised digits count in a row only, one is a footnote's
        assert sign in {plain(place), place, raised}
    assert list(folded.starts) == sorted(folded.starts)


@given(TEXTS)
def test_each_odd_sign_lies_in_one_part(text: str) -> None:
    parts = list(folds(text))

    assert bool(parts) == is_odd(text)
    borders = [part.original(0, len(part.text)) for part in parts if part.text]
    assert borders == sorted(borders)
    assert all(one[1] <= other[0] for one, other in pairwise(borders))
