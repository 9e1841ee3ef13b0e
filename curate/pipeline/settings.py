"""The whole pipeline file: every section with the settings that its stage or craft defines."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field, model_validator

from curate.config import Settings, Share
from curate.errors import did_you_mean
from curate.pii import STOCK_ENTITIES, FinderSettings
from curate.sources.settings import SourceSettings
from curate.stages.assign import Splits
from curate.stages.choose import Choose
from curate.stages.chunk import Chunks
from curate.stages.dedup import Duplicates
from curate.stages.edit import EditSettings
from curate.stages.judge import Labels
from curate.stages.mine import Mining
from curate.stages.parse import Parse
from curate.stages.scan import Risks

How = Literal["mask", "redact", "surrogate", "hash", "keep"]


class Pii(FinderSettings):
    """What counts as personal data and what becomes of it in each product."""

    corpus: How = "mask"
    finetune: How = "surrogate"
    by_type: dict[str, How] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _treats_known_types(self) -> Pii:
        known = {*STOCK_ENTITIES, *(custom.type for custom in self.recognisers)}
        for kind in self.by_type:
            if kind not in known:
                message = (
                    f"by_type: {kind} is no type of personal data. {did_you_mean(kind, known)}"
                )
                raise ValueError(message)
        return self


class Limits(Settings):
    """What one document may cost: CPU seconds, wall-clock seconds, memory in MB, file size in MB."""

    cpu_seconds: float = Field(default=60, gt=0)
    wall_seconds: float = Field(default=300, gt=0)
    memory_mb: int = Field(default=2048, ge=256)
    file_mb: int = Field(default=512, ge=1)


class Gates(Settings):
    """When a release is refused.

    Shares only warn on a first release; `rejected` and `flagged`, left unset, go on warning as
    long as they get no worse.
    """

    rejected: Share | None = None
    flagged: Share | None = None
    yield_drop: Share = 0.2
    pii_found: int = Field(default=0, ge=0)
    leaks: int = Field(default=0, ge=0)
    empty_corpus: bool = True
    empty_finetune: bool = False


class Releases(Settings):
    """How many releases stay."""

    keep: int = Field(default=10, ge=1)


class Finetune(Settings):
    """What the fine-tuning set is to be."""

    splits: Splits = Splits()
    choose: Choose = Choose()


class PipelineSettings(Settings):
    """A pipeline file."""

    name: str = Field(default="curate", pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$")
    sources: tuple[SourceSettings, ...] = Field(min_length=1)
    audience: tuple[str, ...] = ()
    limits: Limits = Limits()
    parse: Parse = Parse()
    pii: Pii = Pii()
    edits: EditSettings = EditSettings()
    risks: Risks = Risks()
    duplicates: Duplicates = Duplicates()
    chunks: Chunks = Chunks()
    mining: Mining = Mining()
    labels: Labels = Labels()
    finetune: Finetune = Finetune()
    gates: Gates = Gates()
    releases: Releases = Releases()

    @model_validator(mode="after")
    def _names_differ(self) -> PipelineSettings:
        titles = [source.title() for source in self.sources]
        twice = sorted({title for title in titles if titles.count(title) > 1})
        if twice:
            message = f"two sources are called {twice[0]!r}; give one of them a `name`"
            raise ValueError(message)
        return self


def cores() -> int:
    """Return how many workers run unless told otherwise."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1))
