"""The parts of a document that no chunk crosses, and the blocks in them.

A section begins with its headings: one without any text of its own goes with what follows it.
Nothing here looks beyond the section, which is what keeps an edit's effect within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.chunking.model import Split, Strategy
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.chunking.model import ChunkSettings
    from curate.chunking.visible import Visible
    from curate.tables.parsed import Element, Parsed


@dataclass(frozen=True, slots=True)
class Block:
    """An element, by its place among the document's, and the span of it that is visible."""

    index: int
    element: Element
    start: int
    end: int


def sections(parsed: Parsed, visible: Visible, settings: ChunkSettings) -> Iterator[list[Block]]:
    """Yield the blocks of each section in order; blocks without visible text are left out."""
    parts = _BEGINS[settings.strategy](settings)
    section: list[Block] = []
    empty = True
    for block in _blocks(parsed, visible):
        if not empty and parts(section[-1], block):
            yield section
            section, empty = [], True
        section.append(block)
        empty = empty and block.element.kind is Kind.HEADING
    if section:
        yield section


def heading_path(parsed: Parsed, visible: Visible, index: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of the visible headings that an element stands under, itself included."""
    path: list[tuple[int, int]] = []
    at = index if parsed.elements[index].kind is Kind.HEADING else parsed.elements[index].parent
    while at >= 0:
        heading = parsed.elements[at]
        span = visible.trim(heading.start, heading.end)
        if span:
            path.append(span)
        at = heading.parent
    return tuple(reversed(path))


def _blocks(parsed: Parsed, visible: Visible) -> Iterator[Block]:
    for index, element in enumerate(parsed.elements):
        span = visible.trim(element.start, element.end)
        if span:
            yield Block(index, element, *span)


def _by_heading(settings: ChunkSettings) -> Callable[[Block, Block], bool]:
    lowest = settings.heading_level if settings.split is Split.HEADING else 0

    def parts(_: Block, block: Block) -> bool:
        return block.element.kind is Kind.HEADING and block.element.level <= lowest

    return parts


def _by_page(_: ChunkSettings) -> Callable[[Block, Block], bool]:
    return lambda before, block: before.element.page != block.element.page


def _by_element(_: ChunkSettings) -> Callable[[Block, Block], bool]:
    return lambda _before, _block: True


def _never(_: ChunkSettings) -> Callable[[Block, Block], bool]:
    return lambda _before, _block: False


_BEGINS = {
    Strategy.BALANCED: _by_heading,
    Strategy.RECURSIVE: _by_heading,
    Strategy.FIXED: _never,
    Strategy.PAGE: _by_page,
    Strategy.ELEMENT: _by_element,
}
