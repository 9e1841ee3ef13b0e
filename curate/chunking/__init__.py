"""Cutting a document into chunks that are found and that survive edits."""

from curate.chunking.cutting import cut
from curate.chunking.model import ChunkSettings, Cut, Split, Strategy

__all__ = ["ChunkSettings", "Cut", "Split", "Strategy", "cut"]
