"""A pattern of a Presidio recogniser, ready to run over a part of a text.

The recogniser's own validators decide, as Presidio's own loop has them do; what is left out are its
explanations, clocks and copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex  # type: ignore[import-untyped]
from presidio_analyzer import Pattern, PatternRecognizer

from curate.pii.gates import GATES, Gate, pattern_digest
from curate.pii.prospects import Hope, hope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STOCK_FLAGS = regex.DOTALL | regex.MULTILINE | regex.IGNORECASE  # what the gates are known for

# Number of the recogniser, start, end, score.
Hit = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class Checks:
    """What a recogniser says of a match beyond its pattern; None where it says nothing."""

    valid: Callable[[str], bool | None] | None
    invalid: Callable[[str], bool | None] | None

    def score(self, value: str, score: float) -> float:
        """Return the score of a match, 0 if it is none.

        Some validators fail on digits of scripts that Python does not know yet: no number, then.
        """
        try:
            verdict = self.valid(value) if self.valid else None
            refused = self.invalid(value) if self.invalid else None
        except ValueError:
            return 0.0
        if verdict is not None:
            score = 1.0 if verdict else 0.0
        return 0.0 if refused else score


@dataclass(frozen=True, slots=True)
class Probe:
    """One pattern of the recogniser with a number."""

    number: int
    compiled: Any  # a pattern of the module `regex`, which has no types
    score: float
    checks: Checks
    gate: Gate | None
    hope: Hope

    @property
    def best(self) -> float:
        """The highest score that a match can have before context counts."""
        return 1.0 if self.checks.valid else self.score

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield what the pattern finds in a text."""
        for match in self.compiled.finditer(text):
            start, end = match.span()
            score = self.checks.score(text[start:end], self.score) if start < end else 0.0
            if score > 0:
                yield self.number, start, end, score


def checks_of(recogniser: PatternRecognizer) -> Checks:
    """Return a recogniser's validators, leaving out those it only inherits."""
    own = type(recogniser)
    return Checks(
        None
        if own.validate_result is PatternRecognizer.validate_result
        else recogniser.validate_result,
        None
        if own.invalidate_result is PatternRecognizer.invalidate_result
        else recogniser.invalidate_result,
    )


def name_of(recogniser: object) -> str:
    """Return a recogniser's name, which presidio leaves untyped."""
    return str(getattr(recogniser, "name"))  # noqa: B009


def patterns_of(recogniser: PatternRecognizer) -> list[Pattern]:
    """Return a recogniser's patterns, which presidio leaves untyped."""
    return list(getattr(recogniser, "patterns"))  # noqa: B009


def probes_of(number: int, recogniser: PatternRecognizer) -> list[Probe]:
    """Return a recogniser's patterns, each with its gate where it is known."""
    flags, checks = recogniser.global_regex_flags, checks_of(recogniser)
    kind, context = recogniser.supported_entities[0], bool(recogniser.context)
    built = []
    for pattern in patterns_of(recogniser):
        compiled = regex.compile(pattern.regex, flags)
        gate = GATES.get(pattern_digest(pattern.regex)) if flags == _STOCK_FLAGS else None
        best = 1.0 if checks.valid else pattern.score
        hope = hope_of(kind, best, context=context)
        built.append(Probe(number, compiled, pattern.score, checks, gate, hope))
    return built


def is_plain(recogniser: object) -> bool:
    """Return whether a recogniser runs its patterns in Presidio's own loop."""
    return (
        isinstance(recogniser, PatternRecognizer)
        and type(recogniser).analyze is PatternRecognizer.analyze
    )
