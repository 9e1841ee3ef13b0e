"""Exact and near duplicates: what makes two texts the same, and how such pairs are found."""

from curate.duplicates.likeness import Held, likeness, outline, renames
from curate.duplicates.sketch import Bands, bands, candidates, sketch, stack
from curate.duplicates.words import Hashes, runs, shingles, similarity, words

__all__ = [
    "Bands",
    "Hashes",
    "Held",
    "bands",
    "candidates",
    "likeness",
    "outline",
    "renames",
    "runs",
    "shingles",
    "similarity",
    "sketch",
    "stack",
    "words",
]
