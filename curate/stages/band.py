"""Band: how sketches are cut into bands, so that texts of a similarity share one.

A piece of work like any other, so that only workers load what finds the optimum, and only once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curate import duplicates
from curate.duplicates import Bands
from curate.stage import stage


@dataclass(frozen=True, slots=True)
class Asked:
    """The similarity (0 to 1) from which pairs are wanted."""

    similarity: float


@stage(version=2, grain="record")
def band(asked: Asked) -> Iterator[Bands]:
    """Return the bands for a similarity."""
    yield duplicates.bands(asked.similarity)
