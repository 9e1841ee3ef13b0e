"""Records of a shape that nobody knows, as lines that a person can read.

Which fields are a title, a question, an answer is not guessed. What says of itself that it is not
for outsiders is kept apart as an internal note is, and reaches no product.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from curate.parsers.records.paths import text_of
from curate.parsers.records.read import load_record
from curate.parsers.records.shape import Messages
from curate.parsers.records.spelling import folded
from curate.parsers.web import data_parsed

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.parsers.records.paths import Value
    from curate.tables.parsed import Parsed

_RULES = Messages(at=())
_PUBLIC = frozenset(map(folded, _RULES.public))
_PRIVATE = frozenset(map(folded, _RULES.private))
_YES = frozenset({"true", "1", "yes"})
_NO = frozenset({"false", "0", "no"})
_DEEPEST = 30


def read_unknown(blob: Blob) -> Parsed:
    """Read a record as `key: value` lines.

    Raises:
        DocumentError: `bad_json`, `not_a_record`, `no_text`.
    """
    notes: list[Value] = []
    return data_parsed(_public(load_record(blob.data), notes, _DEEPEST), notes)


def _public(value: Value, notes: list[Value], depth: int) -> Value:
    """Return a value without members of lists that are marked as internal; these go to `notes`."""
    if depth <= 0:
        return value
    if isinstance(value, list):
        notes.extend(member for member in value if _is_note(member))
        return [_public(member, notes, depth - 1) for member in value if not _is_note(member)]
    if isinstance(value, Mapping):
        return {key: _public(member, notes, depth - 1) for key, member in value.items()}
    return value


def _is_note(value: Value) -> bool:
    if not isinstance(value, Mapping):
        return False
    marks = {folded(str(key)): text_of(mark).strip().lower() for key, mark in value.items()}
    hidden = any(marks.get(name) in _NO for name in _PUBLIC)
    return hidden or any(marks.get(name) in _YES for name in _PRIVATE)
