"""From texts to the two products: edit, chunk, mine, judge, choose, assign, verify."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from curate import ids
from curate.engine.record import Work
from curate.engine.work import Built, Given, Item
from curate.mining.registry import FAILED
from curate.pipeline.making import recipes
from curate.pipeline.making.by_text import by_text, courses_of, reject_failed
from curate.pipeline.making.drafts import bare
from curate.pipeline.making.selection import select
from curate.release.assemble import Mined, Origin, mined
from curate.stage import Read
from curate.stages.assign import Grouping
from curate.stages.choose import Choice
from curate.stages.judge import Doubted, LabelTask, judge
from curate.stages.mine import Held, mine_threads
from curate.stages.separate import Separation
from curate.stages.verify import Residue
from curate.store.memo import load
from curate.tables.chunks import Body
from curate.tables.courses import Left
from curate.tables.edits import Edit
from curate.tables.examples import DraftRow
from curate.tables.parsed import Parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.store.memo import Known
    from curate.tables.courses import Course

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
    compared: set[tuple[str, bool]] = field(
        default_factory=set
    )  # names judged; among records, or files
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
    learnt = [d for d in found if not d.finetune]
    _mine(flow, learnt, made)
    _verify_chunks(flow, found, made)
    _verify_drafts(flow, learnt, made)
    select(flow, documents, made, known)
    return made


def _edit(flow: Flow, found: Sequence[Document]) -> None:
    brought = by_text(flow, recipes.editing(flow), courses_of(found), "parse", "find_pii", "scan")
    reject_failed(found, "edit", brought.failed)


def _chunk(flow: Flow, found: Sequence[Document]) -> None:
    brought = by_text(flow, recipes.chunking(flow), courses_of(found), "parse", "edit")
    for course, known in brought.fresh:
        course.bodies = known.digest
    reject_failed(found, "chunk", brought.failed)


def _mine(flow: Flow, learnt: Sequence[Document], made: Making) -> None:
    recipe = recipes.mining(flow)
    brought = by_text(flow, recipe, courses_of(learnt), "parse", "edit", "chunk")
    for course, known in brought.fresh:
        rows = load(known.ref, DraftRow) if known.count else ()
        course.drafts = tuple(bare(row) for row in rows)
    reject_failed(learnt, "mine", brought.failed, spared=partial(_spare, made))
    for document in learnt:
        held = document.course
        if held and held.drafts and not (document.rejected or document.finetune):
            origin, tenant = Origin("mine", held.key("mine")), document.source.tenant
            made.mined += mined(
                [document.doc_id], held.drafts, origin, tenant=tenant, key=flow.keys.ids
            )
    if flow.settings.mining.threads:
        _mine_threads(flow, learnt, made)


def _spare(made: Making, document: Document, code: str) -> bool:
    """Keep a document on which an extractor of the user's broke down; nothing is learnt from it."""
    reason, _, who = code.partition(":")
    if reason != FAILED:
        return False
    document.finetune = FAILED
    made.failures[who] += 1
    return True


def _mine_threads(flow: Flow, learnt: Sequence[Document], made: Making) -> None:
    """Mine conversations that span documents; each is one piece of work, its members in order."""
    threads: dict[tuple[str, bytes], list[Document]] = defaultdict(list)
    for document in learnt:
        left_out = document.rejected or document.finetune
        if not left_out and document.signature and document.signature.thread != _NO_ID:
            threads[document.source.tenant, document.signature.thread].append(document)
    recipe = flow.recipe(mine_threads, tools={"wording": recipes.wording(flow)})
    keys: dict[bytes, list[tuple[list[Document], str]]] = defaultdict(list)
    for (tenant, _), members in sorted(threads.items()):
        if not 1 < len(members) <= _MOST_OF_A_THREAD:
            continue
        ordered = sorted(members, key=_in_thread)
        courses = [d.course for d in ordered if d.course]
        keys[recipe.key(*_digests(flow, courses))].append((ordered, tenant))

    def item(key: bytes) -> Item:
        courses = (d.course for d in keys[key][0][0] if d.course)
        return Item(key, (tuple(_held(flow, course) for course in courses),))

    results = flow.gather(recipe, Work(keys, item))
    for key, rows in results.rows(list(keys)):
        drafts, origin = [bare(row) for row in rows], Origin(recipe.name, key)
        for ordered, tenant in keys[key]:
            documents = [d.doc_id for d in ordered]
            found_here = mined(documents, drafts, origin, tenant=tenant, key=flow.keys.ids)
            made.mined.extend(found_here)
            made.threads.append((results.memo[key], found_here))


def _in_thread(document: Document) -> tuple[str, bytes]:
    signature = document.signature
    return (signature.created if signature else "", document.text_digest)


def _digests(flow: Flow, courses: Collection[Course]) -> list[bytes]:
    """Return what a conversation's result depends on: texts, edits and chunks of its members."""
    members = zip(courses, flow.digests("edit", courses), strict=True)
    return [part for course, edits in members for part in (course.text, edits, course.bodies)]


_HELD = {
    "parse": Read("parsed", Parsed, False),
    "edit": Read("edits", Edit, True),
    "chunk": Read("bodies", Body, True),
}


