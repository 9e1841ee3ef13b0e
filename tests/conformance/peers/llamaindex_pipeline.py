"""LlamaIndex' ingestion pipeline when an update fails, is tried again, or two equal files are removed.

python llamaindex_pipeline.py failed|retried|identical
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from llama_index.core import Document
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import BaseNode, TransformComponent
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.core.vector_stores import SimpleVectorStore
from said import say

if TYPE_CHECKING:
    from collections.abc import Sequence


class Vectors(TransformComponent):
    """Gives each node a vector, unless it is told to fail."""

    fails: bool = False

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        if self.fails:
            message = "the embedding service is away"
            raise ConnectionError(message)
        for node in nodes:
            node.embedding = [1.0, 0.5]
        return nodes


def made(strategy: DocstoreStrategy) -> tuple[IngestionPipeline, Vectors]:
    """Return a pipeline with stores of its own, and the part of it that can be made to fail."""
    vectors = Vectors()
    pipeline = IngestionPipeline(
        transformations=[SentenceSplitter(), vectors],
        docstore=SimpleDocumentStore(),
        docstore_strategy=strategy,
        vector_store=SimpleVectorStore(),
        disable_cache=True,
    )
    return pipeline, vectors


def held(pipeline: IngestionPipeline) -> int:
    """Return how many vectors can be searched."""
    store = pipeline.vector_store
    assert isinstance(store, SimpleVectorStore)
    return len(store.data.embedding_dict)


def failing(pipeline: IngestionPipeline, vectors: Vectors, document: Document) -> None:
    """Run with a service that is away."""
    vectors.fails = True
    with contextlib.suppress(ConnectionError):
        pipeline.run(documents=[document])
    vectors.fails = False


def failed() -> tuple[bool, str]:
    """Index a document; change it; the service is away."""
    pipeline, vectors = made(DocstoreStrategy.UPSERTS)
    pipeline.run(documents=[Document(text="Refunds take 30 days.", doc_id="refunds")])
    before = held(pipeline)
    failing(pipeline, vectors, Document(text="Refunds take 14 days.", doc_id="refunds"))
    return held(
        pipeline
    ) == before, f"vectors of the document: {before} before, {held(pipeline)} after"


def retried() -> tuple[bool, str]:
    """Index a document while the service is away; do it again once the service is back."""
    pipeline, vectors = made(DocstoreStrategy.DUPLICATES_ONLY)
    document = Document(text="Refunds take 30 days.", doc_id="refunds")
    failing(pipeline, vectors, document)
    pipeline.run(documents=[document])
    return held(pipeline) > 0, f"vectors after the second try: {held(pipeline)}"


def identical() -> tuple[bool, str]:
    """Index two equal documents and another; then only the other is there."""
    pipeline, _ = made(DocstoreStrategy.UPSERTS_AND_DELETE)
    stays = Document(text="Flights are approved by the head.", doc_id="travel")
    equal = [Document(text="Refunds take 30 days.", doc_id=name) for name in ("one", "two")]
    pipeline.run(documents=[stays, *equal])
    pipeline.run(documents=[stays])
    left = held(pipeline) - 1
    return left == 0, f"vectors of the two deleted documents that stay: {left}"


if __name__ == "__main__":
    say({"failed": failed, "retried": retried, "identical": identical})
