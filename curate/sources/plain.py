"""Opening a file of this machine's disk so that what is read is what lies where it was listed.

Between the walk and the reading others may write to a share. What was a file may be a link by then,
or stand behind a folder that is one, and lead out of the share; a pipe would let its reader wait
for ever. A file that somebody saved anew meanwhile is still one, and is read.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO

_GONE = " (deleted)"  # how the system calls a file that was replaced after it was opened
_OPENED = "/proc/self/fd"
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_LINK = {errno.ELOOP, errno.EMLINK}  # what systems answer where they are to follow none


class NotPlainError(OSError):
    """What lies at a place is no longer the file that was listed there.

    Args:
        code: `link`, `special_file` or `changed_while_reading`.
    """

    def __init__(self, code: str) -> None:
        """Keep the reason code."""
        super().__init__(code)
        self.code = code


def open_plain(location: str) -> BinaryIO:
    """Open a file for reading.

    Args:
        location: An absolute path without links, as `walk` yields them.

    Raises:
        NotPlainError: if a link or something that is no file has taken its place.
        OSError: if it cannot be opened.
    """
    descriptor = _opened(location)
    try:
        _refuse_others(descriptor, location)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _opened(location: str, kind: int = 0) -> int:
    try:
        return os.open(location, _FLAGS | kind)
    except OSError as error:
        if error.errno in _LINK:
            raise NotPlainError("link") from None
        if error.errno == errno.ENXIO:  # a socket
            raise NotPlainError("special_file") from None
        raise


def _refuse_others(descriptor: int, location: str) -> None:
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise NotPlainError("special_file")
    if not _lies_at(descriptor, location):
        raise NotPlainError(_moved(location))


def _moved(location: str) -> str:
    """Return why something else lies at a place: a link on the way, or a change."""
    return "changed_while_reading" if os.path.realpath(location) == location else "link"


def _lies_at(descriptor: int, location: str) -> bool:
    """Tell whether an open file lies at a place by its whole path, no folder on the way being a link."""
    try:
        found = os.readlink(f"{_OPENED}/{descriptor}")  # noqa: PTH115 - the name as it is
    except OSError:  # a system that does not tell
        return os.path.realpath(location) == location and _is_same(descriptor, location)
    return found in {location, location + _GONE}


def _is_same(descriptor: int, location: str) -> bool:
    """Tell whether a place still holds an open file."""
    return os.path.samestat(os.fstat(descriptor), os.lstat(location))


def in_folder(folder: str) -> list[tuple[str, bool]]:
    """Return the sorted names in a folder, and which of them are folders themselves.

    Args:
        folder: An absolute path without links.

    Raises:
        NotPlainError: if a link has taken its place.
        OSError: if it cannot be listed.
    """
    try:
        descriptor = _opened(folder, os.O_DIRECTORY)
    except NotADirectoryError:
        raise NotPlainError(_moved(folder)) from None
    try:
        if not _lies_at(descriptor, folder):
            raise NotPlainError(_moved(folder))
        with os.scandir(descriptor) as found:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    finally:
        os.close(descriptor)
