"""What a release holds, counted: the same numbers stand in the manifest, the funnel and the report."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.errors import closest
from curate.parsers.readers import PLAIN
from curate.parsers.records.heads import TELLING
from curate.pipeline.words import shown_file
from curate.release.assemble import DOCUMENT
from curate.stages.admit import effective_access, is_open
from curate.stages.list import NO_PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.pipeline.intake.documents import Document
    from curate.pipeline.making.chunks import Chunks
    from curate.pipeline.making.products import Making
    from curate.pipeline.words import Words
    from curate.release.publish import Products
    from curate.tables.examples import Example
    from curate.tables.sources import Claim


def counts_of(
    documents: Sequence[Document],
    made: Making,
    rows: Products,
    chunks: Chunks,
    *,
    words: Words,
    judge: Sequence[str] = (),
) -> dict[str, Any]:
    """Return all counts by name.

    Args:
        documents: Those of the run.
        made: What became of them.
        rows: What is published of them.
        chunks: The corpus.
        words: The names of sources and labels as they are published.
        judge: The labels that the pipeline file wants judged.
    """
    outcomes, shown = Counter(row.outcome for row in rows.ledger), words.masked
    return {
        "documents": {
            "in": len(documents),
            **{name: outcomes[name] for name in ("kept", "flagged", "rejected")},
        },
        "media_types": _sorted(row.media_type for row in rows.ledger),
        "sources": _sorted(row.source for row in rows.ledger),
        "rejected": _sorted(
            r for row in rows.ledger if row.outcome == "rejected" for r in row.reasons
        ),
        "reasons": _sorted(reason for row in rows.ledger for reason in row.reasons),
        "access": _access(documents, words),
        "records": _records(documents),
        "corpus": {
            "chunks": len(chunks),
            "tokens_median": median(chunks.marks["tokens"].to_list()) if len(chunks) else 0,
            "left_out": _sorted(row.corpus for row in rows.ledger if row.corpus != "in"),
            "withheld": sum(len(found) for found in made.withheld_chunks.values()),
        },
        "finetune": _finetune(documents, made, rows),
        "duplicates": _duplicates(documents),
        "redactions": _summed(chunks),
        "findings": _sorted(f.kind for f in rows.findings),
        "labels": {
            shown(name): {"judged": n, "noise": noise} for name, (n, noise) in made.judged.items()
        },
        "labels_missing": {shown(a): shown(b) for a, b in _missing(documents, judge).items()},
        "leaks": {"found": made.separation.counts(), "left": sum(1 for _ in shared(rows.examples))},
    }


def by_stage(unfinished: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Return how many pieces of work over many documents failed, by stage and code."""
    found: dict[str, dict[str, int]] = {}
    for (stage, code), count in sorted(unfinished.items()):
        found.setdefault(stage, {})[code] = count
    return found


def _finetune(documents: Sequence[Document], made: Making, rows: Products) -> dict[str, Any]:
    """Return the counts of the fine-tuning set."""
    return {
        "documents": sum(row.finetune == "in" for row in rows.ledger),
        "drafts": len(made.mined),
        "examples": len(rows.examples),
        "splits": _sorted(e.split for e in rows.examples),
        "groups": len({e.group for e in rows.examples}),
        "tenants": len(_tenants(documents, rows)),
        "extractors": _sorted(e.extractor for e in rows.examples),
        "extractors_failed": dict(sorted(made.failures.items())),
        "left_out": _sorted(made.choice.left_out.values()),
        "withheld": len(made.withheld_drafts),
    }


def _access(documents: Sequence[Document], words: Words) -> dict[str, dict[str, int]]:
    counted = {
        "unstated": _unstated(documents),
        "unmatched": _unmatched(documents),
        "overlapping": _overlapping(documents),
    }
    named = {
        what: {words.named(source): count for source, count in held.items()}
        for what, held in counted.items()
    }
    return {**named, **_unread(documents, words)}


