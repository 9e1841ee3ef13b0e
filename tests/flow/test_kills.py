"""A kill at any moment loses nothing: the same command again gives the release of an undisturbed run."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.flow.share import write_share
from tests.flow.whole import Contents, Runs, leftovers, published, release_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EDITED = ("policies/travel.md", "140 EUR", "160 EUR")
LAST = Path("pipeline.yaml"), Path("private/draft"), Path("corpus.lance"), Path("head.lance")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(write_share(tmp_path_factory.mktemp("kills") / "share"))


@pytest.fixture(scope="module")
def undisturbed(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, float]:
    workspace = tmp_path_factory.mktemp("undisturbed") / "w"
    seconds = runs.finish(workspace)
    return release_of(workspace, 1), seconds


def _edit(share: Path) -> Callable[[], object]:
    """Edit one file, and return what undoes it."""
    name, old, new = EDITED
    path = share / name
    text = path.read_text()
    path.write_text(text.replace(old, new))
    return lambda: path.write_text(text)


def _killed_then_finished(
    runs: Runs, workspace: Path, moments: Iterable[tuple[float, Path]]
) -> int:
    """Kill runs at moments (seconds after a path is there), then finish; return the kills that hit."""
    before = published(workspace)
    hits = 0
    for seconds, sign in moments:
        if not runs.kill(workspace, seconds=seconds, after=(workspace / sign).exists):
            break
        hits += 1
        assert published(workspace) in {before, before + 1}
    runs.finish(workspace)
    assert published(workspace) == before + 1
    assert leftovers(workspace) == []
    return hits


@pytest.mark.slow
def test_kills_spread_over_a_run_change_nothing(
    runs: Runs, undisturbed: tuple[Contents, float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    workspace = tmp_path / "w"

    moments = [(seconds * share, Path()) for share in (0.3, 0.5, 0.7)]
    hits = _killed_then_finished(runs, workspace, moments)

    assert hits >= 1  # a run that resumes may end before the last kill
    assert release_of(workspace, 1) == expected


@pytest.mark.slow
@pytest.mark.parametrize("sign", LAST, ids=str)
def test_a_kill_while_something_is_written_for_the_first_time_changes_nothing(
    runs: Runs, undisturbed: tuple[Contents, float], tmp_path: Path, sign: Path
) -> None:
    workspace = tmp_path / "w"

    hits = _killed_then_finished(runs, workspace, [(0.0, sign)])

    assert hits == 1
    assert release_of(workspace, 1) == undisturbed[0]


@pytest.mark.slow
def test_a_kill_during_a_refresh_leaves_the_release_in_force_until_the_next_is(
    runs: Runs, tmp_path: Path
) -> None:
    quiet, workspace = tmp_path / "quiet", tmp_path / "w"
    runs.finish(quiet)
    shutil.copytree(quiet, workspace)
    first = release_of(workspace, 1)
    undo = _edit(runs.share)
    try:
        seconds = runs.finish(quiet)
        moments = [
            (seconds * 0.6, Path()),
            (0.01, Path("private/draft")),
            (0.1, Path("private/draft")),
        ]
        hits = _killed_then_finished(runs, workspace, moments)
    finally:
        undo()

    assert hits >= 2
    assert release_of(workspace, 1) == first
    assert release_of(workspace, 2) == release_of(quiet, 2)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_two_hundred_kills_at_random_moments_change_nothing(
    runs: Runs, undisturbed: tuple[Contents, float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    chance = random.Random(11)
    hits = 0

    while hits < 200:
        workspace = tmp_path / "w"
        early = [(chance.uniform(0.1, seconds * 0.8), Path()) for _ in range(4)]
        late = [(chance.uniform(0.0, 0.4), chance.choice(LAST)) for _ in range(2)]
        hits += _killed_then_finished(runs, workspace, [*early, *late])
        assert release_of(workspace, 1) == expected
        shutil.rmtree(workspace)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_fifty_kills_during_refreshes_leave_every_release_whole(runs: Runs, tmp_path: Path) -> None:
    chance = random.Random(12)
    quiet = tmp_path / "quiet"
    runs.finish(quiet)
    shutil.copytree(quiet, tmp_path / "first")
    undo = _edit(runs.share)
    hits = 0
    try:
        seconds = runs.finish(quiet)
        while hits < 50:
            workspace = tmp_path / "w"
            shutil.copytree(tmp_path / "first", workspace)
            early = [(chance.uniform(0.5, seconds * 0.7), Path()) for _ in range(2)]
            late = [(chance.uniform(0.0, 0.3), Path("private/draft")) for _ in range(3)]
            hits += _killed_then_finished(runs, workspace, [*early, *late])
            assert release_of(workspace, 1) == release_of(quiet, 1)
            assert release_of(workspace, 2) == release_of(quiet, 2)
            shutil.rmtree(workspace)
    finally:
        undo()
