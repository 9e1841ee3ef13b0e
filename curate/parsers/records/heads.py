"""Tables that are lists of tickets, told by the names of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from curate.parsers.records.desks import TICKETS
from curate.parsers.records.spelling import folded
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.parsers.records.paths import Record
    from curate.parsers.records.shape import Shape
    from curate.tables.parsed import Parsed

# A task list and a register of risks have titles, descriptions and states too: only a desk's own
# words for its cases count, beside what was asked and how it ended.
_CASES = (("subject",), ("ticket_id", "summary"), ("ticket_id", "title"))
_ASKED = ("description", "description_text", "body", "question", "message")
_ENDED = ("resolution", "solution", "answer", "status", "state")

# What is called so most likely says who may read a record, or whose it is.
TELLING: Mapping[str, str] = MappingProxyType(
    {"access": "access_column", "tenant": "tenant_column"}
)


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


def heads_in(parsed: Parsed) -> set[str]:
    """Return the heads of all tables of a document as spellings are compared: first rows, marked cells."""
    cells = (part for one in parsed.elements if one.kind is Kind.TABLE for part in one.parts)
    return {
        folded(parsed.text[cell.start : cell.end]) for cell in cells if cell.header or not cell.row
    }


def names_in(record: Record) -> set[str]:
    """Return the names of a record's fields as spellings are compared, with those below `fields`."""
    below = record.get("fields")
    names = (*record, *(below if isinstance(below, Mapping) else ()))
    return {folded(str(name)) for name in names}


def notes_on(names: Iterable[str]) -> tuple[str, ...]:
    """Return the notes that some names, as spellings are compared, call for.

    >>> notes_on({"id", "access"})
    ('access_column',)
    """
    held = set(names)
    return tuple(note for name, note in TELLING.items() if name in held)
