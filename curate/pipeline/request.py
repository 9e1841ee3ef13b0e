"""What is asked of a run, and the pipeline it means: a file, or a folder with what was inferred for it."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from curate import config
from curate.errors import ConfigError
from curate.pipeline.settings import PipelineSettings
from curate.sources.around import above, around_link, beside
from curate.sources.walk import is_remote, links_to, place_of, walk
from curate.store.workspace import chosen
from curate.text.tokens import BUILT_IN, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.pipeline.clock import Clock
    from curate.pipeline.intake.listings import Listing
    from curate.sources.settings import SourceSettings
    from curate.sources.walk import Entry
    from curate.store.workspace import Workspace

YAML = (".yaml", ".yml")
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):{1,2}/")  # a path has lost one of the two slashes
CLOCK_GRAIN = 2.0  # seconds; coarse file systems stamp no finer


@dataclass(frozen=True, slots=True)
class Request:
    """One call of `run`; `target` is a pipeline file or a folder, `as_of` an ISO date.

    `alone` says that the process is there for this run, so that it may be set up for it.
    """

    target: Path
    as_of: str
    workers: int
    workspace: Path | None = None
    verify: bool = False
    retry_failed: bool = False
    force: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A pipeline with the folder that its relative paths start at, its workspace and its file.

    `fresh` says that the file was inferred just now; one that was there may be anybody's.
    """

    settings: PipelineSettings
    base: Path
    workspace: Workspace
    file: Path
    fresh: bool = False

    def where(self, *place: str | int) -> str:
        """Return the line and key of a place in the pipeline file, as errors begin."""
        return config.where(self.file, *place, name=self._called())

    def _called(self) -> str:
        """Return what errors call the file; nobody typed the name of one that was inferred."""
        return str(self.file) if self.file == self.workspace.inferred else self.file.name

    def entries(self) -> Iterator[tuple[SourceSettings, Entry]]:
        """Yield all files of all sources, unread.

        Raises:
            ConfigError: if a source cannot be listed; its line stands in the pipeline file.
        """
        for number, source in enumerate(self.settings.sources):
            place = place_of(source.path, self.base)
            try:
                yield from ((source, entry) for entry in walk(place, options=source.options))
            except ConfigError as error:
                message = f"{self.where('sources', number)}: {error}"
                raise ConfigError(message) from None

    def around(self) -> Iterator[tuple[SourceSettings, Entry]]:
        """Yield what lies outside the sources and may speak of them."""
        for source in self.settings.sources:
            place = place_of(source.path, self.base)
            found = [*above(place), *beside(place, options=source.options)]
            for link in links_to(source.path, self.base):
                found += around_link(link)
            yield from ((source, entry) for entry in found)


def resolve(target: Path, workspace: Path | None) -> Target:
    """Return the pipeline that a path means; for a folder it is inferred once, then read.

    Raises:
        ConfigError: if there is nothing, the pipeline file is wrong, or the workspace may be another's.
    """
    place = target.expanduser().absolute()
    if place.is_dir():
        return _folder(place, workspace)
    if place.suffix not in YAML:
        if address := _ADDRESS.match(str(target)):
            message = (
                f"{target}: is an address of a storage ({address[1]}); write it in a pipeline file: "
                "`sources: [{path: ADDRESS}]`."
            )
            raise ConfigError(message)
        found = "is no folder" if place.exists() else "does not exist"
        message = f"{target}: {found}; name a folder or a pipeline file ending in .yaml."
        raise ConfigError(message)
    settings = config.load(place, PipelineSettings)
    return Target(settings, place.parent, chosen(workspace, folder=place.parent), place)


def _folder(folder: Path, workspace: Path | None) -> Target:
    from curate.pipeline.setup.infer import inferred

    found = chosen(workspace, folder=folder)
    fresh = not is_described(found)
    if fresh:
        text = inferred(folder, path=".")  # where there is nothing to read, nothing is written
        found.make()
        _write_whole(found.inferred, text)
    settings = config.load(found.inferred, PipelineSettings, name=str(found.inferred), base=folder)
    target = Target(settings, folder, found, found.inferred, fresh)
    refuse_outside(target)
    return target


def is_described(workspace: Workspace) -> bool:
    """Tell whether a workspace holds the pipeline file of a folder.

    Raises:
        ConfigError: if the place cannot even be looked at.
    """
    try:
        return workspace.inferred.exists()
    except OSError as error:
        message = (
            f"{workspace.root}: the workspace cannot be read: {error.strerror}. "
            "Put it elsewhere with --workspace FOLDER."
        )
        raise ConfigError(message) from None


def refuse_outside(target: Target) -> None:
    """Refuse what a pipeline file that was inferred for a folder names outside of the folder.

    It may lie where others write, who would choose what is read and what code is run.

    Raises:
        ConfigError: with the line of the first source, extractor or tokenizer file that does.
    """
    settings = target.settings
    for number, source in enumerate(settings.sources):
        place = place_of(source.path, target.base)
        if is_remote(place) or not Path(place).is_relative_to(target.base.resolve()):
            said = f"{source.path!r} lies outside of the folder that is run"
            raise _outside(target, said, "sources", number, "path")
    for number, name in enumerate(settings.mining.extractors):
        if ":" in name:
            said = f"{name!r} is code of one's own, and a folder holds documents only"
            raise _outside(target, said, "mining", "extractors", number)
    tokens = settings.chunks.tokens
    place = placed(tokens, target.base)
    if place not in BUILT_IN and not Path(place).resolve().is_relative_to(target.base.resolve()):
        said = f"{tokens!r} lies outside of the folder that is run"
        raise _outside(target, said, "chunks", "tokens")


def _outside(target: Target, said: str, *place: str | int) -> ConfigError:
    where = target.where(*place)
    way_out = "Write it into a pipeline file of your own (`curate init`), and run that."
    return ConfigError(f"{where}: {said}. {way_out}")


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@dataclass(frozen=True, slots=True)
class Glance:
    """A digest of the names, sizes and stamps of all files, and the clock when it was begun.

    `youngest` is when the youngest file was changed; infinite where a file has no stamp.
    """

    digest: str
    began: float
    youngest: float

    def proves(self, digest: str, *, since: float) -> bool:
        """Tell whether nothing changed since another was begun.

        A file as young as that one, or without a stamp, may have changed without a sign.
        """
        return self.youngest < since - CLOCK_GRAIN and self.digest == digest


def glance(target: Target) -> Glance:
    """Look at names, sizes and stamps; no file is opened."""
    began, youngest = time.time(), 0.0
    lines = []
    for source, entry in chain(target.entries(), target.around()):
        line = source.title(), entry.location, str(entry.size), entry.stamp, entry.problem
        lines.append("\0".join(line))
        blind = not entry.stamp and not entry.problem
        youngest = max(youngest, float("inf") if blind else entry.modified)
    state = hashlib.blake2b(digest_size=16)
    for written in sorted(lines):
        state.update(written.encode("utf-8", "surrogateescape") + b"\n")
    return Glance(state.hexdigest(), began, youngest)


@dataclass(frozen=True, slots=True)
class Start:
    """What a run begins with: when, its clock, a glance at the sources, their listing if there is one."""

    at: float
    clock: Clock
    seen: Glance
    listing: Listing | None = None
