"""How the folder of a workspace is known: by a file in it that nobody has by chance.

What is so marked is entered by no listing, so that a name alone must not do.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "curate.workspace"
_MARK = b"A workspace of curate. No listing enters this folder.\n"


def is_marked(folder: Path) -> bool:
    """Tell whether a folder is a workspace.

    The file of older ones is empty: they are known by the folders that were made with it.
    """
    mark = _mark_in(folder)
    older = mark == b"" and all(_is_folder(folder / name) for name in ("private", "private/state"))
    return mark == _MARK or older


def mark(folder: Path) -> None:
    """Mark a folder as a workspace.

    Raises:
        OSError: if it cannot be written.
    """
    if _mark_in(folder) == _MARK:
        return
    temporary = folder / f".{MARKER}.tmp"
    temporary.write_bytes(_MARK)
    temporary.replace(folder / MARKER)


def _mark_in(folder: Path) -> bytes | None:
    """Return what the file holds, None if there is none that is one."""
    try:
        descriptor = os.open(folder / MARKER, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        plain = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return os.read(descriptor, len(_MARK) + 1) if plain else None
    finally:
        os.close(descriptor)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
