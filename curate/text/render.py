"""The one function that alters text: canonical text and its edits become what a product shows.

`render` is pure: the same text, edits, policy and key give the same result, for a whole field or
for any span of it. What becomes of a place is decided by the whole field and never by where a span
was cut, so that the renders of adjacent spans, set beside each other, are the render of both: a
replacement belongs to the span that holds its first character, and the white space closed up around
a dropped block is the same everywhere. The result knows where each of its characters comes from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.ids import encode, mac
from curate.tables.edits import Edit, EditAction
from curate.text.edits import value_digest
from curate.text.folding import plain
from curate.text.surrogates import surrogate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HASH_LETTERS = 10  # 50 bits
_CLOSING = ",.;:!?)]"


class Treatment(StrEnum):
    """What stands in the place of a value."""

    MASK = "mask"  # <EMAIL_ADDRESS>
    REDACT = "redact"  # nothing
    SURROGATE = "surrogate"  # another value of the same kind and format, never a real one
    HASH = "hash"  # <EMAIL_ADDRESS_5k2m9qx0rt>, equal for equal values under one key
    KEEP = "keep"  # the value itself


@dataclass(frozen=True, slots=True)
class Policy:
    """How a product treats each type of PII; `default` for types that `by_type` does not name."""

    default: Treatment = Treatment.MASK
    by_type: tuple[tuple[str, Treatment], ...] = ()

    def treatment(self, kind: str) -> Treatment:
        """Return what becomes of a value of a type."""
        return next((how for name, how in self.by_type if name == kind), self.default)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the canonical text and the run of rendered text that it became.

    A piece that is not `verbatim` is a replacement, or nothing where something was removed; its
    borders are those of the whole replacement, even where a span ends inside it.
    """

    start: int
    end: int
    at: int
    until: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """Rendered text with the way back; offsets are code points of the field and of this text."""

    text: str
    pieces: tuple[Piece, ...]

    def to_rendered(self, start: int, end: int) -> tuple[int, int]:
        """Return where a canonical span lies here; a replacement it touches is taken whole."""
        first = bisect_right(self.pieces, start, key=_piece_end)
        last = bisect_left(self.pieces, end, key=_piece_start) - 1
        if first >= len(self.pieces):
            return len(self.text), len(self.text)
        begin = _along(self.pieces[first], start)
        if end <= start or last < first:
            return begin, begin
        piece = self.pieces[last]
        until = min(piece.at + end - piece.start, piece.until) if piece.verbatim else piece.until
        return begin, until

    def to_canonical(self, start: int, end: int) -> tuple[int, int]:
        """Return the canonical span that stands behind a span of this text."""
        shown = [piece for piece in self.pieces if piece.at < piece.until]
        if not shown:
            edge = self.pieces[0].start if self.pieces else 0
            return edge, edge
        first = min(bisect_right(shown, start, key=_piece_until), len(shown) - 1)
        begin = _back(shown[first], start)
        if end <= start:
            return begin, begin
        piece = shown[bisect_left(shown, end, key=_piece_at) - 1]
        return begin, (piece.start + end - piece.at if piece.verbatim else piece.end)

    def trimmed(self) -> Rendered:
        """Return the same without white space at its two ends."""
        lead = len(self.text) - len(self.text.lstrip())
        body = self.text.strip()
        cut = (_clipped(piece, lead, lead + len(body)) for piece in self.pieces)
        return Rendered(body, tuple(piece for piece in cut if piece is not None))


def render(
    text: str,
    edits: Sequence[Edit],
    *,
    policy: Policy,
    key: bytes,
    span: tuple[int, int] | None = None,
) -> Rendered:
    """Return a field's text, or a span of it, as a product with this policy shows it.

    Args:
        text: The whole field.
        edits: The edits of that field as `normalise` leaves them.
        policy: What becomes of each type of PII.
        key: The key for surrogates and hashes.
        span: Start and end of the part wanted; a replacement that begins before it is left out, one
            that ends behind it is shown whole.
    """
    start, end = span or (0, len(text))
    changes = _changes(text, _near(text, edits, (start, end)), policy)
    out: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for run in _runs(changes, (start, end)):
        shown = _shown(text, run, policy=policy, key=key)
        out.append(shown)
        pieces.append(Piece(run.start, run.end, length, length + len(shown), run.verbatim))
        length += len(shown)
    return Rendered("".join(out), tuple(pieces))


@dataclass(frozen=True, slots=True)
class _Run:
    """A part of the field with one fate: verbatim, replaced by what `edit` says, or removed."""

    start: int
    end: int
    verbatim: bool = False
    edit: Edit | None = None


def _near(text: str, edits: Sequence[Edit], span: tuple[int, int]) -> Sequence[Edit]:
    """Return the edits that can reach into a span: those in it, and those beside it.

    White space closes up across edits that only white space parts, so the neighbours are taken as
    far as such gaps go, and one more.
    """
    first = bisect_right(edits, span[0], key=_edit_end)
    last = bisect_left(edits, span[1], key=_edit_start)
    at = span[0]
    while first > 0:
        first -= 1
        if not _blank(text, edits[first].end, at):
            break
        at = edits[first].start
    at = span[1]
    while last < len(edits):
        last += 1
        if not _blank(text, at, edits[last - 1].start):
            break
        at = edits[last - 1].end
    return edits[first:last]


