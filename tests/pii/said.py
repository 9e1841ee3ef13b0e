"""What a finder says of a text, briefly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.pii import Finder


def found(finder: Finder, text: str) -> list[tuple[str, str]]:
    """Return type and value of everything that is found in a text."""
    return [(span.type, text[span.start : span.end]) for span in finder.find(text)]
