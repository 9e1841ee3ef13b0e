"""`curate plan`: what a run would do and on how much, without doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import console, print_json
from curate.cli.run import Json, Workspace

EXAMPLE = "Example:  curate plan ./docs      curate plan pipelines/handbook.yaml --json"


def plan_command(
    target: Annotated[Path, typer.Argument(help="A folder, or a pipeline file.")],
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Tell what a run would do; writes nothing."""
    from curate.pipeline.ahead import cores
    from curate.pipeline.plan import plan

    found = plan(target, workspace, workers=cores())
    if json:
        print_json(found.values())
        return
    out = console()
    for line in found.lines():
        out.print(line, highlight=False, markup=False)
