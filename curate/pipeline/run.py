"""A run from beginning to end: the one place that puts the stages in order.

The last release stays in force until the next one's commit point; a run that dies leaves results by
content, which the same command finds again.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.errors import ReleaseError
from curate.pipeline import current, refusal
from curate.pipeline.request import Request, Target, glance, resolve
from curate.release import manifest as manifests
from curate.store.corpus import Corpus
from curate.store.lock import locked

if TYPE_CHECKING:
    from curate.engine.local import LocalEngine
    from curate.engine.record import Progress
    from curate.release.gates import Gate
    from curate.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `published` is False where the release in force is current.

    `counts` are those of the release in force afterwards. `warnings` are sentences for a person: who
    is left out silently, why nothing is learnt. `mended` says which of its own files a run found
    damaged and made again.
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
            return _run(request, target, progress, engine=engine, started=started)
        except OSError as error:
            from curate.pipeline.storage import refused

            raise refused(error, target.workspace) from None


def _run(
    request: Request,
    target: Target,
    progress: Progress,
    *,
    engine: LocalEngine | None,
    started: float,
) -> Outcome:
    with locked(target.workspace.private):
        note = None if request.verify or request.retry_failed else _same(target)
        if note is not None:
            counts = _counts(target.workspace, note.release)
            seconds = time.monotonic() - started
            return Outcome(target.workspace, note.release, False, note.documents, seconds, counts)
        from curate.pipeline.ahead import begun

        engine = engine or begun(target, workers=request.workers)
        try:
            from curate.pipeline.full import full_run

            outcome = full_run(request, target, progress, engine=engine, started=started)
            refusal.clear(target.workspace.private)
        except ReleaseError as error:
            refusal.keep(target.workspace.private, str(error))
            raise
        else:
            return outcome
        finally:
            engine.close()


def _same(target: Target) -> current.Note | None:
    """Return the last run's note if nothing changed since."""
    note = current.read(target.workspace.private)
    if note is None or note.settings != current.settings_digest(target):
        return None
    if not Corpus(target.workspace.corpus).version(note.release):
        return None  # its tag is gone; the long way mends it
    listing = glance(target, since=note.since)
    return note if listing and listing == note.listing else None


def _counts(workspace: Workspace, release: int) -> dict[str, Any]:
    """Return what a release holds; nothing where its manifest was damaged, which ends no run."""
    try:
        counts: dict[str, Any] = manifests.read(workspace.release(release))["counts"]
    except (OSError, ValueError, KeyError):
        return {}
    return counts
