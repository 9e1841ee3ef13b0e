"""Lance, imported late and without its remarks on standard error."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def lance() -> ModuleType | Any:  # noqa: ANN401 - lance is not typed
    """Return the lance module."""
    os.environ.setdefault("LANCE_LOG", "error")
    import lance as module

    return module
