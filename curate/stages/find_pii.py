"""Find PII: parsed text to spans. Analyses only; what becomes of a span is decided by `edit`."""

from __future__ import annotations

from collections.abc import Iterator

from curate.pii import Finder, scan_document
from curate.stage import stage
from curate.tables.parsed import Parsed
from curate.tables.pii_spans import PiiSpan


@stage(version=3, grain="record")
def find_pii(parsed: Parsed, *, finder: Finder) -> Iterator[PiiSpan]:
    """Locate personal data in text, title, properties and links of one document."""
    yield from scan_document(parsed, finder)
