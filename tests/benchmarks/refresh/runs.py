"""Runs of curate as a process of its own, and what each used and said."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curate.release.changes import ReleaseChanges, changes
from curate.release.reading import open_release
from tests.benchmarks.usage import Usage, measured

FIRST_DAY, NEXT_DAY = "2026-03-31", "2026-04-01"


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: what it used, what it says of itself."""

    usage: Usage
    said: dict[str, Any]

    @property
    def published(self) -> bool:
        """Whether it made a release."""
        return bool(self.said["published"])

    @property
    def stages(self) -> dict[str, float]:
        """Seconds of each stage."""
        return dict(self.said["stages"])

    def changes(self) -> ReleaseChanges:
        """Return what differs between its release and the one before, as `curate diff` says."""
        place, number = Path(self.said["workspace"]), self.said["release"]
        return changes(open_release(place, number - 1), open_release(place, number))


def told(found: ReleaseChanges) -> str:
    """Return what became of the chunks, in words."""
    held = found.chunk_counts
    ops = ("add", "update_text", "update_meta", "delete", "moved")
    parts = (f"{getattr(held, op):,} {op}" for op in ops)
    return f"{', '.join(parts)}; {held.embed:,} of {held.total:,} need an embedding"


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs one folder or pipeline file into one workspace.

    Gates are passed by, since a replayed history may lose more documents than a gate lets pass.
    """

    target: Path
    workspace: Path
    processes: int

    def run(self, as_of: str = FIRST_DAY) -> Ran:
        """Run once."""
        said = self.workspace.with_suffix(".json")
        command = [sys.executable, "-m", "curate", "run", str(self.target), "--json", "--force"]
        options = ["--workspace", str(self.workspace), "--workers", str(self.processes)]
        usage = measured([*command, *options, "--as-of", as_of], said)
        return Ran(usage, json.loads(said.read_text(encoding="utf-8")))
