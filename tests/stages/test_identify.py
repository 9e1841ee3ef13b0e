"""Which document an address holds, after moves, swaps, copies and returns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate import duplicates, ids
from curate.stages.identify import Found, identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.tables.sources import Identity

KEY = bytes(32)


def found(**files: str) -> list[Found]:
    """Return addresses by name, each with the digest of what it holds."""
    return [
        Found(address(name), "t", ids.digest("v", held), name, outline(held))
        for name, held in files.items()
    ]


def outline(text: str) -> bytes:
    return duplicates.outline(text.encode(), seed=1)


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


def test_what_could_have_moved_to_two_places_moves_to_the_first_and_the_other_is_new() -> None:
    before = identify(found(a="one"), (), key=KEY)

    after = named(found(c="one", b="one"), before)

    assert after[address("b")] == before[0].doc_id != after[address("c")]


LINES = [f"A line about the matter number {number} of the house.\n" for number in range(20)]


def edited(share: float) -> str:
    """Return the lines with a share of them in other words."""
    count = round(share * len(LINES))
    return "".join(
        [*LINES[count:], *(f"{n} something quite different, said\n" for n in range(count))]
    )


def test_a_file_moved_and_edited_keeps_its_id_while_half_of_it_is_left() -> None:
    before = identify(found(old="".join(LINES)), (), key=KEY)

    moved = named(found(new=edited(0.4)), before)
    other = named(found(new=edited(0.7)), before)

    assert moved[address("new")] == before[0].doc_id != other[address("new")]


def test_a_name_kept_weighs_more_than_a_greater_likeness_elsewhere() -> None:
    held = {"x/page.md": "".join(LINES)}
    before = identify(found(**held), (), key=KEY)

    after = named(found(**{"y/page.md": edited(0.2), "y/other.md": edited(0.1)}), before)

    assert after[address("y/page.md")] == before[0].doc_id


def test_equal_files_that_move_together_keep_their_names() -> None:
    before = identify(found(**{"x/a": "same", "x/b": "same"}), (), key=KEY)
    held = {i.path: i.doc_id for i in before}

    after = named(found(**{"y/b": "same", "y/a": "same"}), before)

    assert after == {address("y/a"): held["x/a"], address("y/b"): held["x/b"]}


def test_records_without_a_sketch_are_paired_by_equal_bytes_alone() -> None:
    one = Found(address("1"), "t", ids.digest("v", "one"), "t.jsonl")
    before = identify([one], (), key=KEY)
    same = replace(one, address=address("2"))
    changed = replace(same, version=ids.digest("v", "two"))

    assert named([same], before)[address("2")] == before[0].doc_id
    assert named([changed], before)[address("2")] != before[0].doc_id


def test_nothing_moves_from_tenant_to_tenant() -> None:
    before = identify(found(a="one"), (), key=KEY)
    theirs = [replace(one, tenant="other") for one in found(b="one")]

    assert before[0].doc_id not in named(theirs, before).values()


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
