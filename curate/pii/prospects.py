"""What in a text can come to anything: a search for what nobody would believe is left out.

Most of what Presidio reports, and most of the time that it takes, is digits with a score that no
rule of `accept` believes unless a certain word stands near. Where such a word stands nowhere in a
text, those patterns are not run; findings that are believed stay the same.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from curate.pii.accept import rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# As in presidio's LemmaContextAwareEnhancer.
CONTEXT_GAIN = 0.35
LEAST_WITH_CONTEXT = 0.4
_REACH = 400  # characters; context is six words


class Hope(Enum):
    """Whether findings of a pattern are believed: perhaps anywhere, near a word, nowhere."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    NONE = "none"


class Doubt(NamedTuple):
    """What must stand in a text, in lower case: one of each of two lists, unless it is empty."""

    context: tuple[str, ...]
    parts: tuple[str, ...]


def raised(score: float) -> float:
    """Return a score as context raises it."""
    return min(max(score + CONTEXT_GAIN, LEAST_WITH_CONTEXT), 1.0)


def hope_of(kind: str, score: float, *, context: bool) -> Hope:
    """Return what there is to hope for findings of a type with at most a score."""
    rule = rule_of(kind)
    if (raised(score) if context else score) < rule.score:
        return Hope.NONE
    return Hope.DOUBTFUL if score < rule.score or rule.word else Hope.SURE


def doubt_of(kind: str, score: float, words: tuple[str, ...]) -> Doubt:
    """Return what must stand in a text before findings with at least a score are believed."""
    rule = rule_of(kind)
    return Doubt(words if score < rule.score else (), rule.parts)


class Prospects:
    """Which recognisers of doubtful findings may be believed in one text."""

    def __init__(self, text: str, doubts: Mapping[int, Doubt]) -> None:
        """Take a text and what each of the doubtful recognisers needs."""
        self._text = text
        self._doubts = doubts

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of the recognisers whose words are there."""
        return frozenset(number for number, doubt in self._doubts.items() if self._meets(doubt))

    def holds_near(self, words: tuple[str, ...], span: tuple[int, int]) -> bool:
        """Return whether one of some words in lower case stands within reach of a place."""
        start, end = span
        near = self._text[max(start - _REACH, 0) : end + _REACH].lower()
        return any(word in near for word in words)

    def _meets(self, doubt: Doubt) -> bool:
        return all(any(map(self._low.__contains__, words)) for words in doubt if words)

    @cached_property
    def _low(self) -> str:
        return self._text.lower()
