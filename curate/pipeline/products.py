"""From texts to the two products: edit, chunk, mine, judge, choose, assign, verify."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from curate import ids
from curate.engine.work import Built, Given, Item, Tool
from curate.mining.registry import FAILED
from curate.pipeline.by_text import by_text
from curate.pipeline.tools import (
    finder_tool,
    ids_tool,
    policy,
    pseudonyms_tool,
    tokens_of,
    tokens_tool,
)
from curate.release.assemble import Mined, mined
from curate.stage import Read
from curate.stages.assign import Grouping, assign
from curate.stages.choose import Choice, Offer, choose
from curate.stages.chunk import CorpusPolicy, chunk
from curate.stages.edit import edit
from curate.stages.judge import Doubted, LabelTask, judge
from curate.stages.mine import Held, Wording, mine, mine_threads
from curate.stages.separate import Held as Side
from curate.stages.separate import Separation, separate, ties
from curate.stages.verify import Residue, verify_chunks, verify_drafts
from curate.store.memo import load
from curate.tables.chunks import Body
from curate.tables.edits import Edit
from curate.tables.examples import DraftRow, Message
from curate.tables.parsed import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.pipeline.documents import Document
    from curate.pipeline.flow import Flow
    from curate.store.memo import Known

_NO_ID = bytes(ids.ID_BYTES)
_MOST_OF_A_THREAD = 200


@dataclass(frozen=True, slots=True)
class LabelDoubt:
    """A document whose label looks wrong."""

    document: Document
    name: str
    given: str
    suggested: str
    score: float


@dataclass(slots=True)
class Making:
    """What the products are made of, filled in step by step."""

    mined: list[Mined] = field(default_factory=list)
    choice: Choice = field(default_factory=lambda: Choice(frozenset(), {}))
    grouping: Grouping = field(default_factory=lambda: Grouping({}, {}))
    doubts: list[LabelDoubt] = field(default_factory=list)
    judged: dict[str, tuple[int, float]] = field(default_factory=dict)
    withheld_chunks: dict[bytes, dict[int, str]] = field(default_factory=dict)
    withheld_drafts: dict[bytes, str] = field(default_factory=dict)
    threads: list[tuple[Known, list[Mined]]] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)  # by `module:function:exception`
    separation: Separation = field(default_factory=lambda: Separation(()))


def make(flow: Flow, documents: Sequence[Document], known: Mapping[bytes, str]) -> Making:
    """Bring both products to what `publish` needs.

    Args:
        flow: The run.
        documents: All documents.
        known: The split of each document that once had one.
    """
    made = Making()
    found = [d for d in documents if not d.rejected and not (d.corpus and d.finetune)]
    _edit(flow, found)
    _chunk(flow, found)
    _judge(flow, documents, made)
    _mine(flow, [d for d in found if not d.finetune], made)
    _verify(flow, found, made)
    _choose(flow, documents, made, known)
    return made


def _edit(flow: Flow, found: Sequence[Document]) -> None:
    made = flow.recipe(
        edit, settings=flow.settings.edits, tools={"pseudonyms": pseudonyms_tool(flow)}
    )
    known = by_text(flow, made, found, "parsed", "pii", "risks")
    for document in found:
        document.edits = known.get(document.text_digest)


def _chunk(flow: Flow, found: Sequence[Document]) -> None:
    corpus = policy(flow, flow.settings.pii.corpus)
    tools = {
        "tokens": tokens_tool(flow),
        "policy": Tool(CorpusPolicy, (corpus,), repr(corpus)),
        "ids_key": ids_tool(flow),
        "pseudonyms": pseudonyms_tool(flow),
    }
    made = flow.recipe(chunk, settings=flow.settings.chunks, tools=tools)
    known = by_text(flow, made, found, "parsed", "edits")
    for document in found:
        document.bodies = known.get(document.text_digest)


def _wording(flow: Flow) -> Tool:
    pii = flow.settings.pii
    corpus, finetune = policy(flow, pii.corpus), policy(flow, pii.finetune)
    tokens = tokens_of(flow)
    own = "".join(_source_digest(name) for name in flow.settings.mining.own_modules())
    version = f"{corpus!r} {finetune!r} {flow.keys.version()} {tokens.version} {own}"
    keys = (flow.keys.pseudonyms, flow.keys.ids)
    return Tool(Wording, (corpus, finetune, *keys, tokens), version)


def _source_digest(module: str) -> str:
    """Return the digest of a user's module, so that an edited extractor runs again."""
    spec = find_spec(module)
    assert spec is not None, "modules are looked for before anything runs"
    assert spec.origin is not None, "modules are looked for before anything runs"
    return ids.digest("module", Path(spec.origin).read_bytes()).hex()


