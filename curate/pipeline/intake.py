"""From sources to texts: list, split, parse, identify."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from curate import ids
from curate.config import fingerprint
from curate.engine.work import Call, Given, Item, Tool
from curate.errors import ConfigError
from curate.pipeline.documents import Document
from curate.sources.walk import is_remote
from curate.stages.chunk import IdKey
from curate.stages.identify import Found, identify
from curate.stages.list import Place, address, list_sources
from curate.stages.parse import Spec, open_record, parse, route
from curate.stages.split import container_kind, shape_of, split
from curate.tables.sources import Identity, Listed, Member, Source
from curate.store.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.pipeline.flow import Flow, Results

_MOST_DEPTH = 5
