"""From what a run knows to what it publishes: chunks, examples, ledger, findings, and how it went."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.words import Words
from curate.release.assemble import DOCUMENT, Chosen, Facts, chunk_ids, chunks_of, example_of
from curate.release.findings import finding
from curate.release.publish import Products
from curate.stages.admit import effective_access
from curate.store.memo import load
from curate.tables.assignments import Assignment
from curate.tables.chunks import Body, Count
from curate.tables.ledger import Finding, LedgerRow
from curate.tables.risks import Risk
from curate.tables.sources import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.pipeline.documents import Document
    from curate.pipeline.flow import Flow
    from curate.pipeline.products import Making
    from curate.pipeline.reporting.material import Material
    from curate.pipeline.settings import PipelineSettings
    from curate.tables.chunks import Chunk
    from curate.tables.examples import Example


def products(flow: Flow, documents: Sequence[Document], made: Making) -> Products:
    """Return everything that a release publishes."""
    facts = _facts(flow, documents)
    chunks, held, redactions = _chunks(flow, documents, made, facts)
    examples = _examples(made, facts, held)
    findings = list(_findings(flow, documents, made))
    flagged = {f.doc_id for f in findings}
    counts = _Counts(
        Counter(c.doc_id for c in chunks), Counter(e.doc_id for e in examples), redactions
    )
    ledger = [
        _ledger_row(d, facts[d.doc_id], counts, flagged=facts[d.doc_id].name in flagged)
        for d in documents
    ]
    return Products(
        chunks=chunks,
        examples=sorted(examples, key=lambda e: e.example_id),
        ledger=sorted(ledger, key=lambda row: row.doc_id),
        findings=sorted(findings, key=lambda f: f.finding_id),
        redactions=redactions,
    )


def _facts(flow: Flow, documents: Sequence[Document]) -> dict[bytes, Facts]:
    stated = [(d.source.stated, d.source.access) for d in documents]
    access = effective_access(stated)
    words = Words(flow)
    return {
        d.doc_id: _facts_of(words, d, allowed) for d, allowed in zip(documents, access, strict=True)
    }


def _facts_of(words: Words, document: Document, access: tuple[str, ...]) -> Facts:
    source, signature = document.source, document.signature
    return Facts(
        doc_id=document.doc_id,
        address=words.address(document),
        source=source.source,
        media_type=source.media_type,
        language=signature.language if signature else "",
        created=source.created or (signature.created if signature else ""),
        modified=source.modified or (signature.modified if signature else ""),
        effective=source.effective,
        authority=source.authority,
        owner=words.masked(source.owner),
        tenant=source.tenant,
        access=access,
        labels=tuple(Label(one.name, words.masked(one.value)) for one in source.labels),
        cluster=document.cluster,
    )


def _chunks(
    flow: Flow,
    documents: Sequence[Document],
    made: Making,
    facts: Mapping[bytes, Facts],
) -> tuple[list[Chunk], dict[bytes, list[str]], Counter[tuple[str, str]]]:
    """Return the corpus, each document's chunk ids in order, and redactions by document and type."""
    rows: list[Chunk] = []
    held: dict[bytes, list[str]] = {}
    redactions: Counter[tuple[str, str]] = Counter()
    for document in documents:
        if document.rejected or document.corpus or document.bodies is None:
            continue
        bodies = load(document.bodies.ref, Body)
        withheld = made.withheld_chunks.get(document.doc_id, {})
        names = chunk_ids(document.doc_id, bodies, key=flow.keys.ids)
        held[document.doc_id] = ["" if n in withheld else name for n, name in enumerate(names)]
        own = chunks_of(facts[document.doc_id], bodies, names, key=flow.keys.ids)
        rows.extend(chunk for n, chunk in enumerate(own) if n not in withheld)
        for body in bodies:
            for count in body.redactions:
                redactions[facts[document.doc_id].name, count.type] += count.count
    return rows, held, redactions


def _examples(
    made: Making,
    facts: Mapping[bytes, Facts],
    held: Mapping[bytes, Sequence[str]],
) -> list[Example]:
    rows = []
    for one in made.mined:
        if one.example_id in made.choice.chosen:
            group, split = made.grouping.groups[one.home], made.grouping.splits[one.home]
            rows.append(example_of(Chosen(one, facts[one.home], group, split), held))
    return rows


