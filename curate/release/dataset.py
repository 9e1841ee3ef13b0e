"""The fine-tuning set as a Hugging Face datasets folder: Parquet files by split, and a card.

Written with Arrow alone: `datasets` reads it, but is not needed to make it, so that publishing starts no
cache, progress bar or telemetry. Rows stream through one buffer a split; files get their final names
(`train-00000-of-00003.parquet`) when their number is known. Equal rows give equal bytes.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from curate.errors import ContractError
from curate.release.card import About, card
from curate.release.tally import SPLITS, Tally
from curate.tables.examples import Example
from curate.tables.schema import arrow_schema, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa
    import pyarrow.parquet as pq
    from datasets import DatasetDict

_ROWS_A_GROUP = 1_000
_ROWS_A_FILE = 100_000
_BYTES_A_FILE = 256 << 20  # of Arrow memory, so that files of long rows stay easy to move


class Shards:
    """Parquet files of one name, closed at a size and numbered; at least one, even without rows.

    Args:
        folder: Where they lie.
        stem: What their names begin with.
        schema: Of every table that is written.
        rows: How many a file holds at most, give or take one table.
    """

    def __init__(
        self, folder: Path, stem: str, schema: pa.Schema, *, rows: int = _ROWS_A_FILE
    ) -> None:
        """Begin without a file."""
        self._folder = folder
        self._stem = stem
        self._schema = schema
        self._most = rows
        self._parts: list[Path] = []
        self._rows = 0
        self._bytes = 0
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._close()
        if kind is None:
            self._name()

    def write(self, table: pa.Table) -> None:
        """Add rows as one row group."""
        if self._rows >= self._most or self._bytes >= _BYTES_A_FILE:
            self._close()
        self._open().write_table(table, row_group_size=max(1, table.num_rows))
        self._rows += table.num_rows
        self._bytes += table.nbytes

    def _open(self) -> pq.ParquetWriter:
        if self._writer is None:
            import pyarrow.parquet as pq

            self._parts.append(self._folder / f".{self._stem}-{len(self._parts):05d}.part")
            self._writer = pq.ParquetWriter(
                self._parts[-1],
                self._schema,
                compression="zstd",
                write_page_index=True,
                use_content_defined_chunking=True,  # a hub stores again only what changed
            )
        return self._writer

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._rows = self._bytes = 0

    def _name(self) -> None:
        if not self._parts:
            self._open()
            self._close()
        for number, part in enumerate(self._parts):
            part.replace(part.with_name(shard_name(self._stem, number, len(self._parts))))


def shard_name(stem: str, number: int, count: int) -> str:
    """Return the name of one of a number of files.

    >>> shard_name("train", 0, 2)
    'train-00000-of-00002.parquet'
    """
    return f"{stem}-{number:05d}-of-{count:05d}.parquet"


def write(
    examples: Iterable[Example], folder: Path, *, name: str, about: About | None = None
) -> None:
    """Write the folder; `datasets.load_dataset(folder)` reads it back with its splits.

    Args:
        examples: All examples in the order of their ids, which each split keeps.
        folder: An empty or absent folder.
        name: The pipeline's name, for the card.
        about: What the card can say beside what the rows show.

    Raises:
        ContractError: if ids do not ascend, a split is unknown or a text is no UTF-8.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    tally = Tally()
    with ExitStack() as stack:
        schema = arrow_schema(Example)
        shards = {s: stack.enter_context(Shards(data, s, schema)) for s in SPLITS}
        for split, rows in _groups(_sound(examples)):
            table = _table(rows)
            tally.add(rows)
            tally.sizes[split] += table.nbytes
            shards[split].write(table)
    text = card(tally, name=name, about=about or About())
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def load(folder: Path) -> DatasetDict:
    """Load a folder that `write` made, all three splits, into memory.

    `datasets.load_dataset` leaves out a split without rows and copies the others into the user's cache, where
    no erasure finds them.
    """
    import pyarrow.parquet as pq
    from datasets import Dataset, DatasetDict, Features

    schema = Features.from_arrow_schema(arrow_schema(Example)).arrow_schema
    files = {split: sorted((folder / "data").glob(f"{split}-*.parquet")) for split in SPLITS}
    tables = {split: pq.read_table(paths) for split, paths in files.items()}
    return DatasetDict({split: Dataset(table.cast(schema)) for split, table in tables.items()})


def _groups(examples: Iterable[Example]) -> Iterator[tuple[str, list[Example]]]:
    """Yield rows by split, a row group at a time, so that a split's groups depend on its rows alone."""
    waiting: dict[str, list[Example]] = {split: [] for split in SPLITS}
    for example in examples:
        rows = waiting[example.split]
        rows.append(example)
        if len(rows) == _ROWS_A_GROUP:
            yield example.split, rows
            waiting[example.split] = []
    yield from ((split, rows) for split, rows in waiting.items() if rows)


def _sound(examples: Iterable[Example]) -> Iterator[Example]:
    last = ""
    for example in examples:
        if example.example_id <= last:
            message = f"examples: {example.example_id} does not come after {last}"
            raise ContractError(message)
        if example.split not in SPLITS:
            message = f"examples: {example.example_id} is in no split: {example.split!r}"
            raise ContractError(message)
        last = example.example_id
        yield example


def _table(rows: list[Example]) -> pa.Table:
    try:
        return to_arrow(Example, rows)
    except UnicodeEncodeError:
        first, last = rows[0].example_id, rows[-1].example_id
        message = f"examples: a text between {first} and {last} is no UTF-8"
        raise ContractError(message) from None
