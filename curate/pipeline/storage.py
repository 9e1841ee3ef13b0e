"""A disk that is full, or that may not be written, in the middle of a run: what that means and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import StorageError, why_unwritten
from curate.store import head as heads

if TYPE_CHECKING:
    from curate.store.workspace import Workspace


def refused(
    error: OSError, workspace: Workspace, *, before: int | None = None
) -> OSError | StorageError:
    """Return the error to raise instead: the same one if it is not about writing.

    Args:
        error: What a library raised.
        workspace: What was written to.
        before: The release in force when the run began; None where nobody had looked.
    """
    full = why_unwritten(error)
    why = full or why_unwritten(error, ours=_is_ours(error, workspace))
    if not why:
        return error
    room = _room(workspace) if full else ""
    do = "Free some space" if full else "See to it that this place can be written"
    message = (
        f"{_place(error, workspace)}: could not be written: {why}{room}. "
        f"{_held(workspace, before)} {do}, or "
        "name another place with --workspace FOLDER; the same command then goes on from here."
    )
    return StorageError(message)


def _room(workspace: Workspace) -> str:
    if not workspace.root.exists():
        return ""
    return f", {shutil.disk_usage(workspace.root).free / 1e6:,.1f} MB free"


def _is_ours(error: OSError, workspace: Workspace) -> bool:
    """Tell whether an error is about the workspace, by the file that it names or by its words."""
    return _place(error, workspace) != workspace.root or str(workspace.root) in str(error)


def _place(error: OSError, workspace: Workspace) -> Path:
    """Return the file that could not be written where it is known, else the workspace."""
    named = error.filename
    inside = isinstance(named, str) and Path(named).is_relative_to(workspace.root)
    return Path(named) if inside else workspace.root


def _held(workspace: Workspace, before: int | None) -> str:
    """Return what holds: nothing is in force that was not written whole."""
    now = heads.read(workspace.head).release
    if before is not None and now > before:
        return f"Release {now} is published and whole; only what tidies up after it is missing."
    stays = f"release {now} stays in force" if now else "there is no release yet"
    return f"Nothing was published and nothing is lost: {stays}."
