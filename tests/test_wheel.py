"""What is shipped: the pins, and a wheel that runs its demo in an empty folder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
COPYLEFT = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public", re.IGNORECASE)


def test_every_pin_is_one_exact_version_and_names_no_place() -> None:
    assert sorted(PINS, key=str.lower) == PINS
    for line in PINS:
        pin = Requirement(line)
        assert [specifier.operator for specifier in pin.specifier] == ["=="], line
        assert pin.url is None


@pytest.mark.parametrize("version", VERSIONS)
def test_everything_asked_for_is_pinned_as_asked_for(version: str) -> None:
    here = {"python_version": version, "python_full_version": f"{version}.0", "extra": ""}
    pinned = {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in map(Requirement, PINS)
        if pin.marker is None or pin.marker.evaluate(here)
    }
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]

    for wanted in map(Requirement, asked):
        if wanted.marker is None or wanted.marker.evaluate(here):
            held = pinned.get(canonicalize_name(wanted.name))
            assert held is not None, f"{wanted} on Python {version}"
            assert wanted.specifier.contains(held), f"{wanted} on Python {version}: {held}"


def test_what_is_imported_is_asked_for() -> None:
    named = {canonicalize_name(Requirement(r).name) for r in PROJECT["dependencies"]}
    for extra in ("delta", "s3"):
        asked = PROJECT["optional-dependencies"][extra]
        named |= {canonicalize_name(Requirement(r).name) for r in asked}
    homes = metadata.packages_distributions()
    imported = {
        match[1]
        for path in (ROOT / "curate").rglob("*.py")
        for match in re.finditer(
            r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }

    for module in imported - {"curate"} - set(sys.stdlib_module_names):
        owners = {canonicalize_name(name) for name in homes.get(module, ())}
        assert not owners or owners & named, f"{module} comes from {owners}"


def test_nothing_that_is_needed_is_under_a_copyleft_licence() -> None:
    for pin in map(Requirement, PINS):
        try:
            about = metadata.metadata(pin.name).json
        except metadata.PackageNotFoundError:
            continue  # pinned for another version of Python
        said = [str(about.get("license_expression") or about.get("license", ""))[:80]]
        said += [line for line in about.get("classifier", ()) if line.startswith("License")]
        assert not COPYLEFT.search(" ".join(said)), f"{pin.name}: {said}"
    assert "pypandoc-binary" not in {canonicalize_name(Requirement(p).name) for p in PINS}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout in which the demo has been run."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    for name in ("curate", "examples", "pipelines"):
        shutil.copytree(ROOT / name, tree / name)
    for name in (".gitignore", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tree)
    (tree / "examples/company/.curate/private").mkdir(parents=True, exist_ok=True)
    (tree / "examples/company/.curate/private/raw.txt").write_text("raw text")
    build = ["pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    command = [sys.executable, "-m", *build, "--wheel-dir", str(folder), str(tree)]
    subprocess.run(command, check=True, timeout=120)
    return next(folder.glob("curate-*.whl"))


@pytest.mark.slow
def test_the_wheel_carries_the_examples_the_pipelines_and_no_result(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    company = {
        f"curate/examples/company/{path.relative_to(ROOT / 'examples/company').as_posix()}"
        for path in (ROOT / "examples/company").rglob("*")
        if path.is_file() and ".curate" not in path.parts
    }
    pipelines = {f"curate/pipelines/{path.name}" for path in (ROOT / "pipelines").glob("*.yaml")}

    assert company | pipelines <= held
    assert {"curate/examples/gold.json", "curate/py.typed", "curate/report/report.css"} <= held
    assert not [name for name in held if ".curate/" in name or "__pycache__" in name]
    assert not [name for name in held if name.startswith("tests/")]


@pytest.mark.slow
def test_an_installed_wheel_runs_its_demo_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    curate = _install(wheel, tmp_path / "env")
    empty = tmp_path / "empty"
    empty.mkdir()

    ended = _run([curate, "demo", "--json"], empty)
    values = json.loads(ended)

    assert values["release"] == 1
    assert values["counts"]["documents"]["in"] > 600
    found, planted = (values["gold"]["broken files"][key] for key in ("found", "planted"))
    assert found == planted
    assert (empty / "curate-demo/.curate/releases/1/finetune/README.md").is_file()


@pytest.mark.slow
def test_an_installed_wheel_fills_in_its_ready_pipelines(wheel: Path, tmp_path: Path) -> None:
    curate = _install(wheel, tmp_path / "env")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text("# Hours\n\n## When do we open?\n\nAt nine.\n")

    _run([curate, "init", "--template", "handbook", "docs"], tmp_path)
    plan = json.loads(_run([curate, "plan", "handbook.yaml", "--json"], tmp_path))

    assert plan["files"] == 1


def _install(wheel: Path, folder: Path) -> Path:
    """Install the wheel alone into a new environment that sees the packages of this one."""
    venv.create(folder, with_pip=False)
    place = sysconfig.get_path("purelib", vars={"base": str(folder)})
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "install"]
    subprocess.run([*command, "--quiet", "--no-deps", str(wheel)], check=True, timeout=120)
    packages = sysconfig.get_path("purelib")
    (Path(place) / "packages.pth").write_text(f"{packages}\n")
    return folder / "bin" / "curate"


def _run(command: list[str | Path], folder: Path) -> str:
    ended = subprocess.run(
        command,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
