"""The clean release that follows an erasure: what is in force, without the rows of some documents.

It is made from published rows alone, so that it needs neither the sources nor a run. Its page is not
copied, for it shows samples; the next run that publishes writes one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from curate.release import manifest as manifests
from curate.release.digests import content_digest
from curate.release.manifest import Manifest
from curate.release.publish import Products, Written, write_folder
from curate.store.corpus import Corpus
from curate.tables.chunks import Chunk
from curate.tables.examples import Example
from curate.tables.ledger import Finding, LedgerRow
from curate.tables.left_out import LeftOut
from curate.tables.schema import arrow_schema, from_arrow
from curate.tables.suppressions import CODE, NAMELESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from curate.release.reading import Release


def clean(release: Release, gone: Collection[str], draft: Path) -> tuple[Written, int]:
    """Write the release without some documents; return it and how many examples went."""
    products, examples = _products(release, gone)
    kept, deletes = _chunks(release, gone)
    manifest = _manifest(release, products, kept)
    full = write_folder(draft, products, manifest, name=manifest.name)
    empty = arrow_schema(Chunk).empty_table()
    return Written(draft, full.content(), empty, deletes, purged=True), examples


def _products(release: Release, gone: Collection[str]) -> tuple[Products, int]:
    """Return the rows that stay, chunks aside, and how many examples do not."""
    folder = release.folder
    before = [e for path in _files(folder) for e in from_arrow(Example, pq.read_table(path))]
    examples = [example for example in before if not _rests_on(example, gone)]
    held = Counter(example.doc_id for example in examples)
    ledger = from_arrow(LedgerRow, pq.read_table(folder / "ledger.parquet"))
    findings = from_arrow(Finding, pq.read_table(folder / "findings.parquet"))
    rows = [
        _struck(row) if row.doc_id in gone else replace(row, examples=held[row.doc_id])
        for row in ledger
    ]
    left_out = from_arrow(LeftOut, pq.read_table(folder / "left_out.parquet"))
    products = Products(
        examples=sorted(examples, key=lambda e: e.example_id),
        ledger=rows,
        findings=[f for f in findings if not {f.doc_id, f.subject} & set(gone)],
        left_out=[draft for draft in left_out if draft.doc_id not in gone],
    )
    return products, len(before) - len(examples)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "finetune" / "data").glob("*.parquet"))


def _rests_on(example: Example, gone: Collection[str]) -> bool:
    return bool({example.doc_id, *(part.doc_id for part in example.evidence)} & set(gone))


def _struck(row: LedgerRow) -> LedgerRow:
    """Return the row of an erased document: that it was there, and nothing that it was.

    It is what a run says of it as long as the source still holds it.
    """
    return LedgerRow(
        doc_id=row.doc_id, source=row.source, address=NAMELESS, media_type="", size=0, stage="list",
        outcome="rejected", reasons=(CODE,), corpus="rejected", finetune="rejected", language="",
        reader="", pages=0, characters=0, chunks=0, examples=0, redactions=0, copy_of="", cluster="",
        place=row.place,
    )  # fmt: skip


def _chunks(
    release: Release, gone: Collection[str]
) -> tuple[list[tuple[str, str, int]], list[str]]:
    """Return id, digest and tokens of the chunks that stay, and the ids of those that do not."""
    kept, deletes = [], []
    corpus = Corpus(release.workspace.corpus)
    columns = ["chunk_id", "doc_id", "digest", "tokens"]
    for batch in corpus.columns(release.number, columns):
        for row in batch.to_pylist():
            if row["doc_id"] in gone:
                deletes.append(row["chunk_id"])
            else:
                kept.append((row["chunk_id"], row["digest"], row["tokens"]))
    return kept, deletes


def _manifest(release: Release, rows: Products, chunks: list[tuple[str, str, int]]) -> Manifest:
    old = manifests.read(release.folder)
    digests = {"corpus": content_digest((name, digest) for name, digest, _ in chunks)}
    counts = _counts(old["counts"], rows, [tokens for *_, tokens in chunks])
    return Manifest(
        old["name"], old["as_of"], old["settings"], old["versions"], counts, digests,
        tuple(old["warnings"]),
    )  # fmt: skip


def _counts(old: dict[str, Any], rows: Products, tokens: list[int]) -> dict[str, Any]:
    """Return the counts that published rows tell; what only a run knows stays as it was."""
    outcomes = Counter(row.outcome for row in rows.ledger)
    redactions: Counter[str] = Counter()
    for row in rows.ledger:
        redactions.update({one.type: one.count for one in row.redacted})
    rejected = (r for row in rows.ledger if row.outcome == "rejected" for r in row.reasons)
    return {
        **old,
        "documents": {
            "in": len(rows.ledger),
            **{name: outcomes[name] for name in ("kept", "flagged", "rejected")},
        },
        "media_types": _ranked(row.media_type for row in rows.ledger),
        "rejected": _ranked(rejected),
        "reasons": _ranked(reason for row in rows.ledger for reason in row.reasons),
        "corpus": {
            **old["corpus"],
            "chunks": len(tokens),
            "tokens_median": median(tokens) if tokens else 0,
            "left_out": _ranked(row.corpus for row in rows.ledger if row.corpus != "in"),
        },
        "finetune": {
            **old["finetune"],
            "documents": sum(row.finetune == "in" for row in rows.ledger),
            "examples": len(rows.examples),
            "splits": _ranked(e.split for e in rows.examples),
            "groups": len({e.group for e in rows.examples}),
            "extractors": _ranked(e.extractor for e in rows.examples),
        },
        "redactions": dict(redactions.most_common()),
        "findings": _ranked(f.kind for f in rows.findings),
    }


def _ranked(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
