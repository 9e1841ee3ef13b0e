"""What is left of a text once edits have dropped spans of it, without making a second text.

Borders are offsets into the canonical text, so dropped spans are stepped over, never cut out. Most
documents have none, and the plain case costs nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class Visible:
    """A text and the sorted spans of it that nobody is to see."""

    text: str
    dropped: Sequence[tuple[int, int]]
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare looking up spans by their start."""
        self._starts = [start for start, _ in self.dropped]

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the visible spans between two places, in order, none of them empty."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while start < end and at < len(self.dropped) and self._starts[at] < end:
            hidden, shown = self.dropped[at]
            if start < hidden:
                yield start, hidden
            start = max(start, shown)
            at += 1
        if start < end:
            yield start, end

    def read(self, start: int, end: int) -> str:
        """Return the visible text between two places."""
        if not self.dropped:
            return self.text[start:end]
        return "".join(self.text[a:b] for a, b in self.spans(start, end))

    def trim(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span from the first to the last visible sign that is no white space."""
        if not self.dropped:
            return _bare(self.text, start, end)
        bare = [span for part in self.spans(start, end) if (span := _bare(self.text, *part))]
        return (bare[0][0], bare[-1][1]) if bare else None


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a span without the white space around it; none where there is nothing else."""
    shown = text[start:end]
    bare = shown.strip()
    if len(bare) == len(shown):
        return (start, end) if bare else None
    start += len(shown) - len(shown.lstrip())
    return (start, start + len(bare)) if bare else None
