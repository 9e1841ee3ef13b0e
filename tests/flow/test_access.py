"""Access through a whole run: what a source states of a file counts even if nobody can read that file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from curate.release.reading import Release
from tests.flow.share import REFUNDS, run_share

if TYPE_CHECKING:
    from pathlib import Path


def test_access_that_is_stated_of_a_broken_file_alone_restricts_all_others(tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "hr").mkdir(parents=True)
    (share / "refunds.md").write_text(REFUNDS)
    (share / "hr/broken.pdf").write_text("%PDF-1.4\nno PDF at all")
    (share / "hr/_meta.yaml").write_text("access: {groups: [hr]}\n")

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)

    assert release.examples == []
    assert set(release.corpus.collect()["access"].list.len()) == {0}


def test_a_stage_that_a_pipeline_no_longer_runs_leaves_nothing_behind(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "refunds.md").write_text(REFUNDS)
    run_share(share, tmp_path / "w", workers=1)
    stale = tmp_path / "w/private/memo/mine_in_another_way"
    stale.mkdir()
    (stale / "ab.parquet").write_bytes(b"raw text")
    (share / "refunds.md").write_text(REFUNDS + "\nA new sentence about the desk.\n")

    run_share(share, tmp_path / "w", workers=1)

    assert not stale.exists()


def test_a_column_lists_who_may_read_with_commas_or_semicolons_and_blanks(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    said = {"a": "hr, everyone", "b": "hr ;  law,", "c": " ops "}
    rows = [
        {"id": key, "subject": f"Lamp {key} blinks", "body": REFUNDS, "who": who}
        for key, who in said.items()
    ]
    (share / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    pipeline = tmp_path / "desk.yaml"
    pipeline.write_text("name: desk\nsources:\n  - path: share\n    columns: {access: who}\n")

    outcome, _ = run_share(pipeline, tmp_path / "w", workers=1)

    frame = Release(outcome.workspace, 1).corpus.select("address", "access").collect()
    found = {tuple(access) for access in frame["access"].to_list()}
    assert found <= {("everyone", "hr"), ("hr", "law"), ("ops",)}
    assert ("everyone", "hr") in found
