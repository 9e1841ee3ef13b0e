"""One stage on one file, in a workspace that is gone afterwards."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate import config
from curate.engine.local import LocalEngine
from curate.errors import ConfigError, did_you_mean
from curate.mining.registry import FAILED
from curate.pipeline.ahead import let_import
from curate.pipeline.analyse import analyse
from curate.pipeline.flow import Flow, Keys
from curate.pipeline.intake import Intake, documents, identified, shapes_of
from curate.pipeline.listings import listing, places_of
from curate.pipeline.one_file import source_of
from curate.pipeline.products import make
from curate.pipeline.request import Target, refuse_outside
from curate.pipeline.settings import PipelineSettings
from curate.sources.settings import SourceSettings
from curate.store.workspace import DEFAULT_NAME, Workspace
from curate.tables.edits import Edit
from curate.tables.pii_spans import PiiSpan
from curate.tables.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from curate.pipeline.documents import Document

_SHOWN = ("parse", "scan", "find_pii", "edit", "chunk", "mine")
_EARLY = ("parse", "scan", "find_pii", "sign")


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


def attempt(
    stage: str, file: Path, pipeline: Path | None, *, tell: Callable[[str], None] = _unheard
) -> list[dict[str, Any]]:
    """Return what a stage yields for a file: its rows, one mapping each, records of containers too.

    Args:
        stage: Which one.
        file: It is read as the source of the pipeline does that it belongs to.
        pipeline: A pipeline file.
        tell: Hears where none does.

    Raises:
        ConfigError: if there is no such stage or file, or an extractor that cannot be loaded.
    """
    known = [*_SHOWN, "sign"]
    if stage not in known:
        message = f"{stage} is no stage to try. {did_you_mean(stage, known)}"
        raise ConfigError(message)
    place = file.expanduser().absolute()
    if not place.is_file():
        message = f"{file}: is no file."
        raise ConfigError(message)
    with tempfile.TemporaryDirectory(prefix="curate-try-") as folder:
        engine = LocalEngine(workers=1, preload=())
        try:
            workspace = Workspace(Path(folder) / "w")
            target = _target(place, pipeline, workspace, tell)
            flow = _flow(target, engine)
            found, failures = _run(flow, stage)
            rows = [row for document in found for row in _rows(flow, document, stage)]
            return rows + [{"extractor_failed": name} for name in sorted(failures)]
        finally:
            engine.close()


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


def _run(flow: Flow, stage: str) -> tuple[Sequence[Document], Collection[str]]:
    """Return the documents, and which extractors broke down: `module:function:exception`."""
    places = places_of(flow.settings, flow.base)
    intake = Intake(flow, places, shapes_of(flow))
    listed = listing(list(places.values()), known={}, key=flow.keys.ids, since=0.0)
    found = documents(intake, listed.sources)
    identified(found, (), key=flow.keys.ids)
    if stage != "parse":
        analyse(flow, found)
    failures = () if stage in _EARLY else tuple(make(flow, found, {}).failures)
    return found, failures


def _rows(flow: Flow, document: Document, stage: str) -> Iterator[dict[str, Any]]:
    where = {"record": document.source.record} if document.source.record else {}
    if document.rejected:
        yield {**where, "rejected": document.code, "stage": document.stage}
        return
    if stage == "sign":
        assert document.signature is not None, "what is not rejected is signed"
        yield {**where, **_plain(asdict(document.signature))}
        return
    course, why = document.course, document.finetune or document.corpus
    assert course is not None, "what is not rejected was read"
    if not course.has(stage) and why and why != FAILED:
        yield {**where, "left_out": why}
    text = flow.rows("parse", course)[0].text
    for value in flow.rows(stage, course):
        yield {**where, **_plain(asdict(value)), **_words(text, value)}


def _words(text: str, value: object) -> dict[str, str]:
    """Return the words that a span of text stands for."""
    if not isinstance(value, PiiSpan | Risk | Edit) or value.field != "text":
        return {}
    return {"words": text[value.start : value.end]}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()
    }
