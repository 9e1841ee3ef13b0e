"""One stage on one file, in a workspace that is gone afterwards."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from curate import config
from curate.engine.local import LocalEngine
from curate.errors import ConfigError
from curate.pipeline.ahead import let_import
from curate.pipeline.flow import Flow, Keys
from curate.pipeline.intake.listings import listing, places_of
from curate.pipeline.intake.sources import Intake, documents, identified, shapes_of
from curate.pipeline.making.analyse import analyse
from curate.pipeline.making.products import make
from curate.pipeline.request import Target, refuse_outside
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.trials import tried
from curate.pipeline.trials.one_file import source_of
from curate.sources.settings import SourceSettings
from curate.store.workspace import DEFAULT_NAME, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.pipeline.trials.tried import Row

_KEY = "CURATE_KEY_IDS"
_OTHER_IDS = (
    f"The id is made with a key of this trial, so a release has another, unless {_KEY} is set."
)
_ALONE = (
    "The file is admitted as if there were no other: copies elsewhere, and access that only other "
    "sources or files state, count in a run alone."
)


def _unheard(_said: str) -> None:
    """Nobody wants to know."""


class _Unheard:
    """Progress that nobody watches."""

    def begin(self, stage: str, total: int, known: int) -> None:
        """Ignore it."""

    def advance(self, stage: str, done: int, failed: int) -> None:
        """Ignore it."""

    def end(self, stage: str, seconds: float) -> None:
        """Ignore it."""

    def tell(self, said: str) -> None:
        """Ignore it."""


def attempt(
    stage: str, file: Path, pipeline: Path | None, *, tell: Callable[[str], None] = _unheard
) -> list[Row]:
    """Return what a stage yields for a file: its rows, one mapping each, records of containers too.

    Args:
        stage: Which one.
        file: It is read as the source of the pipeline does that it belongs to.
        pipeline: A pipeline file.
        tell: Hears where none does.

    Raises:
        ConfigError: if there is no such stage or file, the stage makes no sense for one file alone, or
            an extractor cannot be loaded.
    """
    tried.refuse(stage)
    place = file.expanduser().absolute()
    if not place.is_file():
        message = f"{file}: is no file."
        raise ConfigError(message)
    with tempfile.TemporaryDirectory(prefix="curate-try-") as folder:
        engine = LocalEngine(workers=1, preload=())
        try:
            workspace = Workspace(Path(folder) / "w")
            target = _target(place, pipeline, workspace, tell)
            _warn(stage, tell)
            return list(_run(_flow(target, engine), stage))
        finally:
            engine.close()


def _warn(stage: str, tell: Callable[[str], None]) -> None:
    """Say what of a trial's rows a run may see otherwise."""
    if stage == "admit":
        tell(_ALONE)
    if stage == "identify" and _KEY not in os.environ:
        tell(_OTHER_IDS)


def _target(
    file: Path, pipeline: Path | None, workspace: Workspace, tell: Callable[[str], None]
) -> Target:
    """Return a pipeline for one file alone, its own extractors importable."""
    if pipeline is None:
        source = SourceSettings(path=str(file), name=file.name)
        return Target(PipelineSettings(sources=(source,)), file.parent, workspace, file)
    base, inferred = _base_of(pipeline.expanduser().absolute())
    settings = config.load(pipeline, PipelineSettings, base=base)
    if inferred:
        refuse_outside(Target(settings, base, workspace, pipeline))
    source, said = source_of(file, settings.sources, base)
    if said:
        tell(said)
    alone = settings.model_copy(update={"sources": (source,)})
    target = Target(alone, base, workspace, pipeline)
    let_import(target)
    return target


def _base_of(pipeline: Path) -> tuple[Path, bool]:
    """Return where relative paths of a pipeline start, and whether it was inferred for that folder."""
    folder = pipeline.parent
    inferred = folder.name == DEFAULT_NAME and Workspace(folder).inferred == pipeline
    return (folder.parent if inferred else folder), inferred


def _flow(target: Target, engine: LocalEngine) -> Flow:
    workspace = target.workspace
    workspace.make()
    return Flow(
        workspace=workspace,
        settings=target.settings,
        base=target.base,
        keys=Keys(workspace.key("ids"), workspace.key("pseudonyms")),
        engine=engine,
        progress=_Unheard(),
        as_of=date.today().isoformat(),  # noqa: DTZ011 - the user's own calendar day is meant
    )


def _run(flow: Flow, stage: str) -> Iterator[Row]:
    """Yield the rows of a stage, and which extractors broke down: `module:function:exception`."""
    places = places_of(flow.settings, flow.base)
    seen = listing(list(places.values()), known={}, key=flow.keys.ids, since=0.0)
    if stage == "list":
        yield from map(tried.listed, seen.sources)
        return
    found = documents(Intake(flow, places, shapes_of(flow)), seen.sources)
    identified(found, (), key=flow.keys.ids)
    if stage not in tried.READ:
        analyse(flow, found)
    failures = make(flow, found, {}).failures if stage in tried.MADE else ()
    yield from tried.rows(flow, found, stage)
    yield from ({"extractor_failed": name} for name in sorted(failures))
