"""Words of a heading as the person who asks would say them.

A page says "reset your password", who asks says "my password"; a title says "How To Book A Room".
Only words from closed lists change, as literal text; everything between them stays a span.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Piece, Span

_PLAIN_VERBS = """
    add apply assign become buy cancel choose claim configure connect convert create deactivate
    define delete deploy disable download edit enable enroll enter fill find generate get give
    install invite make manage merge notify obtain pay prepare publish reactivate receive
    recover register remove rename renew replace reserve restart restore retrieve revoke run
    save select send subscribe sync turn uninstall unsubscribe upload validate verify write
"""
_NOUN_LIKE_VERBS = """
    book build change charge check clean close complete contact export file fix host import join
    launch log move open order plan post print release report request reset return review
    schedule set share ship sign start stop submit switch test transfer update upgrade use view
    visit
"""
VERBS = frozenset(_PLAIN_VERBS.split())
NOUN_LIKE_VERBS = frozenset(_NOUN_LIKE_VERBS.split())
_SWAPS = {"your": "my", "yourself": "myself", "yours": "mine"}
_YOU = re.compile(
    r"\b(?:your(?:self|s)?\b|(?<=\bif )you\b|(?<=\bwhen )you\b|(?<=\bthat )you\b|(?<=\bwhat )you\b"
    r"|(?<=\bwhere )you\b|(?<=\bafter )you\b|(?<=\bbefore )you\b|(?<=\bonce )you\b|(?<=\bwhile "
    r")you\b)"
    r"(?P<be> are\b|['’]re\b)?",
    re.IGNORECASE,
)
_SMALL = re.compile(  # words that a title writes in capitals before another such word
    r"(?<=\s)(?:An?|The|Of|For|In|On|To|At|By|With|From|And|Or|About|Into)(?=\s[A-Z0-9])"
)
_FIRST = re.compile(r"\s*([A-Za-z]+)")


def spoken(text: str, span: Span, *, verb: bool = False) -> Iterator[Piece]:
    """Yield a span of `text` with `your` as `my`, and a verb at its beginning in lower case.

    Args:
        text: The text.
        span: The part of it that is asked.
        verb: Whether its first word is a verb whatever it is, as behind "how to".
    """
    start = span.start
    first = _FIRST.match(text, span.start, span.end)
    if first and _is_verb(first.group(1), anyway=verb):
        yield first.group().lower()
        start = first.end()
    for begin, end, said in _said(text, start, span.end):
        if start < begin:
            yield span._replace(start=start, end=begin)
        yield said
        start = end
    if start < span.end:
        yield span._replace(start=start)


def _is_verb(word: str, *, anyway: bool) -> bool:
    known = word.lower() in VERBS | NOUN_LIKE_VERBS
    return known or (anyway and word[0].isupper() and word[1:].islower())


def _said(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the words between two places that the asker says otherwise, and how."""
    yours = [
        (*m.span(), _SWAPS.get(m.group().lower(), "I am" if m.group("be") else "I"))
        for m in _YOU.finditer(text, start, end)
    ]
    small = [(*m.span(), m.group().lower()) for m in _SMALL.finditer(text, start, end)]
    return sorted([*yours, *small])
