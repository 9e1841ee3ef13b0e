"""The releases of a workspace: what each holds, when it is for, and what it takes on the disk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate.release.reading import Release, is_readable
from curate.release.retention import published, tag_kept, tombstones
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.tables.releases import ReleaseLine, Releases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.store.workspace import Workspace
    from curate.tables.releases import Tombstone


def releases(workspace: Workspace) -> Releases:
    """Return every release, kept, damaged or retired, the oldest first."""
    head = heads.read(workspace.head)
    corpus = Corpus(workspace.corpus)
    tag_kept(workspace, head)
    numbers = [n for n in published(workspace) if n <= head.release]
    broken = {n for n in numbers if not is_readable(workspace, n)}
    files = {number: corpus.files(number) for number in numbers}
    readers = Counter(name for held in files.values() for name in held)
    whole = [Release(workspace, n) for n in numbers if n not in broken]
    lines = [_line(one, files[one.number], readers, head.release) for one in whole]
    lines += [_broken(Release(workspace, n), files[n]) for n in broken]
    lines += [_gone(stone) for stone in tombstones(workspace)]
    sizes = {name: size for held in files.values() for name, size in held.items()}
    return Releases(
        workspace=str(workspace.root),
        in_force=head.release,
        bytes=sum(sizes.values()) + sum(_size(workspace.release(n)) for n in numbers),
        releases=tuple(sorted(lines, key=lambda line: line.release)),
    )


def _line(
    release: Release, files: Mapping[str, int], readers: Counter[str], now: int
) -> ReleaseLine:
    counts, folder = release.manifest["counts"], _size(release.folder)
    rolled = release.history.get("rollback")
    return ReleaseLine(
        release=release.number,
        date=release.manifest["as_of"],
        standing="in_force" if release.number == now else "kept",
        parent=release.history["parent"],
        documents=counts["documents"]["in"],
        chunks=counts["corpus"]["chunks"],
        examples=counts["finetune"]["examples"],
        forced=release.history["forced"],
        bytes=folder + sum(files.values()),
        own_bytes=folder + sum(size for name, size in files.items() if readers[name] == 1),
        rollback_to=rolled["to"] if rolled else None,
    )


def _broken(release: Release, files: Mapping[str, int]) -> ReleaseLine:
    """Return what can be said of a release whose manifest cannot be read."""
    return ReleaseLine(
        release=release.number,
        date="",
        standing="damaged",
        parent=None,
        documents=0,
        chunks=0,
        examples=0,
        forced=False,
        bytes=_size(release.folder) + sum(files.values()),
        own_bytes=0,
        rollback_to=None,
    )


def _gone(stone: Tombstone) -> ReleaseLine:
    return ReleaseLine(
        release=stone.release,
        date=stone.date,
        standing="erased" if stone.why == "erased" else "retired",
        parent=stone.parent,
        documents=stone.documents,
        chunks=stone.chunks,
        examples=stone.examples,
        forced=stone.forced,
        bytes=0,
        own_bytes=0,
        rollback_to=None,
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
