"""What a result depends on besides its inputs: stage, version, route, settings, tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate import ids
from curate.config import fingerprint
from curate.engine.work import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.config import Settings
    from curate.engine.work import Tool
    from curate.stage import Resources, Stage


@dataclass(frozen=True, slots=True)
class Recipe:
    """A stage made ready to run: its job, and the digest that is part of every memo key."""

    job: Job
    digest: bytes

    @property
    def name(self) -> str:
        """Return the stage's name."""
        return self.job.run.__name__

    @property
    def limits(self) -> bytes:
        """Return the digest of what a failure depends on."""
        return ids.digest("limits", repr(self.job.resources))

    def key(self, *inputs: bytes | str) -> bytes:
        """Return the memo key for the digests of what is read; a route is one of them."""
        return ids.digest("memo", self.digest, *inputs)


def recipe(
    stage: Stage,
    *,
    settings: Settings | None = None,
    tools: Mapping[str, Tool] | None = None,
    resources: Resources,
) -> Recipe:
    """Return a stage with its settings and tools."""
    named = dict(tools or {})
    job = Job(stage.run, stage.reads, stage.writes, settings, named, resources)
    parts = [f"{name}={tool.version}" for name, tool in sorted(named.items())]
    own = fingerprint(settings) if settings is not None else b""
    return Recipe(job, ids.digest("recipe", stage.name, str(stage.version), own, *parts))
