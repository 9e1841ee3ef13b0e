"""Hides packages from a process, as if they had never been installed."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


def hide(names: Iterable[str]) -> None:
    """Let nobody find some importable names any more, as if they had never been installed."""
    hidden = frozenset(names)

    class Bare(PathFinder):
        @classmethod
        def find_spec(
            cls,
            fullname: str,
            path: Sequence[str] | None = None,
            target: ModuleType | None = None,
        ) -> ModuleSpec | None:
            if fullname.partition(".")[0] in hidden:
                return None
            return PathFinder.find_spec(fullname, path, target)

    sys.meta_path[:] = [Bare if finder is PathFinder else finder for finder in sys.meta_path]
