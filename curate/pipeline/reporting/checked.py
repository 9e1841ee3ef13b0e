"""The page is searched for personal data once more, as readers will see it.

The same second scan that guards both products reads every quote, in the workers that have the
recognisers loaded. A quote in which it finds something outside the masks is taken off the page; if
the scan itself fails, all are.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from curate import ids
from curate.engine.work import Given, Item
from curate.pipeline.tools import finder_tool
from curate.report.model import Piece, PieceKind, Quote
from curate.stages.verify import verify_chunks
from curate.tables.chunks import Body, Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.pipeline.flow import Flow
    from curate.report.model import Report

Value = TypeVar("Value")

_HIDDEN = {PieceKind.MASKED, PieceKind.SURROGATE}
_NO_ID = bytes(ids.ID_BYTES)
WITHHELD = "(not shown: a second scan found personal data here)"


@dataclass(frozen=True, slots=True)
class _Unheard:
    """Progress that nobody watches: these are no pieces of the run's work."""

    def begin(self, stage: str, total: int, known: int) -> None:
        """Ignore it."""

    def advance(self, stage: str, done: int, failed: int) -> None:
        """Ignore it."""

    def end(self, stage: str, seconds: float) -> None:
        """Ignore it."""


def checked(report: Report, flow: Flow) -> Report:
    """Return a report without the quotes in which personal data is left."""
    quotes = tuple(dict.fromkeys(_quotes(report)))
    if not quotes:
        return report
    bodies = tuple(map(_body, quotes))
    quiet = replace(flow, progress=_Unheard())
    made = quiet.recipe(verify_chunks, tools={"finder": finder_tool(quiet)})
    key = made.key(ids.digest("page", *(body.index_text for body in bodies)), repr(bodies))
    results = quiet.run(made, [Item(key, (Given(bodies),))])
    rows = dict(results.rows([key]))
    if key not in rows:
        return _mapped(report, _without)
    bad = {quotes[residue.row] for residue in rows[key]}
    return _mapped(report, lambda quote: _without(quote) if quote in bad else quote)


def _without(quote: Quote) -> Quote:
    return replace(quote, pieces=(Piece(WITHHELD),))


def _quotes(value: object) -> Iterator[Quote]:
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _quotes(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _quotes(getattr(value, field.name))


def _mapped(value: Value, change: Callable[[Quote], Quote]) -> Value:
    """Return a value with every quote in it changed."""
    if isinstance(value, Quote):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_mapped(part, change) for part in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value


def _body(quote: Quote) -> Body:
    """Return a quote as the scan reads a chunk: its words, and where masks stand in them."""
    text, masks = "", []
    for piece in quote.pieces:
        said = f"<{piece.text}>" if piece.kind is PieceKind.MASKED else piece.text
        if piece.kind in _HIDDEN:
            masks.append(Mask(len(text), len(text) + len(said)))
        text += said
    return Body(
        title="", start=0, end=len(text), text=text, index_text=text, heading_path=(), kinds=(),
        page=None, tokens=0, text_key=_NO_ID, section_key=_NO_ID, masked=tuple(masks),
        index_masked=tuple(masks), redactions=(),
    )  # fmt: skip
