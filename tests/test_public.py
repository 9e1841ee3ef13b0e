"""What `import curate` offers."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import curate
from tests.flow.share import REFUNDS

HEAVY = (
    "argilla",
    "cleanlab",
    "datasets",
    "lance",
    "numpy",
    "polars",
    "presidio_analyzer",
    "pyarrow",
)
SCRIPT = """
import curate

release = curate.run("share", workspace="w", as_of="2026-03-31", workers=2)
print("release", release.number)
print("chunks", release.corpus.collect().height)
print("examples", len(release.examples))
"""


def test_the_public_names_are_these_and_all_are_there() -> None:
    assert curate.__all__ == [
        "BusyError", "ConfigError", "ContractError", "CurateError", "DocumentError", "Release",
        "ReleaseError", "StageError", "ToolError", "__version__", "open", "run",
    ]  # fmt: skip
    assert all(getattr(curate, name) for name in curate.__all__)
    assert dir(curate) == sorted(curate.__all__)


def test_every_public_error_is_a_curate_error() -> None:
    errors = [getattr(curate, name) for name in curate.__all__ if name.endswith("Error")]

    assert all(issubclass(error, curate.CurateError) for error in errors)


def test_an_unknown_name_is_an_attribute_error() -> None:
    name = "runn"

    with pytest.raises(AttributeError, match="no attribute 'runn'"):
        getattr(curate, name)


def test_importing_loads_nothing_heavy() -> None:
    code = "import curate, sys; print(' '.join(m for m in sys.modules))"
    loaded = _python(code).stdout.split()

    assert not set(HEAVY) & set(loaded)
    assert [m for m in loaded if m.startswith("curate.")] == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(curate.__file__).parent / "py.typed").is_file()


def test_an_installed_package_has_the_version_that_the_module_states() -> None:
    try:
        installed = metadata.version("curate")
    except metadata.PackageNotFoundError:
        installed = curate.__version__  # run from a checkout that is not installed

    assert installed == curate.__version__


def test_a_plain_script_without_a_guard_runs_a_share(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share/refunds.md").write_text(REFUNDS)
    (tmp_path / "script.py").write_text(SCRIPT)

    ended = _python("script.py", folder=tmp_path)
    said = dict(line.split() for line in ended.stdout.splitlines())

    assert said["release"] == "1"
    assert int(said["chunks"]) >= 1
    assert int(said["examples"]) > 0


def test_a_run_of_what_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(curate.ConfigError, match="nothing: does not exist"):
        curate.run(tmp_path / "nothing")


def test_a_date_that_is_none_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(curate.ConfigError, match="write YYYY-MM-DD"):
        curate.run(tmp_path, as_of="31.3.2026")


def test_opening_where_nothing_was_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(curate.ConfigError, match="there is no workspace"):
        curate.open(tmp_path)


def _python(code: str, *, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a script of a folder, or a line of code, with this checkout's package."""
    root = Path(curate.__file__).parent.parent
    words = [code] if folder else ["-c", code]
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "HOME": str(folder or root)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
