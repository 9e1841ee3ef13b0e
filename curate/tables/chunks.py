"""Chunks: what a record of text yields, and the rows of the corpus that readers see."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id
from curate.tables.sources import Label
from curate.tables.values import (
    ChunkId,
    DocumentId,
    Natural,
    NoChunkId,
    NoGroupId,
    Page,
    SectionId,
    Sha256,
    Span,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How often something of a type occurs."""

    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Mask:
    """A span of rendered text that stands for something redacted."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Body:
    """A chunk as cut and rendered from its text, before it is known whose it is.

    `text_key` is the keyed digest of the normalised canonical text, `section_key` that of the
    heading path; both become ids together with a document's. `index_digest` is the SHA-256 of the
    index text, `digest` that of everything of it that is published: they are made where the text is
    at hand, so that publishing need not read it.
    """

    title: str
    start: int
    end: int
    text: str
    index_text: str
    heading_path: tuple[str, ...]
    kinds: tuple[str, ...]
    page: int | None
    tokens: int
    text_key: Id
    section_key: Id
    masked: tuple[Mask, ...]
    index_masked: tuple[Mask, ...]
    redactions: tuple[Count, ...]
    index_digest: bytes = b""
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One row of the corpus.

    `text` is the verbatim span of the source with personal data masked; `index_text` is what to
    search and to embed: title, heading path, repeated table header, text. `span` counts code points of
    the document's canonical text. `cluster` names the group of near copies a document belongs to;
    `access` lists who may read it. An empty string means not known. `index_digest` is the SHA-256
    of the index text: only when it changes is a new embedding needed. `digest` is that of the
    whole row.
    """

    chunk_id: ChunkId
    doc_id: DocumentId
    text: str
    index_text: str
    title: str
    address: str
    source: str
    media_type: str
    span: Span
    page: Page | None
    heading_path: tuple[str, ...]
    kinds: tuple[str, ...]
    tokens: Natural
    language: str
    status: str
    created: str
    modified: str
    effective: str
    authority: int
    owner: str
    tenant: str
    access: tuple[str, ...]
    labels: tuple[Label, ...]
    cluster: NoGroupId
    section_id: SectionId
    previous: NoChunkId
    next: NoChunkId
    index_digest: Sha256
    digest: Sha256
