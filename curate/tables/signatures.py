"""What group stages need to know of a text without reading it: digests, sketch, counts."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id


@dataclass(frozen=True, slots=True)
class Signature:
    """One text's signature.

    `exact` is the keyed digest of the text folded to lower-case words, `minhash` the sketch of its
    word shingles (little-endian 32-bit values; empty for texts too short to compare), `thread` the
    keyed digest of the conversation it belongs to (zero: none). `characters` and `words` count
    what a reader sees, `visible` tells whether there is any such text, `draft` whether it calls
    itself one.
    """

    exact: Id
    minhash: bytes
    characters: int
    words: int
    visible: bool
    language: str
    created: str
    modified: str
    thread: Id
    pages: int
    furniture: int
    reader: str
    notes: tuple[str, ...]
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The sketch by which a file is known again after it was moved and edited."""

    pieces: bytes


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of one text as sorted 64-bit hashes, to verify a pair by its true similarity."""

    hashes: bytes
