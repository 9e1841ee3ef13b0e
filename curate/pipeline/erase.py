"""Erasing a document from a workspace: what would go, and doing it, under the workspace's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.erase import begun, choosing, erasing
from curate.errors import ConfigError
from curate.pipeline import current
from curate.pipeline.gating import refusal
from curate.pipeline.storage import refused
from curate.release.publish import settle
from curate.release.reading import open_release
from curate.store import head as heads
from curate.store.lock import locked

if TYPE_CHECKING:
    from curate.store.workspace import Workspace
    from curate.tables.erasures import Erasure, ErasurePlan


def plan(workspace: Workspace, name: str) -> ErasurePlan:
    """Return what an erasure of a document, by id or address, would take; nothing is touched.

    One that was stopped half-way is shown as it was.

    Raises:
        ConfigError: if no release that is kept holds such a document.
    """
    now = open_release(workspace.root).number
    left = begun.read(workspace)
    if left and left.successor <= now and left.means(name):
        return left.plan
    return choosing.planned(workspace, choosing.meant(workspace, name), now)


def erase(workspace: Workspace, name: str, *, shown: ErasurePlan) -> Erasure:
    """Erase a document, and return the signed record.

    Args:
        workspace: Where.
        name: The document's id or address.
        shown: What `plan` returned; nothing is done if it is another now.

    Raises:
        ConfigError: if there is no such document, or something else would go than was shown.
        BusyError: if another run holds the workspace.
        ContractError: if something of it is left.
        StorageError: if the workspace cannot be written.
    """
    with locked(workspace.private):
        head = heads.read(workspace.head)
        settle(workspace, head)  # what a dead run left would otherwise be searched in vain
        resumed = erasing.resumed(workspace, head)
        if resumed and resumed[0] == shown:
            return resumed[1]
        found = choosing.meant(workspace, name)
        now = choosing.planned(workspace, found, head.release)
        if now != shown:
            message = f"{workspace.root}: a run came in between, and something else would go now; call again."
            raise ConfigError(message)
        try:
            current.clear(workspace.private)
            refusal.clear(workspace.private)
            return erasing.erase(workspace, head, found, now)
        except OSError as error:
            raise refused(error, workspace, before=head.release) from None


def finish(workspace: Workspace) -> list[str]:
    """Finish an erasure that was stopped half-way, and return what to tell of it; under the lock alone.

    Raises:
        ContractError: if something of it is left.
    """
    head = heads.read(workspace.head)
    resumed = erasing.resumed(workspace, head) if begun.place(workspace).exists() else None
    if resumed is None:
        return []
    record = f"private/erasures/{resumed[1].number}.json"
    return [f"an erasure that had been stopped was finished; its record: {record}"]
