"""Tables that are lists of tickets, told by the names of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.records.desks import TICKETS
from curate.parsers.records.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.shape import Shape

# A task list and a register of risks have titles, descriptions and states too: only a desk's own
# words for its cases count, beside what was asked and how it ended.
_CASES = (("subject",), ("ticket_id", "summary"), ("ticket_id", "title"))
_ASKED = ("description", "description_text", "body", "question", "message")
_ENDED = ("resolution", "solution", "answer", "status", "state")


def shape_of_head(names: Sequence[str]) -> Shape | None:
    """Return the shape of tickets if a table's columns are clearly those of tickets.

    >>> shape_of_head(["Ticket ID", "Subject", "Description", "Resolution"]).name
    'tickets'
    """
    held = set(map(folded, names))
    if any(held.issuperset(map(folded, case)) for case in _CASES):
        asked, ended = (held & set(map(folded, words)) for words in (_ASKED, _ENDED))
        return TICKETS if asked and ended else None
    return None
