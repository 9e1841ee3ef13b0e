"""Drafts that became no example: which, of which document, where in it, and why."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.values import DocumentId, ExampleId, NoChunkId, Share, Span


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One draft that was left out; it holds no text of a document.

    `reason` is a stable code, `doc_id` the document that its answer stands in, `span` where, in code
    points of that document's text; `chunk_id` the chunk of the corpus that shows it, empty where none does.
    """

    example_id: ExampleId
    reason: str
    doc_id: DocumentId
    span: Span
    chunk_id: NoChunkId
    task: str
    extractor: str
    score: Share
