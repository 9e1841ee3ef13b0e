"""What became of every record that came in, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curate.tables.chunks import Count
from curate.tables.values import (
    AnyId,
    DocumentId,
    FindingId,
    Natural,
    NoDocumentId,
    NoGroupId,
    NoPlaceId,
    NoVersionId,
    Share,
)

Outcome = Literal["kept", "flagged", "rejected"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One record's fate.

    `doc_id` is its document, or its address's id where it has none; `address` is its path with
    personal data masked. `stage` is where its outcome was decided, `reasons` are stable codes.
    `corpus` and
    `finetune` say `in`, or why it is out. Counts are of what the release holds of it; `redacted` are
    the redactions by type. `version` names its bytes and `place` its address, both as keyed digests,
    empty where they are not known.
    """

    doc_id: DocumentId
    source: str
    address: str
    media_type: str
    size: Natural
    stage: str
    outcome: Outcome
    reasons: tuple[str, ...]
    corpus: str
    finetune: str
    language: str
    reader: str
    pages: Natural
    characters: Natural
    chunks: Natural
    examples: Natural
    redactions: Natural
    copy_of: NoDocumentId
    cluster: NoGroupId
    version: NoVersionId = ""
    place: NoPlaceId = ""
    redacted: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at.

    `subject` is the id of what is judged, `kind` the queue it belongs to (label, risk, pii, pair,
    ...),
    `score` how sure the check is from 0 to 1, `reason` a stable code, `suggestion` what the check
    would decide. No finding holds text of a document.
    """

    finding_id: FindingId
    subject: AnyId
    kind: str
    score: Share
    reason: str
    suggestion: str
    doc_id: DocumentId
    status: str
