"""Cutting one document: sections, then pieces where a section is too long, then packing.

Tokens are counted in few calls over many pieces, for whole blocks first: most sections fit as they
are and are never looked into. What comes out is counted once more, so that the figure on a chunk is
exact and a sum of pieces that was too low cannot make a chunk too long.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from curate.chunking.atoms import Atom, atoms, is_answer
from curate.chunking.model import Cut, Strategy
from curate.chunking.packing import Unit, balanced, greedy
from curate.chunking.sections import Block, heading_path, sections
from curate.chunking.units import Measure, in_row
from curate.chunking.visible import Visible
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.chunking.model import ChunkSettings
    from curate.tables.parsed import Parsed
    from curate.text.tokens import Tokens


class _Chunk(NamedTuple):
    """A chunk to be: its span, the table header above it, the units it was packed from."""

    start: int
    end: int
    header: tuple[tuple[int, int], ...]
    units: Sequence[Unit]


def cut(
    parsed: Parsed,
    *,
    dropped: Sequence[tuple[int, int]] = (),
    settings: ChunkSettings,
    tokens: Tokens,
) -> list[Cut]:
    """Return the chunks of a document, in order and disjoint; together they hold all visible text.

    Args:
        parsed: The document.
        dropped: Spans of its text that edits drop: sorted and disjoint.
        settings: How to cut.
        tokens: What counts tokens.
    """
    visible = Visible(parsed.text, dropped)
    measure = Measure(visible, settings, tokens)
    found: list[Cut] = []
    parts = list(sections(parsed, visible, settings))
    packed = list(_chunks(parts, measure))
    exact = iter(measure.counts((c.start, c.end) for c in chain.from_iterable(packed)))
    for part, chunks in zip(parts, packed, strict=True):
        blocks = deque(part)
        counts = [next(exact) for _ in chunks]
        for chunk, count in _mended(chunks, counts, measure):
            found.append(
                _described((chunk, count), list(_inside(chunk, blocks)), (parsed, visible))
            )
    return found


def _chunks(parts: Sequence[list[Block]], measure: Measure) -> Iterator[list[_Chunk]]:
    """Yield the chunks of each section: the section itself where it fits."""
    fits = _fits(parts, measure)
    pieces = [
        [] if fit else atoms(part, measure.visible) for part, fit in zip(parts, fits, strict=True)
    ]
    spans = chain.from_iterable(in_row([(a.start, a.end) for a in found]) for found in pieces)
    counts = iter(measure.counts(spans))
    for part, found in zip(parts, pieces, strict=True):
        if found:
            units = _units(found, [next(counts) for _ in found], measure)
            yield _packed(units, measure.settings)
        else:
            yield [_Chunk(part[0].start, part[-1].end, (), ())]


def _fits(parts: Sequence[list[Block]], measure: Measure) -> list[bool]:
    """Tell of each section whether it is one chunk as it is."""
    size, whole = measure.settings.size, measure.settings.whole
    totals = measure.counts((part[0].start, part[-1].end) for part in parts)
    return [
        total <= size or (total <= size * whole and is_answer(part, measure.visible.text))
        for part, total in zip(parts, totals, strict=True)
    ]


def _units(pieces: Sequence[Atom], counts: Sequence[int], measure: Measure) -> list[Unit]:
    if measure.settings.strategy is Strategy.FIXED:
        return measure.words(pieces[0].start, pieces[-1].end)
    return measure.units(pieces, counts)


def _packed(units: Sequence[Unit], settings: ChunkSettings) -> list[_Chunk]:
    even = settings.strategy not in {Strategy.FIXED, Strategy.RECURSIVE}
    starts = (balanced if even else greedy)(units, settings)
    return [
        _Chunk(units[a].start, units[b - 1].end, units[a].header, units[a:b])
        for a, b in pairwise((*starts, len(units)))
    ]


def _mended(
    chunks: Sequence[_Chunk], counts: Sequence[int], measure: Measure
) -> Iterator[tuple[_Chunk, int]]:
    """Yield chunks with their exact tokens; one longer than its pieces said is packed anew."""
    for chunk, count in zip(chunks, counts, strict=True):
        excess = count - measure.settings.size
        if excess <= 0 or len(chunk.units) < 2:  # noqa: PLR2004
            yield chunk, count
            continue
        tighter = replace(measure.settings, size=max(measure.settings.size - excess, 1))
        again = _packed(chunk.units, tighter)
        if len(again) == 1:
            middle = len(chunk.units) // 2
            halves = (chunk.units[:middle], chunk.units[middle:])
            again = [_Chunk(half[0].start, half[-1].end, half[0].header, half) for half in halves]
        yield from _mended(again, measure.counts((c.start, c.end) for c in again), measure)


def _inside(chunk: _Chunk, blocks: deque[Block]) -> Iterator[Block]:
    """Yield the blocks that a chunk holds or touches; those it ends are taken off the front."""
    while blocks and blocks[0].start < chunk.end:
        yield blocks[0]
        if blocks[0].end > chunk.end:
            return
        blocks.popleft()


def _described(
    counted: tuple[_Chunk, int], inside: Sequence[Block], source: tuple[Parsed, Visible]
) -> Cut:
    chunk, tokens = counted
    body = next((b for b in inside if b.element.kind is not Kind.HEADING), inside[-1])
    return Cut(
        start=chunk.start,
        end=chunk.end,
        heading_path=heading_path(*source, body.index),
        header=chunk.header,
        kinds=tuple(dict.fromkeys(block.element.kind for block in inside)),
        page=next((b.element.page for b in inside if b.element.page is not None), None),
        tokens=tokens,
    )
