"""Acronyms with their long form before them: "General Services Administration (GSA)".

The letters have to be the initials of the words before the parenthesis; an acronym is taken once,
where it is introduced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Span
from curate.mining.wording import wording
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("acronyms", "definition", 0.85, least=4)

_ACRONYM = re.compile(r"(?<=[\w.’'-]) \(([A-Z][A-Z&]{1,6})\)")
_POSSESSIVE = re.compile(r"(?:(?<=s)['’]|['’]s)$")
_WORD = re.compile(r"[^\W\d_][\w’'&.]*")
_SMALL_WORDS = """
    of the and for in on to a an at by with und der die das für de la le des du y e del
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_INFLECTED = frozenset({"de", "cs", "pl", "ru", "uk", "hu", "fi"})  # endings would be wrong
_REACH = 90  # signs before the parenthesis


def acronyms(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield "What does ... stand for?" for every acronym that the document introduces."""
    if document.language[:2] in _INFLECTED:
        return
    seen: set[str] = set()
    for at in visible.shown:
        element = visible.element(at)
        if element.kind in {Kind.CODE, Kind.TABLE, Kind.HEADING}:
            continue
        for span in visible.spans(element.start, element.end):
            for found in _ACRONYM.finditer(document.text, span.start, span.end):
                short = found.group(1)
                start = long_form(document.text, short, (span.start, found.start()))
                if start >= 0 and short not in seen:
                    seen.add(short)
                    whose = _POSSESSIVE.search(document.text, start, found.start())
                    end = whose.start() if whose else found.start()
                    long = Span(start, end, visible.number)
                    yield _drafted(visible, Span(*found.span(1), visible.number), long)


def long_form(text: str, short: str, bounds: tuple[int, int]) -> int:
    """Return where the words begin whose initials an acronym is, -1 where they do not stand there.

    Args:
        text: The text.
        short: The acronym.
        bounds: The span before the parenthesis; the long form ends where it ends.
    """
    lowest, end = bounds
    words = list(_WORD.finditer(text, max(lowest, end - _REACH), end))[::-1]
    letters = [letter for letter in short.lower() if letter.isalpha()]
    without = _walk(words, letters, passed=_SMALL)
    return without if without >= 0 else _walk(words, letters, passed=frozenset())


def _walk(words: Sequence[re.Match[str]], letters: Sequence[str], *, passed: frozenset[str]) -> int:
    """Return where the first of the words begins that have the letters, from the last backwards."""
    left = list(letters)
    for word in words:
        said = word.group()
        if said.lower() in passed:
            continue
        if said[0].lower() != left.pop():
            return -1
        if not left:
            return word.start() if said[0].isupper() else -1
    return -1


def _drafted(visible: Visible, short: Span, long: Span) -> Draft:
    language = visible.document.language[:2] or "en"
    talk = wording(language)
    before, after = talk.stands_for.split("{}")
    _, joint, end = talk.stands.split("{}")
    found = Found(
        f"{language}.stands_for",
        (before, short, after),
        (short, joint, long, end),
        defines=(short,),
    )
    return drafted(SOURCE, found, visible)
