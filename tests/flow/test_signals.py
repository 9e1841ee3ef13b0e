"""A run that is told to end, as service managers and containers do, ends quietly and loses nothing."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.flow.share import write_share
from tests.flow.whole import Runs, leftovers, published

if TYPE_CHECKING:
    from pathlib import Path

SAID = "Stopped. Nothing is lost: the same command goes on from here."


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(write_share(tmp_path_factory.mktemp("signals") / "share"))


def _family(pid: int, *, least: int) -> list[psutil.Process]:
    """Return a run's server and its workers, as soon as there are so many."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = psutil.Process(pid).children(recursive=True)
        if len(found) >= least:
            return found
        time.sleep(0.01)
    pytest.fail("the run has started no processes")


@pytest.mark.parametrize("least", [1, 2], ids=["while it loads", "while it works"])
@pytest.mark.parametrize("whole", [False, True], ids=["the run alone", "all its processes"])
def test_a_run_that_is_told_to_end_ends_as_by_ctrl_c(
    runs: Runs, tmp_path: Path, *, least: int, whole: bool
) -> None:
    process = runs.start(tmp_path / "w")
    family = _family(process.pid, least=least)

    for one in family if whole else ():
        one.send_signal(signal.SIGTERM)
    process.terminate()
    _, errors = process.communicate(timeout=30)

    assert errors.decode().strip() == SAID
    assert process.returncode == 128 + signal.SIGTERM
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert published(tmp_path / "w") == 0


def test_a_run_whose_parent_is_killed_leaves_no_process_and_no_word(
    runs: Runs, tmp_path: Path
) -> None:
    process = runs.start(tmp_path / "w")
    family = _family(process.pid, least=1)

    process.kill()
    _, errors = process.communicate(timeout=30)  # ends when the last of them has closed it

    assert errors.decode() == ""
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_a_killed_server_is_told_from_a_broken_one_and_the_next_run_goes_on(
    runs: Runs, tmp_path: Path
) -> None:
    process = runs.start(tmp_path / "w", "--workers", "1")
    server = _family(process.pid, least=1)[0]

    os.kill(server.pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=60)

    assert process.returncode == 75
    assert "was ended from outside by SIGKILL" in errors.decode()
    assert "the same command goes on from here" in errors.decode()
    assert "Traceback" not in errors.decode()
    runs.finish(tmp_path / "w")
    assert published(tmp_path / "w") == 1
    assert leftovers(tmp_path / "w") == []
