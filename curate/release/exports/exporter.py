"""What an exporter is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles


@dataclass(frozen=True, slots=True)
class Written:
    """What an exporter wrote, and remarks that a person should read; no text of a document."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, and the function that writes it into an empty folder."""

    name: str
    write: Callable[[ReleaseFiles, Path], Written]
