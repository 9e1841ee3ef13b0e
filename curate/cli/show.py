"""`curate show`: a document, chunk, example or finding with its lineage, or the list behind a number."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from curate.cli.console import console, plural, print_json
from curate.cli.lines import short
from curate.cli.run import Json, Workspace
from curate.cli.view import print_view
from curate.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from curate.release.reading import Release

EXAMPLE = "Example:  curate show rejected      curate show c_1f0q8..."

_IS_ID = re.compile(r"[cdef]_[0-9a-z]{26}")
_GATES = ("pii_found", "leaks", "empty_corpus", "empty_finetune", "chunks_dropped")
_LISTS = frozenset({*_GATES, "examples_dropped", "train", "validation", "test"})
_COLUMNS = (
    *("finding_id", "doc_id", "example_id", "address", "outcome", "kind", "reason", "reasons"),
    "suggestion",
)


def show_command(
    what: Annotated[
        str,
        typer.Argument(
            help="An id, or a list: rejected, flagged, a reason code, a type of personal data."
        ),
    ],
    workspace: Workspace = None,
    release: Annotated[int, typer.Option(help="A release's number (default: the current).")] = 0,
    most: Annotated[int, typer.Option(min=1, help="How many rows of a list.")] = 50,
    json: Json = False,
) -> None:
    """Show what stands behind an id or a number."""
    from curate.release.reading import shown

    opened = _opened(workspace, release)
    if _IS_ID.fullmatch(what):
        view = shown(opened, what)
        if json:
            print_json(view)
        else:
            print_view(view, console())
        return
    rows = _listed(opened, what)
    if json:
        print_json(rows[:most])
    else:
        print_rows(rows, most, console())


def _opened(place: Path | None, number: int) -> Release:
    """Open a release, and say where the last run's was refused.

    Raises:
        ConfigError: if there is none.
    """
    from curate.pipeline.gating import refusal
    from curate.release.reading import open_release, open_workspace

    workspace = open_workspace(place)
    refused = refusal.read(workspace.private)
    try:
        opened = open_release(place, number or None)
    except ConfigError as error:
        if not refused or number:
            raise
        message = (
            f"{workspace.root}: nothing is published, for the last run was refused.\n{refused}\n"
            "Mend that and run again; or run with --force, which publishes it all the same and "
            "records so, and the lists can be shown."
        )
        raise ConfigError(message) from error
    if refused and not number:
        sys.stderr.write(f"The last run was refused; this is release {opened.number}.\n{refused}\n")
    return opened


def _listed(opened: Release, name: str) -> list[dict[str, Any]]:
    """Return the list of a name; an empty one where the name is known and the release has none.

    Raises:
        ConfigError: if there is no such name.
    """
    from curate.release.reading import listed

    try:
        return listed(opened, name)
    except ConfigError:
        if not _is_known(name):
            raise
        return []


def _is_known(name: str) -> bool:
    from curate.mining import EXTRACTORS
    from curate.pii.settings import STOCK_ENTITIES
    from curate.pipeline.reporting.codes import is_known

    makers = {e.source.name for e in EXTRACTORS} | {e.source.task for e in EXTRACTORS}
    return name in {*_LISTS, *makers, *STOCK_ENTITIES} or is_known(name)


def print_rows(rows: list[dict[str, Any]], most: int, out: Console) -> None:
    """Print a list, one line a row, and how many there are."""
    for row in rows[:most]:
        parts = [row[name] for name in _COLUMNS if row.get(name)]
        if "type" in row and "count" in row:
            parts += [row["type"], f"{row['count']:,}"]
        if "span" in row:
            start, end = row["span"]
            parts += [f"{start}–{end}", row["extractor"]]
        if "messages" in row:
            parts.append(row["messages"][0]["content"])
        out.print("  ".join(short(part) for part in parts), highlight=False, markup=False)
    first = f"{most:,} of " if len(rows) > most else ""
    out.print(f"{first}{plural(len(rows), 'row')}", highlight=False)
