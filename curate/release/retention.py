"""Which releases stay, and how the others go: a tombstone, then the tag, then the folder, then the files.

A release counts as gone from its tombstone on, so that one that is half removed is never read, and whoever
holds the lock next completes what a run that died began. The release in force always stays.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from curate.errors import ContractError, DamagedReleaseError
from curate.release.manifest import read as read_manifest
from curate.store.corpus import Corpus
from curate.store.files import SHARED, write_text
from curate.tables.releases import Tombstone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from curate.store.head import Head
    from curate.store.workspace import Workspace
    from curate.tables.releases import Why

_GOING = ".going-"


@dataclass(frozen=True, slots=True)
class Keeping:
    """The last `keep` releases stay, of these those whose date is within `days` of the last one's."""

    keep: int
    days: int | None = None


def retire_due(workspace: Workspace, head: Head, keeping: Keeping | None) -> list[int]:
    """Retire what is not to stay, and complete what a dead run began; return what went.

    Only under the workspace's lock; the files of the corpus go when it is cleaned.
    """
    numbers = [n for n in published(workspace) if n <= head.release]
    gone = [] if keeping is None else due(workspace, numbers, keeping)
    for number in gone:
        bury(workspace, number, why="retention", by=head.release)
    for number in _buried(workspace):
        _remove(workspace, number)
    return gone


def due(workspace: Workspace, numbers: Iterable[int], keeping: Keeping) -> list[int]:
    """Return the releases that are not to stay; the last never is among them."""
    held = sorted(numbers)
    stays = held[-keeping.keep :]
    if keeping.days is not None and stays:
        first = _day(workspace, stays[-1]) - timedelta(keeping.days)
        stays = [n for n in stays[:-1] if _day(workspace, n) >= first] + stays[-1:]
    return [number for number in held if number not in stays]


def _day(workspace: Workspace, number: int) -> date:
    try:
        return date.fromisoformat(read_manifest(workspace.release(number))["as_of"])
    except DamagedReleaseError:
        return date.min  # nobody can read it: it need not stay


def published(workspace: Workspace) -> list[int]:
    """Return the releases that have a folder and no tombstone, ascending."""
    folders = workspace.release(0).parent.glob("[0-9]*")
    held = {int(p.name) for p in folders if (p / "manifest.json").is_file()}
    return sorted(held - set(_buried(workspace)))


def tag_kept(workspace: Workspace, head: Head) -> None:
    """Tag the release in force as the head says, and others that lost their tag as their history does.

    Raises:
        ContractError: if the release in force has no tag, and none can be written.
    """
    if not head.release:
        return
    corpus = Corpus(workspace.corpus)
    with suppress(DamagedReleaseError):  # who opens it is told
        corpus.name(release=head.release, version=head.corpus_version)
    for number in published(workspace):
        if number < head.release and not corpus.version(number):
            version = history_of(workspace.release(number)).get("corpus_version", 0)
            with suppress(ContractError):
                if version and corpus.has(version):
                    corpus.name(release=number, version=version)


def last_whole(workspace: Workspace, head: Head) -> dict[str, Any]:
    """Return the manifest in force; where it is damaged, the newest before that can be read, or none."""
    for number in reversed([n for n in published(workspace) if n <= head.release]):
        with suppress(DamagedReleaseError):
            return read_manifest(workspace.release(number))
    return {}


def bury(workspace: Workspace, number: int, *, why: Why, by: int) -> None:
    """Write a release's tombstone; from then on it is gone for every reader."""
    folder = workspace.release(number)
    day, *held = _held(folder)
    history = history_of(folder)
    stone = Tombstone(
        release=number,
        date=day,
        parent=history.get("parent"),
        documents=held[0],
        chunks=held[1],
        examples=held[2],
        forced=bool(history.get("forced")),
        why=why,
        retired_on=date.today().isoformat(),  # noqa: DTZ011 - the user's own calendar day is meant
        by=by,
    )
    text = json.dumps(asdict(stone), indent=2, sort_keys=True) + "\n"
    write_text(text, _stone(workspace, number), mode=SHARED)


def _held(folder: Path) -> tuple[str, int, int, int]:
    """Return what a tombstone says of a release: its day, documents, chunks and examples."""
    try:
        manifest = read_manifest(folder)
    except DamagedReleaseError:
        return "", 0, 0, 0
    counts = manifest["counts"]
    sizes = counts["documents"]["in"], counts["corpus"]["chunks"], counts["finetune"]["examples"]
    return manifest["as_of"], *sizes


def history_of(folder: Path) -> dict[str, Any]:
    """Return a release's history, empty where it has none that can be read."""
    try:
        values: dict[str, Any] = json.loads((folder / "history.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return values


def tombstones(workspace: Workspace) -> list[Tombstone]:
    """Return what is left of retired releases, the oldest first."""
    return [stone for n in _buried(workspace) if (stone := tombstone(workspace, n)) is not None]


def tombstone(workspace: Workspace, number: int) -> Tombstone | None:
    """Return what is left of a release, if it was retired."""
    try:
        text = _stone(workspace, number).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Tombstone(**json.loads(text))


def epitaph(stone: Tombstone) -> str:
    """Return what to tell a reader who asks for a retired release."""
    why = {
        "retention": "releases.keep and releases.days say which stay",
        "erased": "something it held was erased",
        "damaged": "it was damaged, and the next one was published in its place",
    }[stone.why]
    of = f" of {stone.date}" if stone.date else ""
    return f"release {stone.release}{of} was retired on {stone.retired_on}: {why}."


def _buried(workspace: Workspace) -> list[int]:
    stones = _stone(workspace, 0).parent.glob("[0-9]*.json")
    return sorted(int(path.stem) for path in stones)


def _stone(workspace: Workspace, number: int) -> Path:
    return workspace.release(0).parent / "retired" / f"{number}.json"


def _remove(workspace: Workspace, number: int) -> None:
    """Remove a buried release's tag, then its folder, renamed first so that none is seen half there."""
    Corpus(workspace.corpus).forget(number)
    folder = workspace.release(number)
    if folder.exists():
        folder.rename(_going(folder))
    for rest in folder.parent.glob(f"{_GOING}*"):
        shutil.rmtree(rest)


def _going(folder: Path) -> Path:
    place = folder.with_name(f"{_GOING}{folder.name}")
    shutil.rmtree(place, ignore_errors=True)
    return place
