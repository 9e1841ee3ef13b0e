"""Which ids documents and chunks have after moves, swaps, copies and returns, in real releases.

One share lives through three releases; each test looks at the part of it in which its case happens.
What the ids should be is worked out by `Expected`, not read from the releases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from curate import ids
from curate.release.changes import changes
from tests.flow.expected import Expected
from tests.flow.pages import page
from tests.flow.share import TRAVEL
from tests.flow.whole import KEYS
from tests.release.changes.table import table_diff, told
from tests.release.kept.site import Site

if TYPE_CHECKING:
    from curate.release.reading import Release
    from curate.tables.changes import ChunkChange, DocumentChange, ReleaseChanges

HERE = Expected(bytes.fromhex(KEYS["CURATE_KEY_IDS"]))
ONE, TWO = page("lathes"), page("canteen")
ONCE, THEN = page("gantry"), page("roofing")
EARLIER, LATER = page("parking"), page("heating")
COPIED, TWICE = page("samples"), page("laptops")
MOVED, CARRIED = page("visitors"), page("badges")
FACTS = {"access": page("salaries"), "owner": page("cleaning"), "effective": page("holidays")}
SAID = {
    "access": "access: {users: [ingrid]}\n",
    "owner": "owner: ingrid\n",
    "effective": "dates: {effective: 2026-01-01}\n",
}
HEADED, TITLED = page("forklifts", parent="Rules of the hall"), page("couriers")


@dataclass(frozen=True)
class Tale:
    """Three releases of one share."""

    one: Release
    two: Release
    three: Release
    second: ReleaseChanges
    third: ReleaseChanges


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Tale:
    site = Site(tmp_path_factory.mktemp("identities"))
    site.settings()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        _begin(site)
        one = site.run()
        _change(site)
        two = site.run()
        _return(site)
        three = site.run()
    return Tale(one, two, three, changes(one, two), changes(two, three))


def _begin(site: Site) -> None:
    site.write("swap/one.md", ONE.written())
    site.write("swap/two.md", TWO.written())
    site.write("once/old.md", ONCE.written())
    site.write("taken/old.md", EARLIER.written())
    for name in ("copy/a.md", "copy/a (copy).md"):
        site.write(name, COPIED.written())
    for name in ("kept/a.md", "kept/a (copy).md"):
        site.write(name, TWICE.written())
    site.write("moved/visitors.md", MOVED.written())
    site.write("carried/badges.md", CARRIED.written())
    site.write("back/travel.md", TRAVEL)
    for name, held in FACTS.items():
        site.write(f"facts/{name}.md", held.written())
    site.write("headings/parent.md", HEADED.written())
    site.write("headings/title.md", TITLED.written())


def _change(site: Site) -> None:
    site.write("swap/one.md", TWO.written())
    site.write("swap/two.md", ONE.written())
    site.move("once/old.md", "once/new.md")
    site.write("once/old.md", THEN.written())
    site.move("taken/old.md", "taken/new.md")
    site.write("copy/a (copy).md", COPIED.edited().written())
    site.write("kept/a.md", TWICE.edited().written())
    site.move("moved/visitors.md", "moved/elsewhere/guests.md")
    site.move("carried/badges.md", "carried/cards.md")
    site.write("carried/cards.md", CARRIED.edited().written())
    (site.share / "back/travel.md").unlink()
    for name, said in SAID.items():
        site.write(f"facts/{name}.md.meta.yaml", said)
    site.write("headings/parent.md", replace(HEADED, parent="What holds in the hall").written())
    site.write("headings/title.md", replace(TITLED, title="Drivers").written())


def _return(site: Site) -> None:
    site.write("taken/old.md", LATER.written())
    site.write("back/travel.md", TRAVEL)


def _documents(found: ReleaseChanges, doc_id: str) -> list[DocumentChange]:
    return [row for row in found.documents if row.doc_id == doc_id]


def _chunks(found: ReleaseChanges, doc_id: str) -> dict[str, ChunkChange]:
    return {row.chunk_id: row for row in found.chunks if row.doc_id == doc_id}


def _ops(rows: dict[str, ChunkChange]) -> dict[str, tuple[str, str, bool]]:
    return {name: (row.op, row.reason, row.embed) for name, row in rows.items()}


def _held(release: Release, doc_id: str) -> list[str]:
    """Return the chunks that a release holds of a document, in reading order."""
    rows = sorted(release.chunks("doc_id", doc_id), key=lambda row: row["span"][0])
    return [row["chunk_id"] for row in rows]


def _ids(release: Release) -> dict[str, str]:
    return {row["address"]: row["doc_id"] for row in release.ledger}


def test_every_document_has_the_id_of_the_address_it_first_stood_at(tale: Tale) -> None:
    assert _ids(tale.one) == {name: HERE.document(name) for name in _ids(tale.one)}
    moved = {
        "once/new.md": HERE.document("once/new.md"),  # the other address stays known
        "taken/new.md": HERE.document("taken/old.md"),
        "moved/elsewhere/guests.md": HERE.document("moved/visitors.md"),
        "carried/cards.md": HERE.document("carried/badges.md"),
    }
    assert _ids(tale.two) == {n: moved.get(n, HERE.document(n)) for n in _ids(tale.two)}
    moved["taken/old.md"] = HERE.document("taken/old.md", 1)  # the first is the moved one's
    assert _ids(tale.three) == {n: moved.get(n, HERE.document(n)) for n in _ids(tale.three)}


def test_files_that_swap_names_stay_with_their_addresses_and_none_is_embedded(tale: Tale) -> None:
    for name, old, new in (("one", ONE, TWO), ("two", TWO, ONE)):
        doc_id = HERE.document(f"swap/{name}.md")
        (row,) = _documents(tale.second, doc_id)
        assert (row.op, row.edited, row.old_address, row.address) == (
            "modified", True, f"swap/{name}.md", f"swap/{name}.md",
        )  # fmt: skip
        assert row.old_version == HERE.version(old.written())
        assert row.version == HERE.version(new.written())

        gone, come = HERE.chunks(doc_id, old.chunks()), HERE.chunks(doc_id, new.chunks())
        assert (_held(tale.one, doc_id), _held(tale.two, doc_id)) == (gone, come)
        rows = _chunks(tale.second, doc_id)
        assert _ops(rows) == {
            **dict.fromkeys(gone, ("delete", "edited", False)),
            **dict.fromkeys(come, ("add", "edited", False)),
        }
        assert [rows[name].replaces for name in come] == gone


def test_a_copy_that_is_edited_comes_in_under_its_own_id_and_its_edit_alone_is_embedded(
    tale: Tale,
) -> None:
    original, copy = HERE.document("copy/a.md"), HERE.document("copy/a (copy).md")
    came = HERE.chunks(copy, COPIED.edited().chunks())

    assert _held(tale.one, copy) == []
    assert _held(tale.two, copy) == came
    (row,) = _documents(tale.second, copy)
    assert (row.op, row.edited) == ("modified", True)
    assert "corpus:copy>in" in row.reason
    assert _ops(_chunks(tale.second, copy)) == {
        **dict.fromkeys(came[:-1], ("add", "let_in", False)),
        came[-1]: ("add", "let_in", True),
    }
    assert _held(tale.two, original) == HERE.chunks(original, COPIED.chunks())
    assert {row.op for row in _chunks(tale.second, original).values()} <= {"update_meta"}


def test_the_kept_one_of_two_copies_is_edited_and_the_other_comes_in_unembedded(
    tale: Tale,
) -> None:
    kept, copy = HERE.document("kept/a.md"), HERE.document("kept/a (copy).md")
    old, new = HERE.chunks(kept, TWICE.chunks()), HERE.chunks(kept, TWICE.edited().chunks())
    came = HERE.chunks(copy, TWICE.chunks())

    rows = _chunks(tale.second, kept)
    assert (_held(tale.one, kept), _held(tale.two, kept)) == (old, new)
    assert (rows[old[-1]].op, rows[old[-1]].reason) == ("delete", "edited")
    assert (rows[new[-1]].op, rows[new[-1]].replaces, rows[new[-1]].embed) == (
        "add", old[-1], True,
    )  # fmt: skip
    assert (_held(tale.one, copy), _held(tale.two, copy)) == ([], came)
    assert _ops(_chunks(tale.second, copy)) == dict.fromkeys(came, ("add", "let_in", False))


def test_a_new_file_at_the_address_of_one_that_moved_gets_the_next_number(tale: Tale) -> None:
    moved, fresh = HERE.document("taken/old.md"), HERE.document("taken/old.md", 1)
    held, came = HERE.chunks(moved, EARLIER.chunks()), HERE.chunks(fresh, LATER.chunks())

    (row,) = _documents(tale.second, moved)
    assert (row.op, row.edited, row.old_address, row.address) == (
        "renamed", False, "taken/old.md", "taken/new.md",
    )  # fmt: skip
    assert _ops(_chunks(tale.second, moved)) == dict.fromkeys(held, ("moved", "places", False))
    assert [row.op for row in _documents(tale.third, fresh)] == ["added"]
    assert _ops(_chunks(tale.third, fresh)) == dict.fromkeys(came, ("add", "new_document", True))
    assert _documents(tale.third, moved) == []
    assert _chunks(tale.third, moved) == {}
    assert [_held(release, moved) for release in (tale.one, tale.two, tale.three)] == [held] * 3


def test_an_address_filled_anew_in_the_same_run_keeps_its_id_and_the_moved_words_are_not_embedded(
    tale: Tale,
) -> None:
    stays, fresh = HERE.document("once/old.md"), HERE.document("once/new.md")
    gone, come = HERE.chunks(stays, ONCE.chunks()), HERE.chunks(stays, THEN.chunks())
    carried = HERE.chunks(fresh, ONCE.chunks())

    assert [row.op for row in _documents(tale.second, stays)] == ["modified"]
    assert _ops(_chunks(tale.second, stays)) == {
        **dict.fromkeys(gone, ("delete", "edited", False)),
        **dict.fromkeys(come, ("add", "edited", True)),
    }
    assert [row.op for row in _documents(tale.second, fresh)] == ["added"]
    new = dict.fromkeys(carried, ("add", "new_document", False))
    assert _ops(_chunks(tale.second, fresh)) == new


def test_a_document_brought_back_in_a_later_run_has_its_ids_again(tale: Tale) -> None:
    doc_id = HERE.document("back/travel.md")
    held = _held(tale.one, doc_id)

    assert held
    assert [row.op for row in _documents(tale.second, doc_id)] == ["deleted"]
    gone = dict.fromkeys(held, ("delete", "document_gone", False))
    assert _ops(_chunks(tale.second, doc_id)) == gone
    assert [row.op for row in _documents(tale.third, doc_id)] == ["added"]
    assert _ops(_chunks(tale.third, doc_id)) == dict.fromkeys(held, ("add", "new_document", True))
    assert _held(tale.three, doc_id) == held
    over = changes(tale.one, tale.three)
    assert (_documents(over, doc_id), _chunks(over, doc_id)) == ([], {})


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
    rows = _chunks(tale.second, doc_id)

    assert _held(tale.one, doc_id) == _held(tale.two, doc_id) == held
    assert _ops(rows) == dict.fromkeys(held, ("moved", "places", False))
    assert {row.fields for row in rows.values()} == {("address",)}
    assert all(row.old_index_digest == row.index_digest for row in rows.values())


def test_a_file_that_moved_and_was_edited_is_embedded_where_its_words_changed_alone(
    tale: Tale,
) -> None:
    doc_id = HERE.document("carried/badges.md")
    old, new = HERE.chunks(doc_id, CARRIED.chunks()), HERE.chunks(doc_id, CARRIED.edited().chunks())
    rows = _chunks(tale.second, doc_id)

    (row,) = _documents(tale.second, doc_id)
    assert (row.op, row.edited, row.address) == ("renamed", True, "carried/cards.md")
    assert _ops(rows) == {
        **dict.fromkeys(old[:-1], ("moved", "places", False)),
        old[-1]: ("delete", "edited", False),
        new[-1]: ("add", "edited", True),
    }
    assert rows[new[-1]].replaces == old[-1]


@pytest.mark.parametrize("name", FACTS)
def test_a_change_of_access_owner_or_date_alone_is_meta_and_asks_for_no_embedding(
    tale: Tale, name: str
) -> None:
    doc_id = HERE.document(f"facts/{name}.md")
    held = HERE.chunks(doc_id, FACTS[name].chunks())
    rows = _chunks(tale.second, doc_id)

    assert _held(tale.one, doc_id) == _held(tale.two, doc_id) == held
    assert _ops(rows) == dict.fromkeys(held, ("update_meta", "facts", False))
    assert {row.fields for row in rows.values()} == {(name,)}
    assert all(row.old_index_digest == row.index_digest for row in rows.values())
    assert all(row.old_digest != row.digest for row in rows.values())
    assert not any(row.edited for row in _documents(tale.second, doc_id))


def test_a_renamed_heading_edits_the_chunk_that_holds_it_and_updates_those_below(
    tale: Tale,
) -> None:
    doc_id = HERE.document("headings/parent.md")
    new_page = replace(HEADED, parent="What holds in the hall")
    old, new = HERE.chunks(doc_id, HEADED.chunks()), HERE.chunks(doc_id, new_page.chunks())
    rows = _chunks(tale.second, doc_id)

    assert old[0] == new[0]
    assert old[1] != new[1]
    assert old[2] == new[2]
    assert _ops(rows) == {
        old[0]: ("moved", "places", False),  # its neighbour has another id
        old[1]: ("delete", "edited", False),
        new[1]: ("add", "edited", True),
        old[2]: ("update_text", "heading", True),
    }
    assert rows[new[1]].replaces == old[1]
    assert "heading_path" in rows[old[2]].fields


def test_a_renamed_title_updates_every_chunk_below_it(tale: Tale) -> None:
    doc_id = HERE.document("headings/title.md")
    new_page = replace(TITLED, title="Drivers")
    old, new = HERE.chunks(doc_id, TITLED.chunks()), HERE.chunks(doc_id, new_page.chunks())

    assert old[1:] == new[1:]
    assert _ops(_chunks(tale.second, doc_id)) == {
        old[0]: ("delete", "edited", False),
        new[0]: ("add", "edited", True),
        **dict.fromkeys(old[1:], ("update_text", "heading", True)),
    }


@pytest.mark.parametrize("later", ["two", "three"])
def test_chunk_changes_agree_with_the_tables_own_diff(tale: Tale, later: str) -> None:
    found, before, after = {
        "two": (tale.second, tale.one, tale.two),
        "three": (tale.third, tale.two, tale.three),
    }[later]
    diff = table_diff(before, after)

    assert told(found) == diff
    edits = [row for row in found.chunks if row.replaces]
    assert {row.chunk_id for row in edits} <= diff.inserted
    assert {row.replaces for row in edits} <= diff.deleted


@pytest.mark.parametrize("later", ["two", "three"])
def test_a_new_embedding_is_asked_for_exactly_where_no_row_before_had_the_index_text(
    tale: Tale, later: str
) -> None:
    found, before, after = {
        "two": (tale.second, tale.one, tale.two),
        "three": (tale.third, tale.two, tale.three),
    }[later]
    texts = dict(after.corpus.select("chunk_id", "index_text").collect().iter_rows())
    known = {ids.sha256(text) for text in before.corpus.collect()["index_text"]}

    for row in found.chunks:
        assert row.index_digest == (ids.sha256(texts[row.chunk_id]) if row.digest else "")
        assert row.embed == (bool(row.index_digest) and row.index_digest not in known)
