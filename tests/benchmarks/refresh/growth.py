"""How much a workspace grows over many small refreshes, when only the last releases are kept.

Changed data are the bytes of all files that a refresh edited, added up. The size is that of every
file of the workspace; `releases/` is told apart, since each release that is kept holds its own set.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tests.benchmarks.refresh.runs import Runner
from tests.benchmarks.refresh.share import edit, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.benchmarks.refresh.costs import Place

_SEED = 20
_KEPT = 3
_PIPELINE = "name: share\nsources: [{path: share}]\nreleases: {keep: %d}\n"
_RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Growth:
    """Bytes of each part of the workspace after the first run and the last, and of what changed."""

    refreshes: int
    first: Mapping[str, int]
    last: Mapping[str, int]
    changed: int

    @property
    def grown(self) -> int:
        """Bytes that came to the workspace, releases apart."""
        return _without_releases(self.last) - _without_releases(self.first)


def grow(place: Place, documents: int, refreshes: int) -> Growth:
    """Run once, then edit a hundredth and run, again and again."""
    home = place.folder / "growth"
    chance = Random(_SEED)
    paths = write(home / "share", place.made_of, documents, chance)
    pipeline = home / "share.yaml"
    pipeline.write_text(_PIPELINE % _KEPT, encoding="utf-8")
    runner = Runner(pipeline, home / "workspace", place.processes)
    runner.run()
    first, changed = sizes(runner.workspace), 0
    for _ in range(refreshes):
        changed += edit(paths, place.made_of, max(1, documents // 100), chance)
        assert runner.run().published, "an edit makes a release"
    return Growth(refreshes, first, sizes(runner.workspace), changed)


def sizes(workspace: Path) -> dict[str, int]:
    """Return the bytes of each thing that lies in a workspace."""
    return {entry.name: _size(entry) for entry in sorted(workspace.iterdir())}


def _size(entry: Path) -> int:
    files = entry.rglob("*") if entry.is_dir() else [entry]
    return sum(path.stat().st_size for path in files if path.is_file())


def _without_releases(held: Mapping[str, int]) -> int:
    return sum(size for name, size in held.items() if name != _RELEASES)


def figures(found: Growth) -> dict[str, float]:
    """Return growth as a share of the changed data, and the sizes in MB."""
    sides = {"first": found.first, "last": found.last}
    megabytes = {f"growth.{name}_mb": _without_releases(held) / 1e6 for name, held in sides.items()}
    released = {
        f"growth.{n}_releases_mb": held.get(_RELEASES, 0) / 1e6 for n, held in sides.items()
    }
    values = {
        "growth": found.grown / found.changed,
        "growth.refreshes": found.refreshes,
        "growth.changed_mb": found.changed / 1e6,
    }
    return {name: round(value, 4) for name, value in (values | megabytes | released).items()}


def shown(found: Growth) -> None:
    """Print the size of each part of the workspace before and after."""
    changed = found.changed / 1e6
    print(f"\n{found.refreshes} refreshes, {changed:.2f} MB changed in all, MB of the workspace:")
    for name in sorted({*found.first, *found.last}):
        was, now = (held.get(name, 0) / 1e6 for held in (found.first, found.last))
        print(f"  {name:<18}{was:>9.2f} to {now:>9.2f}")
