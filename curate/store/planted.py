"""What a workspace that nobody named must not hold: links and other things that are no files.

Whoever may write to a folder may lay a workspace there, through which a run would write elsewhere.
Its whole tree is walked by what the folders say of their entries, none of which is looked at alone:
ten thousand files of a Lance table cost some milliseconds.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def odd_places(root: Path) -> Iterator[tuple[str, bool]]:
    """Yield what is neither a plain file nor a folder, the workspace itself included.

    Each comes with whether it is a link. A folder that cannot be listed is passed over: a run fails there.
    """
    try:
        mode = root.lstat().st_mode
    except OSError:
        return
    if not stat.S_ISDIR(mode):
        if not stat.S_ISREG(mode):
            yield str(root), stat.S_ISLNK(mode)
        return
    folders = [str(root)]
    while folders:
        yield from _odd_in(folders.pop(), folders)


def _odd_in(folder: str, folders: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield what is odd in a folder, and add the folders in it to those to come."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        elif not entry.is_file(follow_symlinks=False):
            yield entry.path, entry.is_symlink()
