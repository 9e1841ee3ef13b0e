"""What the page says in place of dropped text that only those inside may read.

A page is passed round more widely than the documents. Quoted mail, signatures and tricks of
encoding may be struck and read; an internal note, a reviewer's comment, a speaker's note and hidden
text stand there as their kind alone, unless a sample of a risk is about that very passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.tables.edits import Edit
    from curate.tables.parsed import Element
    from curate.tables.risks import Risk

_INTERNAL = {Kind.NOTE: "[speaker's note]", Kind.COMMENT: "[internal note]"}
_HIDDEN = "[hidden text]"
_READABLE = frozenset({Kind.QUOTED.value, Kind.SIGNATURE.value, Kind.DISCLAIMER.value})


class StandIns:
    """The dropped spans of one document that are not quoted, each with what stands in its place."""

    def __init__(
        self, drops: Iterable[Edit], elements: Sequence[Element], risks: Iterable[Risk]
    ) -> None:
        """Find them: by the kind of the text, whatever the reason of the drop, then by the reason."""
        drops = list(drops)
        tricks = {risk.rule for risk in risks if risk.family == "encoding"}
        readable = _READABLE | tricks
        self._hidden = [(d.start, d.end) for d in drops if d.reason not in readable]
        self._internal = [
            (e.start, e.end, _INTERNAL[e.kind]) for e in elements if e.kind in _INTERNAL
        ]
        self._hidden += [(e.start, e.end) for e in elements if e.kind is Kind.HIDDEN]

    def edges(self) -> list[tuple[int, int]]:
        """Return the spans, so that a text can be cut at them."""
        return [*((low, high) for low, high, _ in self._internal), *self._hidden]

    def at(self, place: int, *, reveal: tuple[int, int] | None = None) -> str:
        """Return what stands for the dropped letter at a place, "" where it may be read.

        Args:
            place: A place within a drop.
            reveal: The span of a risk that is shown for its own sake, unless it is internal.
        """
        for low, high, said in self._internal:
            if low <= place < high:
                return said
        if reveal and reveal[0] <= place < reveal[1]:
            return ""
        return _HIDDEN if any(low <= place < high for low, high in self._hidden) else ""
