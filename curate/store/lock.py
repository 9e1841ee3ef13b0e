"""One writer at a time: an advisory lock on the workspace that dies with its process."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def locked(private: Path) -> Iterator[None]:
    """Hold the workspace's lock.

    Raises:
        BusyError: if another run holds it.
    """
    descriptor = os.open(private / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        message = (
            f"{private.parent}: another run holds this workspace; try again when it has ended."
        )
        raise BusyError(message) from None
    try:
        yield
    finally:
        os.close(descriptor)
