"""Scan: text to risks. What a risk leads to is decided by `edit` and `admit`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from curate.config import Settings
from curate.risks import scan_document
from curate.stage import stage
from curate.tables.parsed import Parsed
from curate.tables.risks import Risk


class Risks(Settings):
    """What a planted order leads to, from which score on.

    `injection: quarantine` keeps the whole document out of both products until a person decided;
    `flag` only reports it.
    """

    injection: Literal["quarantine", "flag"] = "quarantine"
    threshold: float = Field(default=0.6, ge=0, le=1)
    report: float = Field(default=0.5, ge=0, le=1)


@stage(version=3, grain="record")
def scan(parsed: Parsed) -> Iterator[Risk]:
    """Look for hidden text, planted orders and tricks of encoding in one document."""
    yield from scan_document(parsed)


def quarantined(risks: Sequence[Risk], settings: Risks) -> bool:
    """Tell whether a document's risks keep it out of the products."""
    if settings.injection == "flag":
        return False
    return any(r.family == "injection" and r.score >= settings.threshold for r in risks)
