"""A document as an extractor sees it: what edits left of it, and what stands under which heading.

Extractors read words here and hand on spans. Elements that reach no product (quotes, signatures,
internal notes, hidden text) are not shown, whether or not an edit drops them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from curate.mining.drafts import Piece, Span
from curate.tables.parsed import DROPPED, Kind
from curate.text.titles import titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.tables.parsed import Element, Parsed


@dataclass(slots=True)
class Visible:
    """What is visible of a document.

    Args:
        document: The document.
        dropped: Spans of its text that edits drop: sorted and disjoint.
        number: Its place among the documents that are mined together.
    """

    document: Parsed
    dropped: Sequence[tuple[int, int]] = ()
    number: int = 0
    shown: tuple[int, ...] = ()
    headings: tuple[int, ...] = ()
    _starts: list[int] = field(init=False)
    _known: frozenset[int] = field(init=False)
    _links: list[tuple[int, int]] = field(init=False)
    _texts: dict[int, str] = field(init=False)
    _titled: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the elements of which something is to be seen."""
        self._starts = [start for start, _ in self.dropped]
        self._texts = {}
        self._titled = titled(self.document)
        elements = self.document.elements
        self.shown = tuple(
            at
            for at, e in enumerate(elements)
            if e.kind not in DROPPED and self._is_public(e) and self.spans(e.start, e.end)
        )
        self.headings = tuple(at for at in self.shown if elements[at].kind is Kind.HEADING)
        self._known = frozenset(self.headings)
        self._links = sorted((x.start, x.end) for at in self.shown for x in elements[at].links)

    def element(self, index: int) -> Element:
        """Return an element by its place in the document."""
        return self.document.elements[index]

    def read(self, start: int, end: int) -> str:
        """Return the visible text between two places."""
        text = self.document.text
        pieces = self.pieces(start, end)
        return "".join([p if isinstance(p, str) else text[p.start : p.end] for p in pieces])

    def text(self, index: int) -> str:
        """Return the visible text of an element."""
        if index not in self._texts:  # every extractor asks for it
            element = self.element(index)
            self._texts[index] = self.read(element.start, element.end)
        return self._texts[index]

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return the visible spans between two places, joined by the white space they need."""
        found: list[Piece] = []
        last = -1
        for span in self.spans(start, end):
            if found:
                gap = self.document.text[last : span.start]
                found.append("\n\n" if "\n\n" in gap else "\n" if "\n" in gap else " ")
            found.append(span)
            last = span.end
        return tuple(found)

    def passage(self, indices: Sequence[int]) -> tuple[Piece, ...]:
        """Return elements as an answer: verbatim, but steps that all say `1.` get their numbers."""
        found: list[Piece] = []
        for _, run in groupby(enumerate(indices), key=lambda pair: self._run_key(*pair)):
            places = [at for _, at in run]
            if found:
                found.append("\n\n")
            if len(places) == 1 and self._repeats_one(places[0]):
                found += self._numbered(places[0])
            else:
                found += self.pieces(self.element(places[0]).start, self.element(places[-1]).end)
        return tuple(found)

    def spans(self, start: int, end: int) -> list[Span]:
        """Return the visible spans between two places, without white space around them."""
        if not self.dropped:
            return self._bare(start, end)
        found: list[Span] = []
        at = max(bisect_right(self._starts, start) - 1, 0)
        while start < end and at < len(self.dropped) and self._starts[at] < end:
            hidden, shows = self.dropped[at]
            found += self._bare(start, min(hidden, end))
            start = max(start, shows)
            at += 1
        found += self._bare(start, end)
        return found

    def items(self, index: int, first: int, last: int) -> tuple[Piece, ...]:
        """Return items `first` up to, without, `last` of a list, brought out to its margin."""
        parts = [p for p in self.element(index).parts[first:last] if self.spans(p.start, p.end)]
        margin = min((p.column for p in parts), default=0)
        found: list[Piece] = []
        for part in parts:
            inner = part.column > margin or len(parts) > 1
            found.append(("\n" if found else "") + "  " * (part.column - margin) + "- " * inner)
            found += self.pieces(part.start, part.end)
        return tuple(piece for piece in found if piece)

    def without(self, spans: Sequence[tuple[int, int]]) -> Visible:
        """Return the document of which more is dropped."""
        dropped: list[tuple[int, int]] = []
        for start, end in sorted([*self.dropped, *spans]):
            if dropped and start <= dropped[-1][1]:
                dropped[-1] = (dropped[-1][0], max(end, dropped[-1][1]))
            else:
                dropped.append((start, end))
        return replace(self, dropped=tuple(dropped))

    def linked(self, span: Span) -> Iterator[str]:
        """Yield the visible texts of the links that lie within a span."""
        at = bisect_left(self._links, (span.start, span.start))
        while at < len(self._links) and self._links[at][0] < span.end:
            start, end = self._links[at]
            if end <= span.end:
                yield self.document.text[start:end]
            at += 1

    def shows(self, span: Span) -> bool:
        """Tell whether nothing of a span is dropped."""
        if span.field != "text" or span.document != self.number:
            return True
        before = bisect_left(self._starts, span.end)
        return not before or self.dropped[before - 1][1] <= span.start

    def between(self, first: int, last: int) -> tuple[int, ...]:
        """Return the places of the shown elements from `first` up to, without, `last`."""
        return self.shown[bisect_left(self.shown, first) : bisect_left(self.shown, last)]

    def end_of(self, heading: int) -> int:
        """Return the place of the element behind a heading's section, its subsections included."""
        level = self.element(heading).level
        for place in range(bisect_right(self.headings, heading), len(self.headings)):
            if self.element(self.headings[place]).level <= level:
                return self.headings[place]
        return len(self.document.elements)

    def body(self, heading: int) -> tuple[int, ...]:
        """Return the elements between a heading and the next one of any level."""
        at = bisect_right(self.headings, heading)
        end = self.headings[at] if at < len(self.headings) else len(self.document.elements)
        return self.between(heading + 1, end)

    def above(self, index: int) -> Iterator[int]:
        """Yield the visible headings above an element, the nearest first."""
        at = self.element(index).parent
        while at >= 0:
            if at in self._known:
                yield at
            at = self.element(at).parent

    def has_title(self, place: int) -> bool:
        """Tell whether the document's title is the title of what stands at a place in its text."""
        first, behind = self._titled
        return first <= place < behind

    def _run_key(self, order: int, index: int) -> tuple[int, int]:
        """Return what neighbours have in common that can be one span."""
        return (index - order, index if self._repeats_one(index) else -1)

    def _repeats_one(self, index: int) -> bool:
        element = self.element(index)
        if element.kind is not Kind.LIST or len(element.parts) < 2:  # noqa: PLR2004
            return False
        lines = self.document.text[element.start : element.end].split("\n")
        return all(line.startswith("1. ") for line in lines)

    def _numbered(self, index: int) -> Iterator[Piece]:
        parts = [p for p in self.element(index).parts if self.spans(p.start, p.end)]
        for number, part in enumerate(parts, 1):
            yield f"{chr(10) * (number > 1)}{number}. "
            yield from self.pieces(part.start, part.end)

    def _is_public(self, element: Element) -> bool:
        return element.turn < 0 or self.document.turns[element.turn].public

    def _bare(self, start: int, end: int) -> list[Span]:
        shown = self.document.text[start:end] if start < end else ""
        bare = shown.strip()
        if not bare:
            return []
        start += len(shown) - len(shown.lstrip())
        return [Span(start, start + len(bare), self.number)]
