"""Which document an address holds, after moves, swaps, copies and returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate import ids
from curate.stages.identify import Found, identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.tables.sources import Identity

KEY = bytes(32)


def found(**files: str) -> list[Found]:
    """Return addresses by name, each with the digest of what it holds."""
    return [Found(address(name), "t", ids.digest("v", held)) for name, held in files.items()]


def address(name: str) -> bytes:
    return ids.digest("a", name)


def named(files: Sequence[Found], known: Sequence[Identity] = ()) -> dict[bytes, bytes]:
    return {i.address: i.doc_id for i in identify(files, known, key=KEY)}


def test_a_known_address_keeps_its_id_whatever_it_holds() -> None:
    before = identify(found(a="one", b="two"), (), key=KEY)

    after = named(found(a="edited", b="two"), before)

    assert after == {i.address: i.doc_id for i in before}


def test_a_file_moved_unchanged_keeps_its_id() -> None:
    before = identify(found(a="one", b="two"), (), key=KEY)

    after = named(found(c="one", b="two"), before)

    assert after[address("c")] == named(found(a="one"))[address("a")]


def test_two_files_that_swap_their_names_stay_with_their_addresses() -> None:
    before = identify(found(a="one", b="two"), (), key=KEY)

    assert named(found(a="two", b="one"), before) == {i.address: i.doc_id for i in before}


def test_a_copy_gets_an_id_of_its_own() -> None:
    before = identify(found(a="one"), (), key=KEY)

    after = named(found(a="one", b="one"), before)

    assert after[address("a")] == before[0].doc_id != after[address("b")]


def test_what_could_have_moved_to_two_places_moves_to_none() -> None:
    before = identify(found(a="one"), (), key=KEY)

    after = named(found(b="one", c="one"), before)

    assert before[0].doc_id not in after.values()


def test_a_file_deleted_and_brought_back_has_its_old_id() -> None:
    before = identify(found(a="one", b="two"), (), key=KEY)
    between = identify(found(b="two"), before, key=KEY)

    after = named(found(a="new words", b="two"), between)

    assert after[address("a")] == before[0].doc_id or after[address("a")] == before[1].doc_id
    assert after == {i.address: i.doc_id for i in before}


def test_a_new_file_at_the_old_address_of_a_moved_one_gets_another_number() -> None:
    before = identify(found(a="one"), (), key=KEY)
    moved = identify(found(b="one"), before, key=KEY)

    after = identify(found(a="fresh", b="one"), moved, key=KEY)
    by_address = {i.address: i for i in after}

    assert by_address[address("b")].doc_id == before[0].doc_id
    assert by_address[address("a")].doc_id != before[0].doc_id
    assert (by_address[address("b")].number, by_address[address("a")].number) == (0, 1)


def test_nothing_moves_between_tenants() -> None:
    before = identify([Found(address("a"), "one", b"v" * 16)], (), key=KEY)

    after = named([Found(address("b"), "other", b"v" * 16)], before)

    assert before[0].doc_id not in after.values()


def test_two_files_that_could_not_be_read_are_no_move() -> None:
    before = identify([Found(address("a"), "t", bytes(16))], (), key=KEY)

    after = named([Found(address("b"), "t", bytes(16))], before)

    assert before[0].doc_id not in after.values()
