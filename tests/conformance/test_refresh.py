"""Refresh: an edit is seen, nothing else is done again, what is gone leaves, a fact costs no embedding."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from curate.release.reading import Release
from tests.conformance.material import PAGE
from tests.conformance.site import Ran, Site
from tests.flow.share import TRAVEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.tables.changes import ChunkChange

PARTS = 260  # more than two and a half of the batches in which the peer counts


@dataclass(frozen=True)
class Story:
    """One share, run after each of five things that happened to it."""

    first: Ran
    again: Ran
    dated: Ran
    edited: Ran
    gone: Ran


def _manual() -> str:
    """Return one long document whose parts are chunks of their own."""
    parts = (
        f"# Part {number}\n\n## How is meter {number} set to zero?\n\nHold key {number} of the meter for "
        f"{number + 3} seconds, wait until lamp {number} has stopped, and write {number * 7} into the book."
        for number in range(PARTS)
    )
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    site = Site(tmp_path_factory.mktemp("refresh"))
    page = site.write("policy.html", PAGE.format(days=30))
    manual = site.write("manual.md", _manual())
    site.write("travel.md", TRAVEL)
    first = site.run()
    for path in site.share.iterdir():
        os.utime(path)
    again = site.run()
    sidecar = site.write("manual.md.meta.yaml", "dates: {effective: 2026-03-02}\n")
    dated = site.run()
    stamps = page.stat()
    page.write_text(PAGE.format(days=14), encoding="utf-8")
    os.utime(page, ns=(stamps.st_atime_ns, stamps.st_mtime_ns))  # as a copying tool leaves it
    edited = site.run()
    manual.unlink()
    sidecar.unlink()
    return Story(first, again, dated, edited, site.run())


def _ops(rows: Iterable[ChunkChange]) -> set[tuple[str, bool]]:
    return {(row.op, row.embed) for row in rows}


@pytest.mark.scenario("13")
def test_an_unchanged_document_of_many_chunks_asks_for_nothing(story: Story) -> None:
    assert len(story.first.chunks("manual.md")) >= PARTS
    assert not story.again.published
    assert sum(story.again.worked.values()) == 0


@pytest.mark.scenario("14")
def test_a_changed_date_is_a_fact_of_each_chunk_and_asks_for_no_embedding(story: Story) -> None:
    rows = story.dated.release.changes.chunks

    assert story.dated.published
    assert len(rows) == len(story.first.chunks("manual.md"))
    assert _ops(rows) == {("update_meta", False)}
    assert story.dated.worked["parse"] == story.dated.worked["chunk"] == 0


@pytest.mark.scenario("1")
def test_an_edit_is_read_although_size_and_time_of_the_file_stayed(story: Story) -> None:
    assert "30 days" in story.first.searched()
    assert "14 days" in story.edited.searched()
    assert "30 days" not in story.edited.searched() + story.edited.learnt()


@pytest.mark.scenario("1")
def test_after_an_edit_nothing_else_is_done_again(story: Story) -> None:
    changes = story.edited.release.changes
    old, new = (
        {row["chunk_id"] for row in ran.chunks("manual.md")} for ran in (story.dated, story.edited)
    )

    assert (story.edited.worked["parse"], story.edited.worked["chunk"]) == (1, 1)
    assert [(row.address, row.op) for row in changes.documents] == [("policy.html", "modified")]
    assert changes.chunk_counts.embed == 1
    assert old == new


@pytest.mark.scenario("2", "8", "15")
def test_a_deleted_source_leaves_both_products_and_says_so(story: Story) -> None:
    changes = story.gone.release.changes
    gone = [row for row in changes.chunks if row.op == "delete"]

    assert story.edited.examples("manual.md")
    assert [(row.old_address, row.op) for row in changes.documents] == [("manual.md", "deleted")]
    assert {row.reason for row in gone} == {"document_gone"}
    assert len(gone) == len(story.edited.chunks("manual.md"))
    assert "manual.md" not in story.gone.documents()
    assert "Hold key" not in story.gone.searched() + story.gone.learnt()


@pytest.mark.scenario("15")
def test_what_was_not_deleted_stays_and_the_release_before_still_holds_all(story: Story) -> None:
    before = Release(story.gone.release.workspace, story.edited.release.number)

    assert story.gone.chunks("travel.md") == story.edited.chunks("travel.md")
    assert "Hold key" in "\n".join(before.corpus.collect()["text"])
