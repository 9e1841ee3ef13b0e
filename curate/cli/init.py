"""`curate init`: look at a folder and write the pipeline file that describes what a run would do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import console
from curate.errors import ConfigError

EXAMPLE = "Example:  curate init /mnt/share"


def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to look at.")] = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file (default: FOLDER's name).")
    ] = None,
) -> None:
    """Write a commented pipeline file for a folder into the current folder."""
    from curate.pipeline.infer import inferred

    place = folder.expanduser()
    if not place.is_dir():
        message = f"{folder}: is no folder."
        raise ConfigError(message)
    target = output or Path(f"{place.resolve().name or 'documents'}.yaml")
    path = os.path.relpath(place.resolve(), target.resolve().parent)
    text = inferred(place, path=path, file=target.name)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        message = f"{target}: exists already; name another file with --output."
        raise ConfigError(message) from None
    console().print(f"{target} written. Run it:  curate run {target}", highlight=False)
