"""`curate releases`: every release of a workspace, and which is in force."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from curate.cli.console import console, plural, print_json
from curate.cli.run import Json, Workspace

if TYPE_CHECKING:
    from curate.tables.releases import ReleaseLine

EXAMPLE = "Example:  curate releases      curate releases --json"

_STANDING = {"in_force": "in force", "kept": ""}  # the others are said as they are called
_HEADS = ("release", "date", "documents", "chunks", "examples", "parent", "on disk", "its own")
_WIDTHS = (7, 10, 9, 9, 8, 6, 9, 9)


def releases_command(workspace: Workspace = None, json: Json = False) -> None:
    """List all releases: what each holds, where it comes from, what it takes on the disk.

    `its own` is what would be freed if that release alone were retired.
    """
    from curate.release.listing import releases
    from curate.release.reading import open_workspace

    found = releases(open_workspace(workspace))
    if json:
        print_json(asdict(found))
        return
    shown = console()
    shown.print(_row(_HEADS, ""), highlight=False, markup=False)
    for line in found.releases:
        shown.print(_row(_cells(line), _notes(line)), highlight=False, markup=False)
    held = sum(line.standing in {"in_force", "kept"} for line in found.releases)
    text = f"{plural(held, 'release')} kept, {size(found.bytes)}"
    shown.print(text, highlight=False, markup=False)


def _row(cells: tuple[str, ...], notes: str) -> str:
    parts = [f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)]
    return "  ".join([*parts, notes]).rstrip()


def _cells(line: ReleaseLine) -> tuple[str, ...]:
    counts = (f"{count:,}" for count in (line.documents, line.chunks, line.examples))
    parent = "-" if line.parent is None else str(line.parent)
    sizes = (size(line.bytes), size(line.own_bytes)) if line.bytes else ("-", "-")
    return (str(line.release), line.date, *counts, parent, *sizes)


def _notes(line: ReleaseLine) -> str:
    notes = [_STANDING.get(line.standing, line.standing), "forced" if line.forced else ""]
    if line.rollback_to is not None:
        notes.append(f"rolled back to {line.rollback_to}")
    return ", ".join(note for note in notes if note)


def size(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> size(900), size(1_234_567), size(3_400_000_000)
    ('0.9 kB', '1.2 MB', '3.4 GB')
    """
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count / 1e3:.1f} kB"
