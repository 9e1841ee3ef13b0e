"""One page from chunks to blocks in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.parsers.pdf.blocks import Block, Role, Run, marker_of
from curate.parsers.pdf.chunks import rows_of
from curate.parsers.pdf.gutters import regions
from curate.parsers.pdf.hidden import box_of
from curate.parsers.pdf.lines import Column, around, line_of, paragraphs, runs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.parsers.pdf.lines import Line
    from curate.parsers.pdf.shapes import Box, Chunk
    from curate.parsers.pdf.sheet import Sheet

_CAPTION = re.compile(
    r"(table|tab\.|figure|fig\.|chart|graph|exhibit|tableau|tabelle|abbildung|tabla|figura|box)"
    r"\s*[\dIVXA-Z]{1,5}([.\-–]\d+)*\s*([.:–—-]|\s[A-Z]|$)",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(\d{1,3}|[*†‡§¶]+)\s?\S")
_SMALLER = 0.93


def blocks_of(
    sheet: Sheet, chunks: Sequence[Chunk], known: Callable[[str], bool], body: float
) -> list[Block]:
    """Return the blocks of a page.

    Args:
        sheet: The page.
        chunks: Its chunks without furniture.
        known: Tells whether a word occurs in the document.
        body: The font size of the document's running text.
    """
    found: list[Block] = []
    for region in regions(chunks):
        lines = [line_of(row) for row in rows_of(region)]
        found.extend(_text_blocks(sheet, lines, known, body))
    found.extend(_loose(sheet, chunk) for chunk in sheet.aside)
    found.extend(_hidden(sheet))
    found.extend(
        Block(Role.COMMENT, sheet.page.number, sheet.shown(box), (Run(text),))
        for box, text in sheet.page.comments
    )
    return found


def _text_blocks(
    sheet: Sheet, lines: Sequence[Line], known: Callable[[str], bool], body: float
) -> list[Block]:
    if not lines:
        return []
    column = Column.of(lines)
    return [_text_block(sheet, paragraph, column, known, body) for paragraph in paragraphs(lines)]


def _text_block(
    sheet: Sheet, lines: list[Line], column: Column, known: Callable[[str], bool], body: float
) -> Block:
    first = lines[0]
    marker = marker_of(first.text)
    role = _role(sheet, lines, body)
    skip = marker.length if marker and role is Role.ITEM else 0
    return Block(
        role,
        sheet.page.number,
        sheet.shown(around(lines)),
        runs_of(lines, sheet.page.anchors, known, skip=skip),
        size=max(lines, key=lambda line: len(line.text)).size,
        bold=all(line.bold for line in lines),
        lines=len(lines),
        indent=first.x0,
        number=marker.number if marker else None,
        full=not column.is_short(lines[-1]),
        centred=_is_centred(first, column),
    )


def _role(sheet: Sheet, lines: Sequence[Line], body: float) -> Role:
    first = lines[0]
    if _CAPTION.match(first.text):
        return Role.CAPTION
    if all(line.mono for line in lines) and len(lines) > 1:
        return Role.CODE
    low = first.y0 > sheet.page.frame.height * 0.6
    if low and first.size < _SMALLER * body and _NOTE_MARK.match(first.text):
        return Role.FOOTNOTE
    return Role.ITEM if marker_of(first.text) and not first.bold else Role.TEXT


def _is_centred(line: Line, column: Column) -> bool:
    left, right = line.x0 - column.x0, column.x1 - line.x1
    return left > 2 * line.size and abs(left - right) < 2 * line.size


def _loose(sheet: Sheet, chunk: Chunk) -> Block:
    line = line_of([chunk])
    return Block(
        Role.TEXT, sheet.page.number, sheet.shown(line.box), (Run(chunk.text),), size=1.0, lines=9
    )


def _hidden(sheet: Sheet) -> list[Block]:
    return [
        Block(
            Role.HIDDEN,
            sheet.page.number,
            sheet.shown(box_of(words)),
            (Run(" ".join(word.text for word in words)),),
            detail=way,
        )
        for way, words in sheet.hidden
    ]
