"""`curate report`: open the page of a release."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from curate.cli.console import console, is_watched, print_json
from curate.cli.run import Json, Workspace

EXAMPLE = "Example:  curate report      curate report 3 --no-open"


def report_command(
    release: Annotated[int, typer.Argument(help="A release's number (default: the current).")] = 0,
    workspace: Workspace = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    json: Json = False,
) -> None:
    """Write a release's page anew and open it.

    It is one HTML file that needs nothing else.
    """
    from curate.pipeline.report import write_report
    from curate.release.reading import open_release

    path = write_report(open_release(workspace, release or None))
    if json:
        print_json({"report": str(path)})
        return
    console().print(str(path), highlight=False, markup=False)
    if open_page and is_watched():
        webbrowser.open(path.as_uri())