def _held(flow: Flow, course: Course) -> Built:
    parts = ((read, flow.memos[stage][course.key(stage)].ref) for stage, read in _HELD.items())
    return Built(Held, tuple(parts))


_ROW_JUDGED = 4096  # as much work as reading so many bytes: tasks of some size run side by side


def _judge(flow: Flow, documents: Sequence[Document], made: Making) -> None:
    """Find doubted labels, one piece of work for each label's name and tenant.

    Records are compared with records alone: many tickets of one kind would else draw every file to it.
    """
    settings = flow.settings.labels
    readable = [d for d in documents if not d.rejected and d.signature and d.signature.visible]
    tasks: dict[tuple[str, str, bool], list[tuple[Document, str]]] = defaultdict(list)
    for document in readable:
        for label in document.source.labels:
            if not settings.judge or label.name in settings.judge:
                kind = document.source.tenant, label.name, document.is_record
                tasks[kind].append((document, label.value))
    recipe = flow.recipe(judge, grouped=True)
    keys: dict[bytes, tuple[LabelTask, list[tuple[Document, str]]]] = {}
    for (_, name, _), rows in sorted(tasks.items()):
        if len(rows) >= settings.least:
            ordered = sorted(rows, key=lambda row: row[0].doc_id)
            task = _label_task(name, ordered)
            key = recipe.key(*(d.text_digest for d, _ in ordered), repr(task))
            keys[key] = task, ordered

    def item(key: bytes) -> Item:
        task, rows = keys[key]
        courses = (d.course for d, _ in rows if d.course)
        refs = tuple(flow.memos["parse"][course.parsed].ref for course in courses)
        return Item(key, (refs, Given(task)), len(rows) * _ROW_JUDGED)

    results = flow.gather(recipe, Work(keys, item))
    for key, found in results.rows(list(keys)):
        task, rows = keys[key]
        _take_doubts(made, task.name, rows, found)


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
            _note(made, name, rows[0][0], (int(doubt.suggested), doubt.score))
            continue
        document, given = rows[doubt.row]
        made.doubts.append(LabelDoubt(document, name, given, doubt.suggested, doubt.score))


def _note(made: Making, name: str, first: Document, found: tuple[int, float]) -> None:
    """Add how many labels were judged, and the share estimated wrong, to what is known of the name."""
    count, noise = found
    if count:
        made.compared.add((name, first.is_record))
    before, share = made.judged.get(name, (0, 0.0))
    wrong = before * share + count * noise
    made.judged[name] = before + count, round(wrong / (before + count or 1), 4)


def _verify_chunks(flow: Flow, found: Sequence[Document], made: Making) -> None:
    """Search the corpus as rendered once more; remember which chunks are withheld."""
    brought = by_text(flow, recipes.verifying_chunks(flow), courses_of(found), "chunk")
    for course, known in brought.fresh:
        course.left = _residues(known)
    reject_failed(found, "verify_chunks", brought.failed)
    for document in found:
        if document.course and document.course.left and not document.rejected:
            left = document.course.left
            made.withheld_chunks[document.doc_id] = {one.row: one.type for one in left}


def _residues(known: Known) -> tuple[Left, ...]:
    found = load(known.ref, Residue) if known.count else ()
    return tuple(Left(residue.row, residue.type) for residue in found)


def _verify_drafts(flow: Flow, learnt: Sequence[Document], made: Making) -> None:
    """Search drafts once more: those of documents, a text at a time, and those of conversations."""
    recipe = recipes.verifying_drafts(flow)
    keys = {recipe.key(known.digest): known for known, _ in made.threads}
    more = Work(keys, lambda key: Item(key, (keys[key].ref,)))
    mining = [d for d in learnt if d.course and d.course.drafts and not d.finetune]
    brought = by_text(flow, recipe, courses_of(mining), "mine", more=more)
    for course, known in brought.fresh:
        course.left_in_drafts = _residues(known)
    reject_failed(mining, recipe.name, brought.failed)
    by_home: dict[bytes, list[Mined]] = defaultdict(list)
    for one in made.mined:
        if len(one.documents) == 1:
            by_home[one.home].append(one)
    for document in mining:
        held = document.course
        left = held.left_in_drafts if held and held.has(recipe.name) else None
        if left is None or left:
            _withhold(made, left, by_home[document.doc_id])
    for thread, rows in made.threads:
        found = flow.memos[recipe.name].get(recipe.key(thread.digest))
        _withhold(made, _residues(found) if found and not found.code else None, rows)


def _withhold(made: Making, left: Iterable[Left] | None, rows: Sequence[Mined]) -> None:
    """Withhold the drafts in which something was found, and the chunks that they rest on.

    Where they could not be searched (None), all are withheld.
    """
    if left is None:
        made.withheld_drafts.update({one.example_id: "unsearched" for one in rows})
        return
    for found in left:
        one = rows[found.row]
        made.withheld_drafts[one.example_id] = found.type
        for site in one.row.sites:
            if site.chunk >= 0:
                chunks = made.withheld_chunks.setdefault(one.documents[site.document], {})
                chunks.setdefault(site.chunk, found.type)
