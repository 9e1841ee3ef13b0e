"""The manifest: what a release is made of and how it was made; equal releases have equal manifests.

It holds no time, no path of a machine and no text of a document. What differs between equal
releases (numbers, parents, times, changes) stands in `history.json` beside it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.errors import DamagedReleaseError
from curate.release.digests import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
CORPUS = "corpus"  # whose digest is that of rows, beside those of files


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release's manifest.

    `counts` are nested counts by name; `digests` are the content digests of its tables, `versions`
    those of tools and stages; `warnings` are reason codes that concern the whole run.
    """

    name: str
    as_of: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    counts: Mapping[str, Any]
    digests: Mapping[str, str]
    warnings: tuple[str, ...]

    def content(self) -> str:
        """Return the digest by which a run decides whether anything changed; dates aside."""
        return hashlib.sha256(canonical(dict(self.digests))).hexdigest()

    def written(self) -> str:
        """Return the file's text."""
        values = {
            "format": FORMAT,
            "name": self.name,
            "as_of": self.as_of,
            "content": self.content(),
            "settings": self.settings,
            "versions": dict(sorted(self.versions.items())),
            "counts": self.counts,
            "digests": dict(sorted(self.digests.items())),
            "warnings": list(self.warnings),
        }
        return json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release's folder.

    Raises:
        DamagedReleaseError: if it is not there, or holds something else.
    """
    try:
        values: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise damaged(folder, "is missing") from None
    except ValueError:
        raise damaged(folder, "is no JSON") from None
    return values


def damaged(folder: Path, why: str, *, name: str = "manifest.json") -> DamagedReleaseError:
    """Return the error that tells of a release with a damaged file, and the ways out."""
    message = (
        f"{folder / name}: {why}: release {folder.name} is damaged. Put it back from a backup. "
        "Without one, `curate run` publishes a whole release in place of the one in force, and "
        "`curate rollback N` brings back an older one."
    )
    return DamagedReleaseError(message)


def is_whole(folder: Path) -> bool:
    """Tell whether a release's files are those that its manifest names, and its history can be read."""
    try:
        check(folder)
    except DamagedReleaseError:
        return False
    return True


def check(folder: Path) -> None:
    """Hold the files of a release to its manifest.

    Raises:
        DamagedReleaseError: with the first that is missing or another.
    """
    held = read(folder)
    if not (isinstance(held, dict) and held.get("counts") and _is_json(folder / "history.json")):
        name = "history.json" if isinstance(held, dict) and held.get("counts") else "manifest.json"
        raise damaged(folder, "holds something else", name=name)
    for name, digest in held.get("digests", {}).items():
        if name != CORPUS and _digest(folder / name) != digest:
            raise damaged(folder, "is not as it was published", name=name)


def counts(folder: Path) -> dict[str, Any]:
    """Return what a release's manifest counts; nothing where it cannot be read."""
    try:
        held: dict[str, Any] = read(folder)["counts"]
    except (DamagedReleaseError, OSError, LookupError, TypeError):
        return {}
    return held


def _is_json(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
