"""A disk that is full: the run says which place, what holds nevertheless, and what to do; nothing is lost.

The limit on the size of a file (RLIMIT_FSIZE) stands in for the disk: writing fails in earnest,
wherever it happens, also in libraries that are not written in Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

import curate
from curate.errors import StorageError, why_unwritten
from curate.pipeline.storage import refused
from curate.release.reading import open_release
from curate.store.workspace import Workspace
from tests.flow.limits import small
from tests.flow.share import REFUNDS, TRAVEL, run_share

ROOT = Path(curate.__file__).parent.parent


def limited(most: int, share: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a share where no file may be larger than so many bytes."""
    return subprocess.run(
        [sys.executable, *small(most), *words, str(share), "--as-of", "2026-03-31"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def large(folder: Path) -> Path:
    """Write a share whose results are larger than any limit of these tests."""
    folder.mkdir()
    numbers = "\n\n".join(f"Paragraph {n} tells of {hash((n, 7)) % 10**9}." for n in range(9_000))
    (folder / "refunds.md").write_text(REFUNDS)
    (folder / "large.txt").write_text(numbers)
    return folder


def test_a_full_disk_on_a_first_run_is_told_with_place_and_remedy(tmp_path: Path) -> None:
    share = large(tmp_path / "share")

    ended = limited(40_000, share, "run")

    assert ended.returncode == 1, ended.stderr
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"{share}/.curate")
    assert ": could not be written: File too large, " in line
    assert "Nothing was published and nothing is lost: there is no release yet." in line
    assert "name another place with --workspace FOLDER; the same command then goes on" in line


def test_the_last_release_stays_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "refunds.md").write_text(REFUNDS)
    run_share(share, share / ".curate", workers=1)
    (share / "travel.md").write_text(TRAVEL * 400)

    ended = limited(20_000, share, "run")
    before = open_release(share)
    outcome, _ = run_share(share, share / ".curate", workers=1)

    assert ended.returncode == 1, ended.stderr
    assert "nothing is lost: release 1 stays in force." in ended.stderr
    assert before.number == 1
    assert before.corpus.collect().height
    assert outcome.release == 2


def test_what_arrow_says_of_a_full_device_is_understood() -> None:
    with pa.OSFile("/dev/full", "w") as device, pytest.raises(OSError, match="errno 28") as raised:
        device.write(b"a" * 100_000)

    assert why_unwritten(raised.value) == "No space left on device"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (
            OSError("LanceError(IO): ... No space left on device (os error 28)"),
            "No space left on device",
        ),
        (
            OSError("LanceError(IO): Generic LocalFileSystem error: No space left"),
            "No space left on device",
        ),
        (OSError(30, "Read-only file system", "/x"), "Read-only file system"),
        (FileNotFoundError(2, "No such file or directory", "/x"), ""),
        (OSError("something else"), ""),
    ],
)
def test_only_what_is_about_writing_is_taken_for_it(
    tmp_path: Path, error: OSError, why: str
) -> None:
    assert why_unwritten(error) == why
    assert isinstance(refused(error, Workspace(tmp_path)), StorageError) is bool(why)


def test_a_file_in_the_workspace_is_named_and_no_other(tmp_path: Path) -> None:
    inside = OSError(28, "", str(tmp_path / "private/memo/a.rows"))
    outside = OSError(28, "", "/share/hr/jane doe.docx")

    assert str(refused(inside, Workspace(tmp_path))).startswith(f"{tmp_path}/private/memo/a.rows: ")
    assert str(refused(outside, Workspace(tmp_path))).startswith(f"{tmp_path}: ")
