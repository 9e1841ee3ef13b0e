"""A mistake in an extractor of the user's costs its documents their drafts, and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from curate.release import manifest
from curate.release.reading import Release
from tests.flow.share import REFUNDS, TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

RAISES = """
def symptoms(document, visible):
    if "refund" in document.text.lower():
        raise ValueError(document.text)
    return iter(())
"""
YIELDS = RAISES.replace("raise ValueError(document.text)", "return iter(['no draft'])")
IMPORTS = "nowhere.symptoms\n" + RAISES


def _run(folder: Path, module: str, code: str) -> tuple[Outcome, Release]:
    (folder / "docs").mkdir()
    (folder / "docs/travel.md").write_text(TRAVEL)
    (folder / "docs/refunds.md").write_text(REFUNDS)
    (folder / f"{module}.py").write_text(code)
    pipeline = (
        f'sources: [{{path: docs}}]\nmining: {{extractors: [default, "{module}:symptoms"]}}\n'
    )
    (folder / "p.yaml").write_text(pipeline)
    outcome, _ = run_share(folder / "p.yaml", folder / "w", workers=1)
    return outcome, Release(outcome.workspace, outcome.release)


@pytest.mark.parametrize(
    ("module", "code", "raised", "failed"),
    [
        ("own_raises", RAISES, "ValueError", 1),
        ("own_yields", YIELDS, "TypeError", 1),
        ("own_imports", IMPORTS, "NameError", 2),
    ],
)
def test_documents_stay_in_the_corpus_and_the_mistake_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    module: str,
    code: str,
    raised: str,
    failed: int,
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])

    outcome, release = _run(tmp_path, module, code)

    rows = {row["address"]: row for row in release.ledger}
    refunds = rows["refunds.md"]
    assert (refunds["outcome"], refunds["corpus"]) == ("flagged", "in")
    assert refunds["finetune"] == "extractor_failed"
    assert refunds["reasons"] == ["extractor_failed"]
    assert set(release.corpus.collect()["address"]) == {"refunds.md", "travel.md"}
    assert "refunds.md" not in {row["address"] for row in rows.values() if row["examples"]}
    count = f"{failed} document{'s' * (failed > 1)}"
    assert outcome.warnings[0].startswith(f"{module}:symptoms raised {raised} on {count}. ")
    assert REFUNDS[:20] not in "".join(outcome.warnings)
    assert manifest.read(release.folder)["warnings"][0] == "extractor_failed"
