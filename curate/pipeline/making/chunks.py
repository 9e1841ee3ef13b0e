"""The corpus of a run: a mark for every chunk; rows are made where they are wanted.

What a document's rows are made of has a digest; where it is that of the release before, its marks
are carried over and its text is not read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from curate import ids
from curate.release.assemble import CHUNK, chunks_of, marks_of
from curate.store import shown as kept
from curate.tables.chunks import Count
from curate.tables.marks import Mark, Shown
from curate.tables.schema import to_arrow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import polars as pl

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.release.assemble import Facts
    from curate.release.publish import ChunkChanges
    from curate.tables.chunks import Body, Chunk
    from curate.tables.courses import Course

Row = TypeVar("Row", "Chunk", Mark)
Withheld = dict[bytes, dict[int, str]]

_FORMAT = "1"  # raised when equal bodies and facts give other rows
_AT_ONCE = 512  # documents whose marks are held as rows
_MARKS_AT_ONCE = 16_384  # that are written together


@dataclass(frozen=True)
class Chunks:
    """The corpus of a run.

    `marks` has a row for every chunk (`Mark`), `shown` one for every document that has chunks;
    `carried` are the documents whose chunks are those of the release before.
    """

    marks: pl.DataFrame
    shown: Sequence[Shown]
    carried: frozenset[bytes]
    sources: _Sources

    def __len__(self) -> int:
        """Return how many chunks there are."""
        return self.marks.height

    def rows(self, documents: Iterable[bytes]) -> Iterator[Chunk]:
        """Yield the rows of documents, in their order."""
        for doc_id in documents:
            yield from self.sources.rows(doc_id)

    def name(self, document: bytes, number: int) -> str:
        """Return the id of a document's chunk by its place; "" where the corpus holds none."""
        low, high = self._rows.get(document, (0, 0))
        at = low + int(self._numbers[low:high].searchsorted(number))
        there = at < high and self._numbers[at] == number
        return ids.encode(CHUNK, self.marks["chunk_id"][at]) if there else ""

    @cached_property
    def _numbers(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return self.marks["number"].to_numpy()

    @cached_property
    def _rows(self) -> dict[bytes, tuple[int, int]]:
        """Where the marks of each document begin and end; they lie together, in the order of places."""
        import polars as pl

        lengths = self.marks.select(pl.col("doc_id").rle().struct.unnest())
        ends = lengths["len"].cum_sum().to_list()
        return {
            document: (low, high)
            for document, low, high in zip(lengths["value"], [0, *ends], ends, strict=False)
        }

    def redactions(self) -> dict[bytes, int]:
        """Return how many values are redacted in each document."""
        return {one.doc_id: sum(c.count for c in one.redactions) for one in self.shown}

    def counts(self) -> dict[bytes, int]:
        """Return how many chunks each document has."""
        by_document = self.marks.group_by("doc_id").len()
        return dict(zip(*(by_document[name].to_list() for name in ("doc_id", "len")), strict=True))

    def among(self, names: Collection[str]) -> pl.DataFrame:
        """Return the marks of chunks given by their ids as written."""
        import polars as pl

        wanted = [ids.decode(name)[1] for name in names]
        return self.marks.filter(pl.col("chunk_id").is_in(wanted))

    def upserts(self, changes: ChunkChanges) -> Iterator[list[Chunk]]:
        """Yield the rows that are new or changed, some documents' at a time."""
        wanted = {*changes.added, *changes.text, *changes.meta}
        touched = self.among(wanted)["doc_id"].unique(maintain_order=True).to_list()
        for start in range(0, len(touched), _AT_ONCE):
            rows = self.rows(touched[start : start + _AT_ONCE])
            yield [row for row in rows if row.chunk_id in wanted]

    def fresh(self) -> pl.DataFrame:
        """Return the marks that were not carried over."""
        import polars as pl

        return self.marks.filter(~pl.col("doc_id").is_in(list(self.carried)))

    def keep(self, folder: Path, content: str) -> None:
        """Keep the marks for the next run, which the release of this content will precede."""
        parts = (part.to_arrow() for part in self.marks.iter_slices(_MARKS_AT_ONCE))
        kept.write(folder, content, parts, self.shown)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What rows are made of: courses by document, what is said of them, what is withheld."""

    flow: Flow
    courses: Mapping[bytes, Course]
    facts: Mapping[bytes, Facts]
    withheld: Withheld

    @property
    def key(self) -> bytes:
        """Return the workspace's key for ids."""
        return self.flow.keys.ids

    def bodies(self, doc_id: bytes) -> tuple[Body, ...]:
        return self.flow.rows("chunk", self.courses[doc_id])

    def rows(self, doc_id: bytes) -> Iterator[Chunk]:
        rows = chunks_of(self.facts[doc_id], self.bodies(doc_id), key=self.key)
        yield from self._shown(doc_id, rows)

    def made(self, doc_id: bytes, made_of: bytes) -> tuple[list[Mark], Shown]:
        """Return the marks of a document and what is redacted in it; its bodies are read once."""
        bodies = self.bodies(doc_id)
        marks = marks_of(self.facts[doc_id], bodies, key=self.key)
        counts: Counter[str] = Counter()
        for body in bodies:
            counts.update({count.type: count.count for count in body.redactions})
        redactions = tuple(Count(kind, count) for kind, count in sorted(counts.items()))
        return list(self._shown(doc_id, marks)), Shown(doc_id, made_of, redactions)

    def _shown(self, doc_id: bytes, rows: Iterable[Row]) -> Iterator[Row]:
        withheld = self.withheld.get(doc_id, {})
        return (row for number, row in enumerate(rows) if number not in withheld)

    def made_of(self, doc_id: bytes) -> bytes:
        withheld = repr(sorted(self.withheld.get(doc_id, {}).items()))
        bodies = self.courses[doc_id].bodies
        return ids.digest("shown", _FORMAT, bodies, self.facts[doc_id].digest(), withheld)


def corpus_of(
    flow: Flow,
    documents: Sequence[Document],
    facts: Mapping[bytes, Facts],
    withheld: Withheld,
    *,
    content: str,
) -> Chunks:
    """Return the corpus of a run; `content` is the digest of the release before ("": none)."""
    import polars as pl

    inside = {
        d.doc_id: d.course
        for d in documents
        if not (d.rejected or d.corpus) and d.course and d.course.has("chunk")
    }
    sources = _Sources(flow, inside, facts, withheld)
    marks, before = kept.read(flow.workspace.shown, content)
    old = {one.doc_id: one for one in before}
    made_of = {doc_id: sources.made_of(doc_id) for doc_id in inside}
    carried = frozenset(i for i, made in made_of.items() if i in old and old[i].made_of == made)
    fresh = {doc_id: made for doc_id, made in made_of.items() if doc_id not in carried}
    parts, shown = _made(sources, fresh)
    held = pl.DataFrame(marks).filter(pl.col("doc_id").is_in(list(carried)))
    shown.update((doc_id, old[doc_id]) for doc_id in carried)
    ordered = [shown[doc_id] for doc_id in inside]
    return Chunks(pl.concat([held, *parts]), ordered, carried, sources)


def _made(
    sources: _Sources, fresh: Mapping[bytes, bytes]
) -> tuple[list[pl.DataFrame], dict[bytes, Shown]]:
    """Make the marks of documents, of some at a time as rows."""
    import polars as pl

    parts: list[pl.DataFrame] = []
    shown: dict[bytes, Shown] = {}
    wanted = list(fresh)
    for start in range(0, len(wanted), _AT_ONCE):
        made = [sources.made(i, fresh[i]) for i in wanted[start : start + _AT_ONCE]]
        parts.append(pl.DataFrame(to_arrow(Mark, [m for marks, _ in made for m in marks])))
        shown.update((one.doc_id, one) for _, one in made)
    return parts, shown
