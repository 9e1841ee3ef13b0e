"""Laws of ids, for any input."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate import ids

PARTS = st.lists(st.binary(max_size=12), max_size=5)
KEY = bytes(32)


@given(PARTS, PARTS)
def test_two_lists_of_parts_share_a_digest_only_if_they_are_equal(
    one: list[bytes], other: list[bytes]
) -> None:
    assert (ids.digest("test", *one) == ids.digest("test", *other)) == (one == other)


@given(st.lists(st.binary(min_size=1, max_size=4), min_size=2, max_size=6), st.data())
def test_the_same_bytes_cut_elsewhere_have_another_digest(
    parts: list[bytes], data: st.DataObject
) -> None:
    whole = b"".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    recut = [whole[:cut], whole[cut:]]

    assert (ids.mac(KEY, "test", *parts) == ids.mac(KEY, "test", *recut)) == (parts == recut)


@given(st.sampled_from(["d", "c", "e", "f"]), st.binary(min_size=16, max_size=16))
def test_an_id_that_is_written_is_read_back(prefix: str, identity: bytes) -> None:
    assert ids.decode(ids.encode(prefix, identity)) == (prefix, identity)


@given(st.text(max_size=40))
def test_text_that_is_read_as_an_id_is_written_the_same_way(written: str) -> None:
    try:
        prefix, identity = ids.decode(written)
    except ValueError:
        return

    assert ids.encode(prefix, identity) == written


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_written_ids_sort_like_their_bytes(one: bytes, other: bytes) -> None:
    assert (ids.encode("d", one) < ids.encode("d", other)) == (one < other)
