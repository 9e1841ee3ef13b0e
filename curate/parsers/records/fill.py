"""A mapping that half fits: the record's own keys say what a mapped field has no place for.

A field whose key stands in the record, be it empty, is taken at its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curate.parsers.records.desks import TICKETS
from curate.parsers.records.mapping import MAPPED, infer_shape
from curate.parsers.records.paths import Record, Value, at, first, stands
from curate.parsers.records.shape import Messages
from curate.parsers.records.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.shape import Paths, Shape

_FIELDS = (
    *("title", "body", "author", "author_name", "created", "modified", "solved", "status"),
    *("rating", "resolution"),
)
_OF_MESSAGES = ("body", "author", "name", "role", "date", "kind", "accepted")
_MOST_READ = ("title", "body", "resolution")
_INTERNAL = frozenset({"notes"})  # where nobody mapped it, it may be what no customer sees


def filled(record: Record, shape: Shape) -> Shape:
    """Return a mapped shape that finds in a record also what its mapping has no place for."""
    if shape.name != MAPPED:
        return shape
    said = spelled(record, shape)
    lacking = [name for name in _FIELDS if _is_lacking([said], getattr(shape, name))]
    own = infer_shape([record]) or TICKETS
    mine = {path for name in _MOST_READ for path in getattr(shape, name)}
    mine |= set(shape.messages.at) if shape.messages is not None else set()
    paths: dict[str, Any] = {name: _more(shape, own, name, mine) for name in lacking}
    shape = replace(shape, **paths)
    return shape if shape.messages is None else _with_messages(record, shape, shape.messages, own)


def _is_lacking(records: Sequence[Record], paths: Paths) -> bool:
    """Tell whether something is looked for that has a place in none of the records."""
    return bool(paths) and not _stand(records, paths)


def _stand(records: Sequence[Record], paths: Paths) -> bool:
    return any(stands(one, path) for one in records for path in paths)


def _joined(given: Paths, others: Paths) -> Paths:
    return tuple(dict.fromkeys((*given, *others)))


def _more(shape: Shape, own: Shape, name: str, mine: set[str]) -> Paths:
    others: Paths = getattr(own, name) or getattr(TICKETS, name)
    return _joined(getattr(shape, name), tuple(path for path in others if path not in mine))


def _with_messages(record: Record, shape: Shape, rules: Messages, own: Shape) -> Shape:
    """Return where messages stand by a mapping or, where it finds none, by the record's own keys."""
    theirs = own.messages or TICKETS.messages or Messages(at=())
    said = spelled(record, replace(own, messages=theirs))
    if _is_lacking([spelled(record, shape)], rules.at):
        lists = (p for p in theirs.at if p not in _INTERNAL)
        others = tuple(p for p in lists if isinstance(at(said, p), list | Mapping))
        rules = replace(rules, at=(*rules.at, *others))
        shape = replace(shape, journals=shape.journals or own.journals)
    members = _members(first(spelled(record, replace(shape, messages=rules)), rules.at))
    return replace(shape, messages=_parts(members, rules, theirs) if members else rules)


def _parts(members: Sequence[Record], rules: Messages, own: Messages) -> Messages:
    """Return what is where within messages; what hides one as internal counts from either side."""
    names = [n for n in _OF_MESSAGES if not _stand(members, getattr(rules, n))]
    names += ["public", "private"]
    paths: dict[str, Any] = {n: _joined(getattr(rules, n), getattr(own, n)) for n in names}
    note_kinds, event_kinds = rules.note_kinds | own.note_kinds, rules.event_kinds | own.event_kinds
    return replace(rules, note_kinds=note_kinds, event_kinds=event_kinds, **paths)


def _members(value: Value) -> list[Record]:
    listed = value if isinstance(value, list) else [value]
    return [member for member in listed if isinstance(member, Mapping)]
