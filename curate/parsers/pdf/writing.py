"""Blocks of a document written as canonical text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Block, Role, Run
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Cell, Place
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
_GOES_ON = re.compile(r"([&,–-]|\b(and|or|of|the|for|in|to|with|by|a|an|und|der|die|et|de))\s*$")
_CLOSE = 0.7  # of the font size: white between the lines of a heading
_TOP = 150.0  # points: lower on its page, a table begins anew
_SIDE = 6.0  # points between the sides of a table on two pages
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
    """Join what the end of a line, column or page cut, over the footnotes in between."""
    joined: list[tuple[Block, int]] = []
    open_ = -1  # place in `joined` of the block that may go on
    for i, block in enumerate(blocks):
        level = levels.get(i, 0)
        if open_ >= 0:
            whole = _whole(*joined[open_], block, level=level)
            if whole is not None:
                joined[open_] = (whole, joined[open_][1])
                continue
        joined.append((block, level))
        if level or block.role not in _ASIDE:
            open_ = len(joined) - 1
    return joined


def _whole(one: Block, of: int, two: Block, *, level: int) -> Block | None:
    """Return two blocks as one if the second goes on what the first, of level `of`, says."""
    if one.role is Role.TABLE and two.role is Role.TABLE:
        return _long_table(one, two)
    if of or one.role is Role.CAPTION:
        same = level == of or one.role is Role.CAPTION
        return _pair(one, two) if same and _wraps(one, two) else None
    flows = one.role in {Role.TEXT, Role.ITEM} and one.full and not level
    return _pair(one, two) if flows and _continues(one, two) else None


def _wraps(one: Block, two: Block) -> bool:
    """Tell the second line of a heading or caption."""
    if two.role is not Role.TEXT or one.page != two.page or one.bold != two.bold:
        return False
    near = 0 <= two.box[1] - one.box[3] < _CLOSE * one.size
    if not near or abs(one.size - two.size) > _SMALL_SIZE * one.size:
        return False
    lower = two.text[:1].islower()
    return lower or bool(_GOES_ON.search(one.text)) or (one.role is Role.CAPTION and one.full)


def _long_table(one: Block, two: Block) -> Block | None:
    """Return the table of two pages, the head that the second repeats left out."""
    sides = zip(one.box[::2], two.box[::2], strict=True)
    if (
        two.page != one.page + one.pages
        or two.box[1] > _TOP
        or any(abs(a - b) > _SIDE for a, b in sides)
    ):
        return None
    if _width(one.rows) != _width(two.rows):
        return None
    rows, head = two.rows, one.rows[: one.header_rows]
    while head and rows and _same_row(head[0], rows[0]):
        head, rows = head[1:], rows[1:]
    return replace(one, rows=one.rows + rows, pages=one.pages + 1)


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    return max(sum(cell.column_span for cell in row) for row in rows)


def _same_row(one: Sequence[Cell], two: Sequence[Cell]) -> bool:
    return [_plain(cell) for cell in one] == [_plain(cell) for cell in two]


def _plain(cell: Cell) -> str:
    return cell.text if isinstance(cell.text, str) else cell.text.finish()[0]


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
