"""Text that may mislead whoever reads it by machine: hidden, injected, or tricked in its encoding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Risk:
    """A suspicious span of one field, counted in code points; `score` runs from 0 to 1.

    `family` is hidden, injection or encoding; `rule` names the check.
    """

    field: str
    start: int
    end: int
    family: str
    rule: str
    score: float
