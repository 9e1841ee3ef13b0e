"""The rows that a trial shows of each stage; digests stay bytes, so that whoever prints them can tell."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.errors import ConfigError, did_you_mean
from curate.mining.registry import FAILED
from curate.pipeline.words import shown_path
from curate.stages.admit import UNSTATED, effective_access
from curate.tables.edits import Edit
from curate.tables.pii_spans import PiiSpan
from curate.tables.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.tables.sources import Source

Row = dict[str, Any]

STAGES = (
    *("list", "split", "parse", "identify", "scan", "find_pii", "sign", "admit"),
    *("edit", "chunk", "mine", "verify"),
)
READ = ("split", "parse", "identify")  # nothing is asked of the text itself
MADE = ("edit", "chunk", "mine", "verify")
_OF_MANY = {
    "dedup": ("compares documents with each other", ("sign", "admit")),
    "compare": ("compares documents with each other", ("sign", "admit")),
    "judge": ("learns what labels mean from all documents", ("list", "parse")),
    "choose": ("weighs the drafts of all documents", ("mine", "verify")),
    "assign": ("divides the examples of all documents", ("mine", "admit")),
    "publish": ("writes a release of all documents", ("chunk", "mine", "verify")),
}
_INSIDE = frozenset({"location", "steps", "firm", "stated"})  # of use to later stages alone
_SKETCHES = frozenset({"runs", "minhash"})  # kilobytes that say nothing
_SEARCHED = {"verify_chunks": "chunks", "verify_drafts": "drafts"}


def refuse(stage: str) -> None:
    """Refuse a stage that cannot be tried on one file.

    Raises:
        ConfigError: if there is no such stage, or it makes no sense for one file alone.
    """
    if stage in _OF_MANY:
        why, near = _OF_MANY[stage]
        typed = " or ".join(f"`curate try {name} FILE`" for name in near)
        message = (
            f"{stage} {why}: on one file alone it says nothing. Try {typed}; "
            "a release has its outcome: `curate report`."
        )
        raise ConfigError(message)
    if stage not in STAGES:
        message = f"{stage} is no stage to try. {did_you_mean(stage, [*STAGES, *_OF_MANY])}"
        raise ConfigError(message)


def listed(source: Source) -> Row:
    """Return what is known of a file, or of a record in it, from outside."""
    values = {name: value for name, value in asdict(source).items() if name not in _INSIDE}
    return {**values, "access": source.access if source.stated else (UNSTATED,)}


def rows(flow: Flow, found: Sequence[Document], stage: str) -> Iterator[Row]:
    """Yield what a stage says of documents, or why it says nothing."""
    if stage == "admit":
        yield from _admitted(found)
        return
    for document in found:
        if stage == "split":
            yield listed(document.source)
        elif stage == "identify":
            yield _identity(document)
        elif document.rejected:
            yield {**_where(document), **_rejected(document)}
        elif stage == "verify":
            yield from _verified(flow, document)
        else:
            yield from _of_text(flow, document, stage)


def _where(document: Document) -> Row:
    return {"record": document.source.record} if document.source.record else {}


def _rejected(document: Document) -> Row:
    return {"rejected": document.code, "stage": document.stage}


def _identity(document: Document) -> Row:
    source = document.source
    return {
        "doc_id": ids.encode("d", document.doc_id),
        "address": shown_path(document),
        "source": source.source,
        "tenant": source.tenant,
        "place": source.address,
        "version": source.version,
    }


def _admitted(found: Sequence[Document]) -> Iterator[Row]:
    allowed = effective_access([document.source.claim for document in found])
    for document, access in zip(found, allowed, strict=True):
        if document.rejected:
            yield {**_where(document), **_rejected(document)}
            continue
        out = {"corpus": document.corpus, "finetune": document.finetune}
        outcomes = {product: f"out: {why}" if why else "in" for product, why in out.items()}
        yield {**_where(document), **outcomes, "access": access}


def _verified(flow: Flow, document: Document) -> Iterator[Row]:
    """Yield how much of a document was searched a second time, and each row that is withheld."""
    course = document.course
    assert course is not None, "what is not rejected was read"
    made = {"chunks": flow.rows("chunk", course), "drafts": flow.rows("mine", course)}
    for stage, name in _SEARCHED.items():
        why = document.finetune if name == "drafts" else document.corpus
        found = flow.rows(stage, course)
        searched = len(made[name]) if course.has(stage) else 0
        left = {"left_out": why} if why else {}
        yield {**_where(document), "searched": name, "rows": searched, "found": len(found), **left}
        for one in found:
            yield {**_where(document), **asdict(one), **_held(made[name][one.row], name)}


def _held(row: Any, name: str) -> Row:  # noqa: ANN401 - a chunk or a draft
    """Return the words in which something was found, as they would have been published."""
    if name == "chunks":
        return {"text": row.index_text}
    return {"messages": tuple(asdict(message) for message in row.messages)}


def _of_text(flow: Flow, document: Document, stage: str) -> Iterator[Row]:
    where, course = _where(document), document.course
    assert course is not None, "what is not rejected was read"
    if stage == "sign":
        assert document.signature is not None, "what is not rejected is signed"
        yield {**where, **_plain(document.signature)}
        return
    why = document.finetune or document.corpus
    if not course.has(stage) and why and why != FAILED:
        yield {**where, "left_out": why}
    text = flow.rows("parse", course)[0].text
    for value in flow.rows(stage, course):
        yield {**where, **_plain(value), **_words(text, value)}


def _words(text: str, value: object) -> dict[str, str]:
    """Return the words that a span of text stands for."""
    if not isinstance(value, PiiSpan | Risk | Edit) or value.field != "text":
        return {}
    return {"words": text[value.start : value.end]}


def _plain(value: Any) -> Row:  # noqa: ANN401 - a row of any table
    return {name: part for name, part in asdict(value).items() if name not in _SKETCHES}
