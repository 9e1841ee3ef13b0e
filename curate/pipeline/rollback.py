"""Rolling a workspace back to an older release: under its lock, and so that the next run looks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline import current
from curate.pipeline.report import renumber
from curate.pipeline.storage import refused
from curate.release.manifest import is_whole
from curate.release.publish import settle
from curate.release.reading import open_release
from curate.release.retention import Keeping
from curate.release.rollback import roll_back
from curate.store import head as heads
from curate.store.lock import locked

if TYPE_CHECKING:
    from curate.release.reading import Release
    from curate.store.head import Head
    from curate.store.workspace import Workspace
    from curate.tables.releases import RolledBack


def rollback(workspace: Workspace, number: int) -> RolledBack:
    """Publish a kept release's content as a new release.

    Raises:
        ConfigError: if there is no such release, or it was retired.
        BusyError: if another run holds the workspace.
        StorageError: if the workspace cannot be written.
    """
    with locked(workspace.private):
        head = heads.read(workspace.head)
        try:
            return _rolled(workspace, head, open_release(workspace.root, number))
        except OSError as error:
            raise refused(error, workspace, before=head.release) from None


def _rolled(workspace: Workspace, head: Head, target: Release) -> RolledBack:
    now = workspace.release(head.release)
    keeping = keeping_of(open_release(workspace.root) if is_whole(now) else target)
    current.clear(workspace.private)
    new, done = roll_back(workspace, head, target, renumber=renumber)
    settle(workspace, new, keeping)
    return done


def keeping_of(release: Release) -> Keeping:
    """Return which releases stay, as the settings of a release say."""
    settings = release.manifest["settings"].get("releases", {})
    return Keeping(settings.get("keep", 10), settings.get("days"))
