"""`curate init`: look at a folder and write the pipeline file that describes what a run would do."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import console
from curate.errors import ConfigError

EXAMPLE = "Example:  curate init /mnt/share      curate init --template handbook ./docs"


def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to look at.")] = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file (default: FOLDER's name).")
    ] = None,
    template: Annotated[
        str, typer.Option("--template", "-t", help="A ready pipeline to fill in: handbook, ...")
    ] = "",
) -> None:
    """Write a commented pipeline file for a folder.

    It lands in the current folder and says what a run would do.
    """
    place = folder.expanduser().resolve()
    if not place.exists() or not (template or place.is_dir()):
        message = f"{folder}: is no folder."
        raise ConfigError(message)
    target = output or Path(f"{template or place.name or 'documents'}.yaml")
    text = _text(place, target, template)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        message = f"{target}: exists already; name another file with --output."
        raise ConfigError(message) from None
    line = f"{target} written. Run it:  curate run {shlex.quote(str(target))}"
    console().print(line, highlight=False, markup=False)


def _text(place: Path, target: Path, template: str) -> str:
    from curate.pipeline.infer import inferred, remarks
    from curate.pipeline.ready import filled

    path = os.path.relpath(place, target.resolve().parent)
    if template:
        said = remarks(place) if place.is_dir() else ""
        return filled(template, path=path, file=target.name, remarks=said)
    return inferred(place, path=path, file=target.name)
