"""Which blocks are headings, and of what level.

A heading is short, stands alone, and is larger or bolder than running text. Its level comes from
the outline where the file has one that names it, else from its numbering, else from the rank of its
look among the looks of all headings.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Block, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGER = 1.12
_SAME = 0.95  # of a size
_SMALLEST = 0.95
_LONGEST = 160  # characters
_MOST_LINES = 3
_LETTERS = 0.6  # of the signs
_COMMAS = 2
_LEVELS = 6
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\D)")
_CHAPTER = re.compile(
    r"(chapter|part|section|appendix|annex|kapitel|teil)\s+[\dIVXLA-Z]+\b", re.IGNORECASE
)
_SECTION = re.compile(r"\d{1,2}(\.\d{1,2}){1,3}\.?\s+[A-ZÀ-Þ]\D{3,}$")
_SENTENCE = re.compile(r"[.;,:]$")
_PLAIN = re.compile(r"[\W\d_]+")

Look = tuple[int, bool]  # the larger the size, the greater; bold


def body_size(blocks: Sequence[Block]) -> float:
    """Return the font size of most of the text."""
    count: Counter[float] = Counter()
    for block in blocks:
        if block.role in {Role.TEXT, Role.ITEM}:
            count[round(block.size * 2) / 2] += len(block.text)
    return max(count, key=lambda size: (count[size], size), default=10.0)


def heading_levels(
    blocks: Sequence[Block], outline: Sequence[tuple[int, int, str]]
) -> dict[int, int]:
    """Return the level of each block that is a heading, by its place."""
    body = body_size(blocks)
    listed = {_folded(title): level for level, _, title in outline if title}
    found = [i for i, block in enumerate(blocks) if _is_heading(block, body, listed)]
    levels = {i: listed.get(_folded(blocks[i].text), 0) for i in found}
    depths = {i: _depth(blocks[i].text) for i in found}
    looks = _looks([blocks[i] for i in found])
    look = dict(zip(found, looks, strict=True))
    lift = _lift([(look[i], depths[i]) for i in found])
    ranks = _ranks([(look[i], levels[i] or (depths[i] and depths[i] + lift)) for i in found])
    for i in found:
        numbered = depths[i] + lift if depths[i] else 0
        level = levels[i] or numbered or ranks[look[i]]
        levels[i] = min(max(level, 1), _LEVELS)
    return levels


def _depth(text: str) -> int:
    """Return how deep a heading's number goes; 0 without one."""
    numbered = _NUMBERED.match(text.strip())
    return numbered.group(1).count(".") + 1 if numbered else 0


def _looks(headings: Sequence[Block]) -> list[Look]:
    """Return the look of each heading; sizes that hardly differ are one."""
    usual: list[float] = []
    for size in sorted({block.size for block in headings}, reverse=True):
        if not usual or size < usual[-1] * _SAME:
            usual.append(size)
    return [
        (-next(i for i, size in enumerate(usual) if block.size >= size * _SAME), block.bold)
        for block in headings
    ]


def _lift(found: Sequence[tuple[Look, int]]) -> int:
    """Return 1 if a larger heading without a number stands above the numbered ones, else 0."""
    first = next((i for i, (_, depth) in enumerate(found) if depth == 1), None)
    if first is None:
        return 0
    largest = max(look for look, depth in found if depth == 1)
    return int(any(look > largest for look, _ in found[:first]))


def _ranks(found: Sequence[tuple[Look, int]]) -> dict[Look, int]:
    """Return a level for each look: that of most numbered headings, else one below the larger look.

    Args:
        found: The look of each heading and its level by number or outline, 0 without.
    """
    known: dict[Look, Counter[int]] = {}
    for look, level in found:
        known.setdefault(look, Counter())[level] += level > 1
    ranks: dict[Look, int] = {}
    last = 0
    for look in sorted(known, reverse=True):
        level, count = max(known[look].items(), key=lambda item: (item[1], -item[0]))
        last = level if count else last + 1
        ranks[look] = min(last, _LEVELS)
    return ranks


def _is_heading(block: Block, body: float, listed: dict[str, int]) -> bool:
    if block.role not in {Role.TEXT, Role.ITEM} or block.lines > _MOST_LINES:
        return False
    text = block.text.strip()
    if len(text) > _LONGEST or sum(map(str.isalpha, text)) < 2:  # noqa: PLR2004
        return False
    if listed and _folded(text) in listed:
        return True
    if block.role is Role.ITEM or _is_odd(text):
        return False
    if block.size >= _LARGER * body:
        return not (text.endswith(".") and block.lines > 1)
    return _is_bold_heading(block, text, body)


def _is_odd(text: str) -> bool:
    """Tell formulas and lists of names, which are often set large."""
    signs = text.replace(" ", "")
    letters = sum(map(str.isalnum, signs))
    return letters < _LETTERS * len(signs) or "=" in text or text.count(",") > _COMMAS


def _is_bold_heading(block: Block, text: str, body: float) -> bool:
    if block.size < _SMALLEST * body or block.lines > 2:  # noqa: PLR2004
        return False
    if _SENTENCE.search(text) and not text.isupper():
        return False
    if block.bold:
        return True
    named = _CHAPTER.match(text) or _SECTION.match(text)
    return block.lines == 1 and not block.full and named is not None


def _folded(text: str) -> str:
    return _PLAIN.sub("", text).lower()
