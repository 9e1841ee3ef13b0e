"""Published rows and whole releases, made of the published tables and the store's functions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from curate import ids
from curate.release import dataset
from curate.release.digests import row_digest
from curate.release.findings import finding
from curate.release.gates import Gate
from curate.release.manifest import Manifest
from curate.release.reading import Release
from curate.store.corpus import Corpus
from curate.store.workspace import Workspace
from curate.tables.chunks import Chunk
from curate.tables.examples import Evidence, Example, Message
from curate.tables.ledger import LedgerRow
from curate.tables.left_out import LeftOut
from curate.tables.schema import to_arrow
from curate.tables.sources import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.tables.ledger import Finding


def name(prefix: str, *parts: object) -> str:
    """Return an id as published."""
    return ids.encode(prefix, ids.digest("test", prefix, *map(str, parts)))


def chunk(document: int, place: int, text: str = "", **changes: object) -> Chunk:
    """Return a chunk of a document."""
    said = text or f"Section {place} of page {document}."
    made = Chunk(
        chunk_id=name("c", document, place),
        doc_id=name("d", document),
        text=said,
        index_text=f"Leave\n\n{said}",
        title="Leave",
        address=f"handbook/page-{document}.md",
        source="handbook",
        media_type="text/markdown",
        span=(place * 100, place * 100 + len(said)),
        page=place or None,
        heading_path=("Leave",),
        kinds=("paragraph", "list"),
        tokens=len(said.split()),
        language="en",
        status="current",
        created="2024-05-01",
        modified="2025-02-03T04:05:06Z",
        effective="",
        authority=1,
        owner="people team",
        tenant="acme",
        access=("staff",) if document % 2 else (),
        labels=(Label("department", "people"),) if document % 2 else (),
        cluster=name("g", document) if document % 2 else "",
        section_id=name("s", document),
        previous=name("c", document, place - 1) if place else "",
        next="",
        index_digest=ids.sha256(f"Leave\n\n{said}"),
        digest="",
    )
    made = replace(made, **changes)  # type: ignore[arg-type]
    return replace(made, digest=row_digest(made, without=("digest",)))


def example(number: int, *messages: tuple[str, str], split: str = "train") -> Example:
    """Return an example; its id ascends with its number, two of them share a document."""
    said = messages or (("user", f"What is rule {number}?"), ("assistant", f"It is {number}."))
    document = name("d", number // 2)
    made = Example(
        example_id=ids.encode("e", (number + 1).to_bytes(16, "big")),
        messages=tuple(Message(role, content) for role, content in said),
        task="qa",
        extractor="question_headings" if number % 3 else "question_lines",
        template="en.as_is",
        teaches="knowledge",
        evidence=(
            Evidence(name("c", number, 0), 0, 9, ids.sha256("It is so."), document, (100, 109)),
            Evidence("", 0, 4, ids.sha256("Good"), document, (0, 4)),
        ),
        quality=0.8,
        tokens=11,
        language="en",
        source="handbook",
        tenant="acme",
        doc_id=document,
        group=name("g", number // 2),
        split=split,
        digest="",
    )
    return replace(made, digest=row_digest(made, without=("digest", "split", "group")))


def in_splits(train: int, validation: int, test: int) -> list[Example]:
    """Return examples of all splits in the order of their ids."""
    splits = ["train"] * train + ["validation"] * validation + ["test"] * test
    return [example(number, split=split) for number, split in enumerate(splits)]


def ledger_row(document: int) -> LedgerRow:
    """Return the ledger's row of a document."""
    return LedgerRow(
        doc_id=name("d", document),
        source="handbook",
        address=f"handbook/page-{document}.md",
        media_type="text/markdown",
        size=120,
        stage="",
        outcome="kept",
        reasons=("near_copy",),
        corpus="in",
        finetune="in",
        language="en",
        reader="markdown",
        pages=0,
        characters=100,
        chunks=1,
        examples=2,
        redactions=0,
        copy_of="",
        cluster=name("g", document),
    )


def a_finding(document: int) -> Finding:
    """Return a finding about a document."""
    return finding(ids.digest("test", "d", str(document)), "risk", score=0.75, reason="tiny_font")


def a_left_out(number: int) -> LeftOut:
    """Return a draft that became no example."""
    identity = ids.encode("e", (number + 1).to_bytes(16, "big"))
    chunk_id = name("c", number, 0)
    return LeftOut(
        identity, "repeated", name("d", number), (4, 9), chunk_id, "qa", "question_lines", 0.7
    )


def a_gate() -> Gate:
    """Return a gate that was passed."""
    return Gate("rejected", "Rejected documents", 0.01, 0.05, "1 of 100", "curate show rejected")


def manifest() -> Manifest:
    """Return a manifest with the counts that every release has."""
    documents = {"in": 1, "kept": 1, "flagged": 0, "rejected": 0}
    finetune = {"examples": 2, "splits": {"train": 2}, "extractors": {"question_lines": 2}}
    return Manifest(
        name="handbook",
        as_of="2025-03-01",
        settings={"pii": {"finetune": "surrogate", "by_type": {}, "entities": ["US_SSN"]}},
        versions={"curate": "0.1.0"},
        counts={"documents": documents, "corpus": {"chunks": 1}, "finetune": finetune},
        digests={"corpus": ids.sha256("")},
        warnings=(),
    )


def publish(
    root: Path,
    chunks: Sequence[Chunk],
    examples: Sequence[Example],
    *,
    deletes: Sequence[str] = (),
    number: int = 1,
) -> Release:
    """Put a release into a workspace: changed chunks, all examples, its manifest."""
    workspace = Workspace(root / ".curate")
    workspace.make()
    corpus = Corpus(workspace.corpus)
    before = corpus.at(number - 1).version if number > 1 else 0
    version = corpus.commit(to_arrow(Chunk, chunks), deletes=deletes, expected=before)
    corpus.name(release=number, version=version)
    folder = workspace.release(number)
    dataset.write(examples, folder / "finetune", name="handbook")
    (folder / "manifest.json").write_text(manifest().written(), encoding="utf-8")
    return Release(workspace, number)


def history(number: int) -> str:
    """Return a release's history as written."""
    values: dict[str, object] = {
        "release": number,
        "parent": number - 1 or None,
        "changes": {"chunks": {"add": 1, "delete": 0, "update_text": 0, "update_meta": 0}},
        "gates": [],
        "forced": False,
        "seconds": {"parse": 0.25},
        "total_seconds": 1.5,
    }
    return json.dumps(values)


def changed(row: Example, *messages: tuple[str, str]) -> Example:
    """Return an example that says something else."""
    return replace(row, messages=tuple(Message(role, content) for role, content in messages))
