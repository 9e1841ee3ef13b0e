"""One erasure from beginning to end, under the workspace's lock.

First the successor with the suppressions, in one commit point; then every release that held anything is
buried; then what lies in private is removed; then all of it is proved, and the record signed. What a kill
leaves undone is finished by the next command that takes the lock, the same one or a run.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING

from curate import ids
from curate.erase import begun, choosing, successor
from curate.erase.begun import Begun
from curate.erase.proof import traces
from curate.errors import ContractError
from curate.release.publish import put_in_force, settle
from curate.release.reading import Release, is_readable
from curate.release.retention import bury, published, tombstone
from curate.release.rollback import undone
from curate.store.corpus import Corpus
from curate.store.files import write_text
from curate.store.state import State
from curate.tables.assignments import Assignment
from curate.tables.change_log import Change
from curate.tables.erasures import Erasure
from curate.tables.sources import Identity
from curate.tables.suppressions import Suppression

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from curate.erase.choosing import Meant
    from curate.store.head import Head
    from curate.store.workspace import Workspace
    from curate.tables.erasures import ErasurePlan

_MOST_SEARCHED = 20
_LEAST_LETTERS = 24
_NO_SIGNATURE = ""


def erase(workspace: Workspace, head: Head, found: Meant, plan: ErasurePlan) -> Erasure:
    """Erase what was found; only under the workspace's lock.

    Args:
        workspace: Where.
        head: What is in force.
        found: The documents.
        plan: What was shown of it.

    Raises:
        ContractError: if the proof finds anything left.
        BusyError: if another writer was faster.
    """
    gone = set(choosing.documents(found))
    words = _own_words(workspace, sorted(set(plan.retires) - found.broken), gone)
    state, suppressed = _state(workspace, head, found, gone)
    draft = workspace.private / "draft"
    try:
        written, examples = successor.clean(Release(workspace, head.release), gone, draft)
        number = len(list(begun.folder(workspace).glob("[0-9]*.json"))) + 1
        deleted = len(written.deletes)
        done = Begun(plan, tuple(words), number, deleted, examples, suppressed, head.release + 1)
        begun.write(workspace, done)
        told = _history(deleted, gone, undone=_undone(workspace, head, gone))
        new = put_in_force(workspace, head, written, state=state, history=told)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _finished(workspace, new, done)


def resumed(workspace: Workspace, head: Head) -> tuple[ErasurePlan, Erasure] | None:
    """Finish an erasure that was stopped, if there is one; only under the workspace's lock.

    Returns:
        What had been shown of it, and its record; nothing where none is left to finish.

    Raises:
        ContractError: if the proof finds anything left.
    """
    left = begun.read(workspace)
    if left is None or head.release < left.successor:
        begun.clear(workspace)
        return None
    return left.plan, _finished(workspace, head, left)


def _finished(workspace: Workspace, head: Head, one: Begun) -> Erasure:
    """Clear away what an erasure is to take, prove it and sign the record; the clean release stands."""
    _clear(workspace, head, one.plan.retires, since=one.successor)
    left = traces(workspace, one.words, but=begun.place(workspace))
    done = Erasure(
        number=one.number,
        date=date.today().isoformat(),  # noqa: DTZ011 - the user's own calendar day is meant
        documents=tuple(sorted(document.doc_id for document in one.plan.documents)),
        chunks=one.chunks,
        examples=one.examples,
        suppressed=one.suppressed,
        retired=one.plan.retires,
        successor=one.successor,
        searched=len(one.words),
        found=len({word for held in left.values() for word in held}),
        signature=_NO_SIGNATURE,
    )
    return _kept(workspace, done, left)


def _kept(workspace: Workspace, done: Erasure, left: Collection[str]) -> Erasure:
    """Sign a record and keep it.

    Raises:
        ContractError: if anything is left.
    """
    signed = replace(done, signature=signature(done, workspace.key("ids")))
    text = json.dumps(asdict(signed), indent=2, sort_keys=True) + "\n"
    write_text(text, begun.folder(workspace) / f"{signed.number}.json")
    begun.clear(workspace)
    if left:
        message = f"{workspace.root}: words of an erased document are still in: {sorted(left)}."
        raise ContractError(message)
    return signed


def signature(record: Erasure, key: bytes) -> str:
    """Return the keyed digest of a record; whoever holds the workspace's key can check it."""
    said = json.dumps(asdict(replace(record, signature=_NO_SIGNATURE)), sort_keys=True)
    return ids.mac(key, "erasure", said).hex()


