"""What a reader sees of a workspace at any moment: a whole release or none; and runs that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from curate.pipeline.run import Outcome
from curate.release import manifest as manifests
from curate.release.digests import content_digest
from curate.release.manifest import file_digests
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.store.workspace import Workspace
from tests.flow.share import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).parents[2]
KEYS = {"CURATE_KEY_IDS": "17" * 32, "CURATE_KEY_PSEUDONYMS": "2a" * 32}
PLAINLY = ("-m", "curate")
OUTSIDE = {"manifest.json", "history.json", "report.html", "report.json"}

Contents = tuple[dict[str, str], str, dict[str, bytes]]


@dataclass(frozen=True, slots=True)
class Runs:
    """The command line on one share, with fixed keys, so that workspaces can be compared."""

    share: Path
    more: Mapping[str, str] = field(default_factory=dict)  # of the environment

    def start(
        self, workspace: Path, *options: str, by: Sequence[str] = PLAINLY
    ) -> subprocess.Popen[bytes]:
        """Start a run and return its process; `by` is what Python is given before the words of it."""
        call = [sys.executable, *by, "run", str(self.share), "--quiet"]
        return subprocess.Popen(
            [*call, "--as-of", "2026-03-31", "--workspace", str(workspace), *options],
            env={**os.environ, **KEYS, **self.more, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
        )

    def end(self, workspace: Path, *, by: Sequence[str] = PLAINLY) -> tuple[int, str]:
        """Run to the end, which may be an error; return the exit code and what it says."""
        process = self.start(workspace, by=by)
        _, errors = process.communicate(timeout=240)
        return process.returncode, errors.decode()

    def finish(self, workspace: Path, *options: str) -> float:
        """Run to the end and return the seconds that it took."""
        started = time.monotonic()
        process = self.start(workspace, *options)
        _, errors = process.communicate(timeout=240)
        assert process.returncode == 0, errors.decode()
        return time.monotonic() - started

    def kill(
        self, workspace: Path, *, seconds: float, after: Callable[[], bool] = lambda: True
    ) -> bool:
        """Start a run, kill it some seconds after something is so; tell whether it was killed."""
        process = self.start(workspace)
        while process.poll() is None and not after():
            time.sleep(0.001)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        _, errors = process.communicate(timeout=60)
        assert process.returncode in {0, -9}, errors.decode()
        return process.returncode == -9


def published(workspace: Path) -> int:
    """Return the release in force after checking that all of it can be read (0: none)."""
    place = Workspace(workspace)
    head = heads.read(place.head)
    if not head.release:
        return 0
    folder, corpus = place.release(head.release), Corpus(place.corpus)
    corpus.name(release=head.release, version=head.corpus_version)  # as every opening does
    manifest = manifests.read(folder)
    rows = corpus.at(head.release).to_table(columns=["chunk_id", "digest"]).to_pylist()
    digests = dict(manifest["digests"])

    assert manifest["content"] == head.manifest
    assert digests.pop("corpus") == content_digest((r["chunk_id"], r["digest"]) for r in rows)
    found = file_digests(folder)
    assert digests == {name: value for name, value in found.items() if name not in OUTSIDE}
    return head.release


def release_of(workspace: Path, number: int) -> Contents:
    """Return what equal releases have in common."""
    return contents(Outcome(Workspace(workspace), number, True, 0, 0.0))


def leftovers(workspace: Path) -> list[str]:
    """Return what a completed run must not leave: unfinished files, drafts, files no head names."""
    names = [path.relative_to(workspace).as_posix() for path in workspace.rglob("*")]
    state = {
        f"private/state/{name}" for name in heads.read(str(workspace / "head.lance")).state.values()
    }
    return [
        name
        for name in names
        if name.endswith((".tmp", ".part", ".new"))
        or name.startswith("private/draft")
        or (name.startswith("private/state/") and name not in state)
    ]
