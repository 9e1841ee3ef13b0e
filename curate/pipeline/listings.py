"""What the last listing saw, so that an untouched file is not read again; a cache, never state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.store.memo import write_parquet
from curate.tables.base import from_arrow, to_arrow
from curate.tables.sources import Listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = "listing.parquet"
_SINCE = b"since"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last listing: its rows, and the clock when it began."""

    rows: tuple[Listed, ...]
    since: float

    def by_address(self) -> dict[bytes, Listed]:
        """Return the rows by address."""
        return {row.address: row for row in self.rows}


def read(private: Path) -> Seen:
    """Return the last listing; an empty one if there is none."""
    import pyarrow.parquet as pq

    path = private / _NAME
    if not path.exists():
        return Seen((), 0.0)
    table = pq.read_table(path)
    return Seen(tuple(from_arrow(Listed, table)), float(table.schema.metadata[_SINCE]))


def write(private: Path, rows: Sequence[Listed], *, since: float) -> None:
    """Remember a listing."""
    table = to_arrow(Listed, rows).replace_schema_metadata({_SINCE: repr(since).encode()})
    write_parquet(table, private / _NAME)
