"""The whole pipeline file: every section with the settings that its stage or craft defines."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from curate.config import Settings, Share
from curate.errors import ConfigError, did_you_mean
from curate.mining import EXTRACTORS, THREAD_SOURCES
from curate.mistakes import SettingError
from curate.parsers.records import SHAPES, Shape, shape_from
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
from curate.text.tokens import BUILT_IN, placed

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
                message = f"{kind} is no type of personal data. {did_you_mean(kind, known)}"
                raise SettingError(message, "by_type", kind)
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
    """Which releases stay: the last `keep`, of these those of the last `days`, and the one in force."""

    keep: int = Field(default=10, ge=1)
    days: int | None = Field(default=None, ge=1)


class Finetune(Settings):
    """What the fine-tuning set is to be.

    Documents that change more often than `max_changes_per_quarter` are searched and not learnt: what
    they say would be old before the model is used.
    """

    splits: Splits = Splits()
    choose: Choose = Choose()
    max_changes_per_quarter: int | None = Field(default=None, ge=0)


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

    @field_validator("chunks")
    @classmethod
    def _tokens_can_be_counted(cls, chunks: Chunks, info: ValidationInfo) -> Chunks:
        place = placed(chunks.tokens, (info.context or {}).get("base", Path()))
        if place not in BUILT_IN and not Path(place).is_file():
            message = (
                f"{chunks.tokens!r} is no vocabulary and no file. Write {' or '.join(BUILT_IN)}, or "
                "the path of a tokenizer.json, from where relative sources start"
            )
            raise SettingError(message, "tokens")
        return chunks

    @model_validator(mode="after")
    def _shares_are_of_extractors(self) -> PipelineSettings:
        """Refuse a share of nobody; what one's own extractors call themselves only they know."""
        known = {extractor.source.name for extractor in EXTRACTORS}
        known |= {source.name for source in THREAD_SOURCES}
        for name in () if self.mining.own_modules() else self.finetune.choose.shares:
            if name not in known:
                message = f"{name} is no extractor. {did_you_mean(name, known)}"
                raise SettingError(message, "finetune", "choose", "shares", name)
        return self

    @field_validator("sources")
    @classmethod
    def _names_differ(cls, sources: tuple[SourceSettings, ...]) -> tuple[SourceSettings, ...]:
        titles = [source.title() for source in sources]
        for number, title in enumerate(titles):
            if title in titles[:number]:
                message = f"two sources are called {title!r}. Give this one another `name`"
                raise SettingError(message, number)
        return sources

    @field_validator("sources")
    @classmethod
    def _shapes_are_known(cls, sources: tuple[SourceSettings, ...]) -> tuple[SourceSettings, ...]:
        for number, source in enumerate(sources):
            try:
                shape_of(source)
            except ConfigError as error:
                message = str(error).removeprefix("records: ")
                raise SettingError(message, number, "records") from None
        return sources


def shape_of(source: SourceSettings) -> Shape | None:
    """Return the shape of a source's records, where the pipeline file names or maps one.

    Raises:
        ConfigError: if the shape is unknown or the mapping wrong.
    """
    records = source.records
    if records is None:
        return None
    if not isinstance(records, str):
        return shape_from(records)
    if records not in SHAPES:
        message = f"records: {records!r} is no known shape. {did_you_mean(records, SHAPES)}"
        raise ConfigError(message)
    return SHAPES[records]
