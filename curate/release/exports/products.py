"""What exporters read: a release's examples by split and its chunks, a batch at a time.

Chunks come in an order of their own (document, place in it), whatever order the table's history left them
in, so that equal releases give equal exports; only ids and places are held whole for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import ContractError
from curate.release.tally import SPLITS
from curate.store.corpus import Corpus
from curate.tables.chunks import Chunk
from curate.tables.examples import Example
from curate.tables.schema import arrow_schema, from_arrow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import lance
    import pyarrow as pa

    from curate.release.reading import Release

_EXAMPLES_A_BATCH = 1_000
_CHUNKS_A_BATCH = 4_096


@dataclass(frozen=True, slots=True)
class Shape:
    """How the conversations of a release look: whether any has a system message, the most turns."""

    system: bool
    turns: int


@dataclass(frozen=True, slots=True)
class ReleaseFiles:
    """A release's products where they lie; `content` is the digest that names what it holds."""

    number: int
    name: str
    content: str
    finetune: Path
    corpus: Corpus

    @classmethod
    def of(cls, release: Release) -> ReleaseFiles:
        """Return the products of a release."""
        return cls(
            number=release.number,
            name=release.manifest["name"],
            content=release.manifest["content"],
            finetune=release.folder / "finetune",
            corpus=Corpus(release.workspace.corpus),
        )

    def shards(self, split: str) -> list[Path]:
        """Return the Parquet files of a split.

        Raises:
            ContractError: if there are none.
        """
        found = sorted((self.finetune / "data").glob(f"{split}-*.parquet"))
        if not found:
            message = f"release {self.number}: finetune/data holds no files of the split {split}."
            raise ContractError(message)
        return found

    def splits(self) -> list[str]:
        """Return the splits that have rows; loaders refuse to open those that have none."""
        import pyarrow.parquet as pq

        return [
            split
            for split in SPLITS
            if any(pq.read_metadata(path).num_rows for path in self.shards(split))
        ]

    def tables(self, split: str) -> Iterator[pa.Table]:
        """Yield the examples of a split in their order."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = arrow_schema(Example)
        for path in self.shards(split):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_EXAMPLES_A_BATCH):
                    yield pa.Table.from_batches([batch]).cast(schema)

    def examples(self, split: str) -> Iterator[Example]:
        """Yield the examples of a split in their order."""
        for table in self.tables(split):
            yield from from_arrow(Example, table)

    def shape(self) -> Shape:
        """Return how the conversations look."""
        system, turns = False, 0
        for split in SPLITS:
            for example in self.examples(split):
                roles = [message.role for message in example.messages]
                system = system or "system" in roles
                turns = max(turns, roles.count("assistant"))
        return Shape(system, turns)

    def chunks(self) -> Iterator[pa.Table]:
        """Yield the chunks by document and place in it."""
        dataset = self.corpus.at(self.number)
        order = _order(dataset)
        schema = arrow_schema(Chunk)
        for start in range(0, len(order), _CHUNKS_A_BATCH):
            rows = order[start : start + _CHUNKS_A_BATCH]
            yield dataset.take(rows).select(schema.names).cast(schema)


def _order(dataset: lance.LanceDataset) -> list[int]:
    """Return the numbers of the rows by document, place, id."""
    import pyarrow.compute as pc

    held = dataset.to_table(columns=["doc_id", "span", "chunk_id"])
    start = pc.list_element(held.column("span"), 0)
    keys = held.select(["doc_id", "chunk_id"]).append_column("start", start)
    order = [(name, "ascending") for name in ("doc_id", "start", "chunk_id")]
    numbers: list[int] = pc.sort_indices(keys, sort_keys=order).to_pylist()
    return numbers
