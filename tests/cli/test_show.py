"""A list that is empty is no mistake, and a refusal is told to whoever looks for its rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import call
from tests.flow.share import TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show") / "share"
    folder.mkdir()
    (folder / "travel.md").write_text(TRAVEL)
    run_share(folder, folder / ".curate", workers=1)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        *("pii_found", "pii", "leaks", "empty_corpus", "chunks_dropped", "quarantined", "risk"),
        *("repeated", "short_answer", "budget", "two_answers"),
        *("label", "encrypted", "failed_ValueError", "extractor_failed", "test", "rejected"),
    ],
)
def test_a_known_list_without_rows_is_empty(published: Path, name: str) -> None:
    ended = call("show", name, folder=published)

    assert ended.stdout == "0 rows\n"
    assert call("show", name, "--json", folder=published).stdout == "[]\n"


def test_drafts_that_became_no_example_are_listed_by_reason_without_their_text(
    tmp_path: Path,
) -> None:
    heading, _, second = TRAVEL.split("\n\n## ")
    twin = f"{heading}\n\n## {second}\n\n## Who drives?\n\nAsk the desk.\n"
    (tmp_path / "travel.md").write_text(TRAVEL)
    (tmp_path / "hotels.md").write_text(twin.replace("# Travel", "# Travel and hotels"))
    run_share(tmp_path, tmp_path / ".curate", workers=1)

    rows = json.loads(call("show", "repeated", "--json", folder=tmp_path).stdout)
    printed = call("show", "repeated", folder=tmp_path).stdout
    view = json.loads(call("show", rows[0]["example_id"], "--json", folder=tmp_path).stdout)

    (row,) = rows
    assert row["address"] in {"travel.md", "hotels.md"}
    start, end = row["span"]
    assert 0 < start < end
    assert row["extractor"] == "question_headings"
    assert "hotel up to" not in json.dumps(rows) + printed
    assert (
        f"{row['doc_id']}  {row['example_id']}  {row['address']}  repeated  {start}–{end}"
        in printed
    )
    assert "1 row" in printed
    assert "hotel up to" in view["chunks"][0]["text"]


def test_json_of_a_list_has_no_more_rows_than_asked_for(published: Path) -> None:
    both = call("show", "question_headings", "--json", folder=published).stdout
    one = call("show", "question_headings", "--json", "--most", "1", folder=published).stdout

    assert json.loads(one) == json.loads(both)[:1]
    assert len(json.loads(both)) > 1


def test_the_drafts_of_every_reason_are_one_list(published: Path) -> None:
    assert json.loads(call("show", "left_out", "--json", folder=published).stdout) == []


def test_a_name_that_nobody_knows_is_a_mistake(published: Path) -> None:
    ended = call("show", "quarantine_d", folder=published, code=2)

    assert "nothing of that name in release 1" in ended.stderr
    said = " ".join(ended.stderr.split())
    assert "left_out, " in said
    assert "train, validation, test" in said


@pytest.mark.parametrize(
    ("name", "near"), [("rejectd", "rejected"), ("question", "question_headings"), ("zzz", "")]
)
def test_the_nearest_list_is_suggested_before_all_of_them(
    published: Path, name: str, near: str
) -> None:
    said = " ".join(call("show", name, folder=published, code=2).stderr.split())

    assert f"in release 1. {f'Did you mean {near}? ' if near else ''}Lists: " in said


@pytest.mark.parametrize(
    ("identity", "kind"),
    [("d_000", "document"), ("c_0", "chunk"), (f"e_{'0' * 26}", "example"), ("f_1x", "finding")],
)
def test_of_an_id_that_nothing_has_no_lists_are_told(
    published: Path, identity: str, kind: str
) -> None:
    said = " ".join(call("show", identity, folder=published, code=2).stderr.split())

    assert f"{identity}: no {kind} of release 1 has this id." in said
    assert "Lists" not in said


def test_documents_with_redactions_of_a_type_are_a_list(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(f"{TRAVEL}\nWrite to jo.doe@firm-a.com for a seat.\n")
    (tmp_path / "two.md").write_text(
        "# Contacts\n\nWrite to al.roe@firm-b.com for rooms.\n\nWrite to jo.fox@firm-b.com for cars.\n"
    )
    run_share(tmp_path, tmp_path / ".curate", workers=1)

    rows = json.loads(call("show", "EMAIL_ADDRESS", "--json", folder=tmp_path).stdout)
    printed = call("show", "EMAIL_ADDRESS", folder=tmp_path).stdout

    assert [(row["address"], row["type"], row["count"]) for row in rows] == [
        ("two.md", "EMAIL_ADDRESS", 2),
        ("one.md", "EMAIL_ADDRESS", 1),
    ]
    assert "two.md  EMAIL_ADDRESS  2" in printed
    assert "firm-" not in printed
    assert call("show", "US_SSN", folder=tmp_path).stdout == "0 rows\n"


def test_a_refused_release_is_told_before_the_first_and_after_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    bad = tmp_path / "docs/broken.pdf"
    bad.write_bytes(b"%PDF-1.7\n" + bytes(64))
    (tmp_path / "p.yaml").write_text("sources: [{path: docs}]\ngates: {empty_corpus: true}\n")
    run = ("run", "p.yaml", "--workers", "1", "-q")

    call(*run, folder=tmp_path, code=3)
    first = call("show", "rejected", folder=tmp_path, code=2).stderr
    call(*run, "--force", folder=tmp_path)
    quiet = call("show", "rejected", folder=tmp_path)
    (tmp_path / "docs/again.pdf").write_bytes(b"%PDF-1.7\n" + bytes(65))
    call(*run, folder=tmp_path, code=3)
    later = call("show", "rejected", folder=tmp_path)

    assert "nothing is published, for the last run was refused" in first
    assert "empty_corpus: 0" in first
    assert "--force" in first
    assert (quiet.stderr, "broken.pdf" in quiet.stdout) == ("", True)
    assert later.stderr.startswith("The last run was refused; this is release 1.")
    assert "broken.pdf" in later.stdout
