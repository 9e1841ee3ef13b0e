"""The source of a pipeline that a single file belongs to, made to hold that file alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from curate.sources.facts import compiled
from curate.sources.settings import SourceSettings
from curate.sources.walk import is_remote, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def source_of(
    file: Path, sources: Sequence[SourceSettings], base: Path
) -> tuple[SourceSettings, str]:
    """Return how a file is read, and what a person should be told of that ("": nothing).

    It is the first source that includes the file, else the first in whose folder it lies, else one
    of which nothing is said. Patterns on paths have no meaning for a file alone and are left away.

    Args:
        file: An absolute path.
        sources: Those of the pipeline.
        base: The folder that their relative paths start at.
    """
    around = [(one, path) for one in sources if (path := _within(file, one, base)) is not None]
    source = next((one for one, path in around if _reads(one, path)), None)
    if source is not None:
        return _alone(source, file), ""
    if around:
        passed = around[0][0]
        said = (
            f"{file.name}: a run passes over it; `include` and `exclude` of the source "
            f"{passed.title()!r} say so."
        )
        return _alone(passed, file), said
    bare = SourceSettings(path=str(file), name=file.name)
    return (
        bare,
        f"{file.name}: lies in no source of the pipeline; it is read without what they say.",
    )


def _alone(source: SourceSettings, file: Path) -> SourceSettings:
    told = {"path": str(file), "name": source.title(), "include": ("**/*",), "exclude": ()}
    return source.model_copy(update={**told, "patterns": ()})


def _within(file: Path, source: SourceSettings, base: Path) -> str | None:
    """Return a file's path in a source on this disk, None if it lies elsewhere."""
    place = place_of(source.path, base)
    if is_remote(place):
        return None
    found = Path(os.path.realpath(file.parent), file.name)
    if found == Path(place):
        return file.name
    return found.relative_to(place).as_posix() if found.is_relative_to(place) else None


def _reads(source: SourceSettings, path: str) -> bool:
    return _fits(path, source.include) and not _fits(path, source.passed_over())


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(compiled(pattern).fullmatch(path) for pattern in patterns)
