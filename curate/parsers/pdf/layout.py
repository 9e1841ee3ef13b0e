"""One page from chunks to blocks in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.parsers.pdf.areas import find_areas
from curate.parsers.pdf.blocks import Block, Role, Run, marker_of
from curate.parsers.pdf.chunks import Walls, rows_of, unstretched, with_markers
from curate.parsers.pdf.gutters import regions
from curate.parsers.pdf.hidden import box_of
from curate.parsers.pdf.lines import Column, around, code_of, line_of, paragraphs, runs_of
from curate.parsers.pdf.numbering import as_drawn
from curate.parsers.pdf.rowing import leveled
from curate.parsers.pdf.tabling import Ruled, ruled_tables, stand_in, table_block

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.parsers.pdf.grid import Table
    from curate.parsers.pdf.lines import Line
    from curate.parsers.pdf.shapes import Box, Chunk
    from curate.parsers.pdf.sheet import Sheet

_CAPTION = re.compile(
    r"(?i:table|tab\.|figure|fig\.|chart|graph|exhibit|tableau|tabelle|abbildung|abb\.|tabla|figura)"
    r"\s*(\d{1,3}|[IVX]{1,5}|[A-Z])([.\-–]\d+)*[a-z]?\s*([.:–—|-]\s|\s(?=[A-ZÀ-Þ“(])|$)"
)
_CODE = re.compile(r"[(){};=$#<>|]")  # signs by which a single line is code
_NOTE_MARK = re.compile(r"(\d{1,3}|[*†‡§¶]+)\s?\S")
_SMALLER = 0.93
_GUESSED = 1.6  # font sizes in a scan are estimates


@dataclass(frozen=True, slots=True)
class Setting:
    """What the layout of a page rests on beside its chunks.

    `known` tells whether a word occurs in the document, `body` is the font size of running text,
    `tables` whether tables are searched.
    """

    sheet: Sheet
    known: Callable[[str], bool]
    body: float
    tables: bool
    typed: bool = False  # running text is set in a font of fixed width
    barred: Sequence[Box] = ()  # grids that are no tables


def blocks_of(setting: Setting, chunks: Sequence[Chunk]) -> list[Block]:
    """Return the blocks of a page, given its chunks without furniture, from top to bottom."""
    sheet = setting.sheet
    ruled = Ruled([], list(chunks), [])
    if setting.tables:
        ruled = ruled_tables(sheet, chunks)
    held = [(stand_in(table), table) for table in ruled.tables]
    tables = {id(holder): table for holder, table in held}
    order = sorted([*ruled.rest, *(h for h, _ in held)], key=lambda c: (c.y0, c.x0))
    setting = replace(setting, barred=ruled.barred)
    found: list[Block] = []
    for region in regions(order):
        found.extend(_region_blocks(setting, region, tables))
    found.extend(_loose(sheet, chunk) for chunk in sheet.aside)
    found.extend(_hidden(sheet))
    found.extend(
        Block(Role.COMMENT, sheet.page.number, sheet.shown(box), (Run(text),))
        for box, text in sheet.page.comments
    )
    return found


def _region_blocks(
    setting: Setting, region: Sequence[Chunk], ruled: dict[int, Table]
) -> list[Block]:
    """Return the blocks of one column, ruled tables among the text."""
    found: list[Block] = []
    text: list[Chunk] = []
    for chunk in region:
        if id(chunk) in ruled:
            found.extend(_flow(setting, text))
            found.append(table_block(setting.sheet, ruled[id(chunk)], setting.known))
            text = []
        else:
            text.append(chunk)
    return found + _flow(setting, text)


def _flow(setting: Setting, chunks: Sequence[Chunk]) -> list[Block]:
    """Return the blocks of chunks between ruled tables: paragraphs, and tables without rules."""
    if not setting.tables:
        return _text_blocks(setting, rows_of(chunks))
    drawing = setting.sheet.page.drawing
    walls = Walls(drawing.down)
    rows = leveled([unstretched(with_markers(row), walls) for row in rows_of(chunks)])
    areas = find_areas(rows, drawing.across, setting.barred)
    found: list[Block] = []
    start = 0
    for area in areas:
        found.extend(_text_blocks(setting, rows[start : area.first]))
        found.append(table_block(setting.sheet, area.table, setting.known))
        start = area.last + 1
    return found + _text_blocks(setting, rows[start:])


def _text_blocks(setting: Setting, rows: Sequence[list[Chunk]]) -> list[Block]:
    if not rows:
        return []
    lines = [line_of(row) for row in as_drawn(rows)]
    if setting.typed or setting.sheet.scan:
        lines = [_evened(line, setting) for line in lines]
    column = Column.of(lines)
    return [_text_block(setting, paragraph, column) for paragraph in paragraphs(lines)]


def _evened(line: Line, setting: Setting) -> Line:
    """Return a line without the looks that mean nothing in its document."""
    near = setting.body / _GUESSED < line.size < setting.body * _GUESSED
    even = setting.sheet.scan and near
    return replace(line, mono=False, size=setting.body if even else line.size)


def _text_block(setting: Setting, lines: list[Line], column: Column) -> Block:
    sheet, first = setting.sheet, lines[0]
    marker = marker_of(first.text)
    role = _role(sheet, lines, setting.body)
    skip = marker.length if marker and role is Role.ITEM else 0
    return Block(
        role,
        sheet.page.number,
        sheet.shown(around(lines)),
        code_of(lines)
        if role is Role.CODE
        else runs_of(lines, sheet.page.anchors, setting.known, skip=skip, column=column),
        size=max(lines, key=lambda line: len(line.text)).size,
        bold=all(line.bold for line in lines),
        lines=len(lines),
        indent=first.x0,
        number=marker.number if marker else None,
        full=not column.is_short(lines[-1]),
    )


def _role(sheet: Sheet, lines: Sequence[Line], body: float) -> Role:
    first = lines[0]
    if _CAPTION.match(first.text):
        return Role.CAPTION
    if all(line.mono for line in lines) and (len(lines) > 1 or _CODE.search(first.text)):
        return Role.CODE
    low = first.y0 > sheet.page.frame.height * 0.6
    if low and first.size < _SMALLER * body and _NOTE_MARK.match(first.text):
        return Role.FOOTNOTE
    return Role.ITEM if marker_of(first.text) and not first.bold else Role.TEXT


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
