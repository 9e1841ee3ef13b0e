"""Where a chunk, an example or a document comes from, and which releases hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curate.tables.chunks import Count
from curate.tables.values import (
    AnyId,
    DocumentId,
    Natural,
    NoChunkId,
    NoGroupId,
    NoVersionId,
    Page,
    Span,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that something rests on, as published: where they stand in the source and the corpus.

    `span` counts code points of the document's canonical text; `text` is empty where the corpus
    holds no chunk of that document. `redacted` counts the masks in those words by type.
    """

    doc_id: DocumentId
    chunk_id: NoChunkId
    page: Page | None
    span: Span
    heading_path: tuple[str, ...]
    text: str
    redacted: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document that says the same, or nearly; `how` is same_words or near_copy."""

    doc_id: DocumentId
    address: str
    how: Literal["same_words", "near_copy"]


@dataclass(frozen=True, slots=True)
class Origin:
    """A document as a release names it.

    `version` names its bytes, `number` counts the different versions of it in the releases that are
    kept, up to this one. `redacted` are all redactions of its chunks by type.
    """

    doc_id: DocumentId
    source: str
    address: str
    media_type: str
    version: NoVersionId
    number: Natural
    outcome: str
    reasons: tuple[str, ...]
    corpus: str
    finetune: str
    redacted: tuple[Count, ...]
    cluster: NoGroupId
    copies: tuple[Copy, ...]
    chunks: Natural
    examples: Natural


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about it."""

    subject: AnyId
    kind: str
    reviewer: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The way back from an id to files.

    `release` is the one that it is told from: the newest that holds it; `current` says that this is
    the one in force. `releases` are all that are kept and hold it, `retired` those that can no
    longer be asked. `dates` are effective, modified and created, as far as they are known. `split`
    and `extractor` are those of an example.
    """

    id: AnyId
    kind: Literal["chunk", "example", "document"]
    release: Natural
    current: bool
    releases: tuple[int, ...]
    retired: tuple[int, ...]
    split: str
    extractor: str
    dates: tuple[str, ...]
    evidence: tuple[Passage, ...]
    documents: tuple[Origin, ...]
    decisions: tuple[Decision, ...]
