"""Laws of identity, over any history of a share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from curate import ids
from curate.stages.identify import Found, identify

if TYPE_CHECKING:
    import random

    from curate.tables.sources import Identity

KEY = bytes(32)
SHARES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvw"), max_size=6)


def found(share: dict[str, str]) -> list[Found]:
    return [Found(ids.digest("a", n), "t", ids.digest("v", v)) for n, v in share.items()]


def after(history: list[dict[str, str]]) -> list[Identity]:
    known: list[Identity] = []
    for share in history:
        known = identify(found(share), known, key=KEY)
    return known


@given(st.lists(SHARES, min_size=1, max_size=5))
def test_every_address_has_one_id_and_every_id_one_address(history: list[dict[str, str]]) -> None:
    last = after(history)

    assert [i.address for i in last] == sorted(f.address for f in found(history[-1]))
    assert len({i.doc_id for i in last}) == len(last)


@given(st.lists(SHARES, max_size=4), SHARES)
def test_looking_again_changes_nothing(
    history: list[dict[str, str]], share: dict[str, str]
) -> None:
    assert after([*history, share]) == after([*history, share, share])


@given(st.lists(SHARES, max_size=4), SHARES, st.randoms(use_true_random=False))
def test_the_order_of_listing_changes_nothing(
    history: list[dict[str, str]], share: dict[str, str], chance: random.Random
) -> None:
    files = found(share)
    shuffled = list(files)
    chance.shuffle(shuffled)
    known = after(history)

    assert identify(files, known, key=KEY) == identify(shuffled, known[::-1], key=KEY)


@given(st.lists(SHARES, min_size=2, max_size=5))
def test_an_address_that_stays_keeps_its_id(history: list[dict[str, str]]) -> None:
    before = {i.address: i.doc_id for i in after(history[:-1])}
    now = {i.address: i.doc_id for i in after(history)}

    assert all(now[address] == before[address] for address in now.keys() & before.keys())
