"""What the sources hold now, and what the last listing saw, so that an untouched file is not read again.

The last listing is a cache, never state: without it every file is read.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from curate.report.words import plural
from curate.sources.walk import links_to, place_of
from curate.stages.list import Place, Seen, address, list_sources
from curate.store.files import read_parquet, write_parquet
from curate.tables.schema import from_arrow, to_arrow
from curate.tables.sources import Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curate.pipeline.settings import PipelineSettings
    from curate.tables.sources import Source

_NAME = "listing.parquet"
_SINCE = b"since"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last listing: its rows, the clock when it began, and whether its file was damaged."""

    rows: tuple[Listed, ...]
    since: float
    damaged: bool = False

    def by_address(self) -> dict[bytes, Listed]:
        """Return the rows by address."""
        return {row.address: row for row in self.rows}


@dataclass(frozen=True)
class Listing:
    """What a listing found, what to remember of it, and how many files it had to read.

    `damaged` tells that the listing before it could not be used.
    """

    sources: list[Source]
    listed: list[Listed]
    read: int
    damaged: bool = False

    @cached_property
    def digest(self) -> str:
        """The digest of everything that was found; times of storage have no part in it."""
        state = hashlib.blake2b(digest_size=16)
        for source in self.sources:
            state.update(repr(source).encode())  # a path may hold what no encoding allows
        return state.hexdigest()

    def said(self) -> str:
        """Return what was found, for a line on the screen."""
        kinds = {source.media_type for source in self.sources if source.media_type}
        return f"{plural(len(self.sources), 'file')}, {plural(len(kinds), 'format')}"


def places_of(settings: PipelineSettings, base: Path) -> dict[str, Place]:
    """Return the sources of a pipeline by name, their paths made absolute."""
    sections = frozenset(type(settings).model_fields)
    most = settings.limits.file_mb << 20
    return {
        source.title(): Place(
            source, place_of(source.path, base), sections, links_to(source.path, base), most
        )
        for source in settings.sources
    }


def _nobody() -> None:
    """Nobody wants to know."""


def take(
    places: Iterable[Place],
    private: Path,
    *,
    key: bytes,
    verify: bool = False,
    changed: Callable[[], None] = _nobody,
) -> Listing:
    """List all sources with the help of the last listing, and remember this one.

    Args:
        places: The sources.
        private: The workspace's private folder.
        key: The workspace's key for ids.
        verify: Read every file, whatever was seen of it.
        changed: Hears of each file that holds something else than the last time.
    """
    old = read(private)
    since = time.time()
    known = {} if verify else old.by_address()
    found = listing(places, known=known, key=key, since=old.since, changed=changed)
    write(private, found.listed, since=since)
    return replace(found, damaged=old.damaged)


def listing(
    places: Iterable[Place],
    *,
    known: Mapping[bytes, Listed],
    key: bytes,
    since: float,
    changed: Callable[[], None] = _nobody,
) -> Listing:
    """List all sources."""
    found = list_sources(list(places), known=known, key=key, since=since)
    seen = sorted(
        _heard(found, known, changed),
        key=lambda one: (one.source.address, one.source.location),
    )
    files = [one for _, group in groupby(seen, key=_address) for one in _told_apart(group, key)]
    listed = sorted((one.listed for one in files), key=lambda row: row.address)
    sources = sorted((one.source for one in files), key=lambda source: source.address)
    return Listing(sources, listed, sum(one.read for one in files))


def _heard(
    found: Iterable[Seen], known: Mapping[bytes, Listed], changed: Callable[[], None]
) -> Iterator[Seen]:
    """Yield files, and tell of those that hold something else than was known."""
    for one in found:
        old = known.get(one.listed.address) if one.read else None
        if one.read and (old is None or old.version != one.listed.version):
            changed()
        yield one


def _address(seen: Seen) -> bytes:
    return seen.source.address


def _told_apart(group: Iterable[Seen], key: bytes) -> Iterator[Seen]:
    """Yield files of one address, which differ in how their names are composed, under numbers."""
    for number, one in enumerate(group):
        if number == 0:
            yield one
            continue
        source = one.source
        path = f"{source.path}~{number + 1}"
        where = address(key, source.tenant, source.source, path, "", "")
        yield Seen(
            replace(source, path=path, address=where), replace(one.listed, address=where), one.read
        )


def read(private: Path) -> Remembered:
    """Return the last listing; an empty one if there is none, or none that can be read."""
    import pyarrow as pa

    path = private / _NAME
    if not path.exists():
        return Remembered((), 0.0)
    try:
        table = read_parquet(path)
        return Remembered(tuple(from_arrow(Listed, table)), float(table.schema.metadata[_SINCE]))
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError):
        return Remembered((), 0.0, damaged=True)


def write(private: Path, rows: Sequence[Listed], *, since: float) -> None:
    """Remember a listing."""
    table = to_arrow(Listed, rows).replace_schema_metadata({_SINCE: repr(since).encode()})
    write_parquet(table, private / _NAME)
