"""A share that means harm: every file is a row with its reason or is read, and nothing else happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from curate.release.reading import Release
from curate.store.workspace import Workspace
from tests.flow.hostile import pipeline, write_hostile_share
from tests.flow.whole import KEYS, ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

GUARD = Path(__file__).parent / "offline"
CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Ran:
    """A finished run on the hostile share: its release, what it printed, the folders around it."""

    release: Release
    root: Path
    printed: str

    @property
    def rows(self) -> Mapping[str, dict[str, Any]]:
        """Return the ledger by address, also by that without the mark that ends it."""
        rows = {row["address"]: row for row in self.release.ledger}
        return {name.rpartition(" #")[0]: row for name, row in rows.items()} | rows

    def reason(self, address: str) -> str:
        """Return why a record was rejected ("" if it was not)."""
        row = self.rows[address]
        return str(row["reasons"][0]) if row["outcome"] == "rejected" else ""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    root = tmp_path_factory.mktemp("hostile")
    write_hostile_share(root / "outer/share")
    (root / "pipeline.yaml").write_text(
        pipeline(root / "outer/share", cpu_seconds=10, memory_mb=512)
    )
    for name in ("home", "temporary", "work"):
        (root / name).mkdir()
    before = _outside(root)
    call = [sys.executable, "-m", "curate", "run", str(root / "pipeline.yaml"), "--as-of"]
    done = subprocess.run(
        [*call, "2026-03-31", "--workspace", str(root / "workspace")],
        cwd=root / "work",
        env=_environment(root),
        capture_output=True,
        check=False,
        timeout=280,
    )
    printed = (done.stdout + done.stderr).decode("utf-8", "replace")

    assert done.returncode == 0, printed
    assert _outside(root) == before
    return Ran(Release(Workspace(root / "workspace"), 1), root, printed)


def _environment(root: Path) -> dict[str, str]:
    places = {name: str(root / "home") for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    return {
        **os.environ,
        **KEYS,
        **places,
        "PYTHONPATH": os.pathsep.join([str(GUARD), str(ROOT)]),
        "TMPDIR": str(root / "temporary"),
        "CURATE_TEST_NETWORK_LOG": str(root / "network.log"),
    }


def _outside(root: Path) -> list[bytes]:
    """Return every path around the workspace, so that nothing that a run writes is overlooked."""
    paths = (os.fsencode(path) for path in root.rglob("*"))
    ours = (b"/workspace", b"/network.log")
    start = len(os.fsencode(root))
    return sorted(path for path in paths if not path[start:].startswith(ours))


@pytest.mark.slow
def test_every_file_of_the_share_is_in_the_ledger(ran: Ran) -> None:
    share = ran.root / "outer/share"
    files = [p for p in share.rglob("*") if p.is_symlink() or not p.is_dir()]
    names = {os.fsencode(p.relative_to(share)).decode("utf-8", "backslashreplace") for p in files}
    wanted = {name for name in names if not name.startswith("other-workspace/")}

    heads = {address.partition(" › ")[0] for address in ran.rows}
    missing = {name for name in wanted if not heads & {name, "\u00e9.txt~2"}}

    assert missing - {"e\u0301.txt", "caf\\xe9.txt"} == set()
    assert {"\u00e9.txt", "\u00e9.txt~2", "caf\\xe9.txt", "caf\\xe9.txt~2"} <= heads
    assert not any("other-workspace" in address for address in ran.rows)


@pytest.mark.slow
def test_every_rejection_has_a_stable_code_and_none_is_a_surprise(ran: Ran) -> None:
    rejected = [row for row in ran.release.ledger if row["outcome"] == "rejected"]
    codes = {address: ran.reason(address) for address in (row["address"] for row in rejected)}

    assert all(CODE.fullmatch(code) for code in codes.values())
    assert {a: c for a, c in codes.items() if c.startswith(("failed", "crashed", "not_run"))} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("passwd.txt", {"link"}),
        ("etc", {"link"}),
        ("dangling.txt", {"link"}),
        ("loop/round", {"link"}),
        ("pipe.txt", {"special_file"}),
        ("door.txt", {"special_file"}),
        ("empty.pdf", {"empty"}),
        ("garbage.pdf", {"corrupt", "unsupported"}),
        ("garbage.docx", {"corrupt", "unsupported"}),
        ("truncated.docx › #0", {"corrupt"}),
        ("truncated.pdf", {"corrupt"}),
        ("locked.zip › a.txt", {"encrypted"}),
        ("locked.docx", {"encrypted", "corrupt"}),
        ("climbing.zip › climbed.txt", {"climbs_out"}),
        ("climbing.zip › tmp/climbed-absolute.txt", {"climbs_out"}),
        ("climbing.tar.gz › climbed-tar.txt", {"climbs_out"}),
        ("climbing.tar.gz › link.txt", {"link"}),
        ("climbing.tar.gz › device", {"special_file"}),
        ("climbing.zip › fine.txt", {""}),
        ("climbing.tar.gz › fine.txt", {""}),
        ("good.md", {""}),
        (r"new\nline.txt", {""}),
        ("-rf.txt", {""}),
        ("page.pdf", {""}),
        ("word.txt", {""}),
        ("remote.html", {""}),
    ],
)
def test_each_hostile_file_has_the_reason_it_deserves(
    ran: Ran, address: str, codes: set[str]
) -> None:
    assert ran.reason(address) in codes


@pytest.mark.slow
def test_bombs_are_stopped_and_their_neighbours_are_read(ran: Ran) -> None:
    bombs = {address: ran.reason(address) for address in ran.rows if "zeros" in address}

    assert set(bombs.values()) <= {"bomb", "too_large", "unsupported"}
    assert bombs
    assert any("nested.zip" in address for address in ran.rows)


@pytest.mark.slow
def test_nothing_outside_the_share_is_read(ran: Ran) -> None:
    text = "\n".join(ran.release.corpus.collect()["index_text"])

    assert "root:x:0" not in text
    assert "never to be read" not in text
    assert "The valve closes" in text


@pytest.mark.slow
def test_nothing_is_written_but_the_workspace(ran: Ran) -> None:
    assert list((ran.root / "home").rglob("*")) == []
    assert list((ran.root / "temporary").rglob("*")) == []
    assert list((ran.root / "work").rglob("*")) == []
    assert not Path("/tmp/climbed-absolute.txt").exists()  # noqa: S108 - the attack under test


@pytest.mark.slow
def test_no_process_of_the_run_reached_for_a_network(ran: Ran) -> None:
    log = ran.root / "network.log"

    assert not log.exists() or log.read_text() == ""


@pytest.mark.slow
def test_the_guard_against_networks_is_in_force_in_the_parent_and_in_workers(
    tmp_path: Path,
) -> None:
    program = (
        "import socket\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
        "except OSError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], env=_environment(tmp_path), capture_output=True,
        text=True, check=True,
    )  # fmt: skip

    assert "no network in tests" in done.stdout
    assert (tmp_path / "network.log").read_text().startswith("getaddrinfo")


@pytest.mark.slow
def test_what_a_run_prints_holds_no_text_of_a_document(ran: Ran) -> None:
    assert "valve" not in ran.printed
    assert "Traceback" not in ran.printed
    assert "never to be read" not in ran.printed