def _mine(flow: Flow, found: Sequence[Document], made: Making) -> None:
    recipe = flow.recipe(mine, settings=flow.settings.mining, tools={"wording": _wording(flow)})
    failed = partial(_spare, made)
    known = by_text(flow, recipe, found, "parsed", "edits", "bodies", failed=failed)
    for document in found:
        document.drafts = known.get(document.text_digest)
        if not (document.drafts and document.drafts.count):
            continue
        rows = load(document.drafts.ref, DraftRow)
        tenant = document.source.tenant
        made.mined.extend(mined([document.doc_id], rows, tenant=tenant, key=flow.keys.ids))
    if flow.settings.mining.threads:
        _mine_threads(flow, found, made)


def _spare(made: Making, document: Document, code: str) -> bool:
    """Keep a document on which an extractor of the user's broke down; nothing is learnt from it."""
    reason, _, who = code.partition(":")
    if reason != FAILED:
        return False
    document.finetune = FAILED
    made.failures[who] += 1
    return True


def _mine_threads(flow: Flow, found: Sequence[Document], made: Making) -> None:
    """Mine conversations that span documents; each is one piece of work, its members in order."""
    threads: dict[tuple[str, bytes], list[Document]] = defaultdict(list)
    for document in found:
        left_out = document.rejected or document.finetune
        if not left_out and document.signature and document.signature.thread != _NO_ID:
            threads[document.source.tenant, document.signature.thread].append(document)
    recipe = flow.recipe(mine_threads, tools={"wording": _wording(flow)})
    keys: dict[bytes, list[tuple[list[Document], str]]] = defaultdict(list)
    items = []
    for (tenant, _), members in sorted(threads.items()):
        if not 1 < len(members) <= _MOST_OF_A_THREAD:
            continue
        ordered = sorted(members, key=_in_thread)
        key = recipe.key(*(part for d in ordered for part in _digests(d)))
        keys[key].append((ordered, tenant))
        items.append(Item(key, (tuple(_held(d) for d in ordered),)))
    results = flow.run(recipe, items)
    for key, rows in results.rows(list(keys)):
        for ordered, tenant in keys[key]:
            documents = [d.doc_id for d in ordered]
            found_here = mined(documents, rows, tenant=tenant, key=flow.keys.ids)
            made.mined.extend(found_here)
            made.threads.append((results.memo[key], found_here))


def _in_thread(document: Document) -> tuple[str, bytes]:
    signature = document.signature
    return (signature.created if signature else "", document.text_digest)


def _digests(document: Document) -> tuple[bytes, ...]:
    known = (document.edits, document.bodies)
    return (document.text_digest, *(k.digest for k in known if k))


def _held(document: Document) -> Built:
    known = (document.parsed, document.edits, document.bodies)
    refs = [k.ref for k in known if k]
    return Built(Held, tuple(zip(_HELD, refs, strict=True)))


_ROW_JUDGED = 4096  # as much work as reading so many bytes: tasks of some size run side by side
_HELD = (Read("parsed", Parsed, False), Read("edits", Edit, True), Read("bodies", Body, True))


