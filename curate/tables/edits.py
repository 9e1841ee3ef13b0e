"""The only table that alters text: what is dropped from a document and what is replaced in it.

Edits of one field are sorted and never overlap. They say what a span is, not what stands there
instead: each product renders the same edits under its own policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EditAction(StrEnum):
    """What happens to the span."""

    DROP = "drop"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one field, counted in code points of that field.

    `type` is the type of PII (empty for a drop), `person` the keyed digest of the normalised value,
    so that equal values get equal surrogates; `reason` is a stable code (`hidden`, `pii`, ...).
    """

    field: str
    start: int
    end: int
    action: EditAction
    type: str
    person: bytes
    reason: str
