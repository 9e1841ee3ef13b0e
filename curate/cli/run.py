"""`curate run`: everything, into a new release if anything changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import Silent, Watched, console, is_watched, print_json
from curate.cli.funnel import funnel, summary
from curate.errors import ConfigError

EXAMPLE = "Example:  curate run ./docs      curate run pipelines/handbook.yaml --json"

Workspace = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Where results lie (default: .curate).")
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def run_command(
    target: Annotated[Path, typer.Argument(help="A folder, or a pipeline file.")],
    workspace: Workspace = None,
    as_of: Annotated[str, typer.Option(help="The date the release is for (YYYY-MM-DD).")] = "",
    workers: Annotated[int, typer.Option(min=0, help="Processes (default: one a core).")] = 0,
    verify: Annotated[bool, typer.Option("--verify", help="Read every file again.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed before.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Publish even if a gate refuses; it is recorded.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a folder or a pipeline file; publish what changed."""
    from curate.pipeline.ahead import cores, early

    engine = early(target, workspace, workers=workers or cores())
    from curate.pipeline.request import Request
    from curate.pipeline.run import run

    request = Request(
        target=target,
        as_of=_date(as_of),
        workers=workers or cores(),
        workspace=workspace,
        verify=verify,
        retry_failed=retry_failed,
        force=force,
        alone=True,
    )
    shown = console()
    silent = json or quiet or not is_watched()
    progress = Silent() if silent else Watched(shown)
    outcome = run(request, progress, engine=engine)
    progress.finish()
    if json:
        print_json(summary(outcome))
    elif not quiet:
        funnel(outcome, shown)


def _date(written: str) -> str:
    if not written:
        return date.today().isoformat()  # noqa: DTZ011 - the user's own calendar day is meant
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        message = f"--as-of: {written!r} is no date; write YYYY-MM-DD."
        raise ConfigError(message) from None
