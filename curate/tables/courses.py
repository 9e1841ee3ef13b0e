"""Courses: what the record stages know of a text, by the keys of their results.

A course belongs to a text, however many documents hold it. It says which results are there, and what the
later stages decide by, so that these read no result again.
"""

from __future__ import annotations

from dataclasses import dataclass

from curate import ids
from curate.tables.examples import Drafted
from curate.tables.signatures import Signature

STAGES = ("scan", "find_pii", "sign", "edit", "chunk", "mine", "verify_chunks", "verify_drafts")
_WIDTH = ids.ID_BYTES
_PLACE = {name: number * _WIDTH for number, name in enumerate(STAGES)}
_NONE = bytes(_WIDTH)
_NO_KEYS = bytes(_WIDTH * len(STAGES))


@dataclass(frozen=True, slots=True)
class Worst:
    """A rule that found a risk in a text, with its highest score."""

    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Left:
    """A row of a text's chunks or drafts in which the second scan found personal data of a type."""

    row: int
    type: str


@dataclass(slots=True)
class Course:
    """One text's course through the record stages.

    `keys` holds a memo key a stage, in the order of `STAGES` (zeros: no result yet), `parsed` that of the
    text itself, read from a file of `size` bytes. `worst` are the rules that found a risk; `bodies` is the
    digest of its chunks; `left` says which chunks hold personal data that the second scan found,
    `left_in_drafts` which drafts.
    """

    text: bytes
    parsed: bytes = _NONE
    size: int = 0
    keys: bytes = _NO_KEYS
    worst: tuple[Worst, ...] = ()
    quarantined: bool = False
    signature: Signature | None = None
    bodies: bytes = b""
    drafts: tuple[Drafted, ...] = ()
    left: tuple[Left, ...] = ()
    left_in_drafts: tuple[Left, ...] = ()

    def key(self, stage: str) -> bytes:
        """Return the memo key of a stage's result; zeros where there is none. `parse` has one too."""
        if stage == "parse":
            return self.parsed
        start = _PLACE[stage]
        return self.keys[start : start + _WIDTH]

    def has(self, stage: str) -> bool:
        """Tell whether a stage has a result for this text."""
        return self.key(stage) != _NONE

    def put(self, stage: str, key: bytes) -> None:
        """Remember the key of a stage's result."""
        start = _PLACE[stage]
        self.keys = self.keys[:start] + key + self.keys[start + _WIDTH :]
