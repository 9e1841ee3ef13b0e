"""The words around a finding that raise its score, read as Presidio's context enhancer reads them.

The enhancer splits the whole text into words and walks back five words that carry meaning. Here
only the words before a finding are split, by the same tokeniser. That tokeniser treats each stretch
without white space alone, except that some of its special cases may reach over a space: stretches
so linked are split together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.pii.tokens import Token, Tokens

_WORDS_BEFORE = 6  # five, and the one the finding stands in
_STRETCH = re.compile(r"\S+")
_STRETCH_BEFORE = re.compile(r"\S*\Z")
_BLOCK = 64
_GAP = re.compile(r"\s+")
_COLON = re.compile(r":\S*")


# A word of letters alone, which no rule of the tokeniser takes apart.
_WHOLE_WORD = re.compile(r"(?<!\S)[A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ԯ]{4,}(?!\S)")
_WINDOW = 160
_FAR = 2_000


class Context:
    """The words before places of one text."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        """Open a text; nothing is split yet."""
        self._text = text
        self._tokens = tokens
        self._pieces: dict[str, bool] = {}
        self._colons: list[tuple[int, int]] | None = None
        self._around: dict[int, str] = {}
        self._windows: dict[int, str] = {}
        self._anywhere: dict[str, bool] = {}
        self._bounds: dict[int, tuple[str, str]] = {}
        self._last: tuple[int, int, tuple[Token, ...]] = (0, 0, ())

    def may_hold(self, word: str, place: int) -> bool:
        """Return whether a word in lower case may be in what `around` returns; nothing is split."""
        window = self._windows.get(place)
        if window is None:
            start, end = self._window_start(place), self._window_end(place)
            near = start >= 0 and end >= 0
            window = self._windows[place] = self._text[start:end].lower() if near else ""
        return word in window if window else self._is_anywhere(word)

    def _is_anywhere(self, word: str) -> bool:
        known = self._anywhere.get(word)
        if known is None:
            known = self._anywhere[word] = word in self._text.lower()
        return known

    def _window_start(self, place: int) -> int:
        """Return where a window begins that surely holds six words of meaning, -1 if not near."""
        reach = _WINDOW
        while reach < min(place, _FAR):
            words = _WHOLE_WORD.finditer(self._text, place - reach, place - 1)
            sure = [word.start() for word in words if self._is_sure(word)]
            if len(sure) >= _WORDS_BEFORE + 1:
                return sure[-_WORDS_BEFORE - 1]
            reach *= 4
        return 0 if place < _FAR else -1

    def _window_end(self, place: int) -> int:
        """Return where a window ends that surely holds a word of meaning, -1 if not near."""
        limit = min(place + _FAR, len(self._text))
        words = _WHOLE_WORD.finditer(self._text, place, limit)
        sure = (word.end() for word in words if word.end() < limit and self._is_sure(word))
        return next(sure, limit if limit == len(self._text) else -1)

    def _is_sure(self, word: re.Match[str]) -> bool:
        return word[0].lower() not in self._tokens.doubtful

    def holds(self, word: str, place: int) -> bool:
        """Return whether a word in lower case is, or is part of, a word of meaning around a place.

        Whether a common word counts hangs on all words with colons in the text; that is looked into
        only where it decides.
        """
        if not self.may_hold(word, place):
            return False
        bounds = self._bounds.get(place)
        if bounds is None:
            bounds = self._bounds[place] = self._least_and_most(place)
        least, most = bounds
        return word in least or (word in most and word in self.around(place))

    def _least_and_most(self, place: int) -> tuple[str, str]:
        """Return the words that `around` surely holds, and all that it may hold."""
        least: list[str] = []
        most: list[str] = []
        walks = ((self._backwards(place), _WORDS_BEFORE), (self._forwards(place), 1))
        for tokens, count in walks:
            sure = 0
            plain = (token for token in tokens if ":" not in token.lemma)
            for seen, token in enumerate(plain):
                most.append(token.lemma)
                if token.carries and seen < count:
                    least.append(token.lemma)
                sure += token.carries
                if sure == count:
                    break
        return "\n".join(least), "\n".join(most)

    def around(self, place: int) -> str:
        """Return the words of meaning around a place, in lower case, parted by line ends.

        They are the one the place lies in and five before it; where that one carries no meaning,
        six before it and the next behind it.
        """
        known = self._around.get(place)
        if known is None:
            words = [*self._first(self._backwards(place), _WORDS_BEFORE)]
            words += self._first(self._forwards(place), 1)
            known = self._around[place] = "\n".join(words)
        return known

    def _first(self, tokens: Iterable[Token], count: int) -> Iterator[str]:
        """Yield the first words that carry meaning."""
        carrying = (token.lemma for token in tokens if self._carries(token))
        return islice(carrying, count)

    def _carries(self, token: Token) -> bool:
        if ":" in token.lemma:
            return False
        return token.carries or self._is_piece(token.lemma)

    def _forwards(self, place: int) -> Iterator[Token]:
        """Yield the word at a place and all behind it."""
        text, of = self._text, self._tokens.of
        start, words = self._words_at(place)
        end = self._last[1]
        yield from islice(words, max(bisect_right(words, place - start, key=_begin) - 1, 0), None)
        while end < len(text):
            gap = _GAP.match(text, end)
            if gap:
                yield from of(gap[0].removeprefix(" "))
                end = gap.end()
            if end < len(text):
                start, end = self._chain(end)
                yield from of(text[start:end])

    def _backwards(self, place: int) -> Iterator[Token]:
        """Yield the word at a place and all before it, the nearest first."""
        text, of = self._text, self._tokens.of
        start, words = self._words_at(place)
        for number in range(bisect_right(words, place - start, key=_begin) - 1, -1, -1):
            yield words[number]
        while start > 0:
            gap = self._gap(start)
            start -= len(gap)
            yield from reversed(of(gap[1:] if start and gap.startswith(" ") else gap))
            if start > 0:
                start, end = self._chain(start - 1)
                yield from reversed(of(text[start:end]))

    def _words_at(self, place: int) -> tuple[int, tuple[Token, ...]]:
        """Return where the stretch around a place begins, and its words."""
        start, end, words = self._last
        if not start <= place < end:
            start, end = self._chain(place)
            words = self._tokens.of(self._text[start:end])
            self._last = start, end, words
        return start, words

    def _gap(self, end: int) -> str:
        """Return the white space before a place."""
        start = end
        while start > 0 and self._text[start - 1].isspace():
            start -= 1
        return self._text[start:end]

    def _chain(self, place: int) -> tuple[int, int]:
        """Return the borders of the stretch around a place with all that is linked to it."""
        text, linked = self._text, self._tokens.linked
        if text[place].isspace():
            return self._white(place)
        first = last = self._stretch(place)
        while _one_space(text, first[0] - 1):
            before = self._stretch(first[0] - 2)
            if not linked(text[slice(*before)], text[slice(*first)]):
                break
            first = before
        while _one_space(text, last[1]):
            after = self._stretch(last[1] + 1)
            if not linked(text[slice(*last)], text[slice(*after)]):
                break
            last = after
        return first[0], last[1]

    def _white(self, place: int) -> tuple[int, int]:
        """Return the borders of the white space that is a word of its own, or of what follows it.

        The first space behind a word belongs to the word.
        """
        end = place + len(self._text[place:]) - len(self._text[place:].lstrip())
        start = place - len(self._gap(place))
        if start > 0 and self._text[start] == " ":
            start += 1
        if max(start, place) < end:
            return start, end
        return self._chain(end) if end < len(self._text) else (end, end)

    def _stretch(self, place: int) -> tuple[int, int]:
        """Return the borders of the run without white space around a place."""
        match = _STRETCH.match(self._text, place)
        start, reach = place, _BLOCK
        while True:
            low = max(place - reach, 0)
            before = _STRETCH_BEFORE.search(self._text, low, place)
            start = before.start() if before else place
            if start > low or low == 0:
                return start, match.end() if match else place
            reach *= 4

    def _is_piece(self, lemma: str) -> bool:
        """Return whether a word counts, being a part of a word with a colon in the text."""
        known = self._pieces.get(lemma)
        if known is None:
            known = self._pieces[lemma] = any(
                token.carries and lemma in token.lemma.split(":")
                for stretch in self._stretches_with(f":{lemma}", f"{lemma}:")
                for token in stretch
            )
        return known

    def _stretches_with(self, *parts: str) -> Iterator[tuple[Token, ...]]:
        """Yield the words of each stretch with a colon that holds one of these parts."""
        if self._colons is None:
            self._colons = [colon.span() for colon in _COLON.finditer(self._text)]
        for start, end in self._colons:
            reach = max(start - max(map(len, parts)), 0)
            near = self._text[reach:end].lower()
            if any(part in near for part in parts):
                chain = self._chain(start)
                yield self._tokens.of(self._text[slice(*chain)])


def _begin(token: Token) -> int:
    return token.start


def _one_space(text: str, place: int) -> bool:
    """Return whether a single space stands at a place, between two words."""
    if not 0 < place < len(text) - 1 or text[place] != " ":
        return False
    return not (text[place - 1].isspace() or text[place + 1].isspace())
