"""Copies: within one audience, never across tenants, the same one whatever comes first."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import duplicates, ids
from curate.stages.dedup import Candidate, Duplicates, clusters, dedup, near_pairs

BANDS = duplicates.bands(0.8)
WORDS = [f"word{number}" for number in range(300)]


def document(name: str, text: str = "same words", **values: object) -> Candidate:
    found = duplicates.words(text)
    plain = Candidate(
        doc_id=ids.digest("d", name),
        tenant="t",
        scope=b"everyone",
        exact=ids.digest("e", " ".join(found)),
        minhash=duplicates.sketch(duplicates.shingles(found)),
        words=len(found),
        authority=1,
        date="2026-01-01",
        path=f"{name}.md",
        text=ids.digest("t", text),
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def kept(*documents: Candidate, **settings: object) -> set[str]:
    """Return the paths of the documents that are no copy, checking that order plays no part."""
    chosen = Duplicates.model_validate(settings)
    outcomes = set()
    for order in permutations(documents):
        copies = dedup(order, (), settings=chosen).copy_of
        outcomes.add(frozenset(d.path for d in documents if d.doc_id not in copies))
    assert len(outcomes) == 1
    return set(outcomes.pop())


def test_of_equal_texts_the_newest_stays() -> None:
    old, new = document("old"), document("new", date="2026-05-01")

    assert kept(old, new) == {"new.md"}
    assert kept(old, new, keep="oldest") == {"old.md"}


def test_an_unknown_date_is_the_last_choice() -> None:
    assert kept(document("a", date=""), document("b", date="1999-01-01")) == {"b.md"}
    assert kept(document("a", date=""), document("b"), keep="oldest") == {"b.md"}


def test_of_equal_texts_the_more_authoritative_stays_though_another_is_newer() -> None:
    new = document("new", date="2026-05-01")
    official = document("official", authority=3)

    assert kept(new, official) == {"official.md"}
    assert kept(new, official, keep="newest") == {"new.md"}


def test_where_all_else_is_equal_the_shorter_path_stays_and_then_the_id() -> None:
    assert kept(document("long-name"), document("short")) == {"short.md"}
    twins = [document(name, path="same.md") for name in "abc"]
    copies = dedup(twins, (), settings=Duplicates()).copy_of
    assert set(copies.values()) == {min(d.doc_id for d in twins)}


def test_a_copy_is_one_only_for_the_same_readers_but_shares_the_cluster() -> None:
    everyone, few = document("a"), document("b", scope=b"managers")

    copies = dedup([everyone, few], (), settings=Duplicates())

    assert copies.copy_of == {}
    assert len(set(copies.cluster.values())) == 1
    assert copies.cluster.keys() == {everyone.doc_id, few.doc_id}


def test_nothing_is_shared_across_tenants() -> None:
    mine = document("a", " ".join(WORDS))
    theirs = document("b", " ".join(WORDS), tenant="other", scope=b"other")

    copies = dedup([mine, theirs], (), settings=Duplicates())

    assert near_pairs([mine, theirs], Duplicates(), BANDS) == []
    assert (copies.copy_of, copies.cluster, copies.near_copy_of) == ({}, {}, {})


def test_texts_without_words_are_copies_of_nothing() -> None:
    blank = [document(name, "") for name in "ab"]

    assert dedup(blank, (), settings=Duplicates()).copy_of == {}


def test_no_copy_stands_in_for_a_document_of_the_other_product() -> None:
    learn, search = document("a", use="finetune"), document("b", use="corpus")
    both = document("c", use="both", date="1990-01-01")

    assert kept(learn, search) == {"a.md", "b.md"}
    assert kept(learn, search, both) == {"c.md"}


def test_a_quarantined_document_never_stands_in_for_one_that_is_not() -> None:
    poisoned = document("a", date="2026-09-09", quarantined=True)
    clean = document("b")

    assert kept(poisoned, clean) == {"b.md"}
    near = dedup(
        [poisoned, document("c", "same words too")],
        [(poisoned.text, ids.digest("t", "same words too"))],
        settings=Duplicates(),
    )
    assert near.near_copy_of == {poisoned.doc_id: ids.digest("d", "c")}


def test_near_copies_are_found_and_share_a_cluster_but_are_no_copies() -> None:
    one = document("a", " ".join(WORDS))
    other = document("b", " ".join([*WORDS[:297], "x", "y", "z"]))
    far = document("c", " ".join(reversed(WORDS)))

    pairs = near_pairs([one, other, far], Duplicates(), BANDS)
    copies = dedup([one, other, far], [(one.text, other.text)], settings=Duplicates())

    assert [{a.path, b.path} for a, b in pairs] == [{"a.md", "b.md"}]
    assert copies.copy_of == {}
    assert set(copies.cluster) == {one.doc_id, other.doc_id}
    assert len(copies.near_copy_of) == 1


def test_short_texts_are_not_compared() -> None:
    pairs = near_pairs(
        [document("a", "one two"), document("b", "one two three")], Duplicates(), BANDS
    )

    assert pairs == []


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20))
def test_a_cluster_is_what_hangs_together_named_by_its_smallest_member(
    edges: list[tuple[int, int]],
) -> None:
    ties = [(bytes([a]), bytes([b])) for a, b in edges]

    found = clusters(ties)

    assert all(found[a] == found[b] for a, b in ties)
    assert all(name <= member for member, name in found.items())
    assert all(found[name] == name for name in found.values())
    assert clusters([(b, a) for a, b in reversed(ties)]) == found


@pytest.mark.parametrize("corpus", ["none"])
def test_copies_stay_where_nothing_is_to_leave(corpus: str) -> None:
    assert kept(document("a"), document("b"), corpus=corpus) == {"a.md", "b.md"}
