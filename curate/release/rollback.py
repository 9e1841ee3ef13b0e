"""Rollback: an older release's content, published again under a new number.

History goes on, it is never cut: release K's content becomes release N+1, whose parent is N. The
state stays that of N (ids, splits), and N's content is remembered, so that a run over unchanged
inputs publishes nothing; the next change of theirs does.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np

from curate.release import manifest as manifests
from curate.release.changes.chunks import compared
from curate.release.changes.columns import held
from curate.release.publish import Written, put_in_force
from curate.release.retention import history_of
from curate.store.corpus import Corpus
from curate.store.state import State
from curate.tables.chunks import Chunk
from curate.tables.releases import RolledBack
from curate.tables.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    from curate.release.changes.chunks import Compared
    from curate.release.reading import Release
    from curate.store.head import Head
    from curate.store.workspace import Workspace

_BATCH = 4096


def in_force(workspace: Workspace, head: Head) -> set[str]:
    """Return the digests of the content that a run has nothing to add to.

    These are the content in force, and after a rollback that of the run which was rolled back.
    """
    return {head.manifest, undone(workspace, head)} - {""} if head.release else set()


def undone(workspace: Workspace, head: Head) -> str:
    """Return the content of the run that the release in force rolled back ("": it did not).

    An erasure that follows a rollback carries it on, without what was erased.
    """
    history = history_of(workspace.release(head.release))
    said = history.get("rollback") or history.get("erased") or {}
    return str(said.get("content", ""))


def roll_back(
    workspace: Workspace,
    head: Head,
    target: Release,
    *,
    renumber: Callable[[Path, int], None],
    forced: bool = False,
) -> tuple[Head, RolledBack]:
    """Publish a release's content again; only under the workspace's lock.

    Args:
        workspace: Where.
        head: What is in force.
        target: A release that is kept.
        renumber: Lets the page in a folder say the number that it will have.
        forced: Whether it is done against a refusal.

    Returns:
        The new head and what was done; the old head where that content is in force already.

    Raises:
        BusyError: if another writer was faster.
    """
    content = manifests.read(target.folder)["content"]
    if content == head.manifest:
        same = RolledBack(head.release, target.number, head.release, False, 0, 0, 0)
        return head, same
    corpus = Corpus(workspace.corpus)
    lost = corpus.lacks(head.release)
    before = held(None if lost else corpus.at(head.release))
    found = compared(before, held(corpus.at(target.number)))
    deletes = found.old.ids(found.deleted)
    draft = _copied(target.folder, workspace.private / "draft")
    renumber(draft, head.release + 1)
    written = Written(draft, content, _upserts(found), deletes, anew=lost)
    told = _history(workspace, head, target, found)
    told["forced"] = told["forced"] or forced
    state = State(workspace.state, head.state)
    try:
        new = put_in_force(workspace, head, written, state=state, history=told)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    updates = len(found.text[1]) + len(found.same[1])
    sizes = len(found.added), len(deletes), updates
    return new, RolledBack(new.release, target.number, head.release, True, *sizes)


def _upserts(found: Compared) -> pa.Table:
    """Return the rows of the later version that are new or differ."""
    import pyarrow as pa

    places = np.sort(np.concatenate([found.added, found.text[1], found.same[1]]))
    schema = arrow_schema(Chunk)
    assert found.new.dataset is not None, "a release that is kept can be opened"
    parts = [
        found.new.dataset.take(places[start : start + _BATCH].tolist(), columns=schema.names)
        for start in range(0, len(places), _BATCH)
    ]
    return pa.concat_tables([schema.empty_table(), *(part.cast(schema) for part in parts)])


def _copied(folder: Path, draft: Path) -> Path:
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(folder, draft)
    return draft


def _history(workspace: Workspace, head: Head, target: Release, found: Compared) -> dict[str, Any]:
    """Return the history of the new release: what it undoes, under the gates that its content passed."""
    counts = {
        "add": len(found.added),
        "delete": len(found.deleted),
        "update_text": len(found.text[1]),
        "update_meta": len(found.same[1]),
    }
    return {
        "changes": {"chunks": counts},
        "gates": target.history.get("gates", []),
        "forced": bool(target.history.get("forced")),
        "seconds": {},
        "total_seconds": 0,
        "rollback": {
            "to": target.number,
            "from": head.release,
            "content": undone(workspace, head) or head.manifest,
        },
    }
