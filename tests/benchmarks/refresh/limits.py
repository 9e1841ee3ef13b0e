"""What the figures of a refresh must reach, and a table of those that were measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Limit(NamedTuple):
    """The most that a figure may be; or that another may be instead, or the least."""

    most: float
    other: str = ""
    other_most: float = 0.0
    least: bool = False

    def held(self, value: float, found: Mapping[str, float]) -> bool:
        """Tell whether it is kept."""
        if self.least:
            return value >= self.most
        return value <= self.most or (bool(self.other) and found[self.other] <= self.other_most)

    def __str__(self) -> str:
        """Say it in words."""
        text = f"{'at least' if self.least else 'at most'} {self.most:g}"
        return text + (f", or {self.other} at most {self.other_most:g}" if self.other else "")


LIMITS = {
    "noop_releases": Limit(0),
    "noop_share": Limit(0.02, "noop_s", 2.0),
    "one_percent_share": Limit(0.05, "one_percent_s", 6.0),
    "memory_growth": Limit(1.3),
    "changes_exact": Limit(1, least=True),
    "reembedded_vs_needed": Limit(1.2),
    "reembedded_vs_langchain": Limit(0.8),
    "growth": Limit(1.5),
}


def table(found: Mapping[str, float]) -> Iterator[str]:
    """Yield a line for each limit whose figure was measured."""
    for name, limit in LIMITS.items():
        if name in found:
            verdict = "kept" if limit.held(found[name], found) else "MISSED"
            yield f"{name:<26}{found[name]:>9.4g}   {verdict:<8}{limit}"
