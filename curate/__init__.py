"""Turn a company's raw documents into a fine-tuning set and a retrieval corpus, in one release.

    release = curate.run("share.yaml")
    release.corpus      # a polars LazyFrame of chunks
    release.finetune    # a datasets DatasetDict of examples
    curate.open(".curate").ledger

Importing this loads nothing: names are looked up when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from curate.errors import (
        BusyError,
        ConfigError,
        ContractError,
        CurateError,
        DamagedReleaseError,
        DocumentError,
        EmptySourceError,
        ReleaseError,
        StageError,
        StorageError,
        ToolError,
    )
    from curate.release.reading import Release

    Place = str | PathLike[str]

__version__ = "0.1.0"

__all__ = [
    "BusyError",
    "ConfigError",
    "ContractError",
    "CurateError",
    "DamagedReleaseError",
    "DocumentError",
    "EmptySourceError",
    "Release",
    "ReleaseError",
    "StageError",
    "StorageError",
    "ToolError",
    "__version__",
    "open",
    "run",
]


def run(  # noqa: PLR0913 - the options of the command line
    target: Place,
    *,
    workspace: Place | None = None,
    as_of: str | None = None,
    workers: int | None = None,
    verify: bool = False,
    retry_failed: bool = False,
    force: bool = False,
) -> Release:
    """Run a pipeline file, or a folder as it is, and return the release that is in force then.

    A script needs no `if __name__ == "__main__"` around it.

    Args:
        target: A folder, or a pipeline file ending in `.yaml`.
        workspace: Where results lie (default: `.curate` in the folder, or beside the file).
        as_of: The date the release is for, YYYY-MM-DD (default: today).
        workers: Processes (default: one a core, at most eight).
        verify: Read every file again, also those that look untouched.
        retry_failed: Try again what failed before.
        force: Publish even if a gate refuses; it is recorded.

    Raises:
        ConfigError: if the pipeline file, a source or an argument is wrong.
        BusyError: if another run holds the workspace.
        StorageError: if the workspace cannot be written, because its disk is full for instance.
        ReleaseError: if a gate refuses the release.
    """
    from pathlib import Path

    from curate.cli.console import Silent
    from curate.pipeline.ahead import cores
    from curate.pipeline.request import Request
    from curate.pipeline.run import run as run_pipeline
    from curate.release.reading import Release

    request = Request(
        target=Path(target),
        as_of=_day(as_of),
        workers=workers or cores(),
        workspace=None if workspace is None else Path(workspace),
        verify=verify,
        retry_failed=retry_failed,
        force=force,
    )
    outcome = run_pipeline(request, Silent())
    return Release(outcome.workspace, outcome.release)


def open(  # noqa: A001 - read as `curate.open`
    workspace: Place | None = None, release: int | None = None
) -> Release:
    """Return a release of a workspace.

    Args:
        workspace: Its folder, or the one it lies in (default: the nearest one from here upwards).
        release: A number (default: the release in force).

    Raises:
        ConfigError: if there is no workspace or no such release.
    """
    from pathlib import Path

    from curate.release.reading import open_release

    return open_release(None if workspace is None else Path(workspace), release)


def _day(written: str | None) -> str:
    from datetime import date

    if written is None:
        return date.today().isoformat()  # noqa: DTZ011 - the user's own calendar day is meant
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        from curate.errors import ConfigError

        message = f"as_of: {written!r} is no date; write YYYY-MM-DD."
        raise ConfigError(message) from None


def __getattr__(name: str) -> object:
    """Return a public name from the module that it lives in."""
    if name in __all__:
        home = "curate.release.reading" if name == "Release" else "curate.errors"
        return getattr(import_module(home), name)
    message = f"module 'curate' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
