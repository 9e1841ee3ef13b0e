"""Which files a source offers to a run, counted in one way wherever files are counted before one.

A file counts if its source includes it, does not pass it over, and it is no sidecar: those speak of
others. One that cannot be read (a link, a socket, a closed folder) counts too, since a run has to
account for it; how many they are is told beside.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate import config
from curate.pipeline.settings import PipelineSettings
from curate.sources.facts import compiled, is_sidecar
from curate.sources.walk import place_of, walk
from curate.tables.chunks import Count
from curate.tables.found import FoundSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from curate.sources.settings import SourceSettings
    from curate.sources.walk import Entry


def offered(source: SourceSettings, entries: Iterable[Entry]) -> list[Entry]:
    """Return the files of a source among all that lie in it."""
    passed_over = source.passed_over()
    return [
        entry
        for entry in entries
        if not is_sidecar(entry.path)
        and _fits(entry, source.include)
        and not _fits(entry, passed_over)
    ]


def _fits(entry: Entry, patterns: Iterable[str]) -> bool:
    return any(compiled(pattern).fullmatch(entry.path) for pattern in patterns)


def found(text: str, base: Path, suffix: Callable[[str], str]) -> Iterator[FoundSource]:
    """Yield what each source of a pipeline file's text offers.

    Args:
        text: The pipeline file.
        base: The folder in which it lies.
        suffix: What the files of one format end with.
    """
    for source in config.parse(text, PipelineSettings, name="pipeline.yaml").sources:
        entries = list(walk(place_of(source.path, base), options=source.options))
        files = offered(source, entries)
        kinds = Counter(suffix(entry.path) for entry in files)
        yield FoundSource(
            name=source.title(),
            path=source.path,
            files=len(files),
            unreadable=sum(bool(entry.problem) for entry in files),
            bytes=sum(entry.size for entry in files),
            sidecars=sum(is_sidecar(entry.path) and not entry.problem for entry in entries),
            formats=tuple(Count(kind, count) for kind, count in sorted(kinds.items())),
        )
