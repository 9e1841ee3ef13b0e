"""One release for one content: whatever order files come in, however many workers, whoever dies."""

from __future__ import annotations

import os
import random
import shutil
import time
from typing import TYPE_CHECKING, Any, Self

import psutil
import pytest

from tests.flow.share import contents, run_share, write_share
from tests.flow.whole import KEYS, Runs, release_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _fixed_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


_HARMLESS = 2  # deaths that may all hit one document on a slow machine, and still are not its fault


def test_the_order_in_which_files_are_listed_or_were_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = write_share(tmp_path / "one/share")
    other = tmp_path / "other/share"
    for path in sorted(share.rglob("*"), reverse=True):
        target = other / path.relative_to(share)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            shutil.copyfile(path, target)
    first, _ = run_share(share, tmp_path / "one/w", workers=1)
    monkeypatch.setattr(os, "scandir", _shuffled(os.scandir))

    second, _ = run_share(other, tmp_path / "other/w", workers=4)

    assert contents(first) == contents(second)


@pytest.mark.slow
def test_workers_killed_from_outside_during_a_run_change_nothing(tmp_path: Path) -> None:
    runs = Runs(write_share(tmp_path / "share"))
    runs.finish(tmp_path / "quiet")
    process = runs.start(tmp_path / "w", "--workers", "2")
    killed = 0

    while process.poll() is None:
        time.sleep(0.2)
        for worker in _workers(process.pid)[:1] if killed < _HARMLESS else ():
            worker.kill()
            killed += 1
    _, errors = process.communicate()

    assert process.returncode == 0, errors.decode()
    assert killed
    assert release_of(tmp_path / "w", 1) == release_of(tmp_path / "quiet", 1)


@pytest.mark.slow
def test_what_was_refreshed_step_by_step_equals_what_was_run_at_once_with_its_state(
    tmp_path: Path,
) -> None:
    share = write_share(tmp_path / "share")
    late = (share / "policies/travel.md").read_bytes()
    (share / "policies/travel.md").unlink()
    run_share(share, tmp_path / "steps")
    (share / "policies/travel.md").write_bytes(late)
    steps, _ = run_share(share, tmp_path / "steps")

    once, _ = run_share(share, tmp_path / "once")

    assert contents(steps) == contents(once)


class _Entries(list["os.DirEntry[str]"]):
    """A listing as `os.scandir` gives it, in an order of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def _shuffled(scandir: Any) -> Any:
    chance = random.Random(5)

    def listed(place: Any) -> _Entries:
        with scandir(place) as found:
            entries = _Entries(sorted(found, key=lambda entry: str(entry.name)))
        chance.shuffle(entries)
        return entries

    return listed


def _workers(parent: int) -> list[psutil.Process]:
    try:
        servers = psutil.Process(parent).children()
        return [worker for server in servers for worker in server.children()]
    except psutil.NoSuchProcess:
        return []
