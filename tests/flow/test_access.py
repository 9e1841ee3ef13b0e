"""Access through a whole run: what a source states of a file counts even if nobody can read that file."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from curate.release.reading import Release
from tests.flow.share import REFUNDS, run_share

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = """name: desk
sources:
  - path: share
    access: {groups: [everyone]}
    columns: {access: who}
"""
TEXT = "The blue lamp of the meter blinks until somebody sets its clock with the blue key."


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


@pytest.mark.parametrize("blank", [{}, {"who": ""}, {"who": " ; "}, {"who": None}, {"who": []}])
def test_a_record_whose_access_column_is_blank_is_for_nobody(
    tmp_path: Path, blank: dict[str, object]
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    rows: list[dict[str, object]] = [
        {"id": "a", "subject": "The red lamp", "body": page("red"), "who": "hr"},
        {"id": "b", "subject": "The blue lamp", "body": page("blue"), **blank},
    ]
    (share / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (share / "open.md").write_text(page("green"))
    pipeline = tmp_path / "desk.yaml"
    pipeline.write_text(COLUMNS)

    outcome, _ = run_share(pipeline, tmp_path / "w", workers=1)

    assert read_by(Release(outcome.workspace, 1)) == {
        "open.md": ("everyone",),
        "t.jsonl › a": ("hr",),
        "t.jsonl › b": (),
    }


def test_a_row_of_a_table_whose_access_cell_is_blank_is_for_nobody(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    lines = ["id;title;body;who", f"a;Red;{REFUNDS.split(chr(10))[4]};hr", f"b;Blue;{TEXT};"]
    (share / "t.csv").write_text("\n".join(lines))
    pipeline = tmp_path / "desk.yaml"
    pipeline.write_text(f"{COLUMNS}    records: {{title: title, body: body}}\n")

    outcome, _ = run_share(pipeline, tmp_path / "w", workers=1)

    assert set(read_by(Release(outcome.workspace, 1)).values()) == {("hr",), ()}


def packed(members: dict[str, str | bytes]) -> bytes:
    """Return a zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return held.getvalue()


def page(name: str) -> str:
    """Return a page that is a copy of no other."""
    return f"# The {name} lamp\n\nThe {name} lamp of the meter blinks until its clock is set.\n"


def read_by(release: Release) -> dict[str, tuple[str, ...]]:
    """Return who may read each document of the corpus."""
    frame = release.corpus.select("address", "access").collect()
    rows = zip(frame["address"].to_list(), frame["access"].to_list(), strict=True)
    return {address: tuple(access) for address, access in rows}


def test_a_sidecar_inside_an_archive_narrows_who_may_read_what_lies_below_it(
    tmp_path: Path,
) -> None:
    share = tmp_path / "share"
    (share / "pub").mkdir(parents=True)
    (share / "desk").mkdir()
    (share / "pub/_meta.yaml").write_text("access: {groups: [everyone]}\n")
    (share / "desk/_meta.yaml").write_text("access: {groups: [desk, law]}\n")
    hr = "access: {groups: [hr]}\n"
    inner = packed({"deep.md": page("inner")})
    (share / "pub/in.zip").write_bytes(
        packed(
            {
                "top.md": page("red"),
                "hr/q.md": page("blue"),
                "hr/inner.zip": inner,
                "hr/_META.yml": hr,
            }
        )
    )
    (share / "desk/in.zip").write_bytes(
        packed(
            {
                "a.md": page("green"),
                "b.md": page("white"),
                "c.md": page("amber"),
                "a.md.meta.yaml": "access: {groups: [law, hr]}\n",
                "b.md.meta.yaml": "access: {groups: [everyone]}\n",
                "c.md.meta.yaml": hr,
            }
        )
    )
    (share / "loose.zip").write_bytes(packed({"hr/q.md": page("violet"), "hr/_meta.yaml": hr}))

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)

    assert read_by(release) == {
        "pub/in.zip › top.md": ("everyone",),
        "pub/in.zip › hr/q.md": ("hr",),
        "pub/in.zip › hr/inner.zip/deep.md": ("hr",),
        "desk/in.zip › a.md": ("law",),
        "desk/in.zip › b.md": ("desk", "law"),
        "desk/in.zip › c.md": (),
        "loose.zip › hr/q.md": ("hr",),
    }
    out = [row for row in release.ledger if row["reasons"] == ["settings_file"]]
    assert len(out) == 5


def test_a_sidecar_inside_an_archive_that_cannot_be_followed_closes_what_it_speaks_of(
    tmp_path: Path,
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "refunds.md").write_text(REFUNDS)
    sidecars = {
        "broken/_meta.yaml": "acess: {groups: [hr]}\n",
        "empty/_meta.yaml": "access:\n",
        "near/_meta.yaml.txt": "access: {groups: [hr]}\n",
        "other/_meta.yaml": "tenant: another\n",
        "gone/q.meta.yaml": "access: {groups: [hr]}\n",
    }
    pages = {f"{name.split('/')[0]}/q.md": page(name.split("/")[0]) for name in sidecars}
    (share / "in.zip").write_bytes(packed({**pages, "open.md": page("open"), **sidecars}))

    outcome, _ = run_share(share, tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)

    why = {row["address"]: row["reasons"] for row in release.ledger if row["corpus"] != "in"}
    closed = {f"in.zip › {name}": ["bad_sidecar"] for name in pages}
    aside = {f"in.zip › {name}": ["settings_file"] for name in ("gone/q.meta.yaml", *sidecars)}
    assert why == closed | aside
    assert set(read_by(release)) == {"refunds.md", "in.zip › open.md"}
