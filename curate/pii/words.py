"""The words of a text in which a pattern may match, and what the patterns find in them.

Most words of prose hold no digit, no @, no colon or dot inside: one regular expression passes over
them. What the patterns say of the others hangs on the word alone (no pattern but the spaced ones
crosses white space, and white space ends every look to the side), so that answers are remembered by
the word.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]

from curate.pii.addresses import EmailSearch, WebSearch
from curate.pii.gates import EMAIL, URL, Gate, Seen, pattern_digest, seen
from curate.pii.prospects import Hope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.pii.patterns import Hit, Probe
    from curate.pii.prospects import Prospects

_WHITE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Digits that Python's tables may not know yet lie beyond the basic plane.
_TELLING = r"\d@:.\U00010000-\U0010ffff"
_PLAIN_WORDS = (
    rf"(?:[^{_WHITE}{_TELLING}]*+(?::|\.*+)[^\w{_WHITE}@:.\U00010000-\U0010ffff]*+[{_WHITE}]++)*+"
)
# Python's own `re`, more than twice as fast, matched possessive repeats wrongly before 3.11.5.
_possessive = re if sys.version_info >= (3, 11, 5) else regex
_TELLING_WORD = _possessive.compile(rf"{_PLAIN_WORDS}([^{_WHITE}]+)?")
# The one thing that a word of letters and hyphens may be: a hardware address.
_LETTERED = re.compile(r"-[A-F]{2}-[A-F]{2}-[A-F]{2}-", re.IGNORECASE)
_WORD = re.compile(rf"[^{_WHITE}]+")
_DIGIT = regex.compile(r"\d")
_LETTER = regex.compile(r"[^\W\d_]")
_SPACED_DIGITS = 9
_LONGEST_REMEMBERED = 200
_REMEMBERED = 50_000

Found = tuple[int, tuple["Hit", ...]]


class WordSearch:
    """All patterns whose matches are known to lie in telling words."""

    def __init__(self) -> None:
        """Begin without patterns."""
        self._probes: dict[Hope, list[tuple[Gate, Probe]]] = {hope: [] for hope in Hope}
        self._spaced: list[tuple[Gate, Probe]] = []
        self._email: EmailSearch | None = None
        self._web: WebSearch | None = None
        self._known_word = lru_cache(_REMEMBERED)(self._in_word)
        self._known_doubts = lru_cache(_REMEMBERED)(self._matches)
        self._known_run = lru_cache(_REMEMBERED)(self._in_run)
        self._passing = lru_cache(_REMEMBERED)(self._probes_for)

    def add(self, probes: Iterable[Probe]) -> None:
        """Search for patterns with gates."""
        for probe in probes:
            if probe.gate:
                pairs = self._spaced if probe.gate.spaced else self._probes[probe.hope]
                pairs.append((probe.gate, probe))

    def takes_addresses(self, probes: list[Probe]) -> bool:
        """Take the patterns if they are Presidio's for e-mail or the web; tell whether."""
        digests = tuple(pattern_digest(probe.compiled.pattern) for probe in probes)
        if digests == (EMAIL,) and self._email is None:
            self._email = EmailSearch(probes[0])
        elif digests == URL and self._web is None:
            self._web = WebSearch(probes)
        else:
            return False
        return True

    def hits(self, text: str, prospects: Prospects | None = None) -> Iterator[Hit]:
        """Yield what the patterns find in a whole text; with prospects, what may be believed."""
        first = last = digits = 0
        for start, end in _telling(text):
            word = text[start:end]
            search = self._known_word if end - start <= _LONGEST_REMEMBERED else self._in_word
            count, found = search(word)
            yield from _moved(found, start)
            yield from _moved(self._doubtful(word, count, prospects), start)
            if not count:
                continue
            if start != last + 1 or text[last] != " ":
                yield from self._run_hits(text[first:last], digits, first)
                first, digits = start, 0
            last, digits = end, digits + count
        yield from self._run_hits(text[first:last], digits, first)

    def _run_hits(self, run: str, digits: int, start: int) -> Iterator[Hit]:
        """Yield what spaced patterns find in a run of words with digits."""
        if digits >= _SPACED_DIGITS:
            search = self._known_run if len(run) <= _LONGEST_REMEMBERED else self._in_run
            yield from _moved(search(run), start)

    def _in_word(self, word: str) -> Found:
        found = list(self._matches(word, Hope.SURE))
        if self._email and "@" in word:
            found.extend(self._email.hits(word))
        if self._web and "." in word:
            found.extend(self._web.hits(word))
        return len(_DIGIT.findall(word)), tuple(found)

    def _doubtful(self, word: str, digits: int, prospects: Prospects | None) -> Iterable[Hit]:
        """Return what patterns find that are seldom believed, where they may be."""
        search = self._known_doubts if len(word) <= _LONGEST_REMEMBERED else self._matches
        if prospects is None:
            return (*search(word, Hope.DOUBTFUL), *search(word, Hope.NONE))
        numbers = prospects.numbers if digits else ()
        return [hit for hit in search(word, Hope.DOUBTFUL) if hit[0] in numbers] if numbers else ()

    def _matches(self, word: str, hope: Hope) -> tuple[Hit, ...]:
        passing = self._passing(_seen(word), hope)
        return tuple(hit for probe in passing for hit in probe.hits(word))

    def _probes_for(self, word: Seen, hope: Hope) -> tuple[Probe, ...]:
        return tuple(probe for gate, probe in self._probes[hope] if gate.passes(word))

    def _in_run(self, run: str) -> tuple[Hit, ...]:
        run_seen = _seen(run)
        return tuple(
            hit for gate, probe in self._spaced if gate.passes(run_seen) for hit in probe.hits(run)
        )


def _telling(text: str) -> Iterator[tuple[int, int]]:
    """Yield the borders of the words in which a pattern may match, in order."""
    spans = [match.span(1) for match in _TELLING_WORD.finditer(text) if match[1]]
    if "-" in text and _LETTERED.search(text):
        lettered = {_around(text, match.start()) for match in _LETTERED.finditer(text)}
        spans = sorted({*spans, *lettered})
    yield from spans


def _around(text: str, place: int) -> tuple[int, int]:
    start = place
    while start > 0 and _WORD.match(text, start - 1, start):
        start -= 1
    match = _WORD.match(text, place)
    return start, match.end() if match else place


def _seen(word: str) -> Seen:
    return seen(word, digits=len(_DIGIT.findall(word)), letter=_LETTER.search(word) is not None)


def _moved(hits: Iterable[Hit], by: int) -> Iterator[Hit]:
    for number, start, end, score in hits:
        yield number, start + by, end + by, score
