"""Words of documents for the page: canonical text with what happened to it, as pieces.

Personal data is a typed box here whatever a product's policy is, in dropped text too, where edits
no longer know of it; what was dropped is struck and cut short, or stands there as its kind where
it is for those inside alone. No value of personal data that the
search found can come through: every piece is made of what lies between the finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.pii import texts_of
from curate.pipeline.reporting.stand_ins import StandIns
from curate.report.model import Piece, PieceKind, Quote
from curate.stages.edit import PseudonymKey, edit
from curate.tables.edits import Edit, EditAction
from curate.text.edits import normalise, of_field, replacements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.tables.parsed import Element, Parsed
    from curate.tables.pii_spans import PiiSpan
    from curate.tables.risks import Risk

Span = tuple[int, int]

MASK = re.compile(r"<([A-Z][A-Z0-9_]{1,40}?)(?:_[0-9a-z]{10})?>")
ROOM = 220
_LINE = re.compile(r"\s*\n\s*")
_LONGEST_DROP = 160
_LONGEST_USED = 1400


@dataclass(frozen=True, slots=True)
class Text:
    """A document's canonical text, what is dropped from it, where personal data stands in it."""

    text: str
    title: str
    elements: tuple[Element, ...]
    drops: tuple[Edit, ...]
    masks: tuple[Edit, ...]
    risks: tuple[Risk, ...]


def text_of(flow: Flow, document: Document) -> Text | None:
    """Return the text of a document that was read and searched; None where it was not."""
    course = document.course
    if document.rejected or not (course and course.has("find_pii") and course.has("scan")):
        return None
    parsed: Parsed = flow.rows("parse", course)[0]
    found: tuple[PiiSpan, ...] = flow.rows("find_pii", course)
    risks: tuple[Risk, ...] = flow.rows("scan", course)
    key = flow.keys.pseudonyms
    edits = edit(parsed, found, risks, settings=flow.settings.edits, pseudonyms=PseudonymKey(key))
    drops = [e for e in of_field(edits, "text") if e.action is EditAction.DROP]
    wishes = replacements([s for s in found if s.field == "text"], texts_of(parsed), key=key)
    masks = normalise(wishes)
    return Text(parsed.text, parsed.title, parsed.elements, tuple(drops), masks, risks)


def pieces(
    shown: Text, window: Span, used: Sequence[Span] = (), *, reveal: Span | None = None
) -> tuple[Piece, ...]:
    """Return a window of a text: used spans marked, drops struck, personal data as types.

    Args:
        shown: The text.
        window: What is shown of it.
        used: Spans that are marked.
        reveal: The span of a risk that a sample is about: shown though it is hidden.
    """
    held = StandIns(shown.drops, shown.elements, shown.risks)
    drops = _within(((e.start, e.end) for e in shown.drops), window)
    masks = {e.start: e for e in shown.masks if e.start < window[1] and window[0] < e.end}
    boxed = [(e.start, e.end) for e in masks.values()]
    edges = {window[0], window[1]}
    revealed = () if reveal is None else (reveal,)
    for low, high in (*drops, *boxed, *_within((*used, *revealed, *held.edges()), window)):
        edges |= {min(max(low, window[0]), window[1]), min(max(high, window[0]), window[1])}
    found = []
    for low, high in pairwise(sorted(edges)):
        said = held.at(low, reveal=reveal) if _holds(drops, low) else ""
        found.append((low, high, said))
    return tuple(_joined(_cut(shown, found, (drops, boxed, list(used)))))


def _within(spans: Iterable[Span], window: Span) -> list[Span]:
    return [span for span in spans if span[0] < window[1] and window[0] < span[1]]


def _cut(
    shown: Text,
    parts: Sequence[tuple[int, int, str]],
    spans: tuple[list[Span], list[Span], list[Span]],
) -> Iterator[Piece]:
    """Yield a piece for each part (start, end, what stands for it); one stand-in for neighbours."""
    drops, boxed, used = spans
    said: set[Span] = set()
    last = ""
    for low, high, stand_in in parts:
        if stand_in:
            if stand_in != last:
                yield Piece(stand_in, PieceKind.DROPPED)
            last = stand_in
            continue
        last = ""
        box = next((span for span in boxed if span[0] <= low < span[1]), None)
        if box is not None:
            if box not in said:
                yield Piece(_type(shown, box), PieceKind.MASKED)
            said.add(box)
        elif _holds(drops, low):
            yield Piece(shown.text[low:high], PieceKind.DROPPED)
        else:
            kind = PieceKind.USED if _holds(used, low) else PieceKind.PLAIN
            yield Piece(shown.text[low:high], kind)


