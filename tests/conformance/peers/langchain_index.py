"""LangChain's `index()` over one long document: run twice, with one date changed, with the source gone.

python langchain_index.py unchanged|metadata|gone|unseen
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.indexing import InMemoryRecordManager, index
from langchain_core.vectorstores import InMemoryVectorStore
from said import say

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = 250


class Counted(Embeddings):
    """Embeddings that count what they are asked for."""

    def __init__(self) -> None:
        self.texts = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += len(texts)
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class Indexed:
    """A store with its record manager, as LangChain's own guide sets them up."""

    def __init__(self) -> None:
        self.embeddings = Counted()
        self.store = InMemoryVectorStore(self.embeddings)
        self.records = InMemoryRecordManager(namespace="share")
        self.records.create_schema()

    def run(self, documents: Sequence[Document], *, cleanup: str = "incremental") -> int:
        """Index and return how many texts were embedded."""
        before = self.embeddings.texts
        index(
            documents,
            self.records,
            self.store,
            cleanup=cleanup,
            source_id_key="source",
            key_encoder="sha256",
        )
        return self.embeddings.texts - before


def pieces(source: str, *, date: str = "2026-03-01") -> list[Document]:
    """Return the pieces of one document."""
    facts = {"source": source, "date": date}
    return [
        Document(page_content=f"Section {number} of {source} says what it says.", metadata=facts)
        for number in range(PIECES)
    ]


def unchanged() -> tuple[bool, str]:
    """Index the same pieces twice."""
    indexed = Indexed()
    indexed.run(pieces("manual.md"))
    again = indexed.run(pieces("manual.md"))
    return again == 0, f"{again} of {PIECES} unchanged pieces embedded again"


def metadata() -> tuple[bool, str]:
    """Change the date of every piece and nothing else."""
    indexed = Indexed()
    indexed.run(pieces("manual.md"))
    again = indexed.run(pieces("manual.md", date="2026-03-02"))
    return again == 0, f"{again} of {PIECES} pieces embedded again for a date"


def gone() -> tuple[bool, str]:
    """Index two sources, then the one that is left."""
    indexed = Indexed()
    indexed.run([*pieces("manual.md"), *pieces("guide.md")])
    indexed.run(pieces("guide.md"))
    kept = sum(row["metadata"]["source"] == "manual.md" for row in indexed.store.store.values())
    return kept == 0, f"{kept} of {PIECES} pieces of the deleted source are still searched"


def unseen() -> tuple[bool, str]:
    """Index two sources, then what is there while one of them lies empty, cleaning up in full."""
    indexed = Indexed()
    indexed.run([*pieces("manual.md"), *pieces("guide.md")], cleanup="full")
    indexed.run(pieces("guide.md"), cleanup="full")
    kept = sum(row["metadata"]["source"] == "manual.md" for row in indexed.store.store.values())
    return kept > 0, f"{PIECES - kept} of {PIECES} pieces of a source that was not seen are deleted"


if __name__ == "__main__":
    say({"unchanged": unchanged, "metadata": metadata, "gone": gone, "unseen": unseen})
