"""Exact and near duplicates: what makes two texts the same, and how such pairs are found."""

from curate.duplicates.sketch import candidates, sketch, stack
from curate.duplicates.words import shingles, similarity, words

__all__ = ["candidates", "shingles", "similarity", "sketch", "stack", "words"]
