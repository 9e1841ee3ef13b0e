"""What the system may do to a refresh: no room, no permission, another run. Nothing is ever lost by it.

After each fault readers see a whole release, and the same command, run again where nothing is wrong,
publishes what an undisturbed run published and leaves nothing of the dead one.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import lance
import pytest

from curate.store.corpus import KEY, Corpus
from curate.store.workspace import Workspace
from tests.flow.limits import BOUND, UNLOCKED, obeys_modes, sealed, small
from tests.flow.share import TRAVEL, write_share
from tests.flow.whole import Contents, Runs, leftovers, published, release_of

if TYPE_CHECKING:
    import subprocess

LATER = "\n\n".join(f"Paragraph {n} tells of the parcel {n * 7919 % 10007}." for n in range(400))
STAYS = "Nothing was published and nothing is lost: release 1 stays in force."
PUBLISHED = "Release 2 is published and whole;"  # what tidies up, or its tag, is missing


@dataclass(frozen=True)
class Due:
    """A share whose second release is due, the workspace with its first, and what the second is."""

    runs: Runs
    first: Path
    expected: Contents
    seconds: float

    def copy(self, to: Path) -> Path:
        """Return a workspace with the first release."""
        return Path(shutil.copytree(self.first, to))

    def mended(self, workspace: Path) -> None:
        """Run again, and hold what comes of it against the undisturbed release."""
        assert published(workspace) in {1, 2}
        self.runs.finish(workspace)

        assert published(workspace) == 2
        assert release_of(workspace, 2) == self.expected
        assert leftovers(workspace) == []
        assert Corpus(Workspace(workspace).corpus).tagged() == [1, 2]


@pytest.fixture(scope="module")
def due(tmp_path_factory: pytest.TempPathFactory) -> Due:
    root = tmp_path_factory.mktemp("faults")
    runs = Runs(write_share(root / "share"))
    runs.finish(root / "first")
    (runs.share / "policies/travel.md").write_text(TRAVEL.replace("140 EUR", "160 EUR"))
    (runs.share / "later.txt").write_text(LATER)
    shutil.copytree(root / "first", root / "quiet")
    seconds = runs.finish(root / "quiet")
    return Due(runs, root / "first", release_of(root / "quiet", 2), seconds)


@pytest.mark.slow
@pytest.mark.parametrize("most", [500, 4_000, 16_000, 40_000])
def test_a_full_disk_during_a_refresh_loses_nothing(due: Due, tmp_path: Path, most: int) -> None:
    workspace = due.copy(tmp_path / "w")

    code, said = due.runs.end(workspace, by=small(most))

    assert code == 1
    assert STAYS in said
    assert "could not be written: File too large" in said
    due.mended(workspace)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sign", "share"),
    [("", 0.0), ("private/draft", 0.0), ("private/draft", 0.02), ("releases/2", 0.0)],
    ids=["at the start", "while it is written", "a moment later", "before the commit point"],
)
def test_a_permission_lost_during_a_refresh_loses_nothing(
    due: Due, tmp_path: Path, sign: str, share: float
) -> None:
    if not obeys_modes():
        pytest.skip("whoever runs this may write what its mode forbids")
    workspace = due.copy(tmp_path / "w")

    process = due.runs.start(workspace, by=BOUND) if sign else None
    if process:
        _await(process, workspace / sign)
        time.sleep(due.seconds * share)
    with sealed(workspace):
        process = process or due.runs.start(workspace, by=BOUND)
        _, errors = process.communicate(timeout=240)

    if process.returncode:  # else it had ended before
        assert process.returncode == 1
        assert errors.decode().count("\n") == 1
        assert "ermission denied" in errors.decode()
        assert STAYS in errors.decode() or PUBLISHED in errors.decode()
    due.mended(workspace)


def _await(process: subprocess.Popen[bytes], path: Path) -> None:
    while process.poll() is None and not path.exists():
        time.sleep(0.001)


@pytest.mark.slow
def test_of_runs_at_once_one_publishes_and_the_others_are_told(due: Due, tmp_path: Path) -> None:
    workspace = due.copy(tmp_path / "w")

    processes = [due.runs.start(workspace) for _ in range(3)]
    said = [process.communicate(timeout=240)[1].decode() for process in processes]

    codes = [process.returncode for process in processes]
    assert sorted(codes) == [0, 75, 75]
    for code, words in zip(codes, said, strict=True):
        assert ("another run holds this workspace; try again" in words) is (code == 75)
    assert published(workspace) == 2
    due.mended(workspace)


@pytest.mark.slow
def test_of_runs_whose_lock_guards_nothing_no_key_stands_twice(due: Due, tmp_path: Path) -> None:
    workspace = due.copy(tmp_path / "w")

    ended = [due.runs.start(workspace, by=UNLOCKED) for _ in range(2)]
    for process in ended:
        process.communicate(timeout=240)

    assert _no_key_twice(lance.dataset(Workspace(workspace).corpus))
    due.runs.finish(workspace)  # where one overtook the other, this one mends what that left
    number = published(workspace)
    held = Corpus(Workspace(workspace).corpus).at(number)
    assert held is not None
    assert _no_key_twice(held)


def _no_key_twice(corpus: lance.LanceDataset) -> bool:
    keys = corpus.to_table([KEY]).column(0).to_pylist()
    return len(keys) == len(set(keys)) > 0
