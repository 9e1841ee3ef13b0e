"""Over any history of a share, a refresh gives what a run from scratch gives with the same state."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from curate.pipeline.run import Outcome
from curate.store.workspace import Workspace
from tests.flow.share import contents, run_share

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CACHES = ("private/memo", "private/shown", "private/listing.parquet", "private/last-run.json")
TOPICS = ("parking", "holidays", "invoices", "samples", "laptops", "travel", "badges", "visitors")
CLOCK = 1_700_000_000


def text(topic: str, chance: random.Random) -> str:
    """Return a page about a topic: a question with its answer, steps, and somebody's address."""
    number = chance.randrange(10, 99)
    return (
        f"# {topic.title()}\n\n## Who decides about {topic}?\n\n"
        f"The office decides about {topic} within {number} days, and tells the person by letter.\n\n"
        f"## How to ask for {topic}\n\n1. Open the form for {topic} on the intranet page.\n"
        f"2. Enter the number of your team, and the code {number}.\n"
        f"3. Send it to {topic}{number}@wetherlund.example.com before noon.\n"
    )


@dataclass
class Share:
    """A folder that changes at random: edits, moves, copies, deletions, returns, access."""

    folder: Path
    chance: random.Random
    gone: dict[str, str] = field(default_factory=dict)
    ticks: int = 0

    def begin(self) -> None:
        """Write the first files."""
        for topic in TOPICS[:5]:
            self._write(f"{topic}.md", text(topic, self.chance))

    def step(self) -> str:
        """Change something and return what."""
        ways: list[Callable[[], None]] = [
            self.edit, self.move, self.move_and_edit, self.copy, self.delete, self.bring_back,
            self.add, self.swap, self.restrict,
        ]  # fmt: skip
        way = self.chance.choice(ways)
        way()
        return way.__name__

    def edit(self) -> None:
        name = self._any()
        self._write(name, self._edited(self.read(name)))

    def move(self) -> None:
        name = self._any()
        self._write(f"moved{self.chance.randrange(3)}/{name.rpartition('/')[2]}", self.read(name))
        self._remove(name)

    def move_and_edit(self) -> None:
        name = self._any()
        self._write(f"other/{self.chance.randrange(99)}.md", self._edited(self.read(name)))
        self._remove(name)

    def copy(self) -> None:
        self._write(f"copy{self.chance.randrange(9)}.md", self.read(self._any()))

    def delete(self) -> None:
        if len(self.names()) > 2:
            name = self._any()
            self.gone[name] = self.read(name)
            self._remove(name)

    def bring_back(self) -> None:
        if self.gone:
            name = self.chance.choice(sorted(self.gone))
            self._write(name, self.gone.pop(name))

    def add(self) -> None:
        topic = self.chance.choice(TOPICS)
        self._write(f"new/{topic}{self.chance.randrange(9)}.md", text(topic, self.chance))

    def swap(self) -> None:
        one, other = self._any(), self._any()
        held = self.read(one), self.read(other)
        self._write(one, held[1])
        self._write(other, held[0])

    def restrict(self) -> None:
        who = self.chance.choice(["everyone", "hr", "law"])
        self._write("_meta.yaml", f"access: {{groups: [{who}]}}\n")

    def names(self) -> list[str]:
        """Return the documents there are."""
        paths = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.md"))
        return sorted(paths)

    def read(self, name: str) -> str:
        """Return what a document says."""
        return (self.folder / name).read_text()

    def _any(self) -> str:
        return self.chance.choice(self.names())

    def _edited(self, said: str) -> str:
        lines = said.splitlines()
        lines.insert(
            self.chance.randrange(2, len(lines)), f"\nNote {self.chance.randrange(999)}.\n"
        )
        return "\n".join(lines) + "\n"

    def _write(self, name: str, said: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said)
        self.ticks += 1
        os.utime(path, (CLOCK + self.ticks, CLOCK + self.ticks))

    def _remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)


def without_caches(workspace: Path, to: Path) -> Path:
    """Copy a workspace with its state, its keys and its releases, and nothing that was remembered."""
    shutil.copytree(workspace, to)
    for name in CACHES:
        path = to / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return to


def differing(tmp_path: Path, seed: int, steps: int) -> list[list[str]]:
    """Return the history after which a refresh is not what a run from scratch makes; [] if none is."""
    share = Share(tmp_path / "share", random.Random(seed))
    share.begin()
    workspace = tmp_path / "w"
    run_share(share.folder, workspace)
    story: list[list[str]] = []
    for number in range(steps):
        story.append([share.step() for _ in range(share.chance.randrange(1, 4))])
        scratch = without_caches(workspace, tmp_path / f"scratch{number}")

        refreshed, _ = run_share(share.folder, workspace, force=True)
        anew, _ = run_share(share.folder, scratch, force=True)

        if anew.release != refreshed.release or _held(anew) != _held(refreshed):
            return story
        shutil.rmtree(scratch)
    return []


def _held(outcome: Outcome) -> object:
    return contents(Outcome(Workspace(outcome.workspace.root), outcome.release, True, 0, 0.0))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_refresh_equals_a_run_from_scratch_with_the_same_state(tmp_path: Path, seed: int) -> None:
    assert differing(tmp_path, seed, steps=3) == []


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_refresh_equals_a_run_from_scratch_over_many_histories(tmp_path: Path, seed: int) -> None:
    assert differing(tmp_path, seed, steps=8) == []
