"""Opening a file that was listed: what has taken its place meanwhile is not followed, waited for or read."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from curate.sources import plain
from curate.sources.plain import NotPlainError, in_folder, open_plain

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["told by the system", "not told"])
def share(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a share beside a folder outside, on a system that tells what was opened or does not."""
    if request.param == "not told":
        monkeypatch.setattr(plain, "_OPENED", str(tmp_path / "nowhere"))
    for name in ("outside/secret.md", "share/folder/secret.md", "share/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path / "share"


def _refused(path: Path) -> str:
    with pytest.raises(NotPlainError) as error:
        open_plain(str(path))
    return error.value.code


def test_a_file_is_opened_and_so_is_one_that_was_saved_anew(share: Path) -> None:
    path = share / "a.md"
    (share / "a.md.new").write_text("anew")
    (share / "a.md.new").replace(path)

    with open_plain(str(path)) as file:
        assert file.read() == b"anew"


def test_a_file_that_is_replaced_right_after_it_was_opened_is_read(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if plain._OPENED != "/proc/self/fd":  # elsewhere it has changed, and is read later
        pytest.skip("this system would not tell")
    path, fstat = share / "a.md", os.fstat

    def replaced(descriptor: int) -> os.stat_result:
        (share / "new").write_text("anew")
        (share / "new").replace(path)
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", replaced)
    with open_plain(str(path)) as file:
        monkeypatch.undo()
        assert file.read() == b"share/a.md"


def test_a_link_in_the_place_of_a_file_is_not_followed(share: Path) -> None:
    (share / "a.md").unlink()
    (share / "a.md").symlink_to(share.parent / "outside/secret.md")

    assert _refused(share / "a.md") == "link"


def test_a_link_in_the_place_of_a_folder_above_is_not_followed(share: Path) -> None:
    (share / "folder").rename(share.parent / "old")
    (share / "folder").symlink_to(share.parent / "outside", target_is_directory=True)

    assert _refused(share / "folder/secret.md") == "link"
    with pytest.raises(NotPlainError, match="link"):
        in_folder(str(share / "folder"))


def test_nobody_waits_for_a_pipe_or_knocks_at_a_door(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(share)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")

    assert _refused(share / "pipe") == _refused(share / "door") == "special_file"


def test_names_in_a_folder_are_sorted_with_what_is_a_folder_itself(share: Path) -> None:
    (share / "link").symlink_to(share.parent, target_is_directory=True)

    assert in_folder(str(share)) == [("a.md", False), ("folder", True), ("link", False)]
