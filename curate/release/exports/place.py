"""Where an export goes: made beside its place, moved there when complete, marked with what it holds."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles

MARKER = "export.json"
_BLOCK = 1 << 20


@contextmanager
def placed(folder: Path, *, outside: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of another once its block has ended well.

    Args:
        folder: The place: absent, empty, or an earlier export and nothing else.
        outside: The workspace, into which nothing is exported.

    Raises:
        ConfigError: if the place is in use or cannot be written.
    """
    place = folder.expanduser().resolve()
    _check(place, outside=outside.resolve())
    draft = place.with_name(f".{place.name}.curate-export")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
    except OSError as error:
        message = f"{folder}: cannot be written: {error.strerror}."
        raise ConfigError(message) from None
    try:
        yield draft
        _swap(draft, place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def mark(draft: Path, *, format_name: str, release: ReleaseFiles, notes: Sequence[str]) -> None:
    """Say in the folder what it holds, each file with its SHA-256."""
    values = {
        "format": format_name,
        "release": release.number,
        "name": release.name,
        "content": release.content,
        "files": {
            path.relative_to(draft).as_posix(): _sha256(path)
            for path in sorted(draft.rglob("*"))
            if path.is_file()
        },
        "notes": list(notes),
    }
    text = json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (draft / MARKER).write_text(text, encoding="utf-8", newline="\n")


def _check(place: Path, *, outside: Path) -> None:
    if outside == place or outside in place.parents:
        message = f"{place}: lies inside the workspace. Name a folder outside of {outside}."
        raise ConfigError(message)
    if place.exists() and not place.is_dir():
        message = f"{place}: is no folder. Name an empty one with --output."
        raise ConfigError(message)
    if foreign := _foreign(place):
        message = (
            f"{place}: is not empty and no earlier export: it holds {foreign[0]}. "
            "Name an empty folder with --output."
        )
        raise ConfigError(message)


def _foreign(place: Path) -> list[str]:
    """Return what lies in a folder that no earlier export put there."""
    if not place.exists():
        return []
    own = {MARKER, *_listed(place)}
    folders = {parent.as_posix() for name in own for parent in PurePosixPath(name).parents}
    found = ((path, path.relative_to(place).as_posix()) for path in sorted(place.rglob("*")))
    return [
        name for path, name in found if name not in own and not (path.is_dir() and name in folders)
    ]


def _listed(place: Path) -> list[str]:
    """Return what an earlier export says it wrote; nothing where there was none."""
    try:
        values: Any = json.loads((place / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    files = values.get("files") if isinstance(values, dict) else None
    return list(files) if isinstance(files, dict) else []


def _swap(draft: Path, place: Path) -> None:
    old = place.with_name(f".{place.name}.curate-export-old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if place.exists():
            place.replace(old)
        draft.replace(place)
    except OSError as error:
        if old.exists() and not place.exists():
            old.replace(place)
        message = f"{place}: cannot be replaced: {error.strerror}."
        raise ConfigError(message) from None
    shutil.rmtree(old, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
