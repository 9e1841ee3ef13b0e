"""What differs between two releases of a real share, told by the releases alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from curate.release.changes import changes
from curate.release.reading import Release
from tests.flow.share import REFUNDS, run_share, write_share
from tests.release.changes.table import table_diff, told

if TYPE_CHECKING:
    from pathlib import Path

    from curate.tables.changes import DocumentChange, ReleaseChanges

PIPELINE = """
name: share
sources:
  - path: share
    access: {groups: [everyone]}
"""
KEYS = """# Keys

## Who keeps the key to the press?

The foreman of the early shift keeps the key, and hands it to the guard before he leaves at two.
"""
NARROW = "access: {users: [ingrid]}\nowner: ingrid\n"


@dataclass(frozen=True)
class Site:
    """A share, a pipeline file over it, and what running it again made of it."""

    root: Path

    @property
    def share(self) -> Path:
        return self.root / "share"

    def run(self) -> Release:
        outcome, _ = run_share(self.root / "p.yaml", self.root / "w", workers=1)
        return Release(outcome.workspace, outcome.release)

    def write(self, name: str, text: str) -> None:
        (self.share / name).parent.mkdir(parents=True, exist_ok=True)
        (self.share / name).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Both:
    """Two releases and what differs between them."""

    old: Release
    new: Release

    @cached_property
    def changes(self) -> ReleaseChanges:
        return changes(self.old, self.new)

    def documents(self) -> dict[str, DocumentChange]:
        return {row.address or row.old_address: row for row in self.changes.documents}

    def ops(self, document: DocumentChange) -> set[str]:
        return {row.op for row in self.changes.chunks if row.doc_id == document.doc_id}

    def texts(self, release: Release) -> dict[str, str]:
        rows = release.corpus.select("chunk_id", "text").collect()
        return dict(rows.iter_rows())


def made(folder: Path) -> Site:
    write_share(folder / "share")
    (folder / "p.yaml").write_text(PIPELINE)
    return Site(folder)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Two releases with a file edited, one new, one gone, two moved, one narrowed."""
    site = made(tmp_path_factory.mktemp("changes"))
    (site.share / "old/refunds.md").unlink()
    old = site.run()
    (site.share / "prices.csv").unlink()
    later = REFUNDS.replace("fourteen days", "twenty days").replace("Returning an", "Send back an")
    site.write("policies/refunds.md", later)
    (site.share / "notes.txt").rename(site.share / "minutes.txt")
    site.write("new/keys.md", KEYS)
    (site.share / "policies/travel.md.meta.yaml").write_text(NARROW)
    return Both(old, site.run())


def test_documents_are_added_modified_deleted_and_renamed(both: Both) -> None:
    found = {name: (row.op, row.edited) for name, row in both.documents().items()}

    assert found["new/keys.md"] == ("added", False)
    assert found["policies/refunds.md"] == ("modified", True)
    assert found["prices.csv"] == ("deleted", False)
    assert found["minutes.txt"] == ("renamed", False)
    assert both.documents()["minutes.txt"].old_address == "notes.txt"
    counts = both.changes.document_counts
    assert (counts.added, counts.modified, counts.deleted) == (1, 1, 1)
    assert (counts.renamed, counts.moved) == (1, 1)


def test_a_document_that_only_moved_is_moved_rows_and_no_embedding(both: Both) -> None:
    rows = _rows(both, "minutes.txt")

    assert {(row.op, row.fields, row.embed) for row in rows} == {("moved", ("address",), False)}


def test_access_and_owner_alone_are_facts_and_ask_for_no_embedding(both: Both) -> None:
    rows = _rows(both, "policies/travel.md", among=both.new.ledger)

    assert rows
    assert {(row.op, row.reason, row.embed) for row in rows} == {("update_meta", "facts", False)}
    assert {row.fields for row in rows} == {("owner", "access")}


def test_an_edit_is_a_delete_and_an_add_that_replaces_it(both: Both) -> None:
    rows = _rows(both, "policies/refunds.md")
    old, new = both.texts(both.old), both.texts(both.new)

    edit = next(row for row in rows if "twenty days" in new.get(row.chunk_id, ""))

    assert (edit.op, edit.reason, edit.embed) == ("add", "edited", True)
    assert "fourteen days" in old[edit.replaces]
    assert {row.op for row in rows if row.chunk_id == edit.replaces} == {"delete"}


