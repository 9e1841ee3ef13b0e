"""E-mail and web addresses in one word of a text, found as Presidio's patterns find them.

Presidio's pattern for a web address tries 1,400 endings behind every dot, and its pattern for
e-mail walks along every word in vain. Here a dot or an @ is looked at only where the rest can
match; what is left to backtracking goes to Presidio's own pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.pii.patterns import Hit, Probe

_HOST = re.compile(r"[A-Za-z0-9.\-]+")
_ENDING = re.compile(r"\.([A-Za-z]+)")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_PATH = regex.compile(r"/[^\s()<>\"']*")
_LISTED_ENDING = re.compile(r"\(\?:([a-z]+)\)")
_FOLDED = re.compile("[\u0130\u017f\u212a]")  # these count as i, s and k where case is ignored
_LONGEST_HOST = 200
_HOST_REACH = 253  # the patterns' own limit
_QUOTE = re.compile("[\"']")

_DOMAIN = regex.compile(r"@\w[\w\-]*\.\w")
_LOCAL = regex.compile(r"(?r)[!#$%&'*+\-/=?^_`{|}~\.\w]+")


class EmailSearch:
    """Presidio's pattern for e-mail addresses, started only at an @ with a domain behind it."""

    def __init__(self, probe: Probe) -> None:
        """Take the pattern."""
        self._probe = probe

    def hits(self, word: str) -> Iterator[Hit]:
        """Yield the addresses in a word."""
        done, at = 0, word.find("@")
        while at >= 0:
            after = word.find("@", at + 1)
            found = self._at(word, (done, at, after if after > 0 else len(word)))
            if found:
                done = found[2]  # what the validator refuses is used up all the same
                if found[3] > 0:
                    yield found
            at = after

    def _at(self, word: str, borders: tuple[int, int, int]) -> Hit | None:
        """Return the address around an @, between the address before it and the next @."""
        low, at, high = borders
        local = _LOCAL.match(word, low, at) if _DOMAIN.match(word, at, high) else None
        match = local and self._probe.compiled.search(word, local.start(), high)
        if not match:
            return None
        start, end = match.span()
        score = self._probe.checks.score(word[start:end], self._probe.score)
        return self._probe.number, start, end, score


class WebSearch:
    """Presidio's patterns for addresses of the web: with a scheme, without, each in quotes."""

    def __init__(self, probes: list[Probe]) -> None:
        """Take the patterns and read the list of endings out of them."""
        self._schemed, self._bare, self._quoted_schemed, self._quoted = probes
        self._endings = Endings(_LISTED_ENDING.findall(self._bare.compiled.pattern))

    def hits(self, word: str) -> Iterator[Hit]:
        """Yield the addresses in a word."""
        if _FOLDED.search(word) or (len(word) > _LONGEST_HOST and "www" in word.lower()):
            for probe in (self._schemed, self._bare, self._quoted_schemed, self._quoted):
                yield from probe.hits(word)
            return
        dots = [dot.start() for dot in _ENDING.finditer(word) if self._endings.first(dot[1])]
        if dots:
            yield from self._bare_hits(word, dots)
            yield from self._schemed_hits(word, dots)
            for probe in (self._quoted_schemed, self._quoted):
                yield from _between_quotes(probe, word)

    def _bare_hits(self, word: str, dots: list[int]) -> Iterator[Hit]:
        at = 0
        while host := _HOST.search(word, at):
            first = bisect_right(dots, host.start())
            if first == len(dots):
                return
            at = host.end()
            if dots[first] < host.end():
                start = max(host.start(), dots[first] - _HOST_REACH)
                dot = dots[bisect_right(dots, min(start + _HOST_REACH, host.end() - 1)) - 1]
                at = self._end(word, dot)
                yield self._bare.number, start, at, self._bare.score

    def _schemed_hits(self, word: str, dots: list[int]) -> Iterator[Hit]:
        at = 0
        while scheme := _SCHEME.search(word, at):
            at, start = scheme.start() + 1, scheme.end()
            host = _HOST.match(word, start)
            if host:
                last = bisect_right(dots, min(start + _HOST_REACH, host.end() - 1)) - 1
                if last >= 0 and dots[last] > start:
                    at = self._end(word, dots[last])
                    yield self._schemed.number, scheme.start(), at, self._schemed.score

    def _end(self, word: str, dot: int) -> int:
        """Return where an address ends whose host's ending stands behind a dot."""
        letters = _ENDING.match(word, dot)
        end = dot + 1 + (self._endings.first(letters[1]) if letters else 0)
        path = _PATH.match(word, end)
        return path.end() if path else end


def _between_quotes(probe: Probe, word: str) -> Iterator[Hit]:
    """Yield what a pattern that begins and ends with a quote, and holds none inside, finds."""
    done = -1
    for quote, closing in pairwise(match.start() for match in _QUOTE.finditer(word)):
        if quote > done and probe.compiled.fullmatch(word, quote, closing + 1):
            done = closing
            yield probe.number, quote, closing + 1, probe.score


class Endings:
    """The endings that a pattern lists, in the order in which it tries them."""

    def __init__(self, listed: Iterable[str]) -> None:
        """Keep each ending's rank."""
        self._rank: dict[str, int] = {}
        for ending in listed:
            self._rank.setdefault(ending, len(self._rank))
        self._longest = max(map(len, self._rank))

    def first(self, letters: str) -> int:
        """Return the length of the first listed ending that these letters begin with, else 0."""
        low = letters[: self._longest].lower()
        tried = (low[:length] for length in range(2, len(low) + 1))
        listed = [ending for ending in tried if ending in self._rank]
        return len(min(listed, key=self._rank.__getitem__)) if listed else 0