def _judge(flow: Flow, documents: Sequence[Document], made: Making) -> None:
    """Find doubted labels, one piece of work for each label's name and tenant."""
    settings = flow.settings.labels
    readable = [d for d in documents if not d.rejected and d.signature and d.signature.visible]
    tasks: dict[tuple[str, str], list[tuple[Document, str]]] = defaultdict(list)
    for document in readable:
        for label in document.source.labels:
            if not settings.judge or label.name in settings.judge:
                tasks[document.source.tenant, label.name].append((document, label.value))
    recipe = flow.recipe(judge, grouped=True)
    keys, items = {}, []
    for (_, name), rows in sorted(tasks.items()):
        if len(rows) >= settings.least:
            ordered = sorted(rows, key=lambda row: row[0].doc_id)
            task = _label_task(name, ordered)
            parts = [d.text_digest for d, _ in ordered]
            key = recipe.key(*parts, repr(task))
            keys[key] = name, ordered
            refs = tuple(d.parsed.ref for d, _ in ordered if d.parsed)
            items.append(Item(key, (refs, Given(task)), len(ordered) * _ROW_JUDGED))
    results = flow.run(recipe, items)
    for key, found in results.rows(list(keys)):
        _take_doubts(made, *keys[key], found)


def _label_task(name: str, rows: Sequence[tuple[Document, str]]) -> LabelTask:
    groups = tuple(d.cluster or d.doc_id for d, _ in rows)
    return LabelTask(name, tuple(value for _, value in rows), groups)


def _take_doubts(
    made: Making,
    name: str,
    rows: Sequence[tuple[Document, str]],
    found: Iterable[Doubted],
) -> None:
    for doubt in found:
        if doubt.row < 0:
            made.judged[name] = int(doubt.suggested), doubt.score
            continue
        document, given = rows[doubt.row]
        made.doubts.append(LabelDoubt(document, name, given, doubt.suggested, doubt.score))


def _verify(flow: Flow, found: Sequence[Document], made: Making) -> None:
    """Search everything rendered once more; remember which rows are withheld."""
    pii = flow.settings.pii
    tools = {"finder": finder_tool(flow, shown=policy(flow, pii.corpus))}
    chunks = by_text(flow, flow.recipe(verify_chunks, tools=tools), found, "bodies")
    for document in found:
        known = chunks.get(document.text_digest)
        if known and known.count:
            residues = load(known.ref, Residue)
            made.withheld_chunks[document.doc_id] = {r.row: r.type for r in residues}
    tools = {"finder": finder_tool(flow, shown=policy(flow, pii.finetune))}
    _verify_drafts(flow, tools, found, made)


def _verify_drafts(
    flow: Flow, tools: Mapping[str, Tool], found: Sequence[Document], made: Making
) -> None:
    """Search drafts: those of documents, a text at a time, and those of conversations."""
    recipe = flow.recipe(verify_drafts, tools=tools)
    mining = [d for d in found if d.drafts]
    keys = [(recipe.key(known.digest), known, rows) for known, rows in made.threads]
    items = [Item(key, (known.ref,)) for key, known, _ in keys]
    drafts = by_text(flow, recipe, mining, "drafts", more=items)
    by_home: dict[bytes, list[Mined]] = defaultdict(list)
    for one in made.mined:
        if len(one.documents) == 1:
            by_home[one.home].append(one)
    for document in mining:
        _withhold(made, drafts.get(document.text_digest), by_home[document.doc_id])
    for key, _, rows in keys:
        _withhold(made, flow.memos[recipe.name].get(key), rows)


def _withhold(made: Making, searched: Known | None, rows: Sequence[Mined]) -> None:
    """Withhold the drafts in which something was found, and the chunks that they rest on.

    Where they could not be searched, all are withheld.
    """
    if searched is None or searched.code:
        made.withheld_drafts.update({one.example_id: "unsearched" for one in rows})
        return
    for residue in load(searched.ref, Residue) if searched.count else ():
        one = rows[residue.row]
        made.withheld_drafts[one.example_id] = residue.type
        for anchor in one.row.evidence:
            if anchor.chunk >= 0:
                chunks = made.withheld_chunks.setdefault(one.documents[anchor.document], {})
                chunks.setdefault(anchor.chunk, residue.type)