def _type(shown: Text, box: Span) -> str:
    return next(e.type for e in shown.masks if (e.start, e.end) == box)


def _holds(spans: Iterable[Span], at: int) -> bool:
    return any(low <= at < high for low, high in spans)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind, and cut short what was dropped."""
    last: Piece | None = None
    for piece in found:
        if last is not None and last.kind is piece.kind and piece.kind is not PieceKind.MASKED:
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield _short(last)
        last = piece
    if last is not None:
        yield _short(last)


def _short(piece: Piece) -> Piece:
    if piece.kind is not PieceKind.DROPPED or len(piece.text) <= _LONGEST_DROP:
        return piece
    tail = piece.text[len(piece.text.rstrip()) :]
    return replace(piece, text=f"{piece.text[:_LONGEST_DROP].rstrip()} …{tail}")


def around(shown: Text, used: Span, *, room: int = ROOM) -> Span:
    """Return a span with as much of its neighbourhood as helps to read it, cut between words."""
    start, end = used[0], min(used[1], used[0] + _LONGEST_USED)
    return _back(shown.text, start, room), _forth(shown.text, end, room)


def _back(text: str, start: int, room: int) -> int:
    low = max(0, start - room)
    if not low:
        return 0
    for mark in ("\n\n", "\n", " "):
        found = text.find(mark, low, start)
        if found >= 0:
            return found + len(mark)
    return start


def _forth(text: str, end: int, room: int) -> int:
    high = min(len(text), end + room)
    if high == len(text):
        return high
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, end, high)
        if found >= 0:
            return found
    return end


def rendered(text: str, stands: Iterable[Span]) -> tuple[Piece, ...]:
    """Return a product's text as pieces: masks as types, other stand-ins as surrogates."""
    found: list[Piece] = []
    at = 0
    for low, high in sorted(stands):
        if low < at or high <= low:
            continue
        found.append(Piece(text[at:low]))
        found.append(_stand_in(text[low:high]))
        at = high
    found.append(Piece(text[at:]))
    return tuple(piece for piece in found if piece.text)


def _stand_in(text: str) -> Piece:
    mask = MASK.fullmatch(text)
    return Piece(mask[1], PieceKind.MASKED) if mask else Piece(text, PieceKind.SURROGATE)


def with_masks(text: str, kind: PieceKind = PieceKind.PLAIN) -> tuple[Piece, ...]:
    """Return published text of which only the words are known, its masks as types."""
    found: list[Piece] = []
    at = 0
    for mask in MASK.finditer(text):
        found += [Piece(text[at : mask.start()], kind), Piece(mask[1], PieceKind.MASKED)]
        at = mask.end()
    found.append(Piece(text[at:], kind))
    return tuple(piece for piece in found if piece.text)


def beginning(shown: Text, *, letters: int = 160) -> Quote | None:
    """Return the first words that a reader of the document sees, headings aside if there are more."""
    seen = [
        e for e in shown.elements if not _holds(((d.start, d.end) for d in shown.drops), e.start)
    ]
    bodies = [e for e in seen if e.kind.value != "heading" and e.end - e.start > 20] or seen  # noqa: PLR2004
    if not bodies:
        return None
    first = bodies[0]
    return excerpt(shown, (first.start, first.end), letters=letters)


def excerpt(
    shown: Text, span: Span, *, letters: int = 160, reveal: Span | None = None
) -> Quote | None:
    """Return the first words of a span as a quote; `reveal` is a risk that it is about."""
    start, end = span
    if end - start > letters:
        cut = shown.text.rfind(" ", start, start + letters)
        end = cut if cut > start else start + letters
    cut_out = pieces(shown, (start, end), reveal=reveal)
    found = [replace(p, text=_LINE.sub(" ", p.text)) for p in cut_out]
    if end < span[1]:
        found.append(Piece(" …"))
    return Quote(tuple(found)) if any(p.text.strip() for p in found) else None
