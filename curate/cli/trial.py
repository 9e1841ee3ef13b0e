"""`curate try`: one stage on one file, shown or as JSON; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import console, plural, print_json
from curate.cli.lines import on_lines, on_one_line
from curate.cli.run import Json

EXAMPLE = "Example:  curate try parse contract.pdf      curate try chunk handbook.md --json"


def try_command(
    stage: Annotated[str, typer.Argument(help="parse, scan, find_pii, sign, edit, chunk or mine.")],
    file: Annotated[Path, typer.Argument(help="The file.")],
    pipeline: Annotated[
        Path | None, typer.Option("--pipeline", "-p", help="A pipeline file with settings.")
    ] = None,
    json: Json = False,
) -> None:
    """Show what one stage makes of one file; writes nothing.

    The stages that it needs before it run too. With a pipeline the file is read as the source
    does that includes it.
    """
    from curate.pipeline.trial import attempt

    rows = attempt(stage, file, pipeline, tell=_tell)
    if json:
        print_json(rows)
        return
    out = console()
    for row in rows:
        for key, value in row.items():
            if value not in ("", None, [], 0):
                shown = on_lines(value) if isinstance(value, str) else on_one_line(value)
                out.print(f"{key:<14}{shown}", highlight=False, markup=False)
        out.print()
    out.print(plural(len(rows), "row"), highlight=False)


def _tell(said: str) -> None:
    sys.stderr.write(f"{said}\n")
