"""Gates: what a release must be before it is in force. Each says its value, its limit and its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "warn", "refuse"]
_FEW = 0.001  # smaller shares need another digit
_NOISE = 0.01  # a share may rise by this much and count as no worse


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate as it stood for a release.

    A `fraction` only warns on a first release, and later too as long as nobody `set` its limit and
    it is no worse than `parent`, the value of the release before. `least` gates want at least the
    limit, others at most. A `lenient` one never refuses: a refusal would keep more in force than may
    still be read. `detail` says what was counted, `show` is the list behind it.
    """

    name: str
    title: str
    value: float
    limit: float
    detail: str
    show: str
    fraction: bool = False
    least: bool = False
    set: bool = True
    parent: float | None = None
    lenient: bool = False
    verdict: Verdict = "pass"

    def written(self, value: float) -> str:
        """Return the gate's value or limit as people read it: a share in percent.

        >>> Gate("r", "Rejected", 1 / 12, 0.05, "", "", fraction=True).written(1 / 12)
        '8.3 %'
        """
        if not self.fraction:
            return f"{value:,.12g}"
        return f"{round(value * 100, 1 if value >= _FEW else 2):g} %"


def judged(gate: Gate) -> Verdict:
    """Return a gate's verdict; without a parent it is that of a first release."""
    fits = gate.value >= gate.limit if gate.least else gate.value <= gate.limit
    if fits:
        return "pass"
    if gate.lenient:
        return "warn"
    if not gate.fraction:
        return "refuse"
    if gate.parent is None:
        return "warn"
    no_worse = gate.value <= gate.parent + _NOISE
    return "warn" if no_worse and not gate.set else "refuse"
