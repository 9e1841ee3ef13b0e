"""What the collectors of a release's page read: a run at the moment before its commit point.

Everything is held already by the run; what needs a document's text is loaded for the few samples
alone, so that a page costs a pass over the rows and no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.reporting.kinds import kind, language, readers
from curate.pipeline.reporting.places import Places
from curate.pipeline.words import Words
from curate.release.manifest import is_whole
from curate.release.reading import Release
from curate.stages.admit import effective_access, is_open
from curate.stages.list import NO_PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.pipeline.making.chunks import Chunks
    from curate.pipeline.making.products import Making
    from curate.release.gates import Gate
    from curate.release.publish import ChunkChanges, Products
    from curate.tables.ledger import LedgerRow

_CLOSED = ("bad_sidecar", "bad_tenant", "cut_short")  # for nobody, whatever access is stated


@dataclass(frozen=True)
class Spent:
    """What a run took: seconds by stage, pieces of work and those known before, seconds in all."""

    seconds: Mapping[str, float]
    pieces: Mapping[str, tuple[int, int]]
    total: float


@dataclass(frozen=True)
class Material:
    """One run's results; `release` is the number they will have, `parent` the one before (0: none).

    `lost` tells that rows of the one before cannot be read.
    """

    flow: Flow
    documents: Sequence[Document]
    made: Making
    rows: Products
    chunks: Chunks
    counts: Mapping[str, Any]
    gates: Sequence[Gate]
    changes: ChunkChanges
    content: str
    parent: int
    spent: Spent
    forced: bool = False
    lost: bool = False

    @property
    def release(self) -> int:
        """Return the number the release will have."""
        return self.parent + 1

    @cached_property
    def before(self) -> Release | None:
        """Return the release before, if there is one that can be read."""
        whole = not self.lost and is_whole(self.flow.workspace.release(self.parent))
        return Release(self.flow.workspace, self.parent) if whole else None

    @cached_property
    def places(self) -> Places:
        """Return how documents are grouped: by source, or by folder where there is one source.

        Folders are named by what everybody may read in them; all others are one group.
        """
        sources = frozenset(row.source for row in self.rows.ledger)
        named = [r for r in self.rows.ledger if len(sources) > 1 or self.is_open(r.doc_id)]
        return Places.of((r.source, r.address) for r in named) if named else Places(0, sources)

    @cached_property
    def by_name(self) -> Mapping[str, Document]:
        """Return the documents by their ids as written."""
        names = ids.encode_all("d", [document.doc_id for document in self.documents])
        return dict(zip(names, self.documents, strict=True))

    @cached_property
    def words(self) -> Words:
        """Return labels and addresses as they are shown."""
        return Words(self.flow)

    @cached_property
    def ledger(self) -> Mapping[str, LedgerRow]:
        """Return the ledger's rows by document."""
        return {row.doc_id: row for row in self.rows.ledger}

    @cached_property
    def access(self) -> Mapping[str, tuple[str, ...]]:
        """Return who may read each document."""
        claims = [d.source.claim for d in self.documents]
        return dict(zip(self.by_name, effective_access(claims), strict=True))

    @cached_property
    def shown(self) -> pl.DataFrame:
        """Return of every document of the corpus what its chunks are counted and drawn by."""
        import polars as pl

        facts = [self.chunks.sources.facts[one.doc_id] for one in self.chunks.shown]
        return pl.DataFrame(
            {
                "doc_id": [fact.doc_id for fact in facts],
                "place": [self._placed[fact.name] for fact in facts],
                "kind": [kind(fact.media_type) for fact in facts],
                "language": [language(fact.language) for fact in facts],
                "year": [(f.effective or f.modified or f.created)[:4] for f in facts],
                "readers": [readers(fact.access) for fact in facts],
                "open": [is_open(fact.access) for fact in facts],
            },
            schema_overrides={"doc_id": pl.Binary, "open": pl.Boolean},
        )

    def is_open(self, name: str) -> bool:
        """Tell whether everybody may read a document: only then are words or names of it on the page."""
        return name in self._open

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(
            name
            for name, document in self.by_name.items()
            if is_open(self.access[name])
            and document.code not in _CLOSED
            and document.source.use != NO_PRODUCT  # it may say who reads others
        )

    @cached_property
    def open_labels(self) -> frozenset[tuple[str, str]]:
        """Return the labels, by name and value, of documents that everybody may read."""
        shown = (d for name, d in self.by_name.items() if self.is_open(name))
        return frozenset((label.name, label.value) for d in shown for label in d.source.labels)

    @cached_property
    def open_documents(self) -> frozenset[bytes]:
        """Return the documents that everybody may read."""
        return frozenset(d.doc_id for name, d in self.by_name.items() if self.is_open(name))

    def are_open(self, documents: Iterable[bytes]) -> bool:
        """Tell whether everybody may read all of some documents."""
        return self.open_documents.issuperset(documents)

    def address(self, row: LedgerRow) -> str:
        """Return a document's address as the page shows it; empty where not everybody may read it."""
        return row.address if self.is_open(row.doc_id) else ""

    def place(self, row: LedgerRow) -> str:
        """Return the group of a row of the ledger."""
        return self._placed[row.doc_id]

    @cached_property
    def _placed(self) -> Mapping[str, str]:
        place = self.places.place
        return {row.doc_id: place(row.source, row.address) for row in self.rows.ledger}
