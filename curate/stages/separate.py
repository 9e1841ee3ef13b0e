"""Separate: no example of validation or test says what an example of train, or of the other, says.

Two documents whose examples share a question, an answer or a run of thirteen words of their answers
(the measure of GPT-3's decontamination, phrases of the house aside) belong to one group before splits
are drawn, so that nothing is lost by it. What earlier releases assigned apart is found afterwards and
left out: train keeps, test yields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from curate import duplicates
from curate.duplicates import Hashes

RUN = 13
PAIRS = (("train", "validation"), ("train", "test"), ("validation", "test"))
_COMMON = 10  # as in GPT-3's decontamination: runs in more examples than that are too common
_NO_RUNS = np.empty(0, np.uint64)
MEASURES = ("question", "answer", "ngram13")


@dataclass(frozen=True, slots=True)
class Held:
    """One chosen example: its id, its document, its split (empty before it has one), its sides.

    `runs` are the runs of its answer, as `runs_of` makes them; `terms` the names of the term that it
    defines, for "what does it mean" and "what does it stand for" ask for one fact.
    """

    example_id: bytes
    home: bytes
    split: str
    question: bytes
    answer: bytes
    runs: Hashes
    terms: tuple[bytes, ...] = ()

    def asks(self) -> set[bytes]:
        """Return what it asks for: its question, and the term of a definition."""
        return {self.question, *self.terms}


@dataclass(frozen=True, slots=True)
class Leak:
    """One example that another split already holds: by which measure, between which splits."""

    example_id: bytes
    measure: str
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Separation:
    """The leaks found, each of which leaves its split, and how many of each measure and pair."""

    leaks: tuple[Leak, ...]

    def removed(self) -> dict[bytes, str]:
        """Return why each leaking example is left out."""
        return {leak.example_id: f"leak_{leak.measure}" for leak in self.leaks}

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many leaks of each measure were found between each pair of splits."""
        found = Counter((leak.measure, leak.pair) for leak in self.leaks)
        return {
            measure: {f"{one}/{other}": found[measure, (one, other)] for one, other in PAIRS}
            for measure in MEASURES
        }


def separate(examples: Sequence[Held]) -> Separation:
    """Return the examples of validation and test that leak, train first, then validation."""
    leaks: list[Leak] = []
    gone: set[bytes] = set()
    common = _common(examples)
    for one, other in PAIRS:
        held = [e for e in examples if e.split == one and e.example_id not in gone]
        side = _Side(held, common)
        for example in examples:
            if example.split != other or example.example_id in gone:
                continue
            measure = side.holds(example)
            if measure:
                leaks.append(Leak(example.example_id, measure, (one, other)))
                gone.add(example.example_id)
    return Separation(tuple(leaks))


@dataclass(slots=True)
class _Side:
    """What one split says: its questions, its answers, the hashes of its runs of words."""

    examples: Sequence[Held]
    common: Hashes
    questions: set[bytes] = field(init=False)
    answers: set[bytes] = field(init=False)
    runs: Hashes = field(init=False)

    def __post_init__(self) -> None:
        self.questions = {mark for e in self.examples for mark in e.asks()}
        self.answers = {e.answer for e in self.examples}
        runs = np.unique(_all_runs(self.examples))
        self.runs = np.setdiff1d(runs, self.common, assume_unique=True)

    def holds(self, example: Held) -> str:
        if self.questions & example.asks():
            return "question"
        if example.answer in self.answers:
            return "answer"
        own = example.runs
        places = np.minimum(np.searchsorted(self.runs, own), len(self.runs) - 1)
        return "ngram13" if len(self.runs) and (self.runs[places] == own).any() else ""


def ties(examples: Sequence[Held]) -> list[tuple[bytes, bytes]]:
    """Return pairs of documents whose examples say the same."""
    pairs = {(examples[one].home, examples[other].home) for one, other in _sharing(examples)}
    asked: dict[bytes, bytes] = {}
    answered: dict[bytes, bytes] = {}
    for example in examples:
        pairs.add((answered.setdefault(example.answer, example.home), example.home))
        for mark in example.asks():
            pairs.add((asked.setdefault(mark, example.home), example.home))
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def _sharing(examples: Sequence[Held]) -> Iterator[tuple[int, int]]:
    """Yield pairs of examples that hold the same run, each run linking its holders in a chain."""
    runs = _all_runs(examples)
    owners = np.repeat(np.arange(len(examples)), [len(example.runs) for example in examples])
    order = np.argsort(runs, kind="stable")
    runs, owners = runs[order], owners[order]
    rare = ~np.isin(runs, _common(examples))
    same = (runs[1:] == runs[:-1]) & rare[1:]
    links = np.unique(np.stack([owners[:-1][same], owners[1:][same]], axis=1), axis=0)
    yield from ((int(one), int(other)) for one, other in links)


def _common(examples: Iterable[Held]) -> Hashes:
    """Return the runs that so many examples hold that they are a phrase of the house, no leak."""
    runs, counts = np.unique(_all_runs(examples), return_counts=True)
    common: Hashes = runs[counts > _COMMON]
    return common


def _all_runs(examples: Iterable[Held]) -> Hashes:
    return np.concatenate([*(example.runs for example in examples), _NO_RUNS])


def runs_of(text: str) -> Hashes:
    """Return the distinct runs of thirteen words of a text, as sorted hashes."""
    return duplicates.runs(duplicates.words(text), RUN)
