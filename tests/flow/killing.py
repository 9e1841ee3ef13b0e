"""Killing runs again and again at given moments, and telling where in a run each kill landed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curate.store import head as heads
from tests.flow.whole import leftovers, published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.flow.whole import Runs

BEFORE, WITHIN, AFTER = "before the commit", "within it", "after it"
LAST = Path("pipeline.yaml"), Path("private/draft"), Path("corpus.lance"), Path("head.lance")
_EDITED = ("policies/travel.md", "140 EUR", "160 EUR")
_WRITTEN = ("corpus.lance/_versions", "head.lance/_versions", "releases")

Moment = tuple[float, Path]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What shows how far a run has come: the release in force, and what a commit writes."""

    release: int
    names: frozenset[str]

    def since(self, before: _Seen) -> str:
        """Return where a run was killed that began at `before`."""
        if self.release != before.release:
            return AFTER
        return WITHIN if self.names != before.names else BEFORE


def _look(workspace: Path) -> _Seen:
    names = (path for place in _WRITTEN for path in (workspace / place).glob("*"))
    relative = frozenset(path.relative_to(workspace).as_posix() for path in names)
    return _Seen(heads.read(str(workspace / "head.lance")).release, relative)


def killed_then_finished(runs: Runs, workspace: Path, moments: Iterable[Moment]) -> Counter[str]:
    """Kill runs at moments (seconds after a path is there), then finish; count where kills landed.

    After each of them a reader sees a whole release, and after the last run nothing of the dead.
    """
    before = published(workspace)
    hits: Counter[str] = Counter()
    for seconds, sign in moments:
        seen = _look(workspace)
        if not runs.kill(workspace, seconds=seconds, after=(workspace / sign).exists):
            break
        hits[_look(workspace).since(seen)] += 1
        assert published(workspace) in {before, before + 1}
    runs.finish(workspace)
    assert published(workspace) == before + 1
    assert leftovers(workspace) == []
    return hits


def edit(share: Path) -> Callable[[], object]:
    """Edit one file, and return what undoes it."""
    name, old, new = _EDITED
    path = share / name
    text = path.read_text()
    path.write_text(text.replace(old, new))
    return lambda: path.write_text(text)
