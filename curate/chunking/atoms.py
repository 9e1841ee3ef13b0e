"""The smallest pieces that a section is packed from, and which of them belong together.

An atom is a sentence, an item of a list, a row of a table or a line of code. Atoms of a group (a
table, code, a procedure with its lead-in) stay together as long as they fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curate.chunking.sentences import LINE, SENTENCE, sentence_starts
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.chunking.sections import Block
    from curate.chunking.visible import Visible
    from curate.tables.parsed import Element

LEAD_IN = 0.5  # cost of a border between a lead-in, a caption or a question and what it leads to
HEADING = 50.0  # between a heading and what it is the heading of
NESTED = 0.1  # cost of a border before an item of a nested list
_WHOLE = frozenset({Kind.TABLE, Kind.CODE, Kind.FORMULA})
_ORDERED = re.compile(r"\s*\d+[.)]\s")
_CLOSING = "\"'”’»)]*_ "
_LEADS = re.compile(r"[:：?？][\"'”’»)\]*_]*$")


class Atom(NamedTuple):
    """A piece: its visible span, the cost of a border before it, its group, the header above it."""

    start: int
    end: int
    cost: float
    group: int
    header: tuple[tuple[int, int], ...] = ()


def atoms(section: Sequence[Block], visible: Visible) -> list[Atom]:
    """Return the pieces of a section in order; equal groups belong together, -1 to nothing."""
    found: list[Atom] = []
    groups = _groups(section, visible.text)
    for at, block in enumerate(section):
        first: float | None = _first_cost(section, at, visible.text)
        for start, end, cost, header in _pieces(block, visible):
            span = visible.trim(start, end)
            if span:
                found.append(Atom(*span, cost if first is None else first, groups[at], header))
                first = None
    return found


def is_answer(section: Sequence[Block], text: str) -> bool:
    """Tell whether a section answers: the last heading it begins with asks something."""
    body = next((at for at, b in enumerate(section) if b.element.kind is not Kind.HEADING), 0)
    asked = section[body - 1]
    return body > 0 and text[asked.start : asked.end].rstrip(_CLOSING).endswith(("?", "？"))


def _groups(section: Sequence[Block], text: str) -> list[int]:
    """Return each block's group: a whole block with its heading, steps with their lead-in."""
    groups = [at if block.element.kind in _WHOLE else -1 for at, block in enumerate(section)]
    for at, block in enumerate(section):
        if block.element.kind is Kind.LIST and _ORDERED.match(text, block.start):
            groups[at] = at
            if at and section[at - 1].element.kind is Kind.PARAGRAPH:
                groups[at - 1] = at
    for at in range(len(section) - 2, -1, -1):
        if section[at].element.kind is Kind.HEADING:
            groups[at] = groups[at + 1]
    return groups


def _first_cost(section: Sequence[Block], at: int, text: str) -> float:
    """Return what a border before a block costs."""
    if not at:
        return LINE
    before = section[at - 1]
    if before.element.kind is Kind.HEADING:
        return HEADING
    leads = _LEADS.search(text, max(before.start, before.end - 4), before.end)
    return LEAD_IN if leads or before.element.kind is Kind.CAPTION else LINE


_Spans = tuple[tuple[int, int], ...]
_Piece = tuple[int, int, float, _Spans]


def _pieces(block: Block, visible: Visible) -> Iterator[_Piece]:
    """Yield start, end, cost of a border before it and table header of a block's pieces."""
    match block.element.kind:
        case Kind.HEADING | Kind.FORMULA:
            yield block.start, block.end, LINE, ()
        case Kind.LIST:
            yield from _items(block.element, visible.text)
        case Kind.TABLE:
            yield from _rows(block.element, visible)
        case Kind.CODE:
            yield from _lines(block.element, visible.text)
        case _:
            yield from _sentences(block.start, block.end, visible.text)


def _sentences(start: int, end: int, text: str, *, cost: float = LINE) -> Iterator[_Piece]:
    for begin, price in sentence_starts(text, start, end):
        yield start, begin, cost, ()
        start, cost = begin, price
    yield start, end, cost, ()


def _items(element: Element, text: str) -> Iterator[_Piece]:
    start, cost = element.start, LINE
    for part in element.parts[1:]:
        begin = text.rfind("\n", start, part.start) + 1
        if begin:
            yield from _sentences(start, begin - 1, text, cost=cost)
            start, cost = begin, NESTED if part.column else LINE
    yield from _sentences(start, element.end, text, cost=cost)


def _lines(element: Element, text: str) -> Iterator[_Piece]:
    start, cost = element.start, LINE
    while (end := text.find("\n", start, element.end)) >= 0:
        yield start, end, cost, ()
        start, cost = end + 1, SENTENCE if end > start else LINE
    yield start, element.end, cost, ()


def _rows(element: Element, visible: Visible) -> Iterator[_Piece]:
    heads = {part.row for part in element.parts if part.header and not part.column}
    header: _Spans = ()
    reading = True
    for row, (start, end, _, _) in enumerate(_lines(element, visible.text)):
        if reading and row in heads:
            yield start, end, LEAD_IN, ()
            span = visible.trim(start, end)
            header += (span,) if span else ()
        else:
            yield start, end, LEAD_IN if reading and row else LINE, header
            reading = False
