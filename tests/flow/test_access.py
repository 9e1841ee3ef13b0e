"""Access through a whole run: what a source states of a file counts even if nobody can read that file."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import unicodedata
import warnings
import zipfile
from email.message import EmailMessage
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
        "loose.zip › hr/q.md": (),  # for nobody, as all of which nothing is said outside
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


def zipped(members: list[tuple[str, str]]) -> bytes:
    """Return a zip archive in which names may stand twice."""
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w") as archive:
        warnings.simplefilter("ignore")
        for name, text in members:
            archive.writestr(name, text)
    return held.getvalue()


def tarred(members: list[tuple[str, str]]) -> bytes:
    """Return a tar archive in which names may stand twice, as after `tar -r`."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, text in members:
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return held.getvalue()


HR, EVERYONE = "access: {groups: [hr]}\n", "access: {groups: [everyone]}\n"


def opened(folder: Path, files: dict[str, bytes]) -> Release:
    """Run a share that everybody may read."""
    share = folder / "share"
    share.mkdir()
    (share / "_meta.yaml").write_text(EVERYONE)
    for name, data in files.items():
        (share / name).write_bytes(data)
    outcome, _ = run_share(share, folder / "w", workers=1)
    return Release(outcome.workspace, 1)


def test_members_of_one_name_have_the_sidecar_of_that_name(tmp_path: Path) -> None:
    composed, apart = (unicodedata.normalize(form, "caf\u00e9.md") for form in ("NFC", "NFD"))
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "x@a.example", "Lamps", "<1@a.example>"
    mail.set_content("Two lamps are attached to this mail, one of them twice.\n")
    for text in (page("violet"), page("grey"), HR):
        name = "a.txt.meta.yaml" if text == HR else "a.txt"
        mail.add_attachment(text.encode(), maintype="text", subtype="plain", filename=name)

    release = opened(
        tmp_path,
        {
            "t.tar": tarred(
                [("a.md", page("red")), ("a.md.meta.yaml", HR), ("a.md", page("blue"))]
            ),
            "z.zip": zipped(
                [(composed, page("green")), (apart, page("white")), (f"{apart}.meta.yaml", HR)]
            ),
            "m.eml": mail.as_bytes(),
        },
    )

    assert read_by(release) == {
        "t.tar › a.md": ("hr",),
        "t.tar › a (2).md": ("hr",),
        "z.zip › café.md": ("hr",),
        "z.zip › café (2).md": ("hr",),
        "m.eml": ("everyone",),
        "m.eml › a.txt": ("hr",),
        "m.eml › a (2).txt": ("hr",),
    }


def test_two_sidecars_of_one_name_in_an_archive_that_differ_close_and_equal_ones_count(
    tmp_path: Path,
) -> None:
    first, again = ("_meta.yaml", EVERYONE), ("_meta.yaml", HR)

    release = opened(
        tmp_path,
        {
            "differ.tar": tarred([("a.md", page("red")), first, again]),
            "equal.tar": tarred([("a.md", page("blue")), again, again]),
        },
    )

    assert read_by(release) == {"equal.tar › a.md": ("hr",)}
    why = {row["address"]: row["reasons"] for row in release.ledger if row["outcome"] == "rejected"}
    assert why == {"differ.tar › a.md": ["bad_sidecar"]}


@pytest.mark.parametrize("name", ["x/../_meta.yaml", "../x/_meta.yaml", "/_meta.yaml"])
def test_a_sidecar_whose_name_climbs_in_an_archive_closes_all_of_it(
    tmp_path: Path, name: str
) -> None:
    held = packed({"a.md": page("red"), "x/b.md": page("blue"), name: HR})

    release = opened(tmp_path, {"in.zip": held, "c.md": page("green").encode()})

    assert read_by(release) == {"c.md": ("everyone",)}
    why = {row["address"]: row["reasons"] for row in release.ledger}
    assert why["in.zip › a.md"] == why["in.zip › x/b.md"] == ["bad_sidecar"]


def test_no_file_of_an_archive_that_is_cut_is_read_since_its_sidecar_may_lie_behind_the_cut(
    tmp_path: Path,
) -> None:
    whole = tarred([("a.md", page("red")), ("b.md", page("blue")), ("_meta.yaml", HR)])

    release = opened(
        tmp_path,
        {
            "inside.tar": whole[:1100],  # amid the second member
            "between.tar": whole[:1024],  # behind the first one
            "packed.tar.gz": gzip.compress(whole)[:-30],
            "whole.tar": whole,
        },
    )

    assert read_by(release) == {"whole.tar › a.md": ("hr",), "whole.tar › b.md": ("hr",)}
    why = {row["address"]: row["reasons"] for row in release.ledger if row["outcome"] == "rejected"}
    closed = ("between.tar › a.md", "inside.tar › a.md", "packed.tar.gz › a.md")
    assert all(why[address] == ["cut_short"] for address in closed)


def test_sidecars_along_a_path_inside_an_archive_narrow_one_after_the_other(tmp_path: Path) -> None:
    members = {
        "m/_meta.yaml": HR,
        "m/deep/_meta.yaml": EVERYONE,
        "m/deep/a.md": page("red"),
        "m/deep/b.md": page("blue"),
        "m/deep/b.md.meta.yaml": "access: {groups: [law]}\n",
    }

    release = opened(tmp_path, {"in.zip": packed(dict(members))})

    assert read_by(release) == {"in.zip › m/deep/a.md": ("hr",), "in.zip › m/deep/b.md": ()}


def test_a_sidecar_that_changes_outside_its_source_is_noticed_by_the_next_run(
    tmp_path: Path,
) -> None:
    place = tmp_path / "one"
    place.mkdir()
    (place / "a.md").write_text(page("red"))
    (place / "_meta.yaml").write_text(HR)
    pipeline = tmp_path / "one.yaml"
    pipeline.write_text(f"name: one\nsources: [{{path: 'file://{place}/a.md', name: one}}]\n")

    first, _ = run_share(pipeline, tmp_path / "w", workers=1)
    before = read_by(Release(first.workspace, 1))
    (place / "_meta.yaml").write_text("access: {groups: [law]}\n")
    second, _ = run_share(pipeline, tmp_path / "w", workers=1)

    assert before == {"a.md": ("hr",)}
    assert read_by(Release(second.workspace, second.release)) == {"a.md": ("law",)}
