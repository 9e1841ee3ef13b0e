"""A run from beginning to end: the one place that puts the stages in order.

The last release stays in force until the next one's commit point; a run that dies leaves results by
content, which the same command finds again.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError, EmptySourceError, ReleaseError
from curate.pipeline import current
from curate.pipeline.ahead import Ahead, begun
from curate.pipeline.clock import Clock
from curate.pipeline.gating import refusal
from curate.pipeline.request import Request, Start, Target, glance, resolve
from curate.release import manifest as manifests
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.store.lock import locked
from curate.store.quiet import spare_pandas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from curate.engine.local import LocalEngine
    from curate.engine.record import Progress
    from curate.pipeline.intake.listings import Listing
    from curate.release.gates import Gate
    from curate.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `published` is False where the release in force is current.

    `counts` are those of the release in force afterwards. `warnings` are sentences for a person: who
    is left out silently, why nothing is learnt. `mended` says which of its own files a run found
    damaged and made again. `set_in` is the pipeline file of a folder that was run, which this run
    `inferred` or found there.
    """

    workspace: Workspace
    release: int
    published: bool
    documents: int
    seconds: float
    counts: dict[str, Any] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    changes: dict[str, int] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    set_in: Path | None = None
    inferred: bool = False


def run(request: Request, progress: Progress, *, engine: LocalEngine | None = None) -> Outcome:
    """Run a pipeline and publish a release if anything changed.

    Args:
        request: What to run.
        progress: Hears how it gets on.
        engine: One that began to load before; it is closed in any case.

    Raises:
        ConfigError: if the pipeline file or a source is wrong.
        BusyError: if another run holds the workspace.
        ReleaseError: if a gate refuses the release.
        StorageError: if the workspace cannot be written, because its disk is full for instance.
    """
    started = time.monotonic()
    with ExitStack() as closing:
        if engine:
            closing.callback(engine.close)
        target = resolve(request.target, request.workspace)
        target.workspace.make()
        try:
            outcome = _run(request, target, progress, engine=engine, started=started)
        except OSError as error:
            from curate.pipeline.storage import refused

            raise refused(error, target.workspace) from None
        set_in = target.file if target.file == target.workspace.inferred else None
        return replace(outcome, set_in=set_in, inferred=target.fresh)


def _run(
    request: Request,
    target: Target,
    progress: Progress,
    *,
    engine: LocalEngine | None,
    started: float,
) -> Outcome:
    workspace, clock = target.workspace, Clock(progress)
    with locked(workspace.private), ExitStack() as closing:
        seen = glance(target)
        note = None if request.verify or request.retry_failed else _usable(target, request.as_of)
        if note and seen.proves(note.listing, since=note.since):
            return _current(workspace, note, started)
        try:
            if request.alone:
                spare_pandas()
            ahead = Ahead(target, workers=request.workers)
            closing.callback(ahead.close)
            listing = _listed(target, clock, changed=ahead.begin) if note else None
            if note and listing and listing.digest == note.sources:
                current.write(
                    workspace.private, replace(note, listing=seen.digest, since=seen.began)
                )
                return _current(workspace, note, started)
            start = Start(started, clock, seen, listing)
            outcome = _long_way(request, target, start, engine or ahead.engine())
            refusal.clear(workspace.private)
        except ReleaseError as error:
            refusal.keep(workspace.private, str(error))
            raise
        except EmptySourceError as error:
            raise ConfigError(f"{error} {_what_stays(workspace)}") from None
        else:
            return outcome


def _long_way(
    request: Request, target: Target, start: Start, engine: LocalEngine | None
) -> Outcome:
    engine = engine or begun(target, workers=request.workers)
    try:
        from curate.pipeline.full import full_run

        return full_run(request, target, start, engine=engine)
    finally:
        engine.close()


def _what_stays(workspace: Workspace) -> str:
    number = heads.read(workspace.head).release
    return f"Release {number} stays in force." if number else "Nothing is published."


def _usable(target: Target, as_of: str) -> current.Note | None:
    """Return the last run's note if its settings and its release still stand, whole."""
    note = current.read(target.workspace.private)
    if note is None or note.settings != current.settings_digest(target):
        return None
    if note.as_of not in {"", as_of}:
        return None
    corpus, folder = Corpus(target.workspace.corpus), target.workspace.release(note.release)
    whole = manifests.is_whole(folder) and corpus.holds(note.files)
    whole &= heads.exists(target.workspace.head)
    return note if whole and corpus.version(note.release) else None


def _listed(target: Target, clock: Clock, *, changed: Callable[[], None]) -> Listing:
    """List the sources; what was only touched holds what it held. `changed` hears of what does not."""
    from curate.pipeline.intake.listings import places_of, take

    places, workspace = places_of(target.settings, target.base), target.workspace
    with clock.step("list"):
        key = workspace.key("ids")
        return take(places.values(), workspace.private, key=key, changed=changed)


def _current(workspace: Workspace, note: current.Note, started: float) -> Outcome:
    seconds = time.monotonic() - started
    counts = manifests.read(workspace.release(note.release))["counts"]
    return Outcome(workspace, note.release, False, note.documents, seconds, counts)