def _choose(
    flow: Flow, documents: Sequence[Document], made: Making, known: Mapping[bytes, str]
) -> None:
    """Choose examples and give each its group and split."""
    made.mined = _told_apart(made.mined)
    by_id = {d.doc_id: d for d in documents}
    doubted = {d.document.doc_id for d in made.doubts}
    leave_out = doubted if flow.settings.labels.doubted == "leave_out" else set()
    offers = [
        _offer(one, by_id[one.home], made.withheld_drafts)
        for one in made.mined
        if leave_out.isdisjoint(one.documents)
        and not any(by_id[doc_id].rejected for doc_id in one.documents)
    ]
    made.choice = choose(offers, settings=flow.settings.finetune.choose, key=flow.keys.ids)
    chosen = [one for one in made.mined if one.example_id in made.choice.chosen]
    together = [one.documents for one in chosen if len(one.documents) > 1]
    together.extend(_together(documents))
    together.extend(ties([_side(one, "") for one in chosen]))
    homes = [doc_id for one in chosen for doc_id in one.documents]
    made.grouping = assign(
        together, homes, known=known, settings=flow.settings.finetune.splits, key=flow.keys.ids
    )
    splits = made.grouping.splits
    made.separation = separate([_side(one, splits[one.home]) for one in chosen])
    removed = made.separation.removed()
    kept = made.choice.chosen - removed.keys()
    made.choice = Choice(kept, {**made.choice.left_out, **removed})


def _side(one: Mined, split: str) -> Side:
    row = one.row
    runs = np.frombuffer(row.runs, "<u8")
    sides = row.question_key, row.answer_key
    return Side(one.example_id, one.home, split, *sides, runs, row.term_keys)


def _told_apart(drafts: Sequence[Mined]) -> list[Mined]:
    """Lead questions that several documents answer differently by their documents' titles."""
    answers: dict[bytes, set[bytes]] = defaultdict(set)
    for one in drafts:
        if not one.row.flaws:
            answers[one.row.question_key].add(one.row.answer_key)
    return [
        _led(one) if one.row.titled and len(answers[one.row.question_key]) > 1 else one
        for one in drafts
    ]


def _led(one: Mined) -> Mined:
    row = one.row
    messages = (Message("user", row.titled), *row.messages[1:])
    masked = tuple(replace(s, message=s.message % 2) for s in row.masked if s.message)
    titled = replace(row, messages=messages, question_key=row.titled_key, masked=masked)
    return replace(one, row=titled)


def _offer(one: Mined, home: Document, withheld: Mapping[bytes, str]) -> Offer:
    row = one.row
    flaws = ("pii_left", *row.flaws) if one.example_id in withheld else row.flaws
    return Offer(
        example_id=one.example_id,
        stratum=(home.source.source, row.extractor),
        document=one.home,
        question=row.question_key,
        answer=row.answer_key,
        score=row.score,
        flaws=flaws,
        tenant=home.source.tenant,
        authority=home.source.authority,
        date=home.date,
        terms=row.term_keys,
    )


def _together(documents: Sequence[Document]) -> list[tuple[bytes, bytes]]:
    """Return pairs that a split never divides: of a cluster, of a thread."""
    pairs = [(d.cluster, d.doc_id) for d in documents if d.cluster and d.cluster != d.doc_id]
    first: dict[tuple[str, bytes], bytes] = {}
    for document in sorted(documents, key=lambda d: d.doc_id):
        signature = document.signature
        if signature is not None and signature.thread != _NO_ID:
            thread = document.source.tenant, signature.thread
            pairs.append((first.setdefault(thread, document.doc_id), document.doc_id))
    return pairs
