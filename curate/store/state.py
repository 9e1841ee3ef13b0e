"""State that a run leaves to the next: immutable Parquet files that the head names.

A new version of a table is a new file; a dead run leaves files that no head names, removed by the
next run. Equal rows give the same file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from curate import ids
from curate.errors import ContractError
from curate.store.files import read_parquet, remove_unfinished, write_parquet
from curate.tables.schema import arrow_schema, from_arrow, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = TypeVar("Row")


class State:
    """The state tables of a workspace, as one head names them."""

    def __init__(self, folder: Path, names: Mapping[str, str]) -> None:
        """Remember which files are in force."""
        self._folder = folder
        self._names = dict(names)

    @property
    def names(self) -> dict[str, str]:
        """Return the file of each table."""
        return dict(self._names)

    def table(self, name: str, row: type) -> pa.Table:
        """Return a state table, empty if there is none yet.

        Raises:
            ContractError: if its file cannot be read; state is no cache.
        """
        if name not in self._names:
            return arrow_schema(row).empty_table()
        path = self._folder / self._names[name]
        try:
            schema = arrow_schema(row)
            return read_parquet(path).select(schema.names).cast(schema)
        except (pa.ArrowException, OSError, KeyError, ValueError):
            message = (
                f"{path}: this state is damaged or missing, and nothing can make it again. Put the "
                "file back from a backup; without one, start over in a new place with "
                "--workspace FOLDER, where all ids will be new."
            )
            raise ContractError(message) from None

    def rows(self, name: str, row: type[Row]) -> list[Row]:
        """Return the rows of a state table."""
        return from_arrow(row, self.table(name, row))

    def write(self, name: str, row: type[Row], rows: Sequence[Row]) -> None:
        """Write a new version of a table; it is in force once a head names it."""
        self.write_table(name, to_arrow(row, rows))

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a new version of a table that is Arrow already."""
        digest = ids.digest("state", name, *_batches(table)).hex()
        path = self._folder / f"{name}-{digest}.parquet"
        if not path.exists():
            write_parquet(table, path)
        self._names[name] = path.name

    def sweep(self, kept: Iterable[str]) -> None:
        """Remove files that no head in use names, and what a dead run left half written."""
        remove_unfinished(self._folder)
        wanted = {*self._names.values(), *kept}
        for path in self._folder.glob("*.parquet"):
            if path.name not in wanted:
                path.unlink()


def _batches(table: pa.Table) -> list[bytes]:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return [bytes(sink.getvalue())]
