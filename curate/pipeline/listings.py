"""What the last listing saw, so that an untouched file is not read again; a cache, never state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.store.files import write_parquet
from curate.tables.base import from_arrow, to_arrow
from curate.tables.sources import Listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = "listing.parquet"
_SINCE = b"since"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last listing: its rows, the clock when it began, and whether its file was damaged."""

    rows: tuple[Listed, ...]
    since: float
    damaged: bool = False

    def by_address(self) -> dict[bytes, Listed]:
        """Return the rows by address."""
        return {row.address: row for row in self.rows}


def read(private: Path) -> Seen:
    """Return the last listing; an empty one if there is none, or none that can be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = private / _NAME
    if not path.exists():
        return Seen((), 0.0)
    try:
        table = pq.read_table(path, page_checksum_verification=True)
        return Seen(tuple(from_arrow(Listed, table)), float(table.schema.metadata[_SINCE]))
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError):
        return Seen((), 0.0, damaged=True)


def write(private: Path, rows: Sequence[Listed], *, since: float) -> None:
    """Remember a listing."""
    table = to_arrow(Listed, rows).replace_schema_metadata({_SINCE: repr(since).encode()})
    write_parquet(table, private / _NAME)
