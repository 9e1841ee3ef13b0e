"""Delta tables of both products, for Databricks, Spark and whatever else reads Delta.

Rows and schema are a function of the release; the names of Delta's own files and its times are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ConfigError
from curate.release.exports.exporter import Exporter, Written
from curate.release.tally import SPLITS
from curate.tables.chunks import Chunk
from curate.tables.examples import Example
from curate.tables.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from curate.release.exports.products import ReleaseFiles


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write the tables `corpus` and `examples`, the latter partitioned by split.

    Raises:
        ConfigError: if deltalake is not installed.
    """
    try:
        import deltalake  # noqa: F401 - asked for before anything is written
    except ImportError:
        message = "delta: this format needs the package deltalake. Run: pip install 'curate[delta]'"
        raise ConfigError(message) from None
    examples = (table for split in SPLITS for table in release.tables(split))
    corpus_path, examples_path = folder / "corpus", folder / "examples"
    _write(corpus_path, Chunk, release.chunks(), release=release.number)
    _write(examples_path, Example, examples, release=release.number, by=["split"])
    return Written((corpus_path, examples_path))


def _write(
    path: Path,
    row: type,
    tables: Iterator[pa.Table],
    *,
    release: int,
    by: list[str] | None = None,
) -> None:
    import pyarrow as pa
    from deltalake import CommitProperties, write_deltalake

    batches = (batch for table in tables for batch in table.to_batches())
    write_deltalake(
        path,
        pa.RecordBatchReader.from_batches(arrow_schema(row), batches),
        mode="error",
        partition_by=by,
        name=path.name,
        description=f"{path.name} of a release of curate",
        commit_properties=CommitProperties(custom_metadata={"curate.release": str(release)}),
    )


EXPORTER = Exporter("delta", write)
