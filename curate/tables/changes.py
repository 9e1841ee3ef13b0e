"""What differs between two releases, as rows: documents, chunks, examples, labels, findings, settings.

Reasons are stable codes. No row holds text of a document; addresses and labels are as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curate.tables.values import (
    AnyId,
    ChunkId,
    DocumentId,
    ExampleId,
    FindingId,
    Natural,
    NoChunkId,
    NoVersionId,
)

DocumentOp = Literal["added", "modified", "deleted", "renamed", "decided"]
ChunkOp = Literal["add", "delete", "update_text", "update_meta", "moved"]
ExampleOp = Literal["new", "gone", "reworded", "stale", "resplit"]
FindingOp = Literal["new", "gone"]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document that changed.

    `renamed` means another address under the same id, `edited` that its bytes changed too;
    `decided` that nothing of it changed but what became of it. Of a document that was not there
    before, or is there no more, the fields of that side are empty. `reason` says for `decided` what
    it was and what it is, as `product:before>after`.
    """

    doc_id: DocumentId
    op: DocumentOp
    edited: bool
    old_address: str
    address: str
    old_version: NoVersionId
    version: NoVersionId
    reason: str


@dataclass(frozen=True, slots=True)
class ChunkChange:
    """One row of the corpus that changed.

    `moved` is a difference in places alone (page, span, neighbours, section, address) and asks
    nothing of a vector store; `embed` says that a new embedding is needed: no row of the release
    before had this index text. `replaces` is the deleted chunk of the same document that an added
    one stands in for. `fields` are the columns that differ, of an update. Digests are SHA-256, empty
    on the side where there is no such row.
    """

    chunk_id: ChunkId
    doc_id: DocumentId
    op: ChunkOp
    reason: str
    fields: tuple[str, ...]
    embed: bool
    replaces: NoChunkId
    old_digest: str
    digest: str
    old_index_digest: str
    index_digest: str


@dataclass(frozen=True, slots=True)
class ExampleChange:
    """One example that changed.

    `stale` is one that is gone because its source changed, vanished or was left out; `gone` one that
    was not chosen again. `resplit` is the same example in another split.
    """

    example_id: ExampleId
    doc_id: DocumentId
    op: ExampleOp
    reason: str
    old_digest: str
    digest: str
    old_split: str
    split: str


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A label of a document's chunks that differs; an empty value is none."""

    doc_id: DocumentId
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that came or went."""

    finding_id: FindingId
    op: FindingOp
    subject: AnyId
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A setting, or the version of a tool, that differs: as JSON, empty where there is none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """Documents by what happened to them; `moved` are those renamed without an edit."""

    added: Natural
    modified: Natural
    deleted: Natural
    renamed: Natural
    moved: Natural
    decided: Natural
    total: Natural


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """Chunks by operation; `replaced` are adds that replace a deleted one, `embed` need an embedding."""

    add: Natural
    delete: Natural
    update_text: Natural
    update_meta: Natural
    moved: Natural
    replaced: Natural
    embed: Natural
    total: Natural


@dataclass(frozen=True, slots=True)
class ExampleCounts:
    """Examples by what happened to them."""

    new: Natural
    gone: Natural
    reworded: Natural
    stale: Natural
    resplit: Natural
    total: Natural


@dataclass(frozen=True, slots=True)
class Because:
    """How many rows of a kind changed in one way for one reason."""

    kind: Literal["chunk", "example"]
    op: str
    reason: str
    count: Natural


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """Everything that differs between two releases, and why; totals are those of the later one."""

    before: Natural
    after: Natural
    document_counts: DocumentCounts
    chunk_counts: ChunkCounts
    example_counts: ExampleCounts
    because: tuple[Because, ...]
    documents: tuple[DocumentChange, ...]
    chunks: tuple[ChunkChange, ...]
    examples: tuple[ExampleChange, ...]
    labels: tuple[LabelChange, ...]
    findings: tuple[FindingChange, ...]
    settings: tuple[ValueChange, ...]
    versions: tuple[ValueChange, ...]
