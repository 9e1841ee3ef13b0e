"""E-mail and web addresses in one word of a text, found as Presidio's patterns find them.

Presidio's pattern for a web address tries 1,400 endings behind every dot, and its pattern for
e-mail walks along every word in vain. Here a dot or an @ is looked at only where the rest can
match; what is left to backtracking goes to Presidio's own pattern.
"""

from __future__ import annotations

import re
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
_LONGEST_HOST = 200  # beyond, the pattern's own limit of 253 comes into play

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
                yield found
                done = found[2]
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
        return (self._probe.number, start, end, score) if score > 0 else None


class WebSearch:
    """Presidio's patterns for addresses of the web: with a scheme, without, each in quotes."""

    def __init__(self, probes: list[Probe]) -> None:
        """Take the patterns and read the list of endings out of them."""
        self._schemed, self._bare, self._quoted_schemed, self._quoted = probes
        self._endings = Endings(_LISTED_ENDING.findall(self._bare.compiled.pattern))

    def hits(self, word: str) -> Iterator[Hit]:
        """Yield the addresses in a word."""
        if "." not in word:
            return
        quotes = '"' in word or "'" in word
        if len(word) > _LONGEST_HOST or _FOLDED.search(word):
            for probe in (self._schemed, self._bare):
                yield from probe.hits(word)
        elif not any(self._endings.first(found[1]) for found in _ENDING.finditer(word)):
            return
        else:
            yield from self._bare_hits(word)
            yield from self._schemed_hits(word)
        for probe in (self._quoted_schemed, self._quoted) if quotes else ():
            yield from probe.hits(word)

    def _bare_hits(self, word: str) -> Iterator[Hit]:
        at = 0
        while host := _HOST.search(word, at):
            end = self._end(word, host.start(), host.end())
            if end:
                yield self._bare.number, host.start(), end, self._bare.score
            at = end or host.end()

    def _schemed_hits(self, word: str) -> Iterator[Hit]:
        at = 0
        while scheme := _SCHEME.search(word, at):
            host = _HOST.match(word, scheme.end())
            end = self._end(word, host.start(), host.end()) if host else 0
            if end:
                yield self._schemed.number, scheme.start(), end, self._schemed.score
            at = end or scheme.start() + 1

    def _end(self, word: str, start: int, end: int) -> int:
        """Return where an address whose host lies between two places ends, 0 if it is none."""
        dot = word.rfind(".", start, end)
        while dot > start:
            letters = _ENDING.match(word, dot)
            ending = self._endings.first(letters[1]) if letters else 0
            if ending:
                host_end = dot + 1 + ending
                path = _PATH.match(word, host_end)
                return path.end() if path else host_end
            dot = word.rfind(".", start, dot)
        return 0


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
