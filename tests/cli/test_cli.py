"""The command line: help, exit codes, JSON, silence, and errors without tracebacks."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

import curate
from curate.cli.main import app
from curate.store.lock import locked
from tests.flow.share import REFUNDS, TRAVEL, VPN

ROOT = Path(curate.__file__).parent.parent
COMMANDS = [
    *(
        "demo",
        "diff",
        "doctor",
        "erase",
        "export",
        "init",
        "plan",
        "releases",
        "report",
        "rollback",
        "run",
    ),
    *("show", "trace", "try"),
]
AS_OF = ("--as-of", "2026-03-31")
HEAVY = ("lance", "numpy", "polars", "pyarrow", "pydantic", "rich.progress", "yaml")


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three pages and an empty file, run once."""
    folder = tmp_path_factory.mktemp("cli") / "share"
    folder.mkdir()
    pages = {"refunds.md": REFUNDS, "travel.md": TRAVEL, "vpn.html": VPN, "empty.txt": ""}
    for name, text in pages.items():
        (folder / name).write_text(text)
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))
    curate.run(folder, as_of="2026-03-31", workers=1)
    return folder


def call(
    *words: object, folder: Path, code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a script does, and hold it to an exit code."""
    ended = subprocess.run(
        [sys.executable, "-m", "curate", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended


def test_these_are_the_commands() -> None:
    commands: Any = typer.main.get_command(app)

    assert sorted(commands.commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_for_all_it_takes_and_an_example(name: str) -> None:
    commands: Any = typer.main.get_command(app)
    command = commands.commands[name]

    assert command.help.strip()
    assert all(parameter.help for parameter in command.params)
    assert command.epilog.startswith(f"Example:  curate {name}")


def test_help_starts_quickly_and_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, curate.cli.main; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    seconds = min(_seconds("--help", folder=tmp_path) for _ in range(5))

    assert not set(HEAVY) & set(loaded)
    assert seconds < 0.3


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    assert call("--version", folder=tmp_path).stdout == f"curate {curate.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [("nosuch",), ("run",), ("run", ".", "--workers", "many"), ("run", ".", "--nosuch"), ("show",)],
)
def test_wrong_use_leaves_with_2_and_says_so_on_stderr(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    ended = call(*words, folder=tmp_path, code=2)

    assert ended.stdout == ""
    assert "Error: " in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "nothing"), "nothing: does not exist"),
        (("run", "s3://bucket/share"), "is an address of a storage (s3); write it in a pipeline"),
        (("run", "nothing.yaml"), "cannot be read"),
        (("run", "."), "there is no file here to read"),
        (("run", ".", "--as-of", "31.3.2026"), "write YYYY-MM-DD"),
        (("plan", "nothing"), "nothing: does not exist"),
        (("show", "kept"), "there is no workspace"),
        (("report",), "there is no workspace"),
        (("export",), "there is no workspace"),
        (("try", "parse", "nothing.pdf"), "nothing.pdf: is no file"),
        (("try", "pars", "nothing.pdf"), "Did you mean 'parse'?"),
        (("init", "nothing"), "nothing: is no folder"),
        (("init", ".", "--template", "handbok"), "Did you mean 'handbook'?"),
    ],
)
def test_what_is_not_there_leaves_with_2_and_is_named(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ended = call(*words, folder=tmp_path, code=2)

    assert ended.stdout == ""
    assert said in ended.stderr


def test_a_wrong_pipeline_file_is_met_with_the_line_the_key_and_the_nearest_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "share.yaml").write_text("sources:\n  - path: .\nchunks:\n  sise: 250\n")

    ended = call("run", "share.yaml", folder=tmp_path, code=2)

    assert ended.stderr == "share.yaml:4  chunks.sise is not a setting. Did you mean chunks.size?\n"


def test_a_piped_run_prints_its_result_alone(share: Path, tmp_path: Path) -> None:
    ended = call("run", share, "-w", tmp_path / "w", *AS_OF, folder=tmp_path)

    assert ended.stdout.startswith("\nRelease 1\n  4 documents  =  ")
    assert "\x1b" not in ended.stdout + ended.stderr
    assert ended.stderr == ""


def test_a_second_run_says_that_nothing_is_to_be_done(share: Path, tmp_path: Path) -> None:
    ended = call("run", share, *AS_OF, folder=tmp_path)

    assert ended.stdout.startswith("Release 1 is current: 4 documents unchanged")


def test_a_quiet_run_prints_nothing(share: Path, tmp_path: Path) -> None:
    ended = call("run", share, "--quiet", *AS_OF, folder=tmp_path)

    assert (ended.stdout, ended.stderr) == ("", "")


@pytest.mark.slow
def test_json_is_one_line_with_the_counts(share: Path, tmp_path: Path) -> None:
    ended = call("run", share, "-w", tmp_path / "w", "--json", *AS_OF, folder=tmp_path)
    values = json.loads(ended.stdout)

    assert ended.stdout.count("\n") == 1
    assert (values["release"], values["published"], values["documents"]) == (1, True, 4)
    assert values["counts"]["rejected"] == {"empty": 1}


def test_doctor_tells_that_others_may_read_what_is_private(tmp_path: Path) -> None:
    private = tmp_path / "w/private"
    (private / "state").mkdir(parents=True)
    (tmp_path / "w/curate.workspace").touch()
    private.chmod(0o755)

    ended = call("doctor", "-w", tmp_path / "w", "--json", folder=tmp_path, code=1)
    checks = {check["name"]: check for check in json.loads(ended.stdout)}

    assert not checks["private"]["ok"]
    assert checks["private"]["fix"] == f"chmod 700 {private}"
    assert (checks["private"]["found"], checks["keys"]["found"]) == ("open, 0755", "not made yet")


def test_doctor_tells_that_keys_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "w/private").mkdir(parents=True, mode=0o700)
    (tmp_path / "w/private").chmod(0o700)
    (tmp_path / "w/curate.workspace").touch()
    ids, pseudonyms = "5e" * 32, "6f" * 32

    ended = call(
        *("doctor", "-w", tmp_path / "w", "--json"), folder=tmp_path,
        CURATE_KEY_IDS=ids, CURATE_KEY_PSEUDONYMS=pseudonyms,
    )  # fmt: skip
    checks = {check["name"]: check for check in json.loads(ended.stdout)}

    assert checks["keys"]["found"] == "in the environment"
    assert checks["private"]["found"] == "0700"


def test_every_reading_command_has_json_for_scripts(share: Path, tmp_path: Path) -> None:
    rejected = _json("show", "rejected", folder=share)
    examples = _json("show", "question_headings", folder=share)
    checks = _json("doctor", "-w", share, folder=tmp_path)

    assert [row["address"] for row in rejected] == ["empty.txt"]
    assert {check["name"] for check in checks} >= {"python", "polars", "keys"}
    assert _json("show", examples[0]["example_id"], folder=share)["evidence"]
    assert _json("plan", share, folder=tmp_path)["current"] is True


@pytest.mark.slow
def test_each_stage_can_be_tried_and_yields_rows_as_json(share: Path, tmp_path: Path) -> None:
    spans = _json("try", "find_pii", share / "vpn.html", folder=tmp_path)
    drafts = _json("try", "mine", share / "travel.md", folder=tmp_path)

    assert {span["type"] for span in spans} == {"EMAIL_ADDRESS", "PHONE_NUMBER"}
    assert "approves a flight?" in drafts[0]["messages"][0]["content"]
    assert all(character in "0123456789abcdef" for character in drafts[0]["content_keys"][0])


def test_an_output_that_knows_no_umlaut_gets_escapes(tmp_path: Path) -> None:
    (tmp_path / "Gebühr.md").write_text(TRAVEL)

    plain = call("plan", "Gebühr.md", folder=tmp_path, code=2, PYTHONIOENCODING="ascii")
    values = call("plan", tmp_path, "--json", folder=tmp_path, PYTHONIOENCODING="ascii")

    assert plain.stderr.startswith("Geb\\xfchr.md: is no folder")
    assert json.loads(values.stdout)["files"] == 1


def test_a_workspace_is_found_from_a_folder_below_it(share: Path) -> None:
    (share / ".curate" / "below").mkdir(exist_ok=True)

    ended = call("show", "rejected", folder=share / ".curate" / "below")

    assert "empty.txt" in ended.stdout


def test_a_report_is_written_and_its_place_is_told(share: Path) -> None:
    ended = call("report", "--no-open", folder=share)
    page = Path(ended.stdout.strip())

    assert page.name == "report.html"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_export_is_written_and_its_files_are_told(share: Path, tmp_path: Path) -> None:
    ended = call("export", "--to", "openai", "-o", tmp_path / "out", "-w", share, folder=tmp_path)
    lines = (tmp_path / "out/train.jsonl").read_text(encoding="utf-8").splitlines()

    assert str(tmp_path / "out/train.jsonl") in ended.stdout
    assert all(list(json.loads(line)) == ["messages"] for line in lines)


def test_a_quiet_export_prints_nothing(share: Path, tmp_path: Path) -> None:
    ended = call("export", "--quiet", "-o", tmp_path / "out", "-w", share, folder=tmp_path)

    assert (ended.stdout, ended.stderr) == ("", "")
    assert (tmp_path / "out/train.jsonl").is_file()


def test_a_folder_in_which_there_is_nothing_to_read_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "share/.git").mkdir(parents=True)
    (tmp_path / "share/.git/config").write_text("x")

    ended = call("run", "share", folder=tmp_path, code=2)

    assert "there is no file here to read" in ended.stderr
    assert [path.name for path in (tmp_path / "share").iterdir()] == [".git"]


def test_a_mistake_in_what_was_inferred_is_told_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "share/.curate").mkdir(parents=True)
    file = tmp_path / "share/.curate/pipeline.yaml"
    file.write_text("name: share\n")

    ended = call("run", "share", folder=tmp_path, code=2)
    file.write_text("sources: [{path: gone}]\n")
    again = call("run", "share", folder=tmp_path, code=2)

    assert ended.stderr.startswith(f"{file}  sources is missing")
    assert again.stderr.startswith(f"{file}:1  sources[0]: ")


def test_when_all_files_are_gone_the_folder_is_named_and_what_stays(
    share: Path, tmp_path: Path
) -> None:
    shutil.copytree(share, tmp_path / "share")
    for path in (tmp_path / "share").glob("*.*"):
        path.unlink() if path.is_file() else None

    ended = call("run", "share", *AS_OF, folder=tmp_path, code=2)

    assert ended.stderr.startswith(f"{tmp_path / 'share'}: no file there is included by **/*. ")
    assert ended.stderr.endswith("Release 1 stays in force.\n")


def test_init_writes_what_run_reads_and_overwrites_nothing(share: Path, tmp_path: Path) -> None:
    call("init", share, folder=tmp_path)
    again = call("init", share, folder=tmp_path, code=2)
    plan = _json("plan", "share.yaml", folder=tmp_path)

    assert "exists already" in again.stderr
    assert plan["files"] == 4
    assert "the folder 'share'" in (tmp_path / "share.yaml").read_text()


def test_init_tells_a_script_what_it_wrote_and_what_lies_there(share: Path, tmp_path: Path) -> None:
    told = _json("init", share, folder=tmp_path)
    (source,) = told["sources"]

    assert told["path"] == str(tmp_path / "share.yaml")
    assert told["command"] == "curate run share.yaml"
    assert (source["name"], source["files"], source["unreadable"]) == ("share", 4, 0)
    assert sum(one["count"] for one in source["formats"]) == 4
    assert (tmp_path / "share.yaml").exists()


def test_a_busy_workspace_leaves_with_75(share: Path, tmp_path: Path) -> None:
    with locked(share / ".curate/private"):
        ended = call("run", share, "--verify", *AS_OF, folder=tmp_path, code=75)

    assert ended.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_refused_release_leaves_with_3_and_names_the_gate(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.md").write_text(f"{TRAVEL}\n\nPage {number} of the rules.\n")
    call("run", folder, *AS_OF, folder=tmp_path)
    for number in range(3):
        (folder / f"{number}.md").write_text("")

    ended = call("run", folder, *AS_OF, folder=tmp_path, code=3)

    assert "the release is refused, release 1 stays" in ended.stderr
    assert "--force" in ended.stderr
    assert "rejected" in ended.stderr


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(TRAVEL)
    (tmp_path / "file").write_text("")

    ended = call("run", tmp_path, "-w", tmp_path / "file" / "w", folder=tmp_path, code=2)

    assert "--workspace" in ended.stderr


@pytest.mark.slow
def test_ctrl_c_stops_at_once_leaves_with_130_and_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.md").write_text(f"{REFUNDS}\n\nPage {number} of the rules.\n")
    running = subprocess.Popen(
        [sys.executable, "-m", "curate", "run", str(folder), "--workers", "1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (folder / ".curate/private/memo").exists() and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)

    assert running.returncode == 130
    assert "Nothing is lost" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_watched_run_shows_its_stages_and_no_colour_is_respected(share: Path) -> None:
    shown = _watched("run", share, "--verify", *AS_OF, NO_COLOR="1")

    assert re.search(r"  list +\d+ files?, \d formats? ", shown)
    assert "Release 1 is current" in shown
    assert "\x1b[3" not in shown


def _json(*words: object, folder: Path) -> Any:
    return json.loads(call(*words, "--json", folder=folder).stdout)


def _seconds(*words: str, folder: Path) -> float:
    started = time.perf_counter()
    call(*words, folder=folder)
    return time.perf_counter() - started


def _watched(*words: object, **environment: str) -> str:
    """Run the command line on a terminal and return what it shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "curate", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment}
    running = subprocess.Popen(command, env=env, stdout=theirs, stderr=theirs)
    os.close(theirs)
    parts = []
    while part := _read(ours):
        parts.append(part)
    os.close(ours)
    assert running.wait(timeout=60) == 0
    return b"".join(parts).decode("utf-8", "replace")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize("command", ["run", "plan"])
def test_a_workspace_that_cannot_even_be_looked_at_is_to_be_put_elsewhere(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A\n\nAsk the desk.\n")

    ended = call(command, "docs", "--workspace", "x" * 300, folder=tmp_path, code=2)

    said = " ".join(ended.stderr.split())
    assert "the workspace cannot be read: File name too long." in said
    assert "Put it elsewhere with --workspace FOLDER." in said
