"""What is found out about texts, and what follows for whole documents: risks, PII, copies, admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from curate import ids
from curate.duplicates import Bands
from curate.engine.record import Work
from curate.engine.work import Given, Item
from curate.errors import ToolError
from curate.pipeline.making import recipes
from curate.pipeline.making.by_text import by_text, courses_of, reject_failed
from curate.pipeline.words import Words, shown_path, word_work
from curate.stages.admit import Applicant, admit, effective_access
from curate.stages.band import Asked, band
from curate.stages.compare import compare
from curate.stages.dedup import Candidate, dedup, near_pairs
from curate.stages.scan import quarantined
from curate.store.memo import load
from curate.tables.courses import Worst
from curate.tables.risks import Risk
from curate.tables.signatures import Signature
from curate.tables.sources import Label
from curate.text.noise import NOISE
from curate.text.unfinished import is_draft_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document


Access = Mapping[bytes, tuple[str, ...]]


def analyse(flow: Flow, documents: Sequence[Document]) -> None:
    """Fill in what is known of every text and what was decided about every document."""
    found = [document for document in documents if not document.rejected]
    _risks(flow, found)
    _sign(flow, found)
    access = _access(documents)
    _copies(flow, documents, access)
    _admit(flow, documents, access)
    _pii(flow, documents)  # last: its tools take longest to load


def _risks(flow: Flow, found: Sequence[Document]) -> None:
    brought = by_text(flow, recipes.scanning(flow), courses_of(found), "parse")
    for course, known in brought.fresh:
        rows = load(known.ref, Risk) if known.count else ()
        worst: dict[str, float] = {}
        for risk in rows:
            worst[risk.rule] = max(worst.get(risk.rule, 0.0), risk.score)
        course.worst = tuple(Worst(*found) for found in sorted(worst.items()))
        course.quarantined = quarantined(rows, flow.settings.risks)
    reject_failed(found, "scan", brought.failed)


def _pii(flow: Flow, documents: Sequence[Document]) -> None:
    """Search the texts of what was read and the words about all documents; mask what these are told by."""
    searched = word_work(flow, documents)
    recipe = recipes.finding(flow)
    brought = by_text(flow, recipe, courses_of(documents), "parse", more=searched)
    reject_failed(documents, recipe.name, brought.failed)
    words = Words(flow)
    named = {
        name: words.named(name) for d in documents for name in (d.source.source, d.source.tenant)
    }
    for document in documents:
        source = document.source
        labels = tuple(Label(words.masked(one.name), one.value) for one in source.labels)
        told = named[source.source], named[source.tenant], labels
        if told != (source.source, source.tenant, source.labels):
            document.source = replace(source, source=told[0], tenant=told[1], labels=labels)


def _sign(flow: Flow, found: Sequence[Document]) -> None:
    brought = by_text(flow, recipes.signing(flow), courses_of(found), "parse")
    for course, known in brought.fresh:
        course.signature = load(known.ref, Signature)[0]
    reject_failed(found, "sign", brought.failed)


def _copies(flow: Flow, documents: Sequence[Document], access: Access) -> None:
    settings = flow.settings.duplicates
    found = [document for document in documents if not document.rejected]
    scopes = _scopes(flow, found, access)
    candidates = [_candidate(d, scopes[d.doc_id]) for d in found]
    pairs = _alike(flow, near_pairs(candidates, settings, _bands(flow)), found)
    copies = dedup(candidates, pairs, settings=settings)
    flow.progress.tell(f"{len(copies.copy_of):,} exact, {len(pairs):,} near pairs")
    for document in found:
        document.copy_of = copies.copy_of.get(document.doc_id, b"")
        document.near_copy_of = copies.near_copy_of.get(document.doc_id, b"")
        first = copies.cluster.get(document.doc_id)  # perhaps one that its reader may not know of
        document.cluster = ids.mac(flow.keys.ids, "cluster", first) if first else b""


def _bands(flow: Flow) -> Bands:
    made, asked = flow.recipe(band), Asked(flow.settings.duplicates.near)
    key = made.key(repr(asked))
    results = flow.gather(made, Work({key: asked}, lambda key: Item(key, (Given(asked),))))
    if not results.code(key):
        return load(results.memo[key].ref, Bands)[0]
    message = f"bands for near copies could not be chosen: {results.code(key)}. Run again."
    raise ToolError(message, retryable=True)


def _alike(
    flow: Flow, pairs: Sequence[tuple[Candidate, Candidate]], found: Sequence[Document]
) -> list[tuple[bytes, bytes]]:
    """Measure pairs of texts and return those that are as alike as the settings ask."""
    made = flow.recipe(compare)
    courses = {course.text: course for course in courses_of(found)}
    keys = {}
    for one, other in pairs:
        low, high = sorted((one.text, other.text))
        keys[low, high] = made.key(low, high)
    texts = {key: pair for pair, key in keys.items()}

    def item(key: bytes) -> Item:
        refs = (flow.memos["parse"][courses[text].parsed].ref for text in texts[key])
        return Item(key, tuple(refs))

    results = flow.gather(made, Work(texts, item))
    measured = dict(results.rows(list(texts)))
    least = flow.settings.duplicates.near
    return [
        pair
        for pair, key in sorted(keys.items())
        if key in measured and measured[key][0].jaccard >= least
    ]


def _access(documents: Sequence[Document]) -> Access:
    """Return who may read each document, by what the sources of all of them state."""
    allowed = effective_access([d.source.claim for d in documents])
    return {d.doc_id: names for d, names in zip(documents, allowed, strict=True)}


def _scopes(flow: Flow, found: Sequence[Document], access: Access) -> dict[bytes, bytes]:
    """Return of each document the digest of its tenant and of who may read it."""
    classes = {d.doc_id: (d.source.tenant, *sorted(access[d.doc_id])) for d in found}
    named = {told: ids.mac(flow.keys.ids, "scope", *told) for told in set(classes.values())}
    return {doc_id: named[told] for doc_id, told in classes.items()}


def _candidate(document: Document, scope: bytes) -> Candidate:
    source, course = document.source, document.course
    assert course is not None, "rejected documents are left out"
    signature = course.signature
    assert signature is not None, "rejected documents are left out"
    return Candidate(
        doc_id=document.doc_id,
        tenant=source.tenant,
        scope=scope,
        exact=signature.exact,
        minhash=signature.minhash,
        words=signature.words,
        authority=source.authority,
        date=document.date,
        path=shown_path(document),
        text=course.text,
        use=source.use,
        quarantined=course.quarantined,
    )


def _is_draft(document: Document) -> bool:
    """Tell whether a document's text or the name of its file says that it is a draft."""
    source = document.source
    name = (source.member or source.path).rpartition("/")[2]
    named = not document.is_record and is_draft_file(name)
    return named or bool(document.signature and document.signature.draft)


def _admit(flow: Flow, documents: Sequence[Document], access: Access) -> None:
    found = [document for document in documents if not document.rejected]
    applicants = [
        Applicant(
            doc_id=d.doc_id,
            access=access[d.doc_id],
            use=d.source.use,
            copy_of=d.copy_of,
            near_copy_of=d.near_copy_of,
            quarantined=bool(d.course and d.course.quarantined),
            visible=bool(d.signature and d.signature.visible),
            changes=d.changes,
            noise=NOISE in d.notes,
            draft=_is_draft(d),
        )
        for d in found
    ]
    admissions = admit(
        applicants,
        audience=flow.settings.audience,
        near=flow.settings.duplicates.corpus,
        most_changes=flow.settings.finetune.max_changes_per_quarter,
    )
    for document in found:
        admission = admissions[document.doc_id]
        document.corpus, document.finetune = admission.corpus, admission.finetune
