"""Work over many documents that breaks down is told, and done by the next run."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil
import pytest

from curate.pipeline.request import Request
from curate.pipeline.run import run
from curate.release.reading import Release
from tests.flow.share import contents
from tests.flow.whole import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

_WORDS = {
    "leave": "holiday contract notice parental absence return illness manager rota shift",
    "network": "router cable switch port firewall packet antenna gateway signal modem",
}


@dataclass(slots=True)
class Hunter:
    """Progress that kills every worker while one stage runs."""

    stage: str
    over: threading.Event = field(default_factory=threading.Event)
    killed: int = 0
    thread: threading.Thread | None = None

    def begin(self, stage: str, total: int, known: int) -> None:
        if stage == self.stage and known < total:
            self.thread = threading.Thread(target=self._hunt)
            self.thread.start()

    def advance(self, stage: str, done: int, failed: int) -> None:
        pass

    def end(self, stage: str, seconds: float) -> None:  # noqa: ARG002 - a Progress
        if stage == self.stage and self.thread:
            self.over.set()
            self.thread.join()

    def tell(self, said: str) -> None:
        """Ignore it."""

    def _hunt(self) -> None:
        me = psutil.Process()
        while not self.over.wait(0.05):
            for worker in (w for server in me.children() for w in server.children()):
                if worker.cpu_times().user > 0.3:  # it has begun
                    worker.kill()
                    self.killed += 1


@pytest.fixture
def pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    chance = random.Random(3)
    rows = [
        {
            "id": f"{kind}{n}",
            "category": kind,
            "body": " ".join(chance.choices(words.split(), k=30)),
        }
        for kind, words in _WORDS.items()
        for n in range(60)
    ]
    wrong = [{**row, "id": f"x{row['id']}", "category": "network"} for row in rows[:6]]
    (tmp_path / "share").mkdir()
    (tmp_path / "share/t.jsonl").write_text("\n".join(map(json.dumps, [*rows, *wrong])))
    file = tmp_path / "desk.yaml"
    file.write_text("sources: [{path: share, records: {like: tickets}, labels: [category]}]\n")
    return file


def released(pipeline: Path, workspace: str, hunter: Hunter) -> Outcome:
    place = pipeline.parent / workspace
    return run(Request(pipeline, as_of="2026-03-31", workers=1, workspace=place), hunter)


@pytest.mark.slow
def test_labels_whose_judging_is_killed_again_and_again_are_told_and_judged_by_the_next_run(
    pipeline: Path,
) -> None:
    quiet = released(pipeline, "quiet", Hunter(""))
    hunter = Hunter("judge")

    hunted = released(pipeline, "hunted", hunter)
    again = released(pipeline, "hunted", Hunter(""))

    assert hunter.killed
    assert hunted.counts["unfinished"] == {"judge": {"crashed": 1}}
    assert "judge" in next(said for said in hunted.warnings if "not finished" in said)
    assert again.published
    assert contents(again) == contents(quiet)
    found = Release(again.workspace, again.release).findings
    assert any(row["kind"] == "label" for row in found)
    assert not released(pipeline, "hunted", Hunter("")).published