def _findings(flow: Flow, documents: Sequence[Document], made: Making) -> Iterator[Finding]:
    """Yield what a person should look at; the same subject and kind give the same id."""
    for document in documents:
        if not document.rejected:
            yield from _risk_findings(document, least=flow.settings.risks.report)
    words = Words(flow)
    for doubt in made.doubts:
        reason = f"label_doubted:{doubt.name}"
        identity, suggestion = doubt.document.doc_id, words.masked(doubt.suggested)
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
    worst: dict[str, float] = {}
    for risk in load(document.risks.ref, Risk) if document.risks else ():
        if risk.score >= least:
            worst[risk.rule] = max(worst.get(risk.rule, 0.0), risk.score)
    for rule, score in sorted(worst.items()):
        yield finding(document.doc_id, "risk", score=score, reason=rule)


class _Counts:
    """Counts by document, for the ledger."""

    def __init__(
        self, chunks: Counter[str], examples: Counter[str], redactions: Counter[tuple[str, str]]
    ) -> None:
        self.chunks = chunks
        self.examples = examples
        self.redactions: Counter[str] = Counter()
        self.types: dict[str, tuple[Count, ...]] = {}
        for (doc_id, kind), count in sorted(redactions.items()):
            self.redactions[doc_id] += count
            self.types[doc_id] = (*self.types.get(doc_id, ()), Count(kind, count))


def _ledger_row(document: Document, facts: Facts, counts: _Counts, *, flagged: bool) -> LedgerRow:
    source, signature = document.source, document.signature
    name = facts.name
    return LedgerRow(
        doc_id=name,
        source=source.source,
        address=facts.address,
        media_type=source.media_type,
        size=source.size,
        stage=document.stage,
        outcome=_outcome(document, flagged=flagged),
        reasons=_reasons(document, flagged=flagged),
        corpus=document.corpus or "in",
        finetune=document.finetune or "in",
        language=signature.language if signature else "",
        reader=signature.reader if signature else "",
        pages=signature.pages if signature else 0,
        characters=signature.characters if signature else 0,
        chunks=counts.chunks[name],
        examples=counts.examples[name],
        redactions=counts.redactions[name],
        copy_of=ids.encode(DOCUMENT, document.copy_of) if document.copy_of else "",
        cluster=ids.encode("g", document.cluster) if document.cluster else "",
        version=ids.encode("v", source.version) if any(source.version) else "",
        place=ids.encode("a", source.address),
        redacted=counts.types.get(name, ()),
    )


def _outcome(document: Document, *, flagged: bool) -> Any:  # noqa: ANN401 - a literal
    if document.rejected:
        return "rejected"
    left_out = document.corpus or document.finetune
    return "flagged" if flagged or left_out else "kept"


def _reasons(document: Document, *, flagged: bool) -> tuple[str, ...]:
    if document.rejected:
        return (document.code,)
    notes = document.signature.notes if document.signature else ()
    reasons = {document.corpus, document.finetune, *notes, "finding" if flagged else ""}
    return tuple(sorted(reasons - {""}))


def history(material: Material) -> dict[str, Any]:
    """Return what differs between equal releases: changes, gates, times."""
    spent = material.spent
    return {
        "changes": {"chunks": material.changes.counts()},
        "gates": [asdict(gate) for gate in material.gates],
        "forced": material.forced,
        "seconds": {name: round(value, 3) for name, value in spent.seconds.items()},
        "total_seconds": spent.total,
    }


def published(settings: PipelineSettings) -> dict[str, Any]:
    """Return settings as the manifest shows them: without the storages' options, which hold secrets."""
    values = settings.model_dump(mode="json")
    for source in values["sources"]:
        source.pop("options")
    return values


def assignments(known: dict[bytes, str], made: Making) -> list[Assignment]:
    """Return every split ever given; train is for ever."""
    merged = {**known, **made.grouping.splits}
    return [Assignment(doc_id, split) for doc_id, split in sorted(merged.items())]
