"""Where personal data was found: spans and types, never the values themselves.

A span belongs to one field of a document: `text`, `title`, `path`, `field.NAME.N` (the value of the
N-th of its properties) or `link.I.J` (the address of link J of element I). What is replaced, and by
what, is decided later by the edits and the product's policy: a new policy searches nothing again.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PiiSpan:
    """A value found in one field, counted in code points of that field.

    `recogniser` names what found it, `score` is its certainty from 0 to 1, `person` a keyed digest
    of whom it belongs to (empty: nobody known).
    """

    field: str
    start: int
    end: int
    type: str
    recogniser: str
    score: float
    person: bytes = b""
