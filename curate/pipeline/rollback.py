"""Rolling a workspace back to an older release: under its lock, and so that the next run looks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ReleaseError
from curate.pipeline import current
from curate.pipeline.erase import finish
from curate.pipeline.gating.widening import widened
from curate.pipeline.report import renumber
from curate.pipeline.storage import refused
from curate.release.publish import settle
from curate.release.reading import is_readable, open_release
from curate.release.retention import Keeping
from curate.release.rollback import roll_back
from curate.store import head as heads
from curate.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.release.reading import Release
    from curate.store.head import Head
    from curate.store.workspace import Workspace
    from curate.tables.releases import RolledBack

_MOST_SHOWN = 5


def rollback(workspace: Workspace, number: int, *, force: bool = False) -> RolledBack:
    """Publish a kept release's content as a new release.

    Args:
        workspace: Where.
        number: The release.
        force: Do so even if more people could read a document than may now.

    Raises:
        ReleaseError: if they could, and nothing is forced.
        ConfigError: if there is no such release, or it was retired.
        BusyError: if another run holds the workspace.
        StorageError: if the workspace cannot be written.
    """
    with locked(workspace.private):
        head = heads.read(workspace.head)
        try:
            finish(workspace)
            return _rolled(workspace, head, open_release(workspace.root, number), force=force)
        except OSError as error:
            raise refused(error, workspace, before=head.release) from None


def _rolled(workspace: Workspace, head: Head, target: Release, *, force: bool) -> RolledBack:
    wider = widened(workspace, head.release, target.number)
    if wider and not force:
        raise ReleaseError(_refusal(target.number, head.release, wider))
    keeping = keeping_of(
        open_release(workspace.root) if is_readable(workspace, head.release) else target
    )
    current.clear(workspace.private)
    new, done = roll_back(workspace, head, target, renumber=renumber, forced=bool(wider))
    settle(workspace, new, keeping)
    return done


def _refusal(target: int, stays: int, wider: Sequence[str]) -> str:
    count = f"{len(wider):,} document{'s' * (len(wider) != 1)}"
    more = len(wider) - _MOST_SHOWN
    lines = [
        (
            f"rollback to release {target} is refused, release {stays} stays: {count} would be open to "
            "more than may read or learn from them now:"
        ),
        *(f"  {name}" for name in wider[:_MOST_SHOWN]),
        *([f"  and {more:,} more"] if more > 0 else []),
        "  To roll back all the same, add --force; it is recorded.",
    ]
    return "\n".join(lines)


def keeping_of(release: Release) -> Keeping:
    """Return which releases stay, as the settings of a release say."""
    settings = release.manifest["settings"].get("releases", {})
    return Keeping(settings.get("keep", 10), settings.get("days"))
