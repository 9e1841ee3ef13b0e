"""The house's own rules: small functions, small files, a light start, imports for the subject alone."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.flow.share import run_share, write_share

ROOT = Path(__file__).parents[1]
CODE = sorted((ROOT / "curate").rglob("*.py"))
HEAVY = (
    "argilla", "cleanlab", "datasets", "datasketch", "lance", "pandas", "polars",
    "presidio_analyzer", "pyarrow", "scipy", "sklearn", "spacy", "unstructured",
)  # fmt: skip
CRAFTS = ("chunking", "duplicates", "labels", "mining", "parsers", "pii", "risks")
TOO_HEAVY_FOR_A_CRAFT = (
    "cleanlab", "datasets", "datasketch", "polars", "presidio_analyzer", "scipy", "sklearn",
    "unstructured",
)  # fmt: skip


def _functions() -> dict[str, int]:
    """Return the lines of each function: from its `def` to its end, decorators and docstring aside."""
    found = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                first = node.body[0]
                told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                doc = (first.end_lineno or 0) - first.lineno + 1 if told else 0
                found[name] = (node.end_lineno or 0) - node.lineno + 1 - doc
    return found


def test_functions_are_small() -> None:
    lines = _functions()

    assert {name: count for name, count in lines.items() if count > 40} == {}
    assert median(lines.values()) <= 10
    assert quantiles(lines.values(), n=10)[-1] <= 25


def test_files_are_small() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in CODE
    }

    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_every_module_and_public_function_says_what_it_is() -> None:
    silent = []
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        public = [n for n in nodes if not n.name.startswith("_")]
        silent += [f"{path.name} {n.name}" for n in public if not ast.get_docstring(n)]
        if tree.body and not ast.get_docstring(tree):
            silent.append(path.name)

    assert silent == []


def _loaded(program: str, *arguments: str) -> set[str]:
    """Return the heavy packages that are loaded when a program ends."""
    tail = "\nfinally:\n    print('LOADED', *sys.modules)"
    body = "\n".join(f"    {line}" for line in program.splitlines())
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\ntry:\n{body}{tail}", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(part for part in done.stdout.splitlines() if part.startswith("LOADED"))
    return {name.partition(".")[0] for name in line.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _loaded("import curate").isdisjoint(HEAVY)


def test_asking_for_help_loads_nothing_heavy() -> None:
    program = (
        "sys.argv = ['curate', '--help']\n"
        "from curate.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )

    assert _loaded(program).isdisjoint(HEAVY)


@pytest.mark.parametrize("craft", CRAFTS)
def test_importing_a_craft_loads_no_heavy_package(craft: str) -> None:
    assert _loaded(f"import curate.{craft}").isdisjoint(TOO_HEAVY_FOR_A_CRAFT)


def test_a_run_with_nothing_to_do_loads_nothing_heavy(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    for path in share.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    run_share(share, tmp_path / "w")
    program = (
        "sys.argv = ['curate', 'run', sys.argv[1], '--workspace', sys.argv[2], '--quiet']\n"
        "from curate.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )

    loaded = _loaded(program, str(share), str(tmp_path / "w"))

    assert "curate" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_wheel_says_that_it_is_typed() -> None:
    assert (ROOT / "curate/py.typed").exists()
