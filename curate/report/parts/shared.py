"""The small values that several parts of a report share: counts, pieces of document text, passages.

Document text travels as a list of pieces, each with what happened to it, so that whoever
collects a report says what was used, dropped or masked and never writes markup. Everything is
frozen, slotted and made of plain strings and numbers: nothing here can hold a table or a file.
"""

import shlex
from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """What happened to a piece of document text."""

    PLAIN = "plain"
    """Stands around what was used."""
    USED = "used"
    """Went into the product."""
    DROPPED = "dropped"
    """Was taken out: page furniture, quoted mail; in an edit, what was there before."""
    MASKED = "masked"
    """A typed mask; the text of the piece is the type (`PERSON`), never the value."""
    SURROGATE = "surrogate"
    """An invented stand-in for a real value."""
    ADDED = "added"
    """New in this release; only in edits."""


class Voice(StrEnum):
    """How document text is set."""

    PROSE = "prose"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of document text of one kind; a line break is kept, a blank line starts a paragraph."""

    text: str
    kind: PieceKind = PieceKind.PLAIN


@dataclass(frozen=True, slots=True)
class Quote:
    """A short text of a document, as pieces.

    Attributes:
        lang: BCP 47 tag where it differs from English, else empty.

    """

    pieces: tuple[Piece, ...]
    voice: Voice = Voice.PROSE
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a sample comes from: an address and the text around it.

    Attributes:
        address: rendered (masked) path, with ` › ` between a container and its member.
        places: short facts beside the address: `page 71`, `1,840–2,118`.
        about: one line under it: `version 7 · in force since 2026-03-01`, or the heading path.
        quote: the passage, context included.
        starts_inside: the text before it was cut off; shown as an ellipsis.
        ends_inside: the text after it was cut off.
        note: what a reader should notice, as a phrase.

    """

    address: str
    quote: Quote
    places: tuple[str, ...] = ()
    about: str = ""
    starts_inside: bool = False
    ends_inside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A named number of things."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Named counts, largest first, drawn as bars.

    Attributes:
        rows: at most about eight; fold the rest into `note`.
        whole: what the shares refer to; 0 shows no shares.
        note: one sentence on what the bars leave out.

    """

    rows: tuple[Count, ...]
    whole: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts over equal bins that start at 0.

    Attributes:
        width: of one bin, in `unit`.
        counts: one per bin; the last bin also holds everything beyond it.
        median: in `unit`, or None.
        limit: a limit to mark, in `unit`, or None.
        unit: of the axis, as a plural word.
        note: one sentence, for instance on what lies beyond the limit.

    """

    width: int
    counts: tuple[int, ...]
    median: int | None = None
    limit: int | None = None
    unit: str = "tokens"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Counts over a short row of named steps (years, depths), in their own order."""

    rows: tuple[Count, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """Stands where a part has no data.

    Attributes:
        sentence: says why; empty lets the renderer say it.
        command: what to type to change that, if anything.

    """

    sentence: str = ""
    command: str = ""


def command(*words: str) -> str:
    """Return what to type to run `curate` with these words, quoted for a shell.

    A source or a label may be called `x; rm -rf ~`: commands of a report are copied and pasted.
    """
    return "curate " + shlex.join(words)
