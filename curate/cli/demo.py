"""`curate demo`: copy the example company into an empty folder and run it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from curate.cli.console import Silent, Watched, console, is_watched, print_json
from curate.cli.funnel import funnel, summary
from curate.cli.run import Json, Quiet
from curate.errors import ConfigError

EXAMPLE = "Example:  curate demo ./acme"


def demo_command(
    folder: Annotated[
        Path, typer.Argument(help="An empty folder, or one that an earlier demo made.")
    ] = Path("curate-demo"),
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run the example company and compare with what is planted.

    It is copied into the folder first, unless it lies there already.
    """
    from curate.pipeline.ahead import cores
    from curate.pipeline.request import Request
    from curate.pipeline.run import run
    from curate.pipeline.scores import compare
    from curate.pipeline.setup.example import place

    if folder.exists() and not folder.is_dir():
        message = f"{folder}: is no folder."
        raise ConfigError(message)
    place(folder)
    shown = console()
    silent = json or quiet or not is_watched()
    today = date.today().isoformat()  # noqa: DTZ011 - the user's own calendar day is meant
    request = Request(target=folder, as_of=today, workers=cores(), alone=True)
    progress = Silent() if silent else Watched(shown)
    outcome = run(request, progress)
    progress.finish()
    scores = compare(outcome)
    if json:
        print_json(
            {**summary(outcome), "gold": {name: asdict(one) for name, one in scores.items()}}
        )
    elif not quiet:
        funnel(outcome, shown)
        shown.print("\nAgainst what was planted there (examples/gold.json):", highlight=False)
        for name, score in scores.items():
            doubts = (
                ""
                if score.doubts is None
                else f"    {score.found:,} of {score.doubts:,} doubts right"
            )
            line = f"  {name:<24}{score.found:>6,} of {score.planted:<5,}{doubts}"
            shown.print(line.rstrip(), highlight=False)
