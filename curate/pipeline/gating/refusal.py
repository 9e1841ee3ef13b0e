"""Why the last run published nothing: kept until one does, so that whoever looks for its rows is told.

It names gates, numbers and documents as they are published, never text of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "refused.txt"


def keep(private: Path, said: str) -> None:
    """Remember what a gate said."""
    (private / _NAME).write_text(f"{said}\n", encoding="utf-8")


def clear(private: Path) -> None:
    """Forget it: a release was published, or is current."""
    (private / _NAME).unlink(missing_ok=True)


def read(private: Path) -> str:
    """Return what the last run was refused for, "" if it was not."""
    try:
        return (private / _NAME).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
