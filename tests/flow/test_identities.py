"""Which ids documents and chunks have after moves, swaps, copies and returns, in real releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.release.changes import changes
from tests.flow.tale import (
    CARRIED,
    COPIED,
    EARLIER,
    HERE,
    LATER,
    MOVED,
    ONCE,
    ONE,
    THEN,
    TWICE,
    TWO,
    chunks,
    chunks_of,
    documents,
    ops,
    owners,
)

if TYPE_CHECKING:
    from tests.flow.tale import Tale


def test_every_document_has_the_id_of_the_address_it_first_stood_at(tale: Tale) -> None:
    assert owners(tale.one) == {name: HERE.document(name) for name in owners(tale.one)}
    moved = {
        "once/new.md": HERE.document("once/new.md"),  # the other address stays known
        "taken/new.md": HERE.document("taken/old.md"),
        "moved/elsewhere/guests.md": HERE.document("moved/visitors.md"),
        "carried/cards.md": HERE.document("carried/badges.md"),
    }
    assert owners(tale.two) == {n: moved.get(n, HERE.document(n)) for n in owners(tale.two)}
    moved["taken/old.md"] = HERE.document("taken/old.md", 1)  # the first is the moved one's
    assert owners(tale.three) == {n: moved.get(n, HERE.document(n)) for n in owners(tale.three)}


def test_files_that_swap_names_stay_with_their_addresses_and_none_is_embedded(tale: Tale) -> None:
    for name, old, new in (("one", ONE, TWO), ("two", TWO, ONE)):
        doc_id = HERE.document(f"swap/{name}.md")
        (row,) = documents(tale.second, doc_id)
        assert (row.op, row.edited, row.old_address, row.address) == (
            "modified", True, f"swap/{name}.md", f"swap/{name}.md",
        )  # fmt: skip
        assert row.old_version == HERE.version(old.written())
        assert row.version == HERE.version(new.written())

        gone, come = HERE.chunks(doc_id, old.chunks()), HERE.chunks(doc_id, new.chunks())
        assert (chunks_of(tale.one, doc_id), chunks_of(tale.two, doc_id)) == (gone, come)
        rows = chunks(tale.second, doc_id)
        assert ops(rows) == {
            **dict.fromkeys(gone, ("delete", "edited", False)),
            **dict.fromkeys(come, ("add", "edited", False)),
        }
        assert [rows[name].replaces for name in come] == gone


def test_a_copy_that_is_edited_comes_in_under_its_own_id_and_its_edit_alone_is_embedded(
    tale: Tale,
) -> None:
    original, copy = HERE.document("copy/a.md"), HERE.document("copy/a (copy).md")
    came = HERE.chunks(copy, COPIED.edited().chunks())

    assert chunks_of(tale.one, copy) == []
    assert chunks_of(tale.two, copy) == came
    (row,) = documents(tale.second, copy)
    assert (row.op, row.edited) == ("modified", True)
    assert "corpus:copy>in" in row.reason
    assert ops(chunks(tale.second, copy)) == {
        **dict.fromkeys(came[:-1], ("add", "let_in", False)),
        came[-1]: ("add", "let_in", True),
    }
    assert chunks_of(tale.two, original) == HERE.chunks(original, COPIED.chunks())
    assert {row.op for row in chunks(tale.second, original).values()} <= {"update_meta"}


def test_the_kept_one_of_two_copies_is_edited_and_the_other_comes_in_unembedded(
    tale: Tale,
) -> None:
    kept, copy = HERE.document("kept/a.md"), HERE.document("kept/a (copy).md")
    old, new = HERE.chunks(kept, TWICE.chunks()), HERE.chunks(kept, TWICE.edited().chunks())
    came = HERE.chunks(copy, TWICE.chunks())

    rows = chunks(tale.second, kept)
    assert (chunks_of(tale.one, kept), chunks_of(tale.two, kept)) == (old, new)
    assert (rows[old[-1]].op, rows[old[-1]].reason) == ("delete", "edited")
    assert (rows[new[-1]].op, rows[new[-1]].replaces, rows[new[-1]].embed) == (
        "add", old[-1], True,
    )  # fmt: skip
    assert (chunks_of(tale.one, copy), chunks_of(tale.two, copy)) == ([], came)
    assert ops(chunks(tale.second, copy)) == dict.fromkeys(came, ("add", "let_in", False))


def test_a_new_file_at_the_address_of_one_that_moved_gets_the_next_number(tale: Tale) -> None:
    moved, fresh = HERE.document("taken/old.md"), HERE.document("taken/old.md", 1)
    held, came = HERE.chunks(moved, EARLIER.chunks()), HERE.chunks(fresh, LATER.chunks())

    (row,) = documents(tale.second, moved)
    assert (row.op, row.edited, row.old_address, row.address) == (
        "renamed", False, "taken/old.md", "taken/new.md",
    )  # fmt: skip
    assert ops(chunks(tale.second, moved)) == dict.fromkeys(held, ("moved", "places", False))
    assert [row.op for row in documents(tale.third, fresh)] == ["added"]
    assert ops(chunks(tale.third, fresh)) == dict.fromkeys(came, ("add", "new_document", True))
    assert documents(tale.third, moved) == []
    assert chunks(tale.third, moved) == {}
    assert [chunks_of(release, moved) for release in (tale.one, tale.two, tale.three)] == [held] * 3


def test_an_address_filled_anew_in_the_same_run_keeps_its_id_and_the_moved_words_are_not_embedded(
    tale: Tale,
) -> None:
    stays, fresh = HERE.document("once/old.md"), HERE.document("once/new.md")
    gone, come = HERE.chunks(stays, ONCE.chunks()), HERE.chunks(stays, THEN.chunks())
    carried = HERE.chunks(fresh, ONCE.chunks())

    assert [row.op for row in documents(tale.second, stays)] == ["modified"]
    assert ops(chunks(tale.second, stays)) == {
        **dict.fromkeys(gone, ("delete", "edited", False)),
        **dict.fromkeys(come, ("add", "edited", True)),
    }
    assert [row.op for row in documents(tale.second, fresh)] == ["added"]
    new = dict.fromkeys(carried, ("add", "new_document", False))
    assert ops(chunks(tale.second, fresh)) == new


def test_a_document_brought_back_in_a_later_run_has_its_ids_again(tale: Tale) -> None:
    doc_id = HERE.document("back/travel.md")
    held = chunks_of(tale.one, doc_id)

    assert held
    assert [row.op for row in documents(tale.second, doc_id)] == ["deleted"]
    gone = dict.fromkeys(held, ("delete", "document_gone", False))
    assert ops(chunks(tale.second, doc_id)) == gone
    assert [row.op for row in documents(tale.third, doc_id)] == ["added"]
    assert ops(chunks(tale.third, doc_id)) == dict.fromkeys(held, ("add", "new_document", True))
    assert chunks_of(tale.three, doc_id) == held
    over = changes(tale.one, tale.three)
    assert (documents(over, doc_id), chunks(over, doc_id)) == ([], {})


def test_examples_of_a_document_brought_back_have_their_ids_and_their_split_again(
    tale: Tale,
) -> None:
    doc_id = HERE.document("back/travel.md")
    splits = [
        {row["example_id"]: row["split"] for row in release.examples if row["doc_id"] == doc_id}
        for release in (tale.one, tale.two, tale.three)
    ]

    assert splits[0]
    assert splits == [splits[0], {}, splits[0]]
    went = [row for row in tale.second.examples if row.doc_id == doc_id]
    assert {(row.op, row.reason) for row in went} == {("stale", "source_vanished")}


def test_a_file_that_only_moved_keeps_its_chunks_and_none_is_embedded(tale: Tale) -> None:
    doc_id = HERE.document("moved/visitors.md")
    held = HERE.chunks(doc_id, MOVED.chunks())
    rows = chunks(tale.second, doc_id)

    assert chunks_of(tale.one, doc_id) == chunks_of(tale.two, doc_id) == held
    assert ops(rows) == dict.fromkeys(held, ("moved", "places", False))
    assert {row.fields for row in rows.values()} == {("address",)}
    assert all(row.old_index_digest == row.index_digest for row in rows.values())


def test_a_file_that_moved_and_was_edited_is_embedded_where_its_words_changed_alone(
    tale: Tale,
) -> None:
    doc_id = HERE.document("carried/badges.md")
    old, new = HERE.chunks(doc_id, CARRIED.chunks()), HERE.chunks(doc_id, CARRIED.edited().chunks())
    rows = chunks(tale.second, doc_id)

    (row,) = documents(tale.second, doc_id)
    assert (row.op, row.edited, row.address) == ("renamed", True, "carried/cards.md")
    assert ops(rows) == {
        **dict.fromkeys(old[:-1], ("moved", "places", False)),
        old[-1]: ("delete", "edited", False),
        new[-1]: ("add", "edited", True),
    }
    assert rows[new[-1]].replaces == old[-1]
