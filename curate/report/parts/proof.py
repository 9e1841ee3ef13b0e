"""What vouches for a release, as values: gates, leaks, times."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a gate said."""

    PASS = "pass"  # noqa: S105  no password
    WARN = "warns"
    REFUSE = "refuses"


class Sense(StrEnum):
    """Which side of its limit a gate wants."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


class Unit(StrEnum):
    """What a gate's numbers are."""

    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Gate:
    """A limit and where the release stands to it.

    Attributes:
        name: in plain words: `Rejected documents`.
        detail: what was counted: `63 of 10,021`.
        value: a share from 0 to 1, or a count.
        limit: in the same unit.
        parent: the same value in the parent release, if it was measured there.
        command: shows the list behind the value.

    """

    name: str
    detail: str
    value: float
    limit: float
    verdict: Verdict
    sense: Sense = Sense.AT_MOST
    unit: Unit = Unit.SHARE
    parent: float | None = None
    command: str = ""

    def used(self, value: float) -> float:
        """Return how much of the limit this value uses: 0 nothing, 1 all, above 1 too much."""
        if self.sense is Sense.AT_MOST:
            room, taken = self.limit, value
        elif self.unit is Unit.SHARE:
            room, taken = 1 - self.limit, 1 - value
        else:
            room, taken = value, self.limit
        if room > 0:
            return max(taken / room, 0.0)
        return 0.0 if taken <= 0 else float("inf")


@dataclass(frozen=True, slots=True)
class LeakRow:
    """One measure of likeness over all pairs of splits.

    Attributes:
        measure: `13 words in a row`.
        detail: what is compared: `question and answer`.
        kept_together: groups that were put into one split because of it.
        counts: leaks, one per pair of splits.
        nearest: the nearest miss that is left: `.71`, `12 words`; empty if there is none.

    """

    measure: str
    detail: str
    kept_together: int
    counts: tuple[int, ...]
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Leaks:
    """Leaks between splits; `pairs` name the columns: `train – test`."""

    pairs: tuple[str, ...]
    rows: tuple[LeakRow, ...]
    commands: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All leaks."""
        return sum(sum(row.counts) for row in self.rows)


@dataclass(frozen=True, slots=True)
class StageTime:
    """Time of one stage.

    Attributes:
        rows: what it covers.
        again: how many of them were done in this run; None for all.
        seconds: of this run.
        full_seconds: of a run from nothing, measured or estimated; None if not known.

    """

    stage: str
    rows: int
    seconds: float
    again: int | None = None
    full_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """One more figure of cost: `To embed`, `34,906 tokens`, `of 4.71 million`."""

    name: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """Time by stage in flow order, and other costs; `note` is a sentence for the margin."""

    stages: tuple[StageTime, ...]
    costs: tuple[Cost, ...] = ()
    note: str = ""
    commands: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Of the whole run."""
        return sum(stage.seconds for stage in self.stages)
