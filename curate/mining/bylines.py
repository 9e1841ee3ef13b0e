"""The line below a heading that says who wrote what follows and when, which answers nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.mining.visible import Visible

_NAME = r"(?-i:[^\W\d_a-zß-ÿ])[\w.’'-]*"
_NAMED = rf"{_NAME}(?: (?:and |und |et |y |& |de |van |von )?{_NAME}){{0,7}}"
_WROTE = (
    r"(?:originally |last )?"
    r"(?:written|authored|posted|published|compiled|edited|updated|reviewed|revised)"
    r"(?: and (?:written|edited|updated|reviewed|maintained))? by"
    r"|(?:geschrieben|verfasst|erstellt|aktualisiert) von|(?:écrit|rédigé|publié) par"
    r"|(?:escrito|publicado|redactado) por"
)
_BYLINE = re.compile(
    rf"(?:{_WROTE}) {_NAMED}"
    r"(?:[,|–—] ?[^.!?]{0,100}\b\d{4}|(?:,? (?:on|in|am|im|le|el|en))? [^.!?,]{0,20}\b\d{4})?"
    r"\.?(?: ?\([^()]{0,80}\)\.?)?",
    re.IGNORECASE,
)
_LONGEST = 250


def without_byline(visible: Visible, indices: Sequence[int]) -> Sequence[int]:
    """Return elements without a first paragraph that only says who wrote them.

    Args:
        visible: The document.
        indices: What stands below a heading.
    """
    if len(indices) > 1 and visible.element(indices[0]).kind is Kind.PARAGRAPH:
        return indices[1:] if is_byline(visible.text(indices[0])) else indices
    return indices


def is_byline(text: str) -> bool:
    """Tell whether a paragraph names an author, perhaps with a date, and says nothing else.

    >>> is_byline("Written by Jo Bright, designer, July 2019. (Revised March 2024)")
    True
    >>> is_byline("Reviewed by Legal, expenses are paid within a week.")
    False
    """
    return len(text) <= _LONGEST and bool(_BYLINE.fullmatch(text.strip()))
