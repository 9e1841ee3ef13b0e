"""`curate export`: a release's products in the shape that a trainer or a lake expects."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import console, print_json
from curate.cli.run import Json, Quiet, Workspace

EXAMPLE = "Example:  curate export --to openai --output ./out"


def export_command(
    release: Annotated[int, typer.Argument(help="A release's number (default: the current).")] = 0,
    to: Annotated[
        str, typer.Option(help="openai, trl, alpaca, sharegpt, parquet or delta.")
    ] = "openai",
    output: Annotated[Path, typer.Option("--output", "-o", help="An empty folder.")] = Path(
        "export"
    ),
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write a release in another format."""
    from curate.release.exports import export
    from curate.release.reading import open_release

    written = export(open_release(workspace, release or None), to=to, folder=output)
    if json:
        print_json([str(path) for path in written])
    elif not quiet:
        for path in written:
            console().print(str(path), highlight=False, markup=False)
