"""Heavy packages without what they bring along: Lance without its remarks, Arrow without pandas."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


def lance() -> ModuleType | Any:  # noqa: ANN401 - lance is not typed
    """Return the lance module."""
    os.environ.setdefault("LANCE_LOG", "error")
    import lance as module

    return module


def spare_pandas() -> None:
    """Let Arrow find no pandas, which it loads at its first array and takes long to load.

    That question is asked once a process; pandas itself can be imported as ever.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(hidden)


class _Hidden(MetaPathFinder):
    """Finds nothing, and lets nobody else find pandas."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the interface of importlib
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)
        return None
