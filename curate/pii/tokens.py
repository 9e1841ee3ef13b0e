"""The words of a stretch of text without white space, as spaCy's English tokeniser splits it.

Splits are remembered, and the tokeniser is built anew before its vocabulary, which keeps every word
it ever met, grows without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import spacy
from spacy.lang.lex_attrs import is_punct
from spacy.tokenizer import Tokenizer

if TYPE_CHECKING:
    from spacy.language import Language

_MOST_KEPT = 100_000
_SIGNS_AT_ENDS = re.compile(r"\A[\W_]*|[\W_]*\Z")
_MOST_WORK = 2_000_000  # signs at the ends of a stretch, times its length


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, where it begins in its stretch, and whether it carries meaning."""

    start: int
    lemma: str
    carries: bool


_NO_WORDS = (Token(0, ":", carries=False),)


class Tokens:
    """spaCy's English words of a stretch of text, remembered."""

    def __init__(self) -> None:
        """Build the tokeniser and learn which of its special cases reach over spaces."""
        self._renew()

    def of(self, stretch: str) -> tuple[Token, ...]:
        """Return the words of a stretch."""
        known = self._known.get(stretch)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._renew()  # the vocabulary would keep every word for good
            if not _is_language(stretch):
                return _NO_WORDS
            split = self._language.tokenizer(stretch)
            known = tuple(self._token(word.idx, word.text.lower()) for word in split)
            self._known[stretch] = known
        return known

    def linked(self, before: str, after: str) -> bool:
        """Return whether a special case may reach from one stretch over a space into the next."""
        if (before[-1], after[0]) not in self._signs:
            return False
        if not (_is_language(before) and _is_language(after)):
            return False
        lasts, firsts = self._edges(before)[1], self._edges(after)[0]
        return any((last, first) in self._pairs for last in lasts for first in firsts)

    def _token(self, start: int, lemma: str) -> Token:
        return Token(start, lemma, not (lemma in self._common or is_punct(lemma)))

    def _edges(self, stretch: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return what may stand first and last in a stretch, with and without special cases."""
        known = self._ends.get(stretch)
        if known is None:
            splits = (self._plain(stretch), self._language.tokenizer(stretch))
            known = frozenset(s[0].text for s in splits), frozenset(s[-1].text for s in splits)
            self._ends[stretch] = known
        return known

    def _renew(self) -> None:
        self._language: Language = spacy.blank("en")
        full = self._language.tokenizer
        if not isinstance(full, Tokenizer):
            raise TypeError
        self._plain = Tokenizer(
            self._language.vocab,
            prefix_search=full.prefix_search,
            suffix_search=full.suffix_search,
            infix_finditer=full.infix_finditer,
            token_match=full.token_match,
            url_match=full.url_match,
        )
        self._known: dict[str, tuple[Token, ...]] = {}
        self._ends: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._pairs: set[tuple[str, str]] = set()
        for case in full.rules:
            self._pairs.update(pairwise(word.text for word in self._plain(case)))
        self._signs = {(last[-1], first[0]) for last, first in self._pairs}
        special = {*full.rules, *(word for pair in self._pairs for word in pair)}
        self._common = frozenset({*self._language.Defaults.stop_words, "be"})
        self.doubtful = frozenset(word.lower() for word in special) | self._common


def _is_language(stretch: str) -> bool:
    """Return whether the tokeniser, which takes signs off the ends singly, comes to an end."""
    if len(stretch) * len(stretch) < _MOST_WORK:
        return True
    signs = sum(len(found) for found in _SIGNS_AT_ENDS.findall(stretch))
    return signs * len(stretch) < _MOST_WORK
