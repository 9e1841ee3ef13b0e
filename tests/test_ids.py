"""Ids: what differs gets another digest, what is written is read back."""

from __future__ import annotations

import pytest

from curate import ids

KEY = bytes(range(32))


def test_the_borders_between_parts_count() -> None:
    assert ids.mac(KEY, "test", "ab", "c") != ids.mac(KEY, "test", "a", "bc")
    assert ids.mac(KEY, "test", "abc") != ids.mac(KEY, "test", "abc", "")
    assert ids.digest("test") != ids.digest("test", "")


def test_key_and_domain_are_part_of_a_keyed_digest() -> None:
    one = ids.mac(KEY, "address", "hr/jane.docx")

    assert one != ids.mac(bytes(32), "address", "hr/jane.docx")
    assert one != ids.mac(KEY, "version", "hr/jane.docx")
    assert one != ids.digest("address", "hr/jane.docx")
    assert len(one) == ids.ID_BYTES


def test_text_and_its_utf8_bytes_are_one_part() -> None:
    assert ids.mac(KEY, "test", "Ä") == ids.mac(KEY, "test", "Ä".encode())


def test_half_of_a_surrogate_pair_is_no_error() -> None:
    assert len(ids.mac(KEY, "test", "\ud800")) == ids.ID_BYTES


def test_a_domain_too_long_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="person"):
        ids.digest("a-domain-of-more-than-sixteen-letters")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "d_",
        "d_00",
        "d_" + "0" * 25,
        "d_" + "0" * 27,
        "d_" + "u" * 26,
        "0" * 26,
        "d_" + "O" * 26,
    ],
)
def test_what_is_no_id_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no id"):
        ids.decode(written)


def test_an_id_whose_first_letter_stands_for_more_than_it_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="is no id"):
        ids.decode("d_" + "z" * 26)


def test_the_digest_of_published_text_is_the_plain_one_that_anyone_can_check() -> None:
    assert ids.sha256("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
