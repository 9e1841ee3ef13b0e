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


def damaged(folder: Path, why: str) -> DamagedReleaseError:
    """Return the error that tells of a release without a manifest, and the ways out."""
    message = (
        f"{folder / 'manifest.json'}: {why}: release {folder.name} is damaged. Put it back from a backup. "
        "Without one, `curate run` publishes a whole release in place of the one in force, and "
        "`curate rollback N` brings back an older one."
    )
    return DamagedReleaseError(message)


def is_whole(folder: Path) -> bool:
    """Tell whether a release's manifest can be read."""
    try:
        return bool(read(folder)["counts"])
    except (DamagedReleaseError, OSError, LookupError, TypeError):
        return False


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
