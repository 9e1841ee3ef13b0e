"""What cutting is told and what it gives back.

A cut is a pair of offsets into the canonical text with what retrieval needs to know beside them; it
holds no copy of the text, so that redaction can alter what is shown without moving a border.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.errors import ConfigError

if TYPE_CHECKING:
    from curate.tables.parsed import Kind


class Strategy(StrEnum):
    """Where borders are sought."""

    BALANCED = "balanced"  # sections, then even chunks at the ends of paragraphs and sentences
    RECURSIVE = "recursive"  # sections, then filled up greedily at the same places
    FIXED = "fixed"  # runs of words up to the size, whatever stands there
    PAGE = "page"  # a page each, balanced where it is too long
    ELEMENT = "element"  # a block each, balanced where it is too long


class Split(StrEnum):
    """Which borders no chunk may cross."""

    HEADING = "heading"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How to cut.

    Args:
        strategy: Where borders are sought.
        size: The most tokens of a chunk.
        split: `heading` keeps a chunk within the section of its heading.
        heading_level: The lowest level of heading (6 is the lowest there is) that splits.
        runt: Fewer tokens than this are no chunk of their own where they can go with what follows.
        whole: How many times the size a table, code, procedure or question with answer may reach.
    """

    strategy: Strategy = Strategy.BALANCED
    size: int = 250
    split: Split = Split.HEADING
    heading_level: int = 6
    runt: int = 40
    whole: float = 1.5

    def __post_init__(self) -> None:
        """Refuse what cannot be cut by."""
        if self.size < 1:
            raise ConfigError(f"chunk size must be at least 1 token, not {self.size}.")
        if self.whole < 1:
            raise ConfigError(f"chunk 'whole' must be at least 1, not {self.whole}.")


@dataclass(frozen=True, slots=True)
class Cut:
    """One chunk, as spans (start, end) of the canonical text.

    Attributes:
        start: Its first code point, never white space.
        end: Behind its last code point, never white space.
        heading_path: The headings it stands under, highest first, those inside it included.
        header: The header rows of a table that this chunk begins within: for the index text only.
        kinds: The kinds of block in it, in order of appearance.
        page: The page it begins on, from 1.
        tokens: Those of its visible text, without heading path and header.
    """

    start: int
    end: int
    heading_path: tuple[tuple[int, int], ...]
    header: tuple[tuple[int, int], ...]
    kinds: tuple[Kind, ...]
    page: int | None
    tokens: int
