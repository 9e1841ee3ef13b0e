"""Hundreds of kills at random moments of runs and refreshes: none changes what comes of them.

At least 320 in all. Where they landed is printed and stands in the report of the tests.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.flow.killing import AFTER, BEFORE, LAST, WITHIN, edit, killed_then_finished
from tests.flow.share import write_share
from tests.flow.whole import Runs, release_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flow.killing import Moment

OF_RUNS, OF_REFRESHES = 200, 120
_INSTANT = 0.02  # about as long as the commit point takes once the release's folder is in place


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(write_share(tmp_path_factory.mktemp("kills") / "share"))


@pytest.fixture
def told(
    record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> Callable[[str, Counter[str]], None]:
    """Return what prints and records where kills landed."""

    def tell(what: str, hits: Counter[str]) -> None:
        where = ", ".join(f"{hits[place]} {place}" for place in (BEFORE, WITHIN, AFTER))
        record_property(what, where)
        with capsys.disabled():
            print(f"\n{hits.total()} kills of {what}: {where}")

    return tell


def _moments(chance: random.Random, seconds: float, number: int) -> list[Moment]:
    """Return three moments of the long way to the commit, then some about the commit of a release."""
    early = [(chance.uniform(0.1, seconds * 0.8), Path()) for _ in range(3)]
    draft, put = Path("private/draft"), Path(f"releases/{number}")
    late = (draft, 0.1 * seconds), (put, _INSTANT), (put, 0.1 * seconds)
    return [*early, *((chance.uniform(0.0, most), sign) for sign, most in late)]


def kill_runs(runs: Runs, root: Path, *, least: int) -> Counter[str]:
    """Kill first runs, at least so often."""
    seconds = runs.finish(root / "quiet")
    expected, chance = release_of(root / "quiet", 1), random.Random(11)
    hits: Counter[str] = Counter()
    while hits.total() < least:
        first = (chance.uniform(0.0, seconds * 0.1), chance.choice(LAST))
        hits += killed_then_finished(runs, root / "w", [first, *_moments(chance, seconds, 1)])
        assert release_of(root / "w", 1) == expected
        shutil.rmtree(root / "w")
    return hits


def kill_refreshes(runs: Runs, root: Path, *, least: int) -> Counter[str]:
    """Kill refreshes, at least so often."""
    quiet, chance = root / "quiet", random.Random(12)
    runs.finish(quiet)
    shutil.copytree(quiet, root / "first")
    hits: Counter[str] = Counter()
    undo = edit(runs.share)
    try:
        seconds = runs.finish(quiet)
        while hits.total() < least:
            shutil.copytree(root / "first", root / "w")
            hits += killed_then_finished(runs, root / "w", _moments(chance, seconds, 2))
            assert release_of(root / "w", 1) == release_of(quiet, 1)
            assert release_of(root / "w", 2) == release_of(quiet, 2)
            shutil.rmtree(root / "w")
    finally:
        undo()
    return hits


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_two_hundred_kills_of_runs_change_nothing(
    runs: Runs, tmp_path: Path, told: Callable[[str, Counter[str]], None]
) -> None:
    hits = kill_runs(runs, tmp_path, least=OF_RUNS)

    told("runs", hits)
    assert min(hits[place] for place in (BEFORE, WITHIN, AFTER)) > 0


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_more_than_a_hundred_kills_of_refreshes_leave_every_release_whole(
    runs: Runs, tmp_path: Path, told: Callable[[str, Counter[str]], None]
) -> None:
    hits = kill_refreshes(runs, tmp_path, least=OF_REFRESHES)

    told("refreshes", hits)
    assert min(hits[place] for place in (BEFORE, WITHIN, AFTER)) > 0
