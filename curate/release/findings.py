"""Findings: what a person should look at, under ids that do not depend on the run."""

from __future__ import annotations

from curate import ids
from curate.tables.ledger import Finding

FINDING, DOCUMENT = "f", "d"


def finding(
    doc_id: bytes, kind: str, *, score: float, reason: str, suggestion: str = ""
) -> Finding:
    """Return an open finding about a document."""
    subject = ids.encode(DOCUMENT, doc_id)
    identity = ids.digest("finding", doc_id, kind, reason)
    return Finding(
        finding_id=ids.encode(FINDING, identity),
        subject=subject,
        kind=kind,
        score=round(score, 4),
        reason=reason,
        suggestion=suggestion,
        doc_id=subject,
        status="open",
    )
