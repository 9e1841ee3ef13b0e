"""An added chunk replaces the deleted one that lay between the same unchanged neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.release.changes.pairing import Cut, replaced

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


def cuts(names: str, size: int = 9) -> list[Cut]:
    return [Cut(name, size) for name in names]


def test_an_edit_between_neighbours_replaces_what_stood_there() -> None:
    assert replaced(cuts("abc"), cuts("axc")) == {"x": "b"}


def test_a_new_chunk_between_neighbours_replaces_nothing() -> None:
    assert replaced(cuts("ab"), cuts("axb")) == {}


def test_edits_in_several_places_are_paired_each_in_its_own() -> None:
    assert replaced(cuts("abcde"), cuts("xbcyez")) == {"x": "a", "y": "d"}


def test_of_two_new_chunks_in_a_gap_the_one_of_like_size_replaces() -> None:
    new = [Cut("a", 9), Cut("x", 900), Cut("y", 95), Cut("c", 9)]

    assert replaced([Cut("a", 9), Cut("b", 100), Cut("c", 9)], new) == {"y": "b"}
    assert replaced(new, [Cut("a", 9), Cut("b", 100), Cut("c", 9)]) == {"b": "y"}


def test_a_chunk_that_moved_is_no_neighbour_and_replaces_nothing() -> None:
    assert replaced(cuts("abcd"), cuts("bcxa")) == {"x": "d"}


@given(NAMES, NAMES)
def test_pairs_are_of_added_and_deleted_chunks_each_once(old: list[str], new: list[str]) -> None:
    pairs = replaced(cuts("".join(old)), cuts("".join(new)))

    assert set(pairs) <= set(new) - set(old)
    assert set(pairs.values()) <= set(old) - set(new)
    assert len(set(pairs.values())) == len(pairs)
