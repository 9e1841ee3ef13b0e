"""Walking a share: everything is an entry, nothing is followed, nothing outside is touched."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from curate.errors import ConfigError
from curate.sources.store import Stored
from curate.sources.walk import place_of, shown, walk
from curate.store.workspace import Workspace

ROOT = Path(__file__).parents[2]


def problems(place: Path) -> dict[str, str]:
    return {entry.path: entry.problem for entry in walk(str(place), options={})}


def test_files_of_all_folders_are_found_hidden_ones_too(tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.txt", "b/.hidden/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)

    found = {entry.path: entry.size for entry in walk(str(tmp_path), options={})}

    assert found == {"a.txt": 5, "b/c.txt": 7, "b/.hidden/d.txt": 15}


def test_a_file_is_a_place_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")

    assert problems(tmp_path / "a.txt") == {"a.txt": ""}


def test_links_are_entries_that_are_not_followed(tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "folder").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("secret")
    (share / "out.txt").symlink_to(tmp_path / "outside.txt")
    (share / "up").symlink_to(tmp_path, target_is_directory=True)
    (share / "folder/round").symlink_to(share, target_is_directory=True)
    (share / "gone").symlink_to(share / "nowhere")
    (share / "itself").symlink_to(share / "itself")

    assert problems(share) == {
        "out.txt": "link", "up": "link", "folder/round": "link", "gone": "link", "itself": "link",
    }  # fmt: skip


def test_an_address_of_this_disk_is_walked_as_a_path_and_follows_no_link(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    (share / "out.txt").symlink_to(tmp_path / "outside.txt")

    place = place_of(f"file://{share}", Path("/"))

    assert problems(Path(place)) == {"out.txt": "link"}


def test_pipes_and_sockets_are_entries_that_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")

    assert problems(tmp_path) == {"pipe": "special_file", "door": "special_file"}


def test_a_folder_that_cannot_be_opened_is_an_entry_with_its_reason(tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "closed").mkdir(parents=True)
    (share / "open.txt").write_text("x")
    (share / "closed").chmod(0)
    for folder in (share, *tmp_path.parents[:-1], tmp_path):
        folder.chmod(folder.stat().st_mode | 0o055)
    program = (
        "import sys; from curate.sources.walk import walk\n"
        "import os; os.setuid(65534) if os.getuid() == 0 else None\n"
        "print(sorted((e.path, e.problem) for e in walk(sys.argv[1], options={})))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(share)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (share / "closed").chmod(0o700)

    assert done.stdout.strip() == "[('closed', 'unreadable_folder'), ('open.txt', '')]"


def test_names_that_are_no_utf8_are_shown_escaped_and_can_be_opened(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:  # noqa: PTH123
        file.write("coffee")

    [entry] = walk(str(tmp_path), options={})

    assert entry.path == "caf\\xe9.txt"
    assert Path(entry.location).read_text() == "coffee"


def test_a_name_is_shown_composed_however_it_is_written() -> None:
    assert shown("e\u0301.txt") == shown("\u00e9.txt") == "\u00e9.txt"


def test_a_folder_marked_as_a_workspace_is_not_entered(tmp_path: Path) -> None:
    Workspace(tmp_path / ".curate").make()
    (tmp_path / ".curate/private/raw.txt").write_text("x")
    (tmp_path / "older/private/state").mkdir(parents=True)
    (tmp_path / "older/curate.workspace").touch()
    (tmp_path / "a.txt").write_text("x")

    assert problems(tmp_path) == {"a.txt": ""}


def test_a_folder_that_is_no_workspace_is_listed_whatever_is_called_as_its_mark(
    tmp_path: Path,
) -> None:
    Workspace(tmp_path / "real").make()
    for name in ("empty", "folder", "link", "pipe", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
    (tmp_path / "empty/curate.workspace").touch()
    (tmp_path / "folder/curate.workspace").mkdir()
    (tmp_path / "link/curate.workspace").symlink_to(tmp_path / "real/curate.workspace")
    os.mkfifo(tmp_path / "pipe/curate.workspace")
    (tmp_path / "other/curate.workspace").write_text("anything")

    assert problems(tmp_path) == {
        "empty/a.txt": "", "empty/curate.workspace": "", "folder/a.txt": "", "link/a.txt": "",
        "link/curate.workspace": "link", "other/a.txt": "", "other/curate.workspace": "",
        "pipe/a.txt": "", "pipe/curate.workspace": "special_file",
    }  # fmt: skip


def test_a_folder_that_became_a_link_during_the_walk_is_not_entered(tmp_path: Path) -> None:
    share = tmp_path / "share"
    for name in ("share/a/b.txt", "share/z.txt", "outside/secret.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = walk(str(share), options={})
    first = next(found)

    (share / "a").rename(tmp_path / "old")
    (share / "a").symlink_to(tmp_path / "outside", target_is_directory=True)

    assert (first.path, [(e.path, e.problem) for e in found]) == ("z.txt", [("a", "link")])


def test_a_stamp_changes_with_any_change_even_if_the_time_is_set_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    status = path.stat()
    [before] = walk(str(tmp_path), options={})
    [same] = walk(str(tmp_path), options={})

    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    [after] = walk(str(tmp_path), options={})

    assert before.stamp == same.stamp != after.stamp
    assert before.size == after.size


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="none: cannot be listed: No such file"):
        list(walk(str(tmp_path / "none"), options={}))
    with pytest.raises(ConfigError, match=r"nosuch://x: .*the protocol nosuch is not known\."):
        list(walk("nosuch://x", options={}))


def test_an_address_of_a_store_is_listed_like_a_folder() -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    files.pipe("/walked/b/two.txt", b"22")
    files.pipe("/walked/one.txt", b"1")

    found = {e.path: (e.size, e.location) for e in walk("memory://walked", options={})}

    assert {path: size for path, (size, _) in found.items()} == {"b/two.txt": 2, "one.txt": 1}
    assert all(location.startswith("memory://") for _, location in found.values())


def test_an_address_that_leads_through_another_one_opens_the_files_found_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "in/b").mkdir(parents=True)
    (tmp_path / "in/one.txt").write_bytes(b"1")
    (tmp_path / "in/b/two.txt").write_bytes(b"22")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "in/one.txt", "one.txt")
        archive.write(tmp_path / "in/b/two.txt", "b/two.txt")

    for place in (
        f"zip://::file://{tmp_path}/all.zip",
        f"dir://in::file://{tmp_path}",
        f"simplecache::file://{tmp_path}/in",
        f"simplecache::zip://::file://{tmp_path}/all.zip",
    ):
        read = {}
        for entry in walk(place, options={}):
            with Stored(entry.location, {}) as file:
                read[entry.path] = file.read()
        assert read == {"one.txt": b"1", "b/two.txt": b"22"}, place


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("htps://a.example/x", r"the protocol htps is not known\. Did you mean https://\? "),
        ("zip://a.zip::foo://x", r"the protocol foo is not known\. A folder .*'curate\[s3\]'"),
        ("gs://bucket/x", r"gcsfs[^.]*\.$"),
    ],
)
def test_a_protocol_nobody_brings_is_named_with_what_is_missing(place: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        list(walk(place, options={}))
