"""What the card of the fine-tuning set counts, gathered while rows stream by."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.tables.examples import Example

SPLITS = ("train", "validation", "test")
_MANY_GROUPS = 50


@dataclass(slots=True)
class Tally:
    """What the card counts, row by row; of documents and groups it keeps eight bytes each.

    `sizes` are bytes of Arrow memory by split, added by who makes the tables.
    """

    examples: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    extractors: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    quality: dict[tuple[str, str], Counter[int]] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    teaches: Counter[str] = field(default_factory=Counter)
    documents: dict[str, array[int]] = field(default_factory=dict)
    groups: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, examples: Iterable[Example]) -> None:
        """Count rows."""
        for example in examples:
            self._add(example)

    def _add(self, example: Example) -> None:
        kind = example.extractor, example.task
        self.examples[example.split] += 1
        self.tokens[example.split] += example.tokens
        self.extractors[*kind, example.split] += 1
        self.quality.setdefault(kind, Counter())[round(example.quality * 100)] += 1
        self.languages[example.language] += 1
        self.teaches[example.teaches] += 1
        self.documents.setdefault(example.split, array("Q")).append(_short(example.doc_id))
        self.groups.append(_short(example.group))

    def splits(self) -> list[str]:
        """Return the splits that have rows; all of them if none has."""
        return [s for s in SPLITS if self.examples[s]] or list(SPLITS)

    def document_count(self, split: str) -> int:
        """Return how many documents a split's answers stand in."""
        return _different(self.documents.get(split))

    def group_count(self) -> int:
        """Return how many groups of documents that belong together the answers stand in."""
        return _different(self.groups)


def why_empty(groups: int) -> str:
    """Return why a split is empty, as a clause: there are few groups; nothing if there are many.

    With shares of a tenth, fifty groups leave a split empty once in two hundred times.
    """
    if groups >= _MANY_GROUPS:
        return ""
    held = "one group" if groups == 1 else f"{groups} groups"
    return f"all examples come from {held} of documents, and a group is in one split as a whole"


def _different(found: array[int] | None) -> int:
    import numpy as np

    return len(np.unique(np.frombuffer(found, np.uint64))) if found else 0


def _short(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def median(found: Counter[int]) -> int:
    """Return the (upper) median of counted values, of which there is at least one."""
    half = found.total() // 2
    for value in sorted(found):
        half -= found[value]
        if half < 0:
            break
    return value
