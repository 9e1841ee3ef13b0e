"""What a run holds of the corpus it makes: fixed-width facts of every chunk, not their texts."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.chunks import Count
from curate.tables.schema import Id


@dataclass(frozen=True, slots=True)
class Mark:
    """One chunk of the corpus without its text.

    `number` is its place in its document, `depth` the length of its heading path, `heading` the first
    of it as shown, `kinds` what it is made of, joined by commas; `masked` tells whether something
    in it is redacted. `digest` and `index_digest` are those of the published row, as bytes.
    """

    chunk_id: Id
    doc_id: Id
    number: int
    section: Id
    digest: bytes
    index_digest: bytes
    tokens: int
    depth: int
    heading: str
    kinds: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the corpus: the digest of what its rows are made of, and what is redacted in it."""

    doc_id: Id
    made_of: Id
    redactions: tuple[Count, ...]