def test_a_renamed_heading_is_told_apart(both: Both) -> None:
    rows = _rows(both, "policies/refunds.md")
    held = {row["chunk_id"]: row for row in both.new.chunks("doc_id", rows[0].doc_id)}

    under = [r for r in rows if held.get(r.chunk_id, {}).get("heading_path", [""])[-1:] ==
             ["Send back an instrument"]]  # fmt: skip

    assert under
    assert all(row.embed for row in under)
    assert {row.reason for row in under if row.op == "update_text"} <= {"heading"}


def test_rows_carry_both_digests_as_the_releases_hold_them(both: Both) -> None:
    old = {r["chunk_id"]: r for r in both.old.corpus.collect().to_dicts()}
    new = {r["chunk_id"]: r for r in both.new.corpus.collect().to_dicts()}

    for row in both.changes.chunks:
        was, now = old.get(row.chunk_id, {}), new.get(row.chunk_id, {})
        assert (row.old_digest, row.digest) == (was.get("digest", ""), now.get("digest", ""))
        assert row.old_index_digest == was.get("index_digest", "")
        assert row.index_digest == now.get("index_digest", "")
        assert row.old_digest != row.digest


def test_changes_lead_from_one_release_to_the_other(both: Both) -> None:
    held = dict(both.old.corpus.select("chunk_id", "digest").collect().iter_rows())
    for row in both.changes.chunks:
        if row.op == "delete":
            del held[row.chunk_id]
        else:
            held[row.chunk_id] = row.digest

    assert held == dict(both.new.corpus.select("chunk_id", "digest").collect().iter_rows())


def test_chunks_agree_with_the_tables_own_diff(both: Both) -> None:
    assert told(both.changes) == table_diff(both.old, both.new)


def test_examples_are_new_and_stale_with_the_reason(both: Both) -> None:
    found = {(row.op, row.reason) for row in both.changes.examples}

    assert ("new", "new_document") in found
    assert ("stale", "source_changed") in found
    assert ("stale", "left_out:not_for_audience") in found


def test_an_example_whose_source_vanished_is_stale(tmp_path: Path) -> None:
    site = made(tmp_path)
    old = site.run()
    (site.share / "policies/travel.md").unlink()

    rows = changes(old, site.run()).examples

    assert {(row.op, row.reason) for row in rows} == {("stale", "source_vanished")}


def test_findings_that_go_with_their_document_are_told(tmp_path: Path) -> None:
    site = made(tmp_path)
    old = site.run()
    (site.share / "wiki-vpn.html").unlink()

    found = changes(old, site.run()).findings

    assert found
    assert {(row.op, row.kind) for row in found} == {("gone", "risk")}


def test_the_same_release_differs_in_nothing(both: Both) -> None:
    found = changes(both.new, both.new)

    assert (found.documents, found.chunks, found.examples) == ((), (), ())
    assert (found.labels, found.findings, found.settings, found.versions) == ((), (), (), ())


def test_a_setting_that_differs_is_the_reason(tmp_path: Path) -> None:
    site = made(tmp_path)
    old = site.run()
    (site.root / "p.yaml").write_text(f"{PIPELINE}pii: {{corpus: redact}}\n")

    found = changes(old, site.run())

    assert [(row.name, row.old, row.new) for row in found.settings] == [
        ("pii.corpus", '"mask"', '"redact"')
    ]
    assert {(row.op, row.reason) for row in found.chunks} == {("update_text", "redaction")}
    assert found.documents == ()


def test_a_label_that_differs_is_told_once_a_document(tmp_path: Path) -> None:
    site = made(tmp_path)
    old = site.run()
    (site.share / "policies/travel.md.meta.yaml").write_text("labels: {team: desk}\n")

    found = changes(old, site.run())

    assert [(row.name, row.old, row.new) for row in found.labels] == [("team", "", "desk")]
    assert {row.op for row in found.chunks} == {"update_meta"}
    assert found.chunk_counts.embed == 0


def test_a_copy_that_is_let_in_when_the_other_goes_keeps_its_words(tmp_path: Path) -> None:
    site = made(tmp_path)
    old = site.run()
    kept = next(row for row in old.ledger if row["address"].endswith("refunds.md")
                and row["corpus"] == "in")  # fmt: skip
    (site.share / kept["address"]).unlink()

    found = changes(old, site.run())

    reasons = {(row.op, row.reason, row.embed) for row in found.chunks}
    assert reasons == {("add", "let_in", False), ("delete", "document_gone", False)}


def _rows(both: Both, address: str, among: Any = None) -> list[Any]:
    if among is None:
        doc_id = both.documents()[address].doc_id
    else:
        doc_id = next(row["doc_id"] for row in among if row["address"] == address)
    return [row for row in both.changes.chunks if row.doc_id == doc_id]
