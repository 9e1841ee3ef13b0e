"""Rich text (RTF) documents, by a reader of their own.

The readers there are lose hidden text, link targets, notes' places or code pages; the control words
that carry text and structure are few.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.office.margins import margin_fields
from curate.parsers.office.properties import iso_date, real_title
from curate.parsers.office.rtf_reader import Reader
from curate.parsers.office.rtf_words import handle_word
from curate.tables.parsed import Field

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

_READER = "curate-rtf/1"
_HEAD = 64


def read_rtf(blob: Blob) -> Parsed:
    """Read a rich text document.

    Raises:
        DocumentError: `corrupt` or `empty`.
    """
    head = blob.data[:_HEAD]
    start = max(head.find(b"{\\rtf"), 0 if head.lstrip().startswith(b"{\\") else -1)
    if start < 0:
        raise DocumentError("corrupt")
    reader = Reader(blob.data[start:].decode("latin-1"), handle_word)
    reader.read()
    return _finish(reader)


def _finish(reader: Reader) -> Parsed:
    facts, canonical = reader.facts, reader.flow.canonical
    canonical.furniture += facts.furniture
    margins = margin_fields(facts.margins, canonical.build().text)
    if canonical.is_empty() and not margins:
        raise DocumentError("empty")
    fields = [Field(name, value) for name, value in facts.info.items() if name != "title"]
    fields += [*dict.fromkeys(facts.fields), *margins]
    title = real_title(facts.info.get("title", "")) or reader.flow.title
    return replace(
        canonical.build(title=title, fields=fields),
        created=_moment(facts.moments.get("creatim", {})),
        modified=_moment(facts.moments.get("revtim", {})),
        pages=facts.pages,
        notes=("damaged",) if reader.is_cut else (),
        reader=_READER,
    )


def _moment(parts: dict[str, int]) -> str | None:
    year, month, day = (parts.get(key, 0) for key in ("yr", "mo", "dy"))
    return iso_date(
        f"{year:04}-{month:02}-{day:02}T{parts.get('hr', 0):02}:{parts.get('min', 0):02}"
    )
