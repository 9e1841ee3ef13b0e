"""What a change of facts or of a heading asks for, and what the table itself says of every change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate import ids
from tests.flow.tale import (
    DATED,
    FACTS,
    HEADED,
    HERE,
    NARROWED,
    TITLED,
    chunks,
    chunks_of,
    documents,
    ops,
)
from tests.release.changes.table import table_diff, told

if TYPE_CHECKING:
    from tests.flow.tale import Tale


@pytest.mark.parametrize("name", FACTS)
def test_a_change_of_access_owner_or_date_alone_is_meta_and_asks_for_no_embedding(
    tale: Tale, name: str
) -> None:
    doc_id = HERE.document(f"facts/{name}.md")
    held = HERE.chunks(doc_id, FACTS[name].chunks())
    rows = chunks(tale.second, doc_id)

    assert chunks_of(tale.one, doc_id) == chunks_of(tale.two, doc_id) == held
    assert ops(rows) == dict.fromkeys(held, ("update_meta", "facts", False))
    assert {row.fields for row in rows.values()} == {(name,)}
    assert all(row.old_index_digest == row.index_digest for row in rows.values())
    assert all(row.old_digest != row.digest for row in rows.values())
    assert not any(row.edited for row in documents(tale.second, doc_id))


def test_a_date_that_lets_another_copy_stay_asks_for_no_embedding(tale: Tale) -> None:
    first, copy = HERE.document("dated/a.md"), HERE.document("dated/a (copy).md")
    gone, come = HERE.chunks(first, DATED.chunks()), HERE.chunks(copy, DATED.chunks())

    assert (chunks_of(tale.one, first), chunks_of(tale.one, copy)) == (gone, [])
    assert (chunks_of(tale.two, first), chunks_of(tale.two, copy)) == ([], come)
    left_out, let_in = ("delete", "left_out:copy", False), ("add", "let_in", False)
    assert ops(chunks(tale.second, first)) == dict.fromkeys(gone, left_out)
    assert ops(chunks(tale.second, copy)) == dict.fromkeys(come, let_in)


def test_a_copy_that_others_may_read_comes_in_without_an_embedding(tale: Tale) -> None:
    first, copy = HERE.document("narrowed/a.md"), HERE.document("narrowed/a (copy).md")
    held, come = HERE.chunks(first, NARROWED.chunks()), HERE.chunks(copy, NARROWED.chunks())

    assert chunks_of(tale.one, first) == chunks_of(tale.two, first) == held
    assert ops(chunks(tale.second, copy)) == dict.fromkeys(come, ("add", "let_in", False))
    assert [(row.op, row.edited) for row in documents(tale.second, copy)] == [("decided", False)]


def test_a_renamed_heading_edits_the_chunk_that_holds_it_and_updates_those_below(
    tale: Tale,
) -> None:
    doc_id = HERE.document("headings/parent.md")
    new_page = replace(HEADED, parent="What holds in the hall")
    old, new = HERE.chunks(doc_id, HEADED.chunks()), HERE.chunks(doc_id, new_page.chunks())
    rows = chunks(tale.second, doc_id)

    assert old[0] == new[0]
    assert old[1] != new[1]
    assert old[2] == new[2]
    assert ops(rows) == {
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
    assert ops(chunks(tale.second, doc_id)) == {
        old[0]: ("delete", "edited", False),
        new[0]: ("add", "edited", True),
        **dict.fromkeys(old[1:], ("update_text", "heading", True)),
    }


@pytest.mark.parametrize("later", ["two", "three"])
def test_chunk_changes_agree_with_the_tables_own_diff(tale: Tale, later: str) -> None:
    found, before, after = tale.turn(later)
    diff = table_diff(before, after)

    assert told(found) == diff
    edits = [row for row in found.chunks if row.replaces]
    assert {row.chunk_id for row in edits} <= diff.inserted
    assert {row.replaces for row in edits} <= diff.deleted


@pytest.mark.parametrize("later", ["two", "three"])
def test_a_new_embedding_is_asked_for_exactly_where_no_row_before_had_the_index_text(
    tale: Tale, later: str
) -> None:
    found, before, after = tale.turn(later)
    texts = dict(after.corpus.select("chunk_id", "index_text").collect().iter_rows())
    known = {ids.sha256(text) for text in before.corpus.collect()["index_text"]}

    for row in found.chunks:
        assert row.index_digest == (ids.sha256(texts[row.chunk_id]) if row.digest else "")
        assert row.embed == (bool(row.index_digest) and row.index_digest not in known)