def _unread(documents: Sequence[Document], words: Words) -> dict[str, dict[str, int]]:
    """Count by file the records with a field called as what says who may read, which nothing reads.

    A file that not everybody may read is named by its source alone.
    """
    access = effective_access([d.source.claim for d in documents])
    told = [(d, is_open(who)) for d, who in zip(documents, access, strict=True) if d.notes]
    return {
        f"unread_{name}": _sorted(
            words.named(shown_file(d) if shown else d.source.source)
            for d, shown in told
            if note in d.notes and not d.rejected and d.source.use != NO_PRODUCT
        )
        for name, note in TELLING.items()
    }


def _missing(documents: Sequence[Document], judge: Sequence[str]) -> dict[str, str]:
    """Return the labels that no document carries, each with the nearest that one does ("": none)."""
    carried = {label.name for d in documents if not d.rejected for label in d.source.labels}
    return {name: closest(name, carried) for name in sorted(judge) if name not in carried}


def _records(documents: Sequence[Document]) -> dict[str, int]:
    """Count what of records was not understood: files of unknown shape, conversations of unknown roles."""
    records = [d for d in documents if d.is_record]
    signed = [(d.source, d.signature) for d in records if d.signature]
    plain = {(s.source, s.path, s.member) for s, signature in signed if signature.reader == PLAIN}
    return {
        "plain_files": len(plain),
        "unknown_roles": sum("unknown_roles" in signature.notes for _, signature in signed),
    }


def _tenants(documents: Sequence[Document], rows: Products) -> set[str]:
    """Return the tenants whose documents the examples' answers stand in."""
    learnt = {example.doc_id for example in rows.examples}
    return {d.source.tenant for d in documents if ids.encode(DOCUMENT, d.doc_id) in learnt}


def _duplicates(documents: Sequence[Document]) -> dict[str, int]:
    return {
        "exact": sum(1 for d in documents if d.copy_of),
        "near": sum(1 for d in documents if d.near_copy_of and not d.copy_of),
        "clusters": len({d.cluster for d in documents if d.cluster}),
    }


def _unstated(documents: Sequence[Document]) -> dict[str, int]:
    """Count by source the documents that nobody may read because only others say who may."""
    if not any(document.source.stated for document in documents):
        return {}
    documents = [d for d in documents if not d.rejected and d.source.use != NO_PRODUCT]
    read = (document.source for document in documents)
    return _sorted(source.source for source in read if not source.stated)


def _unmatched(documents: Sequence[Document]) -> dict[str, int]:
    """Count by source the documents that nobody may read because no row of their file says who may."""
    return _sorted(d.source.source for d in documents if d.source.shut and not d.rejected)


def _overlapping(documents: Sequence[Document]) -> dict[str, int]:
    """Count by source the documents that another source reads as well, for others to read."""
    held: dict[tuple[object, ...], list[Document]] = {}
    several = len({document.source.source for document in documents}) > 1
    for document in documents if several else ():
        if not document.rejected and document.source.use != NO_PRODUCT:
            source = document.source
            held.setdefault((source.location, source.steps), []).append(document)
    differing = (same for same in held.values() if len({_read_by(d) for d in same}) > 1)
    return _sorted(document.source.source for same in differing for document in same)


def _read_by(document: Document) -> tuple[Claim, str]:
    source = document.source
    return source.claim, source.tenant


def _sorted(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _summed(chunks: Chunks) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for document in chunks.shown:
        totals.update({one.type: one.count for one in document.redactions})
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def shared(examples: Iterable[Example]) -> Iterator[tuple[str, list[Example]]]:
    """Yield what two splits of the finished set still share: groups, documents, equal sides."""
    listed = list(examples)
    for name, side in _SIDES:
        seen: dict[str, list[Example]] = {}
        for example in listed:
            for mark in side(example):
                seen.setdefault(mark, []).append(example)
        yield from ((name, held) for held in seen.values() if len({e.split for e in held}) > 1)


def _groups(example: Example) -> Iterable[str]:
    return (example.group,)


def _documents(example: Example) -> Iterable[str]:
    return {evidence.doc_id for evidence in example.evidence}


def _questions(example: Example) -> Iterable[str]:
    return (" ".join(example.messages[0].content.casefold().split()),)


def _answers(example: Example) -> Iterable[str]:
    return (" ".join(example.messages[-1].content.casefold().split()),)


_SIDES = (
    ("group", _groups),
    ("document", _documents),
    ("question", _questions),
    ("answer", _answers),
)
