"""What became of every record that came in, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["kept", "flagged", "rejected"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One record's fate.

    `doc_id` is its document, or its address's id where it has none; `address` is its path with
    personal data masked. `stage` is where its outcome was decided, `reasons` are stable codes.
    `corpus` and
    `finetune` say `in`, or why it is out. Counts are of what the release holds of it.
    """

    doc_id: str
    source: str
    address: str
    media_type: str
    size: int
    stage: str
    outcome: Outcome
    reasons: tuple[str, ...]
    corpus: str
    finetune: str
    language: str
    reader: str
    pages: int
    characters: int
    chunks: int
    examples: int
    redactions: int
    copy_of: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at.

    `subject` is the id of what is judged, `kind` the queue it belongs to (label, risk, pii, pair,
    ...),
    `score` how sure the check is from 0 to 1, `reason` a stable code, `suggestion` what the check
    would decide. No finding holds text of a document.
    """

    finding_id: str
    subject: str
    kind: str
    score: float
    reason: str
    suggestion: str
    doc_id: str
    status: str