def _changes(text: str, edits: Iterable[Edit], policy: Policy) -> list[_Run]:
    """Return what is not shown verbatim, removals joined and closed up."""
    joined: list[_Run] = []
    for edit in edits:
        how = Treatment.REDACT if edit.action is EditAction.DROP else policy.treatment(edit.type)
        if how is Treatment.KEEP:
            continue
        change = _Run(edit.start, edit.end, edit=None if how is Treatment.REDACT else edit)
        before = joined[-1] if joined else change
        if _one_value(joined, change):
            joined[-2:] = [replace(joined[-2], end=change.end)]
        elif before is not change and _one_removal(text, before, change):
            joined[-1] = replace(before, end=change.end)
        else:
            joined.append(change)
    borders = [0, *(change.end for change in joined)], [*(c.start for c in joined), len(text)]
    return [
        change if change.edit else _closed_up(text, change, (low, high))
        for change, low, high in zip(joined, borders[0], borders[1][1:], strict=False)
    ]


def _one_value(joined: Sequence[_Run], change: _Run) -> bool:
    """Tell whether a removal, of signs that nobody sees, only parts a value that is replaced."""
    if len(joined) < 2 or not change.edit:  # noqa: PLR2004 - the value's beginning, the removal
        return False
    first, gap = joined[-2:]
    touching = first.end == gap.start and gap.end == change.start
    if not first.edit or gap.edit or not touching:
        return False
    known = first.edit.person
    return bool(known) and (first.edit.type, known) == (change.edit.type, change.edit.person)


def _one_removal(text: str, before: _Run, change: _Run) -> bool:
    removed = before.edit is None and change.edit is None
    return removed and _blank(text, before.end, change.start)


def _closed_up(text: str, removal: _Run, within: tuple[int, int]) -> _Run:
    """Return a removal with the white space that would otherwise stand doubled around it.

    Args:
        text: The field.
        removal: What is removed.
        within: End of the change before it and start of the one behind it.
    """
    start, end = removal.start, removal.end
    left, right = start, _white_end(text, end, within[1])
    while left > within[0] and text[left - 1].isspace():
        left -= 1
    if left == 0 or right == len(text):
        return replace(removal, start=left, end=right)
    if left == start or right == end:
        swallow = right == end and text[end] in _CLOSING
        return replace(removal, start=left) if swallow else removal
    if text.count("\n", end, right) > text.count("\n", left, start):
        return replace(removal, start=left)
    return replace(removal, end=right)


def _blank(text: str, start: int, end: int) -> bool:
    return _white_end(text, start, end) >= end


def _white_end(text: str, start: int, limit: int) -> int:
    while start < limit and text[start].isspace():
        start += 1
    return start


def _runs(changes: Iterable[_Run], span: tuple[int, int]) -> Iterator[_Run]:
    """Yield all of a span, run by run; a replacement is shown where its first character is."""
    at, end = span
    for change in changes:
        if change.end <= span[0] or change.start >= end:
            continue
        if at < change.start:
            yield _Run(at, change.start, verbatim=True)
        if change.edit and change.start >= span[0]:
            yield change
        else:
            yield _Run(max(change.start, span[0]), min(change.end, end))
        at = min(change.end, end)
    if at < end:
        yield _Run(at, end, verbatim=True)


def _shown(text: str, run: _Run, *, policy: Policy, key: bytes) -> str:
    """Return what stands in the place of a run."""
    value, edit = text[run.start : run.end], run.edit
    if run.verbatim or edit is None:
        return value if run.verbatim else ""
    how = policy.treatment(edit.type)
    if how is Treatment.MASK:
        return f"<{edit.type}>"
    person = edit.person or value_digest(key, edit.type, value)
    if how is Treatment.HASH:
        letters = encode("p", mac(key, "pii-hash", edit.type, person))
        return f"<{edit.type}_{letters[-_HASH_LETTERS:]}>"
    return surrogate(edit.type, plain(value), key=key, person=person)


def _along(piece: Piece, place: int) -> int:
    return piece.at + max(place - piece.start, 0) if piece.verbatim else piece.at


def _back(piece: Piece, place: int) -> int:
    return piece.start + max(place - piece.at, 0) if piece.verbatim else piece.start


def _clipped(piece: Piece, low: int, high: int) -> Piece | None:
    """Return a piece as it lies between two places of the text, None where it is cut away."""
    at, until = max(piece.at, low), min(piece.until, high)
    if at > until or (at == until and piece.at < piece.until):
        return None
    if not piece.verbatim:
        return replace(piece, at=at - low, until=until - low)
    start = piece.start + at - piece.at
    return Piece(start, start + until - at, at - low, until - low, verbatim=True)


def _edit_start(edit: Edit) -> int:
    return edit.start


def _edit_end(edit: Edit) -> int:
    return edit.end


def _piece_start(piece: Piece) -> int:
    return piece.start


def _piece_end(piece: Piece) -> int:
    return piece.end


def _piece_at(piece: Piece) -> int:
    return piece.at


def _piece_until(piece: Piece) -> int:
    return piece.until
