"""State, lock, keys and the workspace itself."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from curate.errors import BusyError, ConfigError
from curate.store.files import SHARED, write_text
from curate.store.lock import locked
from curate.store.state import State
from curate.store.workspace import Workspace, find

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of state."""

    name: str
    number: int


def test_state_is_read_by_the_names_that_a_head_holds(tmp_path: Path) -> None:
    old = State(tmp_path, {})
    old.write("rows", Row, [Row("a", 1)])
    new = State(tmp_path, old.names)
    new.write("rows", Row, [Row("b", 2)])

    assert State(tmp_path, old.names).rows("rows", Row) == [Row("a", 1)]
    assert State(tmp_path, new.names).rows("rows", Row) == [Row("b", 2)]
    assert State(tmp_path, {}).rows("rows", Row) == []


def test_equal_rows_give_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        state = State(tmp_path, {})
        state.write("rows", Row, [Row("a", 1)])

    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_sweeping_removes_what_no_head_names_and_what_is_half_written(tmp_path: Path) -> None:
    old, new = State(tmp_path, {}), State(tmp_path, {})
    old.write("rows", Row, [Row("a", 1)])
    new.write("rows", Row, [Row("b", 2)])
    (tmp_path / ".rows-ab.parquet.12.tmp").write_bytes(b"half")

    new.sweep(())

    assert [p.name for p in tmp_path.iterdir()] == list(new.names.values())


def test_the_lock_is_free_again_when_its_run_ends_or_dies(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from curate.store.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    other.stdout.readline()

    with pytest.raises(BusyError, match="another run holds"), locked(tmp_path):
        pass
    other.kill()
    other.wait()
    other.stdout.close()
    with locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_workspace_is_private_and_found_from_below(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "share/.curate")
    workspace.make()
    (tmp_path / "share/deep/deeper").mkdir(parents=True)

    assert workspace.private.stat().st_mode & 0o777 == 0o700
    assert find(tmp_path / "share/deep/deeper") == workspace
    assert find(tmp_path / "share/.curate/private") == workspace
    assert find(tmp_path) is None


def test_what_is_private_is_closed_to_others_where_it_stood_open(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.private.mkdir(parents=True)
    workspace.private.chmod(0o755)

    workspace.make()

    assert workspace.private.stat().st_mode & 0o777 == 0o700


def test_what_is_private_and_open_to_others_for_good_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.private.mkdir(parents=True)
    workspace.private.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)

    with pytest.raises(ConfigError, match=r"private: others may read .* chmod 700"):
        workspace.make()


def test_files_are_readable_by_their_owner_alone_unless_they_are_handed_out(
    tmp_path: Path,
) -> None:
    state = State(tmp_path, {})
    state.write("rows", Row, [Row("a", 1)])
    (memo,) = tmp_path.iterdir()
    write_text("", tmp_path / "shared", mode=SHARED)

    assert memo.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "shared").stat().st_mode & 0o444 == 0o444


def test_a_place_that_cannot_be_written_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigError, match=r"file/w: .*Not a directory.*--workspace"):
        Workspace(tmp_path / "file/w").make()


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.make()

    one = workspace.key("ids")

    assert (len(one), workspace.key("ids")) == (32, one)
    assert workspace.key("pseudonyms") != one
    path = workspace.private / "keys/ids.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in path.parent.iterdir()) == ["ids.key", "pseudonyms.key"]


def test_a_key_that_others_may_read_or_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.make()
    workspace.key("ids")
    path = workspace.private / "keys/ids.key"

    path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        workspace.key("ids")
    path.chmod(0o600)
    path.write_text("abc")
    with pytest.raises(ConfigError, match="64 hexadecimal digits") as error:
        workspace.key("ids")
    assert "abc" not in str(error.value)
    monkeypatch.setenv("CURATE_KEY_IDS", "5a" * 32)
    assert workspace.key("ids") == b"\x5a" * 32