def _undone(workspace: Workspace, head: Head, gone: Collection[str]) -> str:
    """Return what the run that was rolled back is without some documents ("": none was, or it is gone)."""
    content, draft = undone(workspace, head), workspace.private / "draft-undone"
    whole = (Release(workspace, n) for n in published(workspace) if is_readable(workspace, n))
    held = next((one for one in whole if one.manifest["content"] == content), None)
    try:
        return successor.clean(held, gone, draft)[0].content if held else ""
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _history(deleted: int, gone: Collection[str], *, undone: str) -> dict[str, object]:
    return {
        "changes": {"chunks": {"add": 0, "delete": deleted, "update_text": 0, "update_meta": 0}},
        "gates": [],
        "forced": False,
        "seconds": {},
        "total_seconds": 0,
        "erased": {"documents": len(gone), **({"content": undone} if undone else {})},
    }


def _state(
    workspace: Workspace, head: Head, found: Meant, gone: Collection[str]
) -> tuple[State, int]:
    """Write the state without the documents and with what is suppressed; return how much that is."""
    state = State(workspace.state, head.state)
    known = state.rows("suppressions", Suppression)
    new = {Suppression("address", ids.decode(place)[1]) for place in found.places}
    new |= {Suppression("version", ids.decode(version)[1]) for version in found.versions}
    merged = sorted({*known, *new}, key=lambda row: (row.kind, row.digest))
    state.write("suppressions", Suppression, merged)
    away = {ids.decode(name)[1] for name in gone}
    stay = [row for row in state.rows("identities", Identity) if row.doc_id not in away]
    state.write("identities", Identity, stay)
    splits = [row for row in state.rows("assignments", Assignment) if row.doc_id not in away]
    state.write("assignments", Assignment, splits)
    log = [row for row in state.rows("changes", Change) if row.doc_id not in away]
    state.write("changes", Change, log)
    return state, len(new)


def _clear(workspace: Workspace, head: Head, retires: Iterable[int], *, since: int) -> None:
    """Remove every release that held anything, the versions behind them, and all private results."""
    for number in retires:
        if number < since and tombstone(workspace, number) is None:
            bury(workspace, number, why="erased", by=since)
    shutil.rmtree(workspace.memo("any").parent, ignore_errors=True)
    shutil.rmtree(workspace.shown, ignore_errors=True)
    State(workspace.state, head.state).sweep(())
    settle(workspace, head)


def _own_words(workspace: Workspace, releases: Sequence[int], gone: Collection[str]) -> list[str]:
    """Return passages that these documents hold and no other does, the longest of some chunks.

    They are held in memory alone, to be looked for when everything is done.
    """
    candidates: set[str] = set()
    for number in releases:
        for doc_id, text in _texts(workspace, number):
            if doc_id in gone and len(candidates) < _MOST_SEARCHED:
                candidates |= _longest(text)
    for number in releases:
        for doc_id, text in _texts(workspace, number):
            if doc_id not in gone:
                candidates = {word for word in candidates if word not in text}
    return sorted(candidates)


def _texts(workspace: Workspace, number: int) -> Iterable[tuple[str, str]]:
    for batch in Corpus(workspace.corpus).columns(number, ["doc_id", "index_text"]):
        documents, texts = (batch.column(i).to_pylist() for i in range(2))
        yield from zip(documents, texts, strict=True)


def _longest(text: str) -> set[str]:
    line = max(text.splitlines(), key=len, default="")
    return {line} if len(line) >= _LEAST_LETTERS else set()
