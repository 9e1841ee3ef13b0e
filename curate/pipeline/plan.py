"""What a run would do: which files are new or changed, what would be read, about how long it takes.

Names, sizes and stamps are compared with the last listing; no document is opened and nothing is written,
so a file that was only touched counts as changed here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from curate import config
from curate.pipeline import current
from curate.pipeline.ahead import let_import
from curate.pipeline.request import YAML, Target, glance, is_described, resolve
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.setup.infer import inferred, suffix
from curate.pipeline.setup.offered import offered
from curate.store.workspace import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.sources.walk import Entry

_START_SECONDS = 4.0  # loading the crafts, publishing
_FILES_A_SECOND = 60.0  # on one core, all stages, small files of many formats
_MB_A_SECOND = 1.0
_MOST_FORMATS = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would find and do."""

    name: str
    release: int
    current: bool
    files: int
    megabytes: float
    unreadable: int
    formats: dict[str, int]
    sources: dict[str, int]
    settings_changed: bool
    seconds: float

    def values(self) -> dict[str, Any]:
        """Return it for scripts."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return it for people."""
        if self.current:
            return [f"Release {self.release} is current: {_files(self.files)} unchanged."]
        formats = ", ".join(
            f"{count:,} {kind}" for kind, count in list(self.formats.items())[:_MOST_FORMATS]
        )
        why = "no release yet" if not self.release else "files changed since"
        if self.release and self.settings_changed:
            why = "settings or tools changed since"
        return [
            f"{self.name}: {_files(self.files)}, {self.megabytes:,.1f} MB ({formats}){self._closed()}",
            *(f"  {name}: {_files(count)}" for name, count in self.sources.items()),
            f"A run would publish release {self.release + 1} if anything differs: {why}.",
            f"From scratch that takes about {self.seconds:,.0f} s here; only what changed is done again.",
        ]

    def _closed(self) -> str:
        return f"; {self.unreadable:,} cannot be read" if self.unreadable else ""


def plan(target: Path, workspace: Path | None, *, workers: int) -> Plan:
    """Return what a run would do.

    Raises:
        ConfigError: if there is nothing to plan, the pipeline file is wrong, or an extractor of its own
            cannot be loaded.
    """
    found = _resolved(target, workspace)
    let_import(found)
    entries = list(_entries(found))
    files = [entry for _, entry in entries]
    size = sum(entry.size for entry in files) / 1e6
    note = current.read(found.workspace.private)
    changed = note is None or note.settings != current.settings_digest(found)
    kinds = Counter(suffix(entry.path) for entry in files)
    return Plan(
        name=found.settings.name,
        release=note.release if note else 0,
        current=not changed and _listing_is_same(found, note),
        files=len(files),
        megabytes=round(size, 3),
        unreadable=sum(bool(entry.problem) for entry in files),
        formats=dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        sources=dict(Counter(name for name, _ in entries)),
        settings_changed=changed,
        seconds=_estimate(len(files), size, workers),
    )


def _resolved(target: Path, workspace: Path | None) -> Target:
    """Return the pipeline that a path means, without writing what would be inferred."""
    place = target.expanduser().absolute()
    if place.suffix in YAML or not place.is_dir():
        return resolve(target, workspace)
    found = chosen(workspace, folder=place)
    if is_described(found):
        return resolve(target, workspace)
    text = inferred(place, path=".")
    settings = config.parse(text, PipelineSettings, name="pipeline.yaml")
    return Target(settings, place, found, found.inferred)


def _entries(target: Target) -> Iterator[tuple[str, Entry]]:
    for source, entry in target.entries():
        yield from ((source.title(), one) for one in offered(source, [entry]))


def _estimate(files: int, megabytes: float, workers: int) -> float:
    work = max(files / _FILES_A_SECOND, megabytes / _MB_A_SECOND)
    return round(_START_SECONDS + work / workers, 1)


def _listing_is_same(target: Target, note: current.Note | None) -> bool:
    return note is not None and glance(target).proves(note.listing, since=note.since)


def _files(count: int) -> str:
    return f"{count:,} file{'s' * (count != 1)}"
