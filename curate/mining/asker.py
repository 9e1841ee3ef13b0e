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
_FIRST = re.compile(r"\s*([A-Za-z]+)")


def spoken(text: str, span: Span) -> Iterator[Piece]:
    """Yield a span of `text` with `your` as `my`, and a verb at its beginning in lower case."""
    start = span.start
    first = _FIRST.match(text, span.start, span.end)
    if first and first.group(1).lower() in VERBS | NOUN_LIKE_VERBS:
        yield first.group().lower()
        start = first.end()
    for found in _YOU.finditer(text, start, span.end):
        if start < found.start():
            yield span._replace(start=start, end=found.start())
        yield _SWAPS.get(found.group().lower(), "I am" if found.group("be") else "I")
        start = found.end()
    if start < span.end:
        yield span._replace(start=start)
