"""Presidio's analysis of a text, in another order and with the same findings.

Presidio runs every recogniser over the whole text, splits the text into words, raises scores by
context and drops findings that another of the same type contains. Here each recogniser runs only
where it can find something; the rest of the analysis is done on the few findings. Recognisers that
are not known run over the whole text. Who acts on findings asks for those that may be believed.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import IbanRecognizer, PhoneRecognizer

from curate.errors import ConfigError
from curate.pii.accept import is_score
from curate.pii.accounts import AccountSearch
from curate.pii.context import Context
from curate.pii.gates import IBAN, MAY_HOLD, pattern_digest
from curate.pii.patterns import Probe, is_plain, name_of, patterns_of, probes_of
from curate.pii.phones import PhoneSearch
from curate.pii.prospects import Doubt, Hope, Prospects, doubt_of, raised
from curate.pii.resolve import URL
from curate.pii.stock import LANGUAGE, WordEngine
from curate.pii.tokens import Tokens
from curate.pii.words import WordSearch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from curate.pii.patterns import Hit


class Finding(NamedTuple):
    """What a recogniser found: as Presidio reports it."""

    type: str
    start: int
    end: int
    score: float
    recogniser: str


class _Source(NamedTuple):
    """What the analysis asks of a recogniser after it has run."""

    type: str
    name: str
    context: tuple[str, ...]
    threshold: float
    distinct: bool  # presidio's own loop drops what it contains before context counts


class Search:
    """The recognisers, each in the fastest way that is known for it."""

    def __init__(
        self,
        recognisers: Iterable[EntityRecognizer],
        *,
        literals: Mapping[str, str],
        wanted: Collection[str],
    ) -> None:
        """Sort the recognisers.

        Args:
            recognisers: Presidio's and one's own.
            literals: By recogniser's name, what all its matches contain, in lower case.
            wanted: The types that are acted on; of others it only counts where they are believed.

        Raises:
            ConfigError: if a recogniser weighs context in a way of its own, which is not supported.
        """
        self._sources: list[_Source] = []
        self._texts: list[WordSearch | AccountSearch | PhoneSearch] = []
        self._whole: list[tuple[str, Probe]] = []
        self._foreign: list[tuple[EntityRecognizer, dict[str, int]]] = []
        self._doubts: dict[int, Doubt] = {}
        self._literals = literals
        self._wanted = frozenset(wanted)
        self._words = WordSearch()
        self._tokens = Tokens()
        self._engine: WordEngine | None = None
        for recogniser in recognisers:
            self._add(recogniser)
        self._texts.append(self._words)

    def findings(self, text: str) -> list[Finding]:
        """Return what Presidio reports for a text, sorted by place, type and score."""
        return self._reported(text, None)

    def believable(self, text: str) -> list[Finding]:
        """Return those of the findings that the rules of `accept` may believe."""
        if self._spares and not MAY_HOLD.search(text):
            return []
        return self._reported(text, Prospects(text, self._doubts))

    @cached_property
    def _spares(self) -> bool:
        """Whether every finding that is acted on holds what `MAY_HOLD` looks for."""
        return not (self._whole or self._foreign or URL in self._wanted)

    def _reported(self, text: str, prospects: Prospects | None) -> list[Finding]:
        hits = {hit for search in self._texts for hit in search.hits(text, prospects)}
        hits.update(self._run_whole(text))
        if not hits:
            return []
        kept = list(self._first_round(hits))
        scored = self._with_context(text, kept, sparing=prospects is not None)
        found = [
            Finding(source.type, start, end, score, source.name)
            for number, start, end, score in scored
            if score >= (source := self._sources[number]).threshold
        ]
        found.sort(key=_by_type)
        rounds = (_distinct(list(group)) for _, group in groupby(found, key=_type))
        return sorted((f for kept in rounds for f in kept), key=_by_place)

    def _add(self, recogniser: EntityRecognizer) -> None:
        if type(recogniser).enhance_using_context is not EntityRecognizer.enhance_using_context:
            message = (
                f"The recogniser {name_of(recogniser)} weighs context by itself; it cannot be used."
            )
            raise ConfigError(message)
        if type(recogniser) is PhoneRecognizer:
            number = self._source(recogniser)
            context = self._sources[number].context
            self._texts.append(PhoneSearch(number, recogniser, context=context))
        elif isinstance(recogniser, PatternRecognizer) and is_stock_iban(recogniser):
            (probe,) = probes_of(self._source(recogniser, distinct=False), recogniser)
            self._texts.append(AccountSearch(probe))
        elif isinstance(recogniser, PatternRecognizer) and is_plain(recogniser):
            self._add_patterns(recogniser)
        else:
            kinds = recogniser.supported_entities
            numbers = {kind: self._source(recogniser, kind, distinct=False) for kind in kinds}
            self._foreign.append((recogniser, numbers))

    def _add_patterns(self, recogniser: PatternRecognizer) -> None:
        number = self._source(recogniser)
        probes = probes_of(number, recogniser)
        doubtful = [probe.best for probe in probes if probe.hope is Hope.DOUBTFUL]
        if doubtful:
            source = self._sources[number]
            self._doubts[number] = doubt_of(source.type, max(doubtful), source.context)
        if not self._words.takes_addresses(probes):
            literal = self._literals.get(name_of(recogniser), "")
            self._whole.extend((literal, probe) for probe in probes if not probe.gate)
            self._words.add([probe for probe in probes if probe.gate])

    def _source(
        self, recogniser: EntityRecognizer, kind: str = "", *, distinct: bool = True
    ) -> int:
        kind = kind or recogniser.supported_entities[0]
        thresholds = recogniser.score_thresholds
        threshold = thresholds.get(kind, thresholds.get("default", 0.0))
        context = tuple(word.lower() for word in recogniser.context or ())
        self._sources.append(_Source(kind, name_of(recogniser), context, threshold, distinct))
        return len(self._sources) - 1

    def _run_whole(self, text: str) -> Iterator[Hit]:
        """Yield what recognisers without a gate find."""
        low = text.lower() if any(literal for literal, _ in self._whole) else ""
        for literal, probe in self._whole:
            if not literal or literal in low:
                yield from probe.hits(text)
        for recogniser, numbers in self._foreign:
            self._engine = self._engine or WordEngine()
            words = self._engine.process_text(text, LANGUAGE)
            for result in recogniser.analyze(text, recogniser.supported_entities, words) or ():
                yield numbers[result.entity_type], result.start, result.end, result.score

    def _first_round(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """Yield the findings of each recogniser that no other of its own contains."""
        for number, group in groupby(sorted(hits), key=_number):
            source = self._sources[number]
            own = [Finding(source.type, start, end, score, "") for _, start, end, score in group]
            if source.distinct and len(own) > 1:
                own = _distinct(sorted(own, key=_by_type))
            for found in own:
                yield number, found.start, found.end, found.score

    def _with_context(self, text: str, hits: Iterable[Hit], *, sparing: bool) -> Iterator[Hit]:
        """Yield the findings, with a higher score behind words of their context.

        Args:
            text: Where they were found.
            hits: The findings.
            sparing: Whether to leave scores alone that change nothing of what is acted on.
        """
        context = Context(text, self._tokens)
        for number, start, end, score in hits:
            source = self._sources[number]
            if sparing and source.type not in self._wanted and is_score(source.type, score):
                yield number, start, end, score
            elif any(context.holds(word, start) for word in source.context):
                yield number, start, end, raised(score)
            else:
                yield number, start, end, score


def is_stock_iban(recogniser: PatternRecognizer) -> bool:
    """Return whether a recogniser is Presidio's for account numbers, as it is known here."""
    digests = [pattern_digest(pattern.regex) for pattern in patterns_of(recogniser)]
    return type(recogniser) is IbanRecognizer and digests == [IBAN]


def _distinct(found: list[Finding]) -> list[Finding]:
    """Return the findings of one type, sorted by place, without those that a surer one contains."""
    kept: list[Finding] = []
    active: list[Finding] = []
    for one in found:
        active = [other for other in active if other.end >= one.start]
        if not any(one.end <= other.end and one.score <= other.score for other in active):
            kept.append(one)
            active.append(one)
    return kept


def _number(hit: Hit) -> int:
    return hit[0]


def _type(found: Finding) -> str:
    return found.type


def _by_type(found: Finding) -> tuple[str, int, int, float, str]:
    return found.type, found.start, -found.end, -found.score, found.recogniser


def _by_place(found: Finding) -> tuple[int, int, str, float]:
    return found.start, found.end, found.type, -found.score
