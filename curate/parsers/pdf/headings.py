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
_LONGEST = 200  # characters
_MOST_LINES = 4
_LEVELS = 6
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\D)")
_CHAPTER = re.compile(
    r"(chapter|part|section|appendix|annex|kapitel|teil)\s+[\dIVXLA-Z]+\b", re.IGNORECASE
)
_SECTION = re.compile(r"\d{1,2}(\.\d{1,2}){1,3}\.?\s+[A-ZÀ-Þ]\D{3,}$")
_SENTENCE = re.compile(r"[.;,:]$")
_PLAIN = re.compile(r"[\W\d_]+")

Look = tuple[int, bool]  # size in tenths of the body's, bold


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
    looks = sorted({_look(blocks[i], body) for i in found}, reverse=True)
    ranks = _ranks(looks)
    return {i: _level(blocks[i], body, listed=listed, ranks=ranks) for i in found}


def _ranks(looks: Sequence[Look]) -> dict[Look, int]:
    """Number looks from the largest; sizes that hardly differ are one."""
    ranks: dict[Look, int] = {}
    rank, last = 0, None
    for look in looks:
        if last is None or last[0] - look[0] > 0 or last[1] != look[1]:
            rank += 1
        ranks[look] = min(rank, _LEVELS)
        last = look
    return ranks


def _look(block: Block, body: float) -> Look:
    return round(block.size / body * 8), block.bold


def _is_heading(block: Block, body: float, listed: dict[str, int]) -> bool:
    if block.role not in {Role.TEXT, Role.ITEM} or block.lines > _MOST_LINES:
        return False
    text = block.text.strip()
    if len(text) > _LONGEST or sum(map(str.isalpha, text)) < 2:  # noqa: PLR2004
        return False
    if _folded(text) in listed:
        return True
    if block.role is Role.ITEM:
        return False
    if block.size >= _LARGER * body:
        return not (text.endswith(".") and block.lines > 1)
    return _is_bold_heading(block, text, body)


def _is_bold_heading(block: Block, text: str, body: float) -> bool:
    if block.size < 0.95 * body or _SENTENCE.search(text) or block.lines > 2:  # noqa: PLR2004
        return False
    if block.bold:
        return True
    named = _CHAPTER.match(text) or _SECTION.match(text)
    return block.lines == 1 and not block.full and named is not None


def _level(block: Block, body: float, *, listed: dict[str, int], ranks: dict[Look, int]) -> int:
    text = block.text.strip()
    if _folded(text) in listed:
        return min(listed[_folded(text)], _LEVELS)
    numbered = _NUMBERED.match(text)
    if numbered and "." in numbered.group(1):
        return min(max(numbered.group(1).count(".") + 1, 1), _LEVELS)
    return ranks[_look(block, body)]


def _folded(text: str) -> str:
    return _PLAIN.sub("", text).lower()
