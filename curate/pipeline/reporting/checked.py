"""The page is searched for personal data once more, as readers will see it.

The same second scan that guards both products reads every quote and every name, in the workers
that have the recognisers loaded. What holds anything outside the masks is taken off the page; if
the scan itself fails, all of it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.engine.work import Given, Item
from curate.pipeline.reporting.passages import with_masks
from curate.pipeline.tools import finder_tool
from curate.report.model import Piece, PieceKind, Quote
from curate.stages.verify import verify_chunks
from curate.tables.chunks import Body, Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.pipeline.flow import Flow
    from curate.report.model import Report

Words = Quote | str

_STAND_INS = {PieceKind.MASKED, PieceKind.SURROGATE}
_SPOKEN = frozenset(
    {
        "about", "address", "explanation", "given", "header", "heading", "name", "names",
        "suggested", "text",
    }
)  # fmt: skip
_JOINTS = re.compile(r"[/\\›]")
_END = re.compile(r"\.(?=\w{1,5}(?:$|\s))")
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

    def tell(self, said: str) -> None:
        """Ignore it."""


def checked(report: Report, flow: Flow) -> Report:
    """Return a report without the words in which personal data is left."""
    words: list[Words] = list(dict.fromkeys(_words(report)))
    bodies = tuple(map(_body, words))
    quiet = replace(flow, progress=_Unheard())
    made = quiet.recipe(verify_chunks, tools={"finder": finder_tool(quiet)})
    key = made.key(ids.digest("page", repr(bodies).encode("utf-8", "surrogatepass")))
    results = quiet.run(made, [Item(key, (Given(bodies),))])
    rows = dict(results.rows([key]))
    bad = {words[residue.row] for residue in rows[key]} if key in rows else set(words)
    cleared: Report = _mapped(report, lambda said: _without(said) if said in bad else said)
    return cleared


def _without(said: Words) -> Words:
    return WITHHELD if isinstance(said, str) else replace(said, pieces=(Piece(WITHHELD),))


def _words(value: object, *, spoken: bool = False) -> Iterator[Words]:
    """Yield every quote, and the strings that may repeat what a document or its name says."""
    if isinstance(value, Quote) or (spoken and isinstance(value, str) and value):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part, spoken=spoken)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name), spoken=field.name in _SPOKEN)


def _mapped(value: Any, change: Callable[[Words], Words], *, spoken: bool = False) -> Any:  # noqa: ANN401
    """Return a value with all its words changed."""
    if isinstance(value, Quote) or (spoken and isinstance(value, str) and value):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(part, change, spoken=spoken) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            f.name: _mapped(getattr(value, f.name), change, spoken=f.name in _SPOKEN)
            for f in fields(value)
        }
        return replace(value, **parts)
    return value


def _apart(name: str) -> str:
    """Return a name as words: folders and the end of a file's name hide a value that stands in it."""
    parted = _JOINTS.sub(" ", name)
    without_end = _END.sub(" ", parted)
    return parted if without_end == parted else f"{parted}\n{without_end}"


def _body(said: Words) -> Body:
    """Return words as the scan reads a chunk: the text, and where masks stand in it."""
    text = ""
    masks: list[Mask] = []
    for piece in with_masks(_apart(said)) if isinstance(said, str) else said.pieces:
        shown = f"<{piece.text}>" if piece.kind is PieceKind.MASKED else piece.text
        if piece.kind in _STAND_INS:
            masks.append(Mask(len(text), len(text) + len(shown)))
        text += shown
    return Body(
        title="", start=0, end=len(text), text=text, index_text=text, heading_path=(), kinds=(),
        page=None, tokens=0, text_key=_NO_ID, section_key=_NO_ID, masked=tuple(masks),
        index_masked=tuple(masks), redactions=(),
    )  # fmt: skip
