"""The main job on a small share, from files to a release."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from curate.errors import BusyError, ConfigError, DamagedReleaseError
from curate.pipeline.rollback import rollback
from curate.release.listing import releases
from curate.release.reading import Release, open_release
from curate.store.lock import locked
from tests.flow.share import contents, run_share, write_share

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = tmp_path_factory.mktemp("first")
    outcome, _ = run_share(write_share(root / "share"), root / "workspace")
    return Release(outcome.workspace, outcome.release)


def test_every_record_that_came_in_is_kept_flagged_or_rejected(first: Release) -> None:
    outcomes = [row["outcome"] for row in first.ledger]
    counts = first.manifest["counts"]["documents"]

    assert len(outcomes) == 10 + 6
    assert counts["in"] == counts["kept"] + counts["flagged"] + counts["rejected"] == 16


def test_files_that_cannot_be_read_are_rows_with_their_reason(first: Release) -> None:
    rejected = {r["address"]: r["reasons"] for r in first.ledger if r["outcome"] == "rejected"}

    assert rejected == {"empty.txt": ["empty"], "broken.pdf": ["corrupt"]}


def test_both_products_hold_something(first: Release) -> None:
    assert first.corpus.collect().height > 8
    assert {e["extractor"] for e in first.examples} >= {"question_headings", "tickets"}


def test_an_exact_copy_leaves_the_corpus_and_says_of_what(first: Release) -> None:
    rows = {row["address"]: row for row in first.ledger}
    copy, kept = sorted(
        (rows["old/refunds.md"], rows["policies/refunds.md"]), key=lambda row: row["corpus"] == "in"
    )

    assert (copy["corpus"], kept["corpus"]) == ("copy", "in")
    assert copy["copy_of"] == kept["doc_id"]


def test_personal_data_is_masked_in_the_corpus_and_replaced_in_examples(first: Release) -> None:
    text = "\n".join(first.corpus.collect()["index_text"])
    learnt = "\n".join(m["content"] for e in first.examples for m in e["messages"])

    assert "<EMAIL_ADDRESS>" in text
    assert "wetherlund.example.com" not in text + learnt
    assert "555-0172" not in text + learnt


def test_hidden_text_reaches_no_product_and_is_a_finding(first: Release) -> None:
    text = "\n".join(first.corpus.collect()["index_text"])
    reasons = {finding["reason"] for finding in first.findings}

    assert "hunter2" not in text
    assert "display_none" in reasons


def test_each_example_quotes_slices_of_chunks_by_their_digest(first: Release) -> None:
    import hashlib

    chunks = {row["chunk_id"]: row["text"] for row in first.corpus.collect().to_dicts()}
    evidence = [part for example in first.examples for part in example["evidence"]]

    assert evidence
    for part in evidence:
        piece = chunks[part["chunk_id"]][part["start"] : part["end"]]
        assert hashlib.sha256(piece.encode()).hexdigest() == part["sha256"]


def test_a_mail_and_its_answer_make_an_example_across_documents(first: Release) -> None:
    threads = [e for e in first.examples if e["extractor"] == "mail_replies"]

    assert [len({p["doc_id"] for p in e["evidence"]}) for e in threads] == [1]
    assert "guard's office" in threads[0]["messages"][1]["content"]


def test_a_second_run_publishes_nothing_and_works_on_nothing(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    _age(share)
    once, _ = run_share(share, tmp_path / "w")

    again, worked = run_share(share, tmp_path / "w")

    assert (again.release, again.published, again.documents) == (1, False, 16)
    assert worked == {}
    assert again.counts == once.counts
    assert again.counts["documents"]["in"] == 16


def _without_manifest(release: Path) -> None:
    (release / "manifest.json").unlink()


def _with_broken_manifest(release: Path) -> None:
    (release / "manifest.json").write_text("{")


@pytest.mark.parametrize("damage", [_without_manifest, _with_broken_manifest, shutil.rmtree])
def test_a_run_puts_a_whole_release_in_the_place_of_a_damaged_one(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    share = write_share(tmp_path / "share")
    _age(share)
    once, _ = run_share(share, tmp_path / "w")
    chunks = Release(once.workspace, 1).corpus.collect().rows()
    damage(once.workspace.release(1))

    with pytest.raises(DamagedReleaseError, match=r"release 1 is damaged.*`curate run` publishes"):
        _ = open_release(tmp_path / "w").manifest
    again, _ = run_share(share, tmp_path / "w")
    same, _ = run_share(share, tmp_path / "w")

    assert (again.release, again.published, again.counts) == (2, True, once.counts)
    assert "release 1 was damaged; release 2 stands in its place" in again.mended
    assert open_release(tmp_path / "w").corpus.collect().rows() == chunks
    assert [line.standing for line in releases(again.workspace).releases] == ["retired", "in_force"]
    assert (same.release, same.published, same.mended) == (2, False, ())


def test_an_older_release_can_be_rolled_back_to_from_a_damaged_one(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    once, _ = run_share(share, tmp_path / "w")
    (share / "notes.txt").write_text("The press runs again; orders stay here.\n")
    run_share(share, tmp_path / "w")
    _without_manifest(once.workspace.release(2))

    done = rollback(once.workspace, 1)

    assert (done.release, done.published) == (3, True)
    assert open_release(tmp_path / "w").manifest["counts"] == once.counts


def test_touching_every_file_publishes_nothing_and_runs_no_stage(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    run_share(share, tmp_path / "w")
    for path in share.rglob("*.*"):
        os.utime(path)

    again, worked = run_share(share, tmp_path / "w")

    assert (again.release, again.published, again.documents) == (1, False, 16)
    assert worked == {"list": 0}


def test_after_touching_every_file_nothing_is_listed_again(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    run_share(share, tmp_path / "w")
    _age(share)
    run_share(share, tmp_path / "w")

    again, worked = run_share(share, tmp_path / "w")

    assert (again.release, again.published) == (1, False)
    assert worked == {}


def test_a_sidecar_that_appears_beside_touched_files_counts(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    run_share(share, tmp_path / "w")
    _age(share)
    (share / "policies/_meta.yaml").write_text("owner: Facilities\n")

    again, _ = run_share(share, tmp_path / "w")

    assert (again.release, again.published) == (2, True)
    assert set(again.changes) >= {"update_meta"}


def test_a_change_reads_one_document_again_and_keeps_the_ids_of_the_rest(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    before, _ = run_share(share, tmp_path / "w")
    old = contents(before)[0]
    path = share / "policies/travel.md"
    path.write_text(path.read_text().replace("140 EUR", "160 EUR"))

    after, worked = run_share(share, tmp_path / "w")
    new = contents(after)[0]

    assert (after.release, after.published) == (2, True)
    assert (worked["parse"], worked["chunk"]) == (1, 1)
    assert (after.changes["add"], after.changes["delete"]) == (1, 1)
    assert len(old.keys() & new.keys()) == len(old) - 1


def test_a_deleted_document_leaves_both_products(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    run_share(share, tmp_path / "w")
    (share / "policies/travel.md").unlink()

    outcome, _ = run_share(share, tmp_path / "w")
    release = Release(outcome.workspace, outcome.release)

    assert "140 EUR" not in "\n".join(release.corpus.collect()["text"])
    assert not any("140 EUR" in m["content"] for e in release.examples for m in e["messages"])
    assert "140 EUR" in "\n".join(Release(outcome.workspace, 1).corpus.collect()["text"])


def test_a_moved_file_keeps_its_chunks_ids_and_needs_no_stage(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    before, _ = run_share(share, tmp_path / "w")
    (share / "policies/travel.md").rename(share / "travel-2026.md")

    after, worked = run_share(share, tmp_path / "w")

    assert contents(before)[0].keys() == contents(after)[0].keys()
    assert after.changes == {"add": 0, "delete": 0, "update_text": 0, "update_meta": 2}
    assert worked["parse"] == worked["chunk"] == 0


def test_two_files_of_one_name_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    share = tmp_path / "share"
    for name, words in (("hr", "leave and pay"), ("legal", "contracts and courts")):
        (share / name).mkdir(parents=True)
        (share / name / "report.md").write_text(f"# Report\n\nThis report is about {words}.\n")

    outcome, _ = run_share(share, tmp_path / "w")
    release = Release(outcome.workspace, 1)

    assert {row["address"] for row in release.ledger} == {"hr/report.md", "legal/report.md"}
    assert release.corpus.collect()["doc_id"].n_unique() == 2


def test_access_stated_anywhere_means_nobody_where_it_is_not(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    (share / "policies/_meta.yaml").write_text("access: {groups: [everyone]}\n")

    outcome, _ = run_share(share, tmp_path / "w")
    release = Release(outcome.workspace, 1)
    homes = {e["doc_id"] for e in release.examples}
    addresses = {row["address"] for row in release.ledger if row["doc_id"] in homes}

    assert {address.partition("/")[0] for address in addresses} == {"policies"}


def test_a_run_from_scratch_with_the_same_keys_gives_an_equal_release(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    one, _ = run_share(share, tmp_path / "one", workers=1)
    (tmp_path / "two/private").mkdir(parents=True)
    shutil.copytree(tmp_path / "one/private/keys", tmp_path / "two/private/keys")
    (tmp_path / "two/pipeline.yaml").write_text((tmp_path / "one/pipeline.yaml").read_text())

    other, _ = run_share(share, tmp_path / "two", workers=4)

    assert contents(one) == contents(other)


def test_a_locked_workspace_is_left_alone(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    run_share(share, tmp_path / "w")

    with locked(tmp_path / "w/private"), pytest.raises(BusyError) as error:
        run_share(share, tmp_path / "w")

    assert error.value.exit_code == 75


def test_an_empty_folder_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()

    with pytest.raises(ConfigError, match="no file here to read"):
        run_share(tmp_path / "share", tmp_path / "w")


def test_no_text_of_a_document_stands_in_the_manifest_history_or_ledger(first: Release) -> None:
    written = "".join(
        (first.folder / name).read_text() for name in ("manifest.json", "history.json")
    )
    ledger = str(first.ledger) + str(first.findings)

    for word in ("courier", "hunter2", "555-0172", "guard"):
        assert word not in written + ledger


def _age(folder: Path) -> None:
    """Make files older than the clock's grain, as they are on a real share."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_names_of_files_and_owners_are_shown_masked_even_where_the_file_is_rejected(
    tmp_path: Path,
) -> None:
    share = write_share(tmp_path / "share")
    (share / "jane.roe@wetherlund.example.com.txt").write_text("")
    (share / "policies/_meta.yaml").write_text("owner: kim.lee@wetherlund.example.com\n")

    outcome, _ = run_share(share, tmp_path / "w")
    release = Release(outcome.workspace, 1)
    owners = set(release.corpus.collect()["owner"])

    assert any(row["address"].startswith("<EMAIL_ADDRESS>.txt #") for row in release.ledger)
    assert owners == {"", "<EMAIL_ADDRESS>"}


