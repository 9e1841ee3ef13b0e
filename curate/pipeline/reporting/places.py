"""Where documents come from, in words that tell something: sources, or folders of the only source.

A share that is one source says nothing by its name; its first folders do. Groups beyond the
largest are one group, so that a table never has more rows than a reader reads.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 9
REST = "others"
TOP = "top folder"
_DEEPEST = 4
_JOIN = " › "


@dataclass(frozen=True, slots=True)
class Places:
    """How documents are grouped; `depth` 0 groups by source, else by the first folders."""

    depth: int
    named: frozenset[str]

    @classmethod
    def of(cls, found: Iterable[tuple[str, str]]) -> Places:
        """Return the grouping for documents given as (source, address)."""
        counts = Counter(found)
        for depth in range(_depth(counts), _DEEPEST + 1):
            sizes: Counter[str] = Counter()
            for (source, address), count in counts.items():
                sizes[_name(source, address, depth)] += count
            if len(sizes) > 1 or not depth:
                return cls(depth, _largest(sizes))
        return cls(0, frozenset(source for source, _ in counts))

    def place(self, source: str, address: str) -> str:
        """Return the group of a document."""
        name = _name(source, address, self.depth)
        return name if name in self.named else REST


def _depth(counts: Mapping[tuple[str, str], int]) -> int:
    return 0 if len({source for source, _ in counts}) > 1 else 1


def _largest(sizes: Counter[str]) -> frozenset[str]:
    ranked = sorted(sizes, key=lambda name: (-sizes[name], name))
    return frozenset(ranked if len(ranked) <= MOST + 1 else ranked[:MOST])


def _name(source: str, address: str, depth: int) -> str:
    if not depth:
        return source
    file, _, member = address.partition(_JOIN)
    folders = file.split("/")[:-1]
    if folders:
        return "/".join(folders[:depth])
    return file if member else TOP
