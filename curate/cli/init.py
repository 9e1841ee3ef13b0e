"""`curate init`: look at a folder and write the pipeline file that describes what a run would do."""

from __future__ import annotations

import os
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curate.cli.console import console, print_json
from curate.cli.run import Json
from curate.errors import ConfigError

if TYPE_CHECKING:
    from curate.tables.found import PipelineWritten

EXAMPLE = "Example:  curate init /mnt/share      curate init --template handbook ./docs"


def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to look at.")] = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file (default: FOLDER's name).")
    ] = None,
    template: Annotated[
        str, typer.Option("--template", "-t", help="A ready pipeline to fill in: handbook, ...")
    ] = "",
    json: Json = False,
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
    command = f"curate run {shlex.quote(str(target))}"
    if json:
        print_json(asdict(_written(text, target, command)))
        return
    console().print(f"{target} written. Run it:  {command}", highlight=False, markup=False)


def _written(text: str, target: Path, command: str) -> PipelineWritten:
    from curate.pipeline.setup.infer import suffix
    from curate.pipeline.setup.offered import found
    from curate.tables.found import PipelineWritten

    path = target.absolute()
    return PipelineWritten(str(path), command, tuple(found(text, path.parent, suffix)))


def _text(place: Path, target: Path, template: str) -> str:
    from curate.pipeline.setup.infer import inferred, remarks
    from curate.pipeline.setup.ready import filled

    path = os.path.relpath(place, target.resolve().parent)
    if template:
        said = remarks(place) if place.is_dir() else ""
        return filled(template, path=path, file=target.name, remarks=said)
    return inferred(place, path=path, file=target.name)
