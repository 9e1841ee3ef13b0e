"""Files written whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

PRIVATE, SHARED = (
    0o600,
    0o666,
)  # of a file: what its folder keeps to itself, what a release hands out
_ROWS_A_GROUP = 16_384


@contextmanager
def whole(path: Path, *, mode: int = PRIVATE, forced: bool = True) -> Iterator[Path]:
    """Give the path of a file to write, which then takes its place.

    Args:
        path: That place.
        mode: Who may read and write it.
        forced: Whether it is on the disk first, so that a power cut leaves the old file or the new one.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        os.close(os.open(temporary, flags, mode))
        yield temporary
        if forced:
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_parquet(table: pa.Table, path: Path, *, mode: int = PRIVATE) -> None:
    """Write a Parquet file, whole or not at all, and force it to the disk."""
    import pyarrow.parquet as pq

    with whole(path, mode=mode) as temporary:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            row_group_size=_ROWS_A_GROUP,
            write_page_checksum=True,
        )


def write_parquet_parts(
    parts: Iterable[pa.Table], schema: pa.Schema, path: Path, *, mode: int = PRIVATE
) -> None:
    """Write a Parquet cache part by part, so that the whole is never in memory; each is a row group."""
    import pyarrow.parquet as pq

    with (
        whole(path, mode=mode, forced=False) as temporary,
        pq.ParquetWriter(temporary, schema, compression="zstd", write_page_checksum=True) as writer,
    ):
        for part in parts:
            writer.write_table(part.cast(schema))


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of one Parquet file, all or some columns of them, its checksums held to.

    It is read as the file it is: Arrow's data sets, which take long to load, are not needed.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(list(columns) if columns else None)


def write_text(text: str, path: Path, *, mode: int = PRIVATE) -> None:
    """Write a text file, whole or not at all, and force it to the disk; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path, mode=mode) as temporary:
        temporary.write_text(text, encoding="utf-8")


def remove_unfinished(folder: Path) -> None:
    """Remove files that a run which died was writing; the caller is the only writer."""
    for path in folder.glob(".*.tmp"):
        path.unlink()
