"""`curate rollback`: an older release's content in force again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from curate.cli.console import console, print_json
from curate.cli.run import Json, Workspace

Force = Annotated[
    bool, typer.Option("--force", help="Go back though more could read a document; it is recorded.")
]
EXAMPLE = "Example:  curate rollback 3"


def rollback_command(
    release: Annotated[int, typer.Argument(min=1, help="The release to go back to.")],
    workspace: Workspace = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Publish an older release's content again, as a new release.

    It is refused where more people could read a document than may now, or a model could learn from it.
    Nothing is taken back: the releases in between stay, and a run over unchanged sources leaves it
    at that. The next change of the sources publishes what they hold then.
    """
    from curate.pipeline.rollback import rollback
    from curate.release.reading import open_workspace

    done = rollback(open_workspace(workspace), release, force=force)
    if json:
        print_json(asdict(done))
        return
    if not done.published:
        text = f"Release {done.release} has the content of release {done.to} already."
    else:
        counts = f"+{done.add:,} −{done.delete:,} chunks, {done.update:,} updated"
        text = f"Release {done.release} is in force: the content of release {done.to} ({counts})."
    console().print(text, highlight=False, markup=False)
