"""From what a run knows to what it publishes: chunks, examples, ledger, findings, and how it went."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.findings import findings_of
from curate.pipeline.making.chunks import corpus_of
from curate.pipeline.making.drafts import worded
from curate.pipeline.words import Words
from curate.release.assemble import (
    DOCUMENT,
    EXAMPLE,
    Chosen,
    Facts,
    Names,
    example_of,
    left_out_of,
)
from curate.release.publish import Products
from curate.stages.admit import effective_access
from curate.tables.assignments import Assignment
from curate.tables.ledger import LedgerRow
from curate.tables.sources import Label

LABEL_DOUBTED = "label_doubted"

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.pipeline.making.chunks import Chunks
    from curate.pipeline.making.products import Making
    from curate.pipeline.reporting.material import Material
    from curate.tables.chunks import Count
    from curate.tables.examples import Example
    from curate.tables.left_out import LeftOut


def products(
    flow: Flow, documents: Sequence[Document], made: Making, *, content: str
) -> tuple[Products, Chunks]:
    """Return everything that a release publishes; `content` is that of the one before ("": none)."""
    facts = _facts(flow, documents)
    chunks = corpus_of(flow, documents, facts, made.withheld_chunks, content=content)
    names = Names(chunks.name, {doc_id: one.name for doc_id, one in facts.items()})
    examples = sorted(_examples(flow, made, facts, names), key=lambda e: e.example_id)
    findings = list(findings_of(flow, documents, made, facts))
    flagged = {f.doc_id for f in findings}
    counts = _Counts(
        chunks.counts(),
        Counter(e.doc_id for e in examples),
        chunks.redactions(),
        {one.doc_id: one.redactions for one in chunks.shown},
    )
    places = ids.encode_all("a", [d.source.address for d in documents])
    versions = ids.encode_all("v", [d.source.version for d in documents])
    ledger = [
        _ledger_row(d, facts[d.doc_id], where, counts, flagged=facts[d.doc_id].name in flagged)
        for d, *where in zip(documents, places, versions, strict=True)
    ]
    rows = Products(
        examples=examples,
        ledger=sorted(ledger, key=lambda row: row.doc_id),
        findings=sorted(findings, key=lambda f: f.finding_id),
        left_out=sorted(_left_out(made, names), key=lambda row: row.example_id),
    )
    return rows, chunks


def _facts(flow: Flow, documents: Sequence[Document]) -> dict[bytes, Facts]:
    access = effective_access([d.source.claim for d in documents])
    words = Words(flow, documents)
    names = ids.encode_all(DOCUMENT, [d.doc_id for d in documents])
    told = zip(documents, names, access, strict=True)
    return {d.doc_id: _facts_of(words, d, name, allowed) for d, name, allowed in told}


def _facts_of(words: Words, document: Document, name: str, access: tuple[str, ...]) -> Facts:
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
        name=name,
    )


def _examples(
    flow: Flow, made: Making, facts: Mapping[bytes, Facts], names: Names
) -> Iterator[Example]:
    chosen = (one for one in made.mined if one.example_id in made.choice.chosen)
    for one, draft in worded(flow, chosen):
        group, split = made.grouping.groups[one.home], made.grouping.splits[one.home]
        yield example_of(Chosen(one, draft, facts[one.home], group, split), names)


def _left_out(made: Making, names: Names) -> Iterator[LeftOut]:
    """Yield why each draft became no example; those never offered had a doubted source."""
    left = [one for one in made.mined if one.example_id not in made.choice.chosen]
    written = ids.encode_all(EXAMPLE, [one.example_id for one in left])
    for one, name in zip(left, written, strict=True):
        reason = made.choice.left_out.get(one.example_id, LABEL_DOUBTED)
        yield left_out_of(one, name, reason, names)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts by document, for the ledger: examples by its id as written."""

    chunks: Mapping[bytes, int]
    examples: Mapping[str, int]
    redactions: Mapping[bytes, int]
    types: Mapping[bytes, tuple[Count, ...]]


def _ledger_row(
    document: Document, facts: Facts, where: Sequence[str], counts: _Counts, *, flagged: bool
) -> LedgerRow:
    """Return a document's row; `where` is its address and the version of its bytes, as written."""
    source, signature = document.source, document.signature
    name = facts.name
    place, version = where
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
        chunks=counts.chunks.get(document.doc_id, 0),
        examples=counts.examples.get(name, 0),
        redactions=counts.redactions.get(document.doc_id, 0),
        copy_of=ids.encode(DOCUMENT, document.copy_of) if document.copy_of else "",
        cluster=ids.encode("g", document.cluster) if document.cluster else "",
        version=version if any(source.version) else "",
        place=place,
        redacted=counts.types.get(document.doc_id, ()),
    )


def _outcome(document: Document, *, flagged: bool) -> Any:  # noqa: ANN401 - a literal
    if document.rejected:
        return "rejected"
    left_out = document.corpus or document.finetune
    return "flagged" if flagged or left_out else "kept"


def _reasons(document: Document, *, flagged: bool) -> tuple[str, ...]:
    if document.rejected:
        return (document.code,)
    reasons = {document.corpus, document.finetune, *document.notes, "finding" if flagged else ""}
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


def assignments(known: dict[bytes, str], made: Making) -> list[Assignment]:
    """Return every split ever given; train is for ever."""
    merged = {**known, **made.grouping.splits}
    return [Assignment(doc_id, split) for doc_id, split in sorted(merged.items())]
