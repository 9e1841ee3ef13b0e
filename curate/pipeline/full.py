"""The long way of a run: every stage in order, gates, publication, and what is left for the next run."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curate.engine.local import CRASHED
from curate.errors import ConfigError, ContractError, ReleaseError, ToolError
from curate.pipeline import current
from curate.pipeline.advice import advice
from curate.pipeline.ahead import importing
from curate.pipeline.counts import by_stage, counts_of
from curate.pipeline.erase import finish
from curate.pipeline.findings import withheld
from curate.pipeline.flow import Flow, Keys
from curate.pipeline.gating.causes import Causes, reasons
from curate.pipeline.gating.cautions import cautions
from curate.pipeline.gating.gates import gates_of
from curate.pipeline.intake.documents import may_pass
from curate.pipeline.intake.erased import erased
from curate.pipeline.intake.listings import places_of, take
from curate.pipeline.intake.sources import (
    Intake,
    documents,
    identified,
    outlined,
    shapes_of,
)
from curate.pipeline.making import courses, recipes
from curate.pipeline.making.analyse import analyse
from curate.pipeline.making.products import make
from curate.pipeline.publication import (
    assignments,
    history,
    products,
)
from curate.pipeline.report import add_report
from curate.pipeline.reporting.material import Material, Spent
from curate.pipeline.request import YAML
from curate.pipeline.run import Outcome
from curate.pipeline.setup.disclosed import published
from curate.pipeline.storage import refused
from curate.pipeline.tools import finder_tool, tokens_tool
from curate.pipeline.words import Words, is_called
from curate.release.digests import marks_digest
from curate.release.gates import judged
from curate.release.manifest import CORPUS, Manifest, is_whole
from curate.release.publish import Draft, chunk_changes, commit, settle, write_folder
from curate.release.retention import Keeping, bury, last_whole
from curate.release.rollback import in_force
from curate.stages.watch import in_a_quarter, watch
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.store.files import remove_unfinished
from curate.store.memo import DamagedError
from curate.store.state import State
from curate.tables.assignments import Assignment
from curate.tables.change_log import Change
from curate.tables.sources import Identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from curate.engine.local import LocalEngine
    from curate.pipeline.advice import Advice
    from curate.pipeline.clock import Clock
    from curate.pipeline.intake.documents import Document
    from curate.pipeline.intake.listings import Listing
    from curate.pipeline.making.chunks import Chunks
    from curate.pipeline.making.products import Making
    from curate.pipeline.request import Request, Start, Target
    from curate.release.gates import Gate
    from curate.release.publish import ChunkChanges
    from curate.stages.list import Place
    from curate.store.head import Head

_MOST_TRIES = 20
_RESULTS = "stored results were damaged; their work was done again"
_LISTING = "the last listing was damaged; every file was read again"


def full_run(request: Request, target: Target, start: Start, *, engine: LocalEngine) -> Outcome:
    """Run all stages and publish if the products differ from those in force.

    Damage that shows only when stored results are read ends a try; it is gone from the next one.
    """
    current.clear(target.workspace.private)
    finished = finish(target.workspace)
    for tried in range(_MOST_TRIES):
        with suppress(DamagedError):
            outcome = _try(request, target, start, engine=engine)
            mended = (*finished, *[_RESULTS][:tried], *outcome.mended)
            return replace(outcome, mended=tuple(dict.fromkeys(mended)))
    message = (
        f"{target.workspace.private}: stored results are damaged again and again; see the disk."
    )
    raise ToolError(message)


def _try(request: Request, target: Target, start: Start, *, engine: LocalEngine) -> Outcome:
    workspace = target.workspace
    engine.warm()
    try:
        flow = _flow(request, target, engine, start.clock)
        engine.prepare([finder_tool(flow), tokens_tool(flow)])
        run = _Run(flow, request, heads.read(workspace.head), start)
        outcome = run.go()
    finally:
        engine.close()
    if not run.passing:
        settings, seen = current.settings_digest(target), start.seen
        held = outcome.release, outcome.documents
        files = run.corpus.files(outcome.release)
        dated = (
            request.as_of if target.settings.finetune.max_changes_per_quarter is not None else ""
        )
        note = current.Note(settings, seen.digest, run.sources, *held, seen.began, files, dated)
        current.write(workspace.private, note)
    return outcome


def _flow(request: Request, target: Target, engine: LocalEngine, clock: Clock) -> Flow:
    keys = Keys(target.workspace.key("ids"), target.workspace.key("pseudonyms"))
    return Flow(
        workspace=target.workspace,
        settings=target.settings,
        base=target.base,
        keys=keys,
        engine=engine,
        progress=clock,
        as_of=request.as_of,
        retry_failed=request.retry_failed,
        origin=request.target.name,
        in_folder=target.file == target.workspace.inferred,
    )


class _Run:
    """One full run's steps."""

    def __init__(self, flow: Flow, request: Request, head: Head, start: Start) -> None:
        self.flow = flow
        self.request = request
        self.head = head
        self.start = start
        self.clock = start.clock
        self.sources = ""  # the digest of what was listed
        self.passing = False  # whether a failure may be gone the next time
        self.state = State(flow.workspace.state, head.state)
        self.corpus = Corpus(flow.workspace.corpus)
        self.mended: list[str] = []
        self.version = b""  # of the courses
        self.before = last_whole(flow.workspace, head)  # the manifest of the release before
        self.lost = False  # whether rows of the corpus in force cannot be read
        self.damaged = bool(head.release) and not is_whole(flow.workspace.release(head.release))

    def go(self) -> Outcome:
        try:
            return self._go()
        except OSError as error:
            before = self.head.release
            raise refused(error, self.flow.workspace, before=before) from None

    def _go(self) -> Outcome:
        self._refuse_another_pipeline()
        if self.head.release:
            if self.corpus.has(self.head.corpus_version):
                self.corpus.name(release=self.head.release, version=self.head.corpus_version)
            self.lost = self.corpus.lacks(self.head.release)
            self.damaged |= self.lost
        self._recall()
        found = self._intake()
        analyse(self.flow, found)
        made = make(self.flow, found, self._splits())
        self.passing |= any(code == CRASHED for _, code in self.flow.unfinished)
        draft = self.flow.workspace.private / "draft"
        try:
            with self.clock.step("publish"):
                outcome = self._publish(found, made, draft)
        except ReleaseError:
            State(self.flow.workspace.state, self.head.state).sweep(())
            raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # it was moved, or is not wanted
        if any(memo.damaged for memo in self.flow.memos.values()):
            self.mended.append(_RESULTS)
        seconds, stages = time.monotonic() - self.start.at, self.clock.seconds()
        return replace(outcome, seconds=seconds, stages=stages, mended=tuple(self.mended))

    def _recall(self) -> None:
        """Take up the courses of texts that the last run met."""
        made = recipes.of_texts(self.flow)
        memos = {name: self.flow.memo(recipe) for name, recipe in made.items()}
        self.version = recipes.version(self.flow, made)
        self.flow.courses = courses.read(self.flow.workspace.shown, self.version, memos)

    def _refuse_another_pipeline(self) -> None:
        """Hold a workspace to the pipeline whose releases it has.

        Raises:
            ConfigError: if this is another one.
        """
        workspace, name = self.flow.workspace, self.flow.settings.name
        held = self.before.get("name", name)
        if not is_called(held, name, key=self.flow.keys.ids):
            message = (
                f"{workspace.root}: holds the releases of the pipeline {held!r}, not of {name!r}. "
                "Give this one a place of its own with --workspace FOLDER."
            )
            raise ConfigError(message)

    def _intake(self) -> list[Document]:
        flow = self.flow
        places = places_of(flow.settings, flow.base)
        intake = Intake(flow, places, shapes_of(flow), erased(self.state))
        listed = self.start.listing or self._listing(places)
        if listed.damaged:
            self.mended.append(_LISTING)
        self.sources = listed.digest
        self.clock.tell(listed.said())
        with importing():
            found = documents(intake, listed.sources)
        intake.erased.remember(self.state)
        self.passing = any(may_pass(document) for document in found)
        known = self.state.rows("identities", Identity)
        outlines = outlined(intake, found, known)
        with self.clock.step("identify"):
            identities = identified(found, known, key=flow.keys.ids, outlines=outlines)
            self.state.write("identities", Identity, identities)
            self._watch(found, known, identities)
        return found

    def _listing(self, places: Mapping[str, Place]) -> Listing:
        key, private = self.flow.keys.ids, self.flow.workspace.private
        with self.clock.step("list"):
            return take(places.values(), private, key=key, verify=self.request.verify)

    def _watch(
        self, found: Sequence[Document], known: Sequence[Identity], now: Sequence[Identity]
    ) -> None:
        """Keep when documents changed, and tell each how often it did."""
        log = watch(self.state.rows("changes", Change), known, now, as_of=self.flow.as_of)
        self.state.write("changes", Change, log)
        often = in_a_quarter(log, as_of=self.flow.as_of)
        for document in found:
            document.changes = often.get(document.doc_id, 0)

    def _splits(self) -> dict[bytes, str]:
        return {row.doc_id: row.split for row in self.state.rows("assignments", Assignment)}

    def _publish(self, found: Sequence[Document], made: Making, draft: Path) -> Outcome:
        flow = self.flow
        rows, chunks = products(flow, found, made, content=self.head.manifest)
        judge = flow.settings.labels.judge
        counts = counts_of(found, made, rows, chunks, words=Words(flow), judge=judge)
        counts["unfinished"] = by_stage(flow.unfinished)
        _check(counts)
        manifest = self._manifest(chunks, counts)
        full = write_folder(draft, rows, manifest, name=manifest.name)
        if not self.damaged and full.content() in in_force(flow.workspace, self.head):
            if full.content() == self.head.manifest and chunks.fresh().height:
                chunks.keep(flow.workspace.shown, full.content())  # who published it died before
            self._settle(self.head, found)
            return self._outcome(found, counts, self.head.release, published=False)
        changes = self._changes(chunks)
        gates = self._gates(
            counts,
            full,
            Causes(rows, withheld(flow, found, made), flow.workspace, self.head.release),
        )
        self.state.write("assignments", Assignment, assignments(self._splits(), made))
        spent = Spent(
            self.clock.seconds(), self.clock.pieces(), round(time.monotonic() - self.start.at, 3)
        )
        material = Material(
            flow, found, made, rows, chunks, counts, gates, changes,
            content=full.content(), parent=self.head.release, spent=spent,
            forced=self.request.force, lost=self.lost,
        )  # fmt: skip
        add_report(draft, material)
        written = Draft(draft, full, changes, chunks.upserts(changes))
        told = history(material)
        head = commit(
            flow.workspace, self.head, written, state=self.state, history=told, anew=self.lost
        )
        chunks.keep(flow.workspace.shown, full.content())
        self._bury_damaged(head)
        self._settle(head, found)
        outcome = self._outcome(found, counts, head.release, published=True)
        return replace(outcome, gates=gates, changes=changes.counts())

    def _changes(self, chunks: Chunks) -> ChunkChanges:
        """What the table gains and loses; the whole, where its files were lost."""
        if self.lost:
            return chunk_changes(self.corpus, 0, chunks.marks, carried=())
        at, fresh = self.head.release, chunks.fresh()
        return chunk_changes(self.corpus, at, fresh, carried=chunks.carried)

    def _bury_damaged(self, head: Head) -> None:
        """Retire a release that nobody can read any more, once the next one holds everything."""
        if self.damaged:
            bury(self.flow.workspace, self.head.release, why="damaged", by=head.release)
            stands = f"release {head.release} stands in its place"
            self.mended.append(f"release {self.head.release} was damaged; {stands}")

    def _settle(self, head: Head, found: Sequence[Document]) -> None:
        """Leave nothing behind that neither a release nor the next run needs."""
        State(self.flow.workspace.state, head.state).sweep(())
        met = {d.course.text: d.course for d in found if d.course}
        courses.write(self.flow.workspace.shown, self.version, met.values())
        self.flow.sweep()
        for folder in (self.flow.workspace.private, self.flow.workspace.shown):
            remove_unfinished(folder)
        held = self.flow.settings.releases
        settle(self.flow.workspace, head, Keeping(held.keep, held.days))

    def _outcome(
        self, found: Sequence[Document], counts: dict[str, Any], release: int, *, published: bool
    ) -> Outcome:
        said = tuple(one.text for one in self._advice(counts))
        return Outcome(
            self.flow.workspace, release, published, len(found), 0.0, counts, warnings=said
        )

    def _advice(self, counts: dict[str, Any]) -> tuple[Advice, ...]:
        return (*cautions(self.flow), *advice(counts, self.flow.settings.audience))

    def _manifest(self, chunks: Chunks, counts: dict[str, Any]) -> Manifest:
        flow = self.flow
        return Manifest(
            name=Words(flow).named(flow.settings.name),
            as_of=flow.as_of,
            settings=published(flow),
            versions={**flow.tools, **current.versions()},
            counts=counts,
            digests={CORPUS: marks_digest(chunks.marks)},
            warnings=tuple(one.code for one in self._advice(counts)),
        )

    def _gates(self, counts: dict[str, Any], full: Manifest, causes: Causes) -> tuple[Gate, ...]:
        """Judge the release.

        Args:
            counts: What it holds.
            full: Its manifest.
            causes: What stands behind gates that refuse.

        Raises:
            ReleaseError: if a gate refuses and the run is not forced.
        """
        parent = self.head.release
        old = self.before.get("counts", {})
        found = gates_of(counts, old, self.flow.settings.gates, causes.barred)
        gates = tuple(replace(gate, verdict=judged(gate)) for gate in found)
        refused = [gate for gate in gates if gate.verdict == "refuse"]
        if refused and not self.request.force:
            stays = f"release {parent} stays" if parent else "nothing is published"
            said = reasons(refused, causes, file=self._file())
            raise ReleaseError(f"{full.name}: the release is refused, {stays}:\n{said}")
        return gates

    def _file(self) -> str:
        """Return what people call the pipeline file."""
        target = self.request.target
        return str(target if target.suffix in YAML else self.flow.workspace.inferred)


def _check(counts: dict[str, Any]) -> None:
    """Hold the run to its account.

    Raises:
        ContractError: if a record is not accounted for.
    """
    held = counts["documents"]
    if held["in"] != held["kept"] + held["flagged"] + held["rejected"]:
        message = "ledger: in = kept + flagged + rejected does not hold; nothing is published."
        raise ContractError(message)
