"""Files written whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

_ROWS_A_GROUP = 16_384


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the path of a file to write, which is forced to the disk and then takes its place."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a Parquet file, whole or not at all, and force it to the disk."""
    import pyarrow.parquet as pq

    with whole(path) as temporary:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            row_group_size=_ROWS_A_GROUP,
            write_page_checksum=True,
        )


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of one Parquet file, all or some columns of them, its checksums held to.

    It is read as the file it is: Arrow's data sets, which take long to load, are not needed.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(list(columns) if columns else None)


def write_text(text: str, path: Path) -> None:
    """Write a text file, whole or not at all, and force it to the disk; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def remove_unfinished(folder: Path) -> None:
    """Remove files that a run which died was writing; the caller is the only writer."""
    for path in folder.glob(".*.tmp"):
        path.unlink()
