"""Settings files that lie in a share are no documents; the ledger says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.release.reading import Release
from curate.sources.facts import is_pipeline, is_stray
from tests.flow.share import REFUNDS, TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("name", "sources", "pii", "chunks")


def test_pipelines_and_files_called_nearly_as_sidecars_reach_no_product(tmp_path: Path) -> None:
    texts = {
        "refunds.md": REFUNDS,
        "share.yaml": "name: desk\nsources:\n  - path: .\n",
        "pipeline.yaml": "sources: [{path: elsewhere}]\npii: {corpus: mask}\n",
        "_meta.yaml.bak": "# access: {groups: [hr]}\n",
        "hr/.meta.yaml": "owner: jo\n",
        "settings.yaml": f"sources:\n  - path: /dev/null\nversion: 2\nnote: {TRAVEL.split()[-1]}\n",
    }
    (tmp_path / "hr").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)

    outcome, _ = run_share(tmp_path / "share.yaml", tmp_path / "w", workers=1)
    release = Release(outcome.workspace, 1)

    out = {row["address"]: row["reasons"] for row in release.ledger if row["corpus"] != "in"}
    strays = ("share.yaml", "pipeline.yaml", "_meta.yaml.bak", "hr/.meta.yaml")
    assert out == {name: ["settings_file"] for name in strays}
    assert set(release.corpus.collect()["address"]) == {"refunds.md", "settings.yaml"}
    assert outcome.counts["documents"]["rejected"] == 0


@pytest.mark.parametrize(
    ("path", "stray"),
    [
        ("_meta.yaml", False),
        ("a/b.pdf.meta.yaml", False),
        ("_meta.yml", False),
        ("a/_META.yaml", False),
        ("a/.meta.yaml", True),
        ("_meta.yaml.txt", True),
        ("_meta.yaml~", True),
        ("a/b.pdf.meta.yaml.orig", True),
        ("meta.yaml", False),
        ("_metadata.yaml", False),
        ("about_meta.yaml.md", False),
    ],
)
def test_what_is_called_nearly_as_a_sidecar(path: str, *, stray: bool) -> None:
    assert is_stray(path) is stray


@pytest.mark.parametrize(
    ("text", "pipeline"),
    [
        ("name: a\nsources:\n  - path: b\n", True),
        ("# comment: x\nsources: [{path: b}]\n", True),
        ("name: a\npii: {corpus: mask}\n", False),
        ("sources:\n  - path: b\nservices: {}\n", False),
        ("sources:\n  - table: b\n", False),
        ("", False),
    ],
)
def test_a_pipeline_is_known_by_its_sections_alone(text: str, *, pipeline: bool) -> None:
    assert is_pipeline(text, SECTIONS) is pipeline
