"""Blocks of a document written as canonical text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Block, Role, Run
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Place
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KINDS = {
    Role.TEXT: Kind.PARAGRAPH,
    Role.CAPTION: Kind.CAPTION,
    Role.FOOTNOTE: Kind.FOOTNOTE,
    Role.HIDDEN: Kind.HIDDEN,
    Role.COMMENT: Kind.COMMENT,
}
_ENDS = re.compile(r"[.!?:;”\"')\]…]\s*$")
_HYPHEN = re.compile(r"[^\W\d_]{2,}[-‐]$")
_STEP = 6.0  # points between the depths of a list
_SMALL_SIZE = 0.05
_ASIDE = frozenset({Role.FOOTNOTE, Role.HIDDEN, Role.COMMENT})


def write(blocks: Sequence[Block], levels: dict[int, int]) -> Canonical:
    """Return the canonical text of blocks, those in `levels` as headings."""
    canonical = Canonical()
    depths: list[float] = []
    for block, level in _joined(blocks, levels):
        if block.role is not Role.ITEM or level:
            depths.clear()
        _write(canonical, block, level, depths=depths)
    return canonical


def _write(canonical: Canonical, block: Block, level: int, *, depths: list[float]) -> None:
    at = Place(block.page, tuple(block.box))
    if level:
        canonical.heading(_inline(block.runs), level=level, at=at)
    elif block.role is Role.TABLE:
        canonical.table(block.rows, header_rows=block.header_rows, at=at)
    elif block.role is Role.ITEM:
        depth = _depth(block.indent, depths)
        canonical.item(_inline(block.runs), depth=depth, number=block.number, at=at)
    elif block.role is Role.CODE:
        canonical.code(block.text, at=at)
    else:
        kind = _KINDS[block.role]
        canonical.paragraph(_inline(block.runs), kind=kind, detail=block.detail, at=at)


def _depth(indent: float, depths: list[float]) -> int:
    """Return how deep an item stands by its indent, remembering the indents around it."""
    while depths and indent < depths[-1] - _STEP:
        depths.pop()
    if not depths or indent > depths[-1] + _STEP:
        depths.append(indent)
    return len(depths) - 1


def _inline(runs: Iterable[Run]) -> Inline:
    inline = Inline()
    for run in runs:
        inline.add(run.text, url=run.url)
    return inline


def _joined(blocks: Sequence[Block], levels: dict[int, int]) -> list[tuple[Block, int]]:
    """Join paragraphs that a column or page end cut, over the footnotes between them."""
    joined: list[tuple[Block, int]] = []
    open_ = -1  # place in `joined` of the paragraph that may go on
    for i, block in enumerate(blocks):
        level = levels.get(i, 0)
        if open_ >= 0 and not level and _continues(joined[open_][0], block):
            joined[open_] = (_pair(joined[open_][0], block), 0)
            continue
        joined.append((block, level))
        if level or block.role not in _ASIDE:
            can_go_on = not level and block.role in {Role.TEXT, Role.ITEM} and block.full
            open_ = len(joined) - 1 if can_go_on else -1
    return joined


def _continues(one: Block, two: Block) -> bool:
    if two.role is not Role.TEXT or abs(one.size - two.size) > _SMALL_SIZE * one.size:
        return False
    if one.page == two.page and one.box[1] < two.box[1] and one.box[0] < two.box[2]:
        return False  # one above the other in the same column: parted on purpose
    return not _ENDS.search(one.text[-8:]) and two.text[:1].islower() and one.bold == two.bold


def _pair(one: Block, two: Block) -> Block:
    runs = one.runs
    if runs and _HYPHEN.search(one.text[-3:]):
        runs = (*runs[:-1], Run(runs[-1].text[:-1], runs[-1].url))
    else:
        runs = (*runs, Run(" "))
    return replace(one, runs=runs + two.runs, full=two.full, lines=one.lines + two.lines)
