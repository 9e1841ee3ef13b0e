"""Rollback, retention and erasing, killed at any moment: readers see a whole release; the call completes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from curate.erase.proof import traces
from curate.release.changes import changes
from curate.release.reading import Release, open_release
from curate.release.retention import published
from tests.flow import whole
from tests.flow.whole import ROOT, leftovers
from tests.release.kept.site import Site, page, site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = (
    "# Note\n\nThe paper of Zebulon Quarkington lies in the blue cabinet by the foreman's desk.\n"
)
KILLS = 4
RUN = ("run", "p.yaml", "--as-of", "2026-03-31", "--quiet", "--workers", "1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three releases, the second and third of which hold a secret; a fourth is due, and keeps two."""
    found = site(tmp_path_factory.mktemp("kills"))
    found.write("page.md", page(1))
    found.run()
    found.write("secret.md", SECRET)
    found.run()
    found.write("page.md", page(2))
    found.run()
    return found


def _start(made: Site, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "curate", *words],
        cwd=made.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _finish(made: Site, *words: str) -> float:
    started = time.monotonic()
    process = _start(made, *words)
    _, errors = process.communicate(timeout=120)
    assert process.returncode in {0, 2}, errors.decode()
    return time.monotonic() - started


def _rolled(made: Site) -> None:
    now = open_release(made.root)
    assert changes(Release(made.workspace, 1), now).chunks == ()


def _retired(made: Site) -> None:
    assert published(made.workspace) == [3, 4]
    assert "Part 3" in "".join(open_release(made.root).corpus.collect()["text"])


def _erased(made: Site) -> None:
    assert traces(made.workspace, ["Quarkington"]) == {}


CASES: dict[str, tuple[tuple[str, ...], Callable[[Site], None]]] = {
    "rollback": (("rollback", "1"), _rolled),
    "retention": (RUN, _retired),
    "erase": (("erase", "--document", "secret.md", "--yes"), _erased),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_killed_at_any_moment_the_same_call_completes(
    made: Site, tmp_path: Path, case: str
) -> None:
    words, holds = CASES[case]
    whole_time = _finish(_copy(made, tmp_path / "whole", case), *words)
    chance = random.Random(case)
    killed = 0
    for number in range(KILLS):
        own = _copy(made, tmp_path / str(number), case)
        process = _start(own, *words)
        time.sleep(whole_time * chance.uniform(0.3, 1.0))
        killed += process.poll() is None
        process.kill()
        process.communicate(timeout=60)

        before = whole.published(own.workspace.root)
        assert before in {3, 4}
        _finish(own, *words)

        whole.published(own.workspace.root)
        holds(own)
        assert leftovers(own.workspace.root) == []
    assert killed > KILLS // 3


def _copy(made: Site, root: Path, case: str) -> Site:
    shutil.copytree(made.root, root)
    own = Site(root)
    if case == "retention":
        own.settings("releases: {keep: 2}\n")
        own.write("page.md", page(3))
    return own
