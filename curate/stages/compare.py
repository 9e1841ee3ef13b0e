"""Compare: the true similarity of a pair of texts that share a band of their sketches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curate import duplicates
from curate.stage import stage
from curate.stages.sign import visible_text
from curate.tables.parsed import Parsed


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two texts are: the Jaccard similarity of their runs of five words, 0 to 1."""

    jaccard: float


@stage(version=1, grain="record")
def compare(one: Parsed, other: Parsed) -> Iterator[Similarity]:
    """Measure one pair."""
    left, right = (
        duplicates.shingles(duplicates.words(visible_text(parsed))) for parsed in (one, other)
    )
    yield Similarity(round(duplicates.similarity(left, right), 6))
