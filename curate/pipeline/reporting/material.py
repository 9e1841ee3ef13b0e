"""What the collectors of a release's page read: a run at the moment before its commit point.

Everything is held already by the run; what needs a document's text is loaded for the few samples
alone, so that a page costs a pass over the rows and no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.reporting.places import Places
from curate.pipeline.words import Words
from curate.release.reading import Release
from curate.stages.admit import EVERYONE, UNSTATED, effective_access

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.pipeline.documents import Document
    from curate.pipeline.flow import Flow
    from curate.pipeline.products import Making
    from curate.release.gates import Gate
    from curate.release.publish import ChunkChanges, Products
    from curate.tables.ledger import LedgerRow

_OPEN = (EVERYONE, UNSTATED)


@dataclass(frozen=True)
class Spent:
    """What a run took: seconds by stage, pieces of work and those known before, seconds in all."""

    seconds: Mapping[str, float]
    pieces: Mapping[str, tuple[int, int]]
    total: float


@dataclass(frozen=True)
class Material:
    """One run's results; `release` is the number they will have, `parent` the one before (0: none)."""

    flow: Flow
    documents: Sequence[Document]
    made: Making
    rows: Products
    counts: Mapping[str, Any]
    gates: Sequence[Gate]
    changes: ChunkChanges
    content: str
    parent: int
    spent: Spent
    forced: bool = False
    origin: str = ""

    @property
    def release(self) -> int:
        """Return the number the release will have."""
        return self.parent + 1

    @cached_property
    def before(self) -> Release | None:
        """Return the release before, if there is one."""
        return Release(self.flow.workspace, self.parent) if self.parent else None

    @cached_property
    def places(self) -> Places:
        """Return how documents are grouped: by source, or by folder where there is one source."""
        return Places.of((row.source, row.address) for row in self.rows.ledger)

    @cached_property
    def by_name(self) -> Mapping[str, Document]:
        """Return the documents by their ids as written."""
        return {ids.encode("d", document.doc_id): document for document in self.documents}

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
        stated = [(d.source.stated, d.source.access) for d in self.documents]
        return dict(zip(self.by_name, effective_access(stated), strict=True))

    def is_open(self, name: str) -> bool:
        """Tell whether everybody may read a document: only then are words of it on the page."""
        return is_open(self.access.get(name, ()))

    def place(self, row: LedgerRow) -> str:
        """Return the group of a row of the ledger."""
        return self.places.place(row.source, row.address)


def is_open(access: Sequence[str]) -> bool:
    """Tell whether an access list names everybody."""
    return any(who in _OPEN for who in access)
