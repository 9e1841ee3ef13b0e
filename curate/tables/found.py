"""What `curate init` wrote, and what lies in the sources that it describes."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.chunks import Count
from curate.tables.values import Natural


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source as it lies there: `files` are those that a run accounts for, sidecars apart.

    `unreadable` are those among them that no run can open: links, sockets, closed folders. `formats`
    counts them by what their names end with.
    """

    name: str
    path: str
    files: Natural
    unreadable: Natural
    bytes: Natural
    sidecars: Natural
    formats: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class PipelineWritten:
    """A pipeline file that was written, and the command that runs it."""

    path: str
    command: str
    sources: tuple[FoundSource, ...]
