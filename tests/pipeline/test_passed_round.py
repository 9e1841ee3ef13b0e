"""The page of a release may be passed round: what is for those inside alone is not quoted on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from curate.release.reading import Release
from tests.flow.share import run_share

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "The customer is about to leave us; offer thirty per cent and tell nobody at the works"
UNSEEN = "Send the forecast of the second quarter to the printer in the cellar"
BODY = "Hold the red key for ten seconds, then set the clock again; the lamp stops at once."


def _comment(body: str, *, public: bool) -> dict[str, object]:
    return {"author": "desk", "role": "agent", "public": public, "body": body}


def _share(folder: Path) -> Path:
    folder.mkdir()
    ticket = {
        "id": "T-1",
        "subject": "The red lamp blinks",
        "description": "Since Tuesday the red lamp of the meter blinks all day long.",
        "status": "solved",
        "comments": [_comment(f"{SECRET}.", public=False), _comment(BODY, public=True)],
    }
    (folder / "tickets.jsonl").write_text(json.dumps(ticket))
    (folder / "badges.html").write_text(
        "<h1>Badges</h1><p>Every visitor wears a badge until the evening.</p>"
        f'<p style="display:none">{UNSEEN}.</p><p>The guard collects it at the gate.</p>'
    )
    return folder


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = tmp_path_factory.mktemp("round")
    outcome, _ = run_share(_share(root / "share"), root / "w", workers=1)
    return Release(outcome.workspace, outcome.release)


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_an_internal_note_is_named_and_not_quoted(release: Release, name: str) -> None:
    written = (release.folder / name).read_text(encoding="utf-8")

    assert "[internal note]" in written
    assert not any(words in written for words in (SECRET, SECRET[:40], SECRET[40:]))
    assert BODY[:40] in written


def test_hidden_text_stands_in_the_sample_of_its_risk_alone(release: Release) -> None:
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    samples = {name: json.dumps(report[name]) for name in ("chunks", "examples")}

    assert not any(UNSEEN[:30] in text for text in samples.values())
    assert "[hidden text]" in samples["chunks"]
