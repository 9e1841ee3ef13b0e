"""A share with a pipeline file, run again and again: for tests of what becomes of releases."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.release.reading import Release
from curate.store.workspace import Workspace
from tests.flow.share import REFUNDS, TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

PIPELINE = """
name: share
sources:
  - path: share
    access: {groups: [everyone]}
gates: {yield_drop: 100%}
"""


@dataclass(frozen=True)
class Site:
    """A folder with a share, a pipeline file and a workspace."""

    root: Path

    @property
    def share(self) -> Path:
        """The documents."""
        return self.root / "share"

    @property
    def workspace(self) -> Workspace:
        """Where results lie."""
        return Workspace(self.root / ".curate")

    def settings(self, more: str = "") -> None:
        """Write the pipeline file."""
        (self.root / "p.yaml").write_text(PIPELINE + more, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a document."""
        (self.share / name).parent.mkdir(parents=True, exist_ok=True)
        (self.share / name).write_text(text, encoding="utf-8")

    def move(self, old: str, new: str) -> None:
        """Move a document."""
        (self.share / new).parent.mkdir(parents=True, exist_ok=True)
        (self.share / old).rename(self.share / new)

    def outcome(self) -> Outcome:
        """Run the pipeline."""
        return run_share(self.root / "p.yaml", self.workspace.root, workers=1)[0]

    def run(self) -> Release:
        """Run the pipeline and return the release in force."""
        outcome = self.outcome()
        return Release(outcome.workspace, outcome.release)

    def copied(self, root: Path) -> Site:
        """Return a copy of everything in another folder, for one test alone."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Site(root)

    def bytes(self) -> int:
        """Return what everything but the private files takes on the disk."""
        private = self.workspace.private
        files = (p for p in self.workspace.root.rglob("*") if p.is_file())
        return sum(p.stat().st_size for p in files if not p.is_relative_to(private))


def site(root: Path, more: str = "") -> Site:
    """Return a site with two documents that has not run yet."""
    made = Site(root)
    made.settings(more)
    made.write("refunds.md", REFUNDS)
    made.write("travel.md", TRAVEL)
    return made


def page(number: int, lines: int = 40) -> str:
    """Return a page whose words are its own."""
    said = "\n\n".join(
        f"## Rule {line} of part {number}\n\nPart {number}: case {line * 7919 + number} is settled "
        f"by desk {(line * 31 + number) % 97}, within {line + 2} days of receipt."
        for line in range(lines)
    )
    return f"# Part {number}\n\n{said}\n"
