"""Headers and footers: furniture, unless they say what stands nowhere else.

A letterhead may hold the only address of a document, so that such lines become fields, which the scans
for personal data see; page numbers do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.tables.parsed import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|página|pagina|sida|side|strona)?\W*(?:\d+|[ivx]+)?\W*"
    r"(?:of|von|de|sur|di|van|av|z|/)?\W*(?:\d+|[ivx]+)?\W*",
    re.IGNORECASE,
)


def margin_fields(lines: Iterable[tuple[str, str]], text: str) -> list[Field]:
    """Return fields of the lines (`header` or `footer`, words) that the text does not hold."""
    known = "".join(text.split())
    found: dict[Field, None] = {}
    for kind, words in lines:
        if not _PAGE_NUMBER.fullmatch(words) and "".join(words.split()) not in known:
            found[Field(kind, words)] = None
    return list(found)