def test_names_and_dates_that_sources_state_are_published_masked_and_in_one_form(
    tmp_path: Path,
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.md").write_text("# The red lamp\n\nIt blinks until its clock is set.\n")
    (share / "_meta.yaml").write_text("labels: {jane.roe@wetherlund.example.com: x}\n")
    rows = [
        {"id": 1, "title": "Blue", "body": "A blue lamp.", "when": "Mon, 2 Mar 2026 09:00 +0100"},
        {"id": 2, "title": "Green", "body": "A green lamp.", "when": "when Jane Roe is back"},
    ]
    (share / "r.jsonl").write_text("\n".join(map(json.dumps, rows)))
    pipeline = tmp_path / "p.yaml"
    columns = "records: article, columns: {effective: when}"
    pipeline.write_text(f"sources: [{{path: share, name: share, {columns}}}]\n")

    outcome, _ = run_share(pipeline, tmp_path / "w", workers=1)
    corpus = Release(outcome.workspace, 1).corpus.sort("address").collect()

    assert corpus["effective"].to_list() == ["", "2026-03-02T08:00:00Z", ""]
    names = {label["name"] for labels in corpus["labels"] for label in labels}
    assert names == {"<EMAIL_ADDRESS>"}


def test_the_manifest_tells_neither_whom_a_recogniser_looks_for_nor_who_owns_a_source(
    tmp_path: Path,
) -> None:
    write_share(tmp_path / "share")
    pipeline = tmp_path / "p.yaml"
    owner, label = "jane.roe@wetherlund.example.com", "kay@wetherlund.example.com"
    source = f"{{path: share, name: share, owner: {owner}, labels: {{of: {label}}}}}"
    person = "{type: PERSON_KNOWN, words: [Zelda Quark, Jo Doe], context: [Zelda]}"
    badge = "{type: BADGE, patterns: [{regex: 'ZQ-[0-9]+'}], literal: ZQ}"
    pipeline.write_text(f"sources: [{source}]\npii: {{recognisers: [{person}, {badge}]}}\n")

    outcome, _ = run_share(pipeline, tmp_path / "w")
    folder = Release(outcome.workspace, 1).folder

    for file in ("manifest.json", "history.json", "report.json", "report.html"):
        text = (folder / file).read_text(encoding="utf-8")
        assert not [name for name in ("Zelda", "ZQ", "jane.roe", "kay@") if name in text], file
    shown = Release(outcome.workspace, 1).manifest["settings"]
    assert shown["sources"][0]["owner"] == "<EMAIL_ADDRESS>"
    assert shown["pii"]["recognisers"][0]["words"]["count"] == 2
    assert len(shown["pii"]["recognisers"][0]["words"]["digest"]) == 32


def test_a_value_parted_by_signs_that_nobody_sees_is_masked_and_counted_once(
    tmp_path: Path,
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    text = "The press is down. Ask jane\u200bdoe@exam\u00adple.com, or pay with {}, by Thursday.\n"
    card = "4111\u200b1111\u200b1111\u200b1111"
    (share / "note.txt").write_text(text.format(card))

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    (chunk,) = Release(outcome.workspace, 1).corpus.collect()["text"]

    masked = "The press is down. Ask <EMAIL_ADDRESS>, or pay with <CREDIT_CARD>, by Thursday."
    assert chunk == masked
    assert outcome.counts["redactions"] == {"CREDIT_CARD": 1, "EMAIL_ADDRESS": 1}


def test_card_numbers_in_cells_that_hold_numbers_are_masked(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    workbook = openpyxl.Workbook()
    cards = (4012888888881881, 5555555555554444, 6011000990139424)
    for row in (("Customer", "Card"), *((f"Shop {n}", card) for n, card in enumerate(cards))):
        workbook.active.append(row)
    workbook.active["B4"].number_format = "0000 0000 0000 0000"
    workbook.save(share / "cards.xlsx")

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    text = "\n".join(Release(outcome.workspace, 1).corpus.collect()["text"])

    assert outcome.counts["redactions"]["CREDIT_CARD"] == len(cards)
    assert "<CREDIT_CARD>" in text
    assert not re.search(r"\d{4}", text)


def test_a_file_of_which_a_part_is_broken_is_flagged_and_the_rest_of_it_kept(
    tmp_path: Path,
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    company = Path(__file__).parents[2] / "examples/company"
    whole = (company / "policies/travel-and-expenses.pdf").read_bytes()
    middle = whole.index(b"stream") + 400
    broken = whole[:middle] + bytes(255 - b for b in whole[middle : middle + 200])
    (share / "travel.pdf").write_bytes(broken + whole[middle + 200 :])

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)
    (row,) = release.ledger
    (finding,) = release.findings

    assert (row["outcome"], row["corpus"]) == ("flagged", "in")
    assert row["reasons"] == ["damaged", "finding"]
    assert (finding["kind"], finding["reason"]) == ("damage", "damaged")
    assert row["chunks"] > 0


def test_a_line_of_nothing_but_one_sign_is_in_the_ledger_and_in_no_product(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "line.csv").write_text("name,value\n" + "x" * 300_000)
    (share / "note.txt").write_text("The press is down until Thursday; orders go to Leeds.\n")

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)
    rows = {row["address"]: row for row in release.ledger}

    assert rows["line.csv"]["reasons"] == ["noise"]
    assert (rows["line.csv"]["outcome"], rows["note.txt"]["outcome"]) == ("flagged", "kept")
    assert len(release.corpus.collect()) == 1
