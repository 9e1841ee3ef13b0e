"""The README is true: its commands parse, its settings are valid, its programs run, its figures are real."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import typer
import yaml

import curate
from curate import config
from curate.cli.main import app
from curate.parsers.records import shape_from
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.setup.ready import names
from curate.sources.facts import read_sidecar
from tests.flow.share import write_share
from tests.readme import README, ROOT, Block, blocks, demo, timeless, written

if TYPE_CHECKING:
    from pathlib import Path

TEXT = README.read_text(encoding="utf-8")
SHELL = [
    (block.line + number, line.partition("#")[0].strip())
    for block in blocks("sh")
    for number, line in enumerate(block.text.splitlines())
    if line.partition("#")[0].strip()
]
PROGRAMS = [block for block in blocks("python") if not block.text.startswith("# acme.py")]
NOTHING = {"sources": [{"path": "."}]}


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a share with its release, and the workspace once more beside it."""
    root = tmp_path_factory.mktemp("readme")
    release = curate.run(write_share(root / "share"), as_of="2026-03-31", workers=2)
    shutil.copytree(release.workspace.root, root / ".curate")
    return root


def test_the_first_commands_are_the_two_that_set_everything_up() -> None:
    assert [line for _, line in SHELL[:2]] == ["make demo", "make test"]


@pytest.mark.parametrize(("line", "command"), SHELL)
def test_a_command_is_one_that_exists(line: int, command: str) -> None:
    program, *rest = shlex.split(command)
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert rest[0] in targets, f"README.md:{line}"
    elif program == "curate":
        _parse(rest)
    else:
        assert program == "export", f"README.md:{line}"


def test_every_command_of_the_command_line_is_shown() -> None:
    shown = {shlex.split(command)[1] for _, command in SHELL if command.startswith("curate ")}

    assert shown | {"demo"} == set(_group().commands)


@pytest.mark.parametrize("block", blocks("yaml"), ids=lambda block: f"line-{block.line}")
def test_settings_are_valid(block: Block) -> None:
    if block.text.startswith("# hr/_meta.yaml"):
        assert read_sidecar(block.text.encode(), name="_meta.yaml").access
        return
    stated: dict[str, Any] = yaml.safe_load(block.text)

    settings = config.build(NOTHING | stated, PipelineSettings, name=f"README.md:{block.line}")

    assert stated.keys() <= settings.model_fields_set
    mapped = [one.records for one in settings.sources if isinstance(one.records, dict)]
    assert all(map(shape_from, mapped))


@pytest.mark.parametrize("block", PROGRAMS, ids=lambda block: f"line-{block.line}")
def test_a_program_runs(block: Block, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(share)
    names: dict[str, Any] = {"__name__": "readme"}

    exec(compile(block.text, f"README.md:{block.line}", "exec"), names)  # noqa: S102

    assert names.keys() > {"__name__", "__builtins__"}, "it ran to its end, and named something"


def test_the_extractor_of_ones_own_finds_what_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = next(block for block in blocks("python") if block.text.startswith("# acme.py"))
    settings = next(block for block in blocks("yaml") if "acme:symptoms" in block.text)
    (tmp_path / "docs").mkdir()
    (tmp_path / "acme.py").write_text(program.text)
    (tmp_path / "acme.yaml").write_text(f"sources: [{{path: docs}}]\n{settings.text}")
    (tmp_path / "docs/press.md").write_text(
        "# Press 4\n\nSymptom: the press stops after a power cut\n\n"
        "Turn the red key to zero, wait ten seconds, then start the feed before the hammer.\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    release = curate.run(tmp_path / "acme.yaml", as_of="2026-03-31", workers=1)

    asked = {e["extractor"]: e["messages"][0]["content"] for e in release.examples}
    assert asked == {"symptoms": "What helps when this happens: the press stops after a power cut"}


def test_files_that_are_named_are_there() -> None:
    ready = re.findall(r"^\| `([a-z-]+)\.yaml` \|", TEXT, re.MULTILINE)

    assert sorted(ready) == names()
    for name in ("constraints.txt", "examples/company", "schemas", "pipelines", "LICENSE"):
        assert (ROOT / name).exists()


def test_the_workspace_lies_as_it_is_drawn(share: Path) -> None:
    drawn = next(block for block in blocks("text") if block.text.startswith(".curate/"))
    entries = [line.split()[0] for line in drawn.text.splitlines()[1:]]
    tables = {"ledger.parquet", "findings.parquet", "left_out.parquet"}
    places = {"finetune/", *tables, "manifest.json", "history.json"}

    for entry in entries:
        parent = share / ".curate" / ("releases/1" if entry in places else "")
        assert (parent / entry).exists(), entry


def test_the_reason_codes_are_those_that_the_code_gives() -> None:
    table = TEXT.partition("| reason |")[2].partition("\n\n")[0]
    codes = set(re.findall(r"`([a-z_]+)`", table.replace("`display", "")))
    source = "\n".join(path.read_text() for path in (ROOT / "curate").rglob("*.py"))

    assert {code for code in codes if f'"{code}"' not in source} == set()


def test_no_line_of_the_readme_names_a_machine() -> None:
    assert not re.search(r"/(tmp|work|home|root)/|https?://", TEXT)


@pytest.mark.slow
def test_the_results_that_are_shown_are_those_of_a_demo(tmp_path: Path) -> None:
    fresh = demo(tmp_path)

    for name, text in fresh.items():
        assert timeless(written(name).text) == timeless(text), "write it anew with `make readme`"


def _group() -> Any:
    return typer.main.get_command(app)


def _parse(words: list[str]) -> None:
    """Parse a command line as the program would, without running it."""
    group = _group()
    command = group.commands[words[0]]
    command.make_context(words[0], words[1:])
