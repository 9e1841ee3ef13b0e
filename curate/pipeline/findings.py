"""What a person should look at, and what the second scan held back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from curate.pipeline.words import Words
from curate.release.findings import finding
from curate.stages.admit import readable
from curate.tables.parsed import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.pipeline.making.products import Making
    from curate.release.assemble import Facts
    from curate.tables.ledger import Finding

Readers = dict[tuple[str, str], set[tuple[str, ...]]]


def findings_of(
    flow: Flow, documents: Sequence[Document], made: Making, facts: Mapping[bytes, Facts]
) -> Iterator[Finding]:
    """Yield what a person should look at; the same subject and kind give the same id."""
    for document in documents:
        if not document.rejected:
            yield from _risk_findings(document, least=flow.settings.risks.report)
            yield from _damage_findings(document)
    words, readers = Words(flow), _readers(documents, facts)
    for doubt in made.doubts:
        reason = f"label_doubted:{doubt.name}"
        identity = doubt.document.doc_id
        told = readers[doubt.name, doubt.suggested]
        known = any(readable(access, facts[identity].access) for access in told)
        suggestion = words.masked(doubt.suggested) if known else ""
        yield finding(identity, "label", score=doubt.score, reason=reason, suggestion=suggestion)
    for doc_id, rows in made.withheld_chunks.items():
        for kind in sorted(set(rows.values())):
            yield finding(doc_id, "pii", score=1.0, reason=f"pii_left:{kind}")


def withheld(flow: Flow, documents: Sequence[Document], made: Making) -> list[str]:
    """Return the documents in which the second scan found something, as published, with its types."""
    kinds: dict[bytes, set[str]] = {
        doc_id: set(rows.values()) for doc_id, rows in made.withheld_chunks.items()
    }
    for one in made.mined:
        if one.example_id in made.withheld_drafts:
            kinds.setdefault(one.home, set()).add(made.withheld_drafts[one.example_id])
    words = Words(flow)
    return sorted(
        f"{words.address(document)}: {', '.join(sorted(kinds[document.doc_id]))}"
        for document in documents
        if document.doc_id in kinds
    )


def _risk_findings(document: Document, *, least: float) -> Iterator[Finding]:
    """Yield one finding for each rule, with its highest score."""
    for worst in document.course.worst if document.course else ():
        if worst.score >= least:
            yield finding(document.doc_id, "risk", score=worst.score, reason=worst.rule)


def _damage_findings(document: Document) -> Iterator[Finding]:
    """Yield a finding where a part of the file could not be read; what could be stays."""
    for note in document.notes:
        if note in BROKEN:
            yield finding(document.doc_id, "damage", score=1.0, reason=note)


def _readers(documents: Sequence[Document], facts: Mapping[bytes, Facts]) -> Readers:
    """Return by label's name and value who may read the documents that carry it.

    A label that no reader of a document knows is not suggested to them: it may tell of others.
    """
    found: Readers = defaultdict(set)
    for document in documents:
        for label in document.source.labels:
            found[label.name, label.value].add(facts[document.doc_id].access)
    return found
