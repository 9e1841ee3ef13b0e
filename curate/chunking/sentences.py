"""Where a border may fall inside a block: ends of lines and sentences, then clauses, words, signs.

Every place has a cost, so that packing can weigh an uneven chunk against an ugly border. An
abbreviation, an initial or a number before the full stop is no end of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = 0.0  # costs of a border, as shares of the squared slack of an empty chunk
SENTENCE = 0.4
CLAUSE = 1.0
WORD = 2.0
SIGN = 4.0

_END = re.compile(
    r"[.!?…\n。！？\\]"
    r"(?:(?<=\n)\s*"
    r"|(?<=\\)n\\n(?:\\n)*"  # escaped line ends stand in dumps of JSON
    r"|(?<=[.!?…])[\"'”’»)\]*_]*\s+(?![a-zß-ÿ])"
    r"|(?<=[。！？])[”’」』）]*\s*(?=\S))"
)
_CLAUSE = re.compile(r"(?:\\n)+|(?<=[;:,–—|])\s+|(?<=[、，；：])")
_SPACE = re.compile(r"\s+")
_LAST_WORD = re.compile(r"([^\s.(\[]+(?:\.[^\s.]+)*)\.$")
_REACH = 16  # longer words than this are no abbreviations
_LONGEST_NUMBER = 2  # a place in a list or a day, not a year

_SHORT_FORMS = """
    mr mrs ms dr prof st jr sr sen rep gov gen col lt sgt capt rev hon vs cf e.g i.e eg ie
    approx dept est fig figs eq eqs ref refs no nos vol vols pp ed eds al sec art para ch min
    max jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ca bzw z.b
    d.h u.a s.o s.u usw ggf inkl exkl evtl nr abs abb bd str tel vgl mind max hr fr frl hrsg
    zzgl zz i.d.r u.u o.g p.ex env mme mlle mm pág sra srta ud uds núm ej p.ej dña av apdo
"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())


def sentence_starts(text: str, start: int, end: int) -> Iterator[tuple[int, float]]:
    """Yield where lines and sentences begin after the first, and what a border there costs."""
    for found in _END.finditer(text, start, end):
        begin = found.end()
        if begin >= end:
            return
        mark = found.group()
        if "\n" in mark or mark[0] == "\\":
            yield begin, LINE
        elif mark[0] != "." or not _is_abbreviation(text, start, found.start() + 1):
            yield begin, SENTENCE


def starts_within(text: str, span: tuple[int, int], price: float) -> Iterator[int]:
    """Yield where a clause, a word or the second half of a run begins, as `price` says."""
    start, end = span
    if price == SIGN:
        yield (start + end) // 2
        return
    for found in (_CLAUSE if price == CLAUSE else _SPACE).finditer(text, start, end):
        if start < found.end() < end:
            yield found.end()


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    found = _LAST_WORD.search(text, max(start, end - _REACH), end)
    if not found:
        return False
    word = found.group(1)
    if word.isdigit():
        return len(word) <= _LONGEST_NUMBER
    return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS
