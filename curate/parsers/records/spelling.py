"""Keys as a shape spells them: `Ticket ID`, `ticket-id` and `ticketId` are `ticket_id`.

A key that a shape names exactly stays, and none is renamed to one that its object has already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields as fields_of
from functools import lru_cache
from typing import TYPE_CHECKING

from curate.parsers.records.shape import Messages, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.records.paths import Record, Value

_GAPS = re.compile(r"[\s_-]+")
_DEEPEST = 12
_NO_PATHS = frozenset({"name", "format", "done", "void", "keys", "fields", "messages", "journals"})
_NO_MESSAGE_PATHS = frozenset({"note_kinds", "event_kinds", "customers", "agents"})


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a key or a word without what people write differently: case, blanks, _ and -.

    >>> folded("Ticket-ID") == folded("ticket_id")
    True
    """
    return _GAPS.sub("", name).casefold()


def spelled(record: Record, shape: Shape, *, depth: int = _DEEPEST) -> Record:
    """Return a record with its keys as a shape spells them, so many objects deep."""
    exact, by_fold = _spellings(shape)
    return _mapping(record, exact, by_fold, depth)


def found(record: Record, name: str) -> Value:
    """Return the value of a key however it is spelled, None where there is none."""
    if name in record:
        return record[name]
    return next((v for key, v in record.items() if folded(str(key)) == folded(name)), None)


def _mapping(
    record: Record, exact: frozenset[str], by_fold: Mapping[str, str], depth: int
) -> dict[str, Value]:
    renamed: dict[str, Value] = {}
    for key, value in record.items():
        name = key if key in exact else by_fold.get(folded(key), key)
        taken = name != key and (name in record or name in renamed)
        renamed[key if taken else name] = _value(value, exact, by_fold, depth - 1)
    return renamed


def _value(value: Value, exact: frozenset[str], by_fold: Mapping[str, str], depth: int) -> Value:
    if depth <= 0:
        return value
    if isinstance(value, Mapping):
        return _mapping(value, exact, by_fold, depth)
    if isinstance(value, list):
        return [_value(member, exact, by_fold, depth - 1) for member in value]
    return value


@lru_cache(maxsize=64)
def _spellings(shape: Shape) -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the keys that a shape looks for, and each by what it folds to."""
    paths = dict.fromkeys(_paths(shape))
    names = dict.fromkeys(name for path in paths for name in (path, *path.split(".")))
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(folded(name), name)
    return frozenset(names), by_fold


def _paths(shape: Shape) -> Iterator[str]:
    for keys in shape.keys:
        yield from sorted(keys)
    for one in fields_of(Shape):
        if one.name not in _NO_PATHS and isinstance(paths := getattr(shape, one.name), tuple):
            yield from paths
    yield from (path for _, path in shape.fields)
    yield from (path for path, _ in shape.journals)
    rules = shape.messages
    for one in fields_of(Messages) if rules is not None else ():
        if one.name not in _NO_MESSAGE_PATHS:
            yield from getattr(rules, one.name)
