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
    add apply assign book build buy cancel change charge check choose claim clean close complete
    configure connect contact convert create deactivate define delete deploy disable download
    edit enable enroll enter export file fill find fix generate get give host import install
    invite join launch log make manage merge move notify obtain open order pay plan post prepare
    print publish reactivate receive recover register release remove rename renew replace report
    request reserve reset restart restore retrieve return review revoke run save schedule select
    send set share ship sign start stop submit subscribe switch sync test transfer turn
    uninstall unsubscribe update upgrade upload use validate verify view visit write
"""
VERBS = frozenset(_PLAIN_VERBS.split())
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
    if first and first.group(1).lower() in VERBS:
        yield first.group().lower()
        start = first.end()
    for found in _YOU.finditer(text, start, span.end):
        if start < found.start():
            yield span._replace(start=start, end=found.start())
        yield _SWAPS.get(found.group().lower(), "I am" if found.group("be") else "I")
        start = found.end()
    if start < span.end:
        yield span._replace(start=start)
