"""A kill at any moment loses nothing: the same command again gives the release of an undisturbed run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.flow.killing import LAST, edit, killed_then_finished
from tests.flow.share import write_share
from tests.flow.whole import Contents, Runs, release_of


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(write_share(tmp_path_factory.mktemp("kills") / "share"))


@pytest.fixture(scope="module")
def undisturbed(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, float]:
    workspace = tmp_path_factory.mktemp("undisturbed") / "w"
    seconds = runs.finish(workspace)
    return release_of(workspace, 1), seconds


@pytest.mark.slow
def test_kills_spread_over_a_run_change_nothing(
    runs: Runs, undisturbed: tuple[Contents, float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    workspace = tmp_path / "w"

    moments = [(seconds * share, Path()) for share in (0.3, 0.5, 0.7)]
    hits = killed_then_finished(runs, workspace, moments).total()

    assert hits >= 1  # a run that resumes may end before the last kill
    assert release_of(workspace, 1) == expected


@pytest.mark.slow
@pytest.mark.parametrize("sign", LAST, ids=str)
def test_a_kill_while_something_is_written_for_the_first_time_changes_nothing(
    runs: Runs, undisturbed: tuple[Contents, float], tmp_path: Path, sign: Path
) -> None:
    workspace = tmp_path / "w"

    hits = killed_then_finished(runs, workspace, [(0.0, sign)]).total()

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
    undo = edit(runs.share)
    try:
        seconds = runs.finish(quiet)
        moments = [
            (seconds * 0.6, Path()),
            (0.01, Path("private/draft")),
            (0.1, Path("private/draft")),
        ]
        hits = killed_then_finished(runs, workspace, moments).total()
    finally:
        undo()

    assert hits >= 2
    assert release_of(workspace, 1) == first
    assert release_of(workspace, 2) == release_of(quiet, 2)
