"""The marks of the release in force, kept so that what did not change is not made again.

A cache, never state: it names the content it belongs to, and one that is damaged or of another
release is as good as none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.store.files import read_parquet, write_parquet_parts
from curate.tables.marks import Mark, Shown
from curate.tables.schema import arrow_schema, from_arrow, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

_MARKS, _SHOWN = "chunks.parquet", "documents.parquet"
_CONTENT = b"content"
_AT_ONCE = 4096


def read(folder: Path, content: str) -> tuple[pa.Table, list[Shown]]:
    """Return the marks and documents kept for a release's content, or none."""
    import pyarrow as pa

    none: tuple[pa.Table, list[Shown]] = arrow_schema(Mark).empty_table(), []
    try:
        marks, shown = (read_parquet(folder / name) for name in (_MARKS, _SHOWN))
        if any(
            (table.schema.metadata or {}).get(_CONTENT) != content.encode()
            for table in (marks, shown)
        ):
            return none
        return marks.cast(arrow_schema(Mark)), from_arrow(Shown, shown)
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return none


def write(folder: Path, content: str, marks: Iterable[pa.Table], shown: Sequence[Shown]) -> None:
    """Keep the marks (some at a time) and documents of a release's content."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    documents = (
        to_arrow(Shown, shown[start : start + _AT_ONCE]) for start in range(0, len(shown), _AT_ONCE)
    )
    for row, name, parts in ((Mark, _MARKS, marks), (Shown, _SHOWN, documents)):
        schema = arrow_schema(row).with_metadata({_CONTENT: content.encode()})
        write_parquet_parts(parts, schema, folder / name)
