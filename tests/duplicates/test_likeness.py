"""Likeness as git measures it, and the renames that follow from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate import duplicates

SEED = 3
DATA = st.lists(st.sampled_from([b"one\n", b"two\r\n", b"three", b"x" * 150 + b"\n", b"\n"])).map(
    b"".join
)


def alike(one: bytes, other: bytes) -> float:
    return duplicates.likeness(
        duplicates.outline(one, seed=SEED), duplicates.outline(other, seed=SEED)
    )


def test_likeness_is_the_share_of_bytes_that_both_hold_as_often() -> None:
    assert alike(b"aaaa\nbbbb\n", b"aaaa\ncccc\n") == 0.5
    assert alike(b"aaaa\naaaa\naaaa\n", b"aaaa\n") == 1 / 3


def test_line_ends_of_either_kind_are_one() -> None:
    assert alike(b"one\r\ntwo\r\n", b"one\ntwo\n") == 1


def test_long_lines_are_compared_piece_by_piece() -> None:
    assert 0.4 < alike(b"y" * 64 + b"a" * 64 + b"\n", b"y" * 64 + b"b" * 64 + b"\n") < 0.6


@given(DATA, DATA)
def test_likeness_is_a_symmetric_share(one: bytes, other: bytes) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) == bool(one)


def test_a_sketch_holds_no_text_and_depends_on_its_key() -> None:
    text = b"write to jane@acme.example\n"

    sketch = duplicates.outline(text, seed=1)

    assert b"jane" not in sketch
    assert sketch != duplicates.outline(text, seed=2)
