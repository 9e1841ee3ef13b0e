"""Gates: what a release must be before it is in force. Each says its value, its limit and its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "warn", "refuse"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate as it stood for a release.

    `fraction` gates only warn on a first release; `least` gates want at least the limit, others at
    most. `detail` says what was counted, `show` is the list behind it.
    """

    name: str
    title: str
    value: float
    limit: float
    detail: str
    show: str
    fraction: bool = False
    least: bool = False
    verdict: Verdict = "pass"


def judged(gate: Gate, *, first: bool) -> Verdict:
    """Return a gate's verdict for a first or a later release."""
    fits = gate.value >= gate.limit if gate.least else gate.value <= gate.limit
    if fits:
        return "pass"
    return "warn" if first and gate.fraction else "refuse"
