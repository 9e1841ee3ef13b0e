"""What installing a package brings along, and what else is there and must not be seen."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable


def brought(requirements: Iterable[str]) -> set[str]:
    """Return the names of all installed packages that some requirements need, those of theirs too."""
    found: set[tuple[str, str]] = set()
    todo = [(Requirement(text), "") for text in requirements]
    while todo:
        wanted, extra = todo.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        for asked in {"", *wanted.extras}:
            if (name, asked) in found:
                continue
            found.add((name, asked))
            try:
                needs = metadata.requires(name) or []
            except metadata.PackageNotFoundError:
                continue
            todo += [(Requirement(text), asked) for text in needs]
    return {name for name, _ in found}


def unseen(requirements: Iterable[str]) -> set[str]:
    """Return the importable names that only packages outside those requirements give."""
    inside = brought(requirements)
    return {
        module
        for module, owners in metadata.packages_distributions().items()
        if not {canonicalize_name(owner) for owner in owners} & inside
    }
