"""Panics of readers written in Rust, taken for what they are here: a broken document.

PyO3 raises them outside of `Exception`, by a class that no module exports, so that they would end the
worker.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def panics_as_corrupt() -> Iterator[None]:
    """Turn a panic into `DocumentError("corrupt")`; let everything else through."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DocumentError("corrupt") from None
