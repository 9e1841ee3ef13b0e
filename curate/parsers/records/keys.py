"""The key of a record within its container, and the labels that records carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from curate.parsers.records.paths import Record, Value, at, first, text_of, texts_of
from curate.parsers.records.spelling import folded, found, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.parsers.records.shape import Shape

KEY_NAMES = ("id", "key", "ticket_id", "number")


def record_key(record: Record, shape: Shape | None, *, unmapped: str = "") -> str:
    """Return the key of a record, empty where only its bytes tell it from the others.

    Args: record: The record. shape: Its shape, whose mapped id comes first. unmapped: The name that
    `unique_key` found for its container, for records without a mapped id.
    """
    if shape is not None and shape.key:
        return text_of(first(spelled(record, shape), shape.key)).strip()
    return text_of(found(record, unmapped)).strip() if unmapped else ""


def unique_key(records: Iterable[Record]) -> str:
    """Return the first usual name of a key that is unique and never empty over the records."""
    seen: dict[str, set[int]] = {name: set() for name in KEY_NAMES}
    for record in records:
        for name in list(seen):
            value = text_of(found(record, name)).strip()
            mark = hash_of(value)
            if not value or mark in seen[name]:
                del seen[name]
            else:
                seen[name].add(mark)
        if not seen:
            break
    return next((name for name in KEY_NAMES if seen.get(name)), "")


def hash_of(value: str) -> int:
    """Return a short fingerprint of a key: what is kept of each is a number."""
    from hashlib import blake2b

    return int.from_bytes(
        blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def record_labels(record: Record, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the labels of a record: for each name the values at that path, or below `fields`."""
    labels = []
    for name in names:
        value = at(record, name)
        value = at(record, f"fields.{name}") if value is None else value
        value = found(record, name) if value is None else value
        labels += [(name, text) for text in texts_of(value)]
    return tuple(labels)


def stated(record: Record, path: str) -> Value:
    """Return what a record states at a path; only where it has no such key, what it states below `fields`."""
    return at(record, path if _has(record, path) else f"fields.{path}")


def is_ambiguous(record: Record, path: str) -> bool:
    """Tell whether a record has several keys that a path may mean, also below `fields`, in any spelling.

    >>> is_ambiguous({"Who": "hr", "who": "all"}, "who"), is_ambiguous({"Who": "hr"}, "who")
    (True, False)
    >>> is_ambiguous({"read": {"by": "hr"}, "read.by": "all"}, "read.by")
    True
    """
    below = 0 if _has(record, path) else _places(record, f"fields.{path}")
    return _places(record, path) + below > 1


def _has(record: Record, path: str) -> bool:
    return path in record or path.partition(".")[0] in record


def _places(value: Value, path: str) -> int:
    """Count the values to which a path may lead."""
    key, dot, rest = path.partition(".")
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return _places(value[int(key)], rest) if dot else 1
    if not isinstance(value, Mapping):
        return 1
    whole = sum(folded(name) == folded(path) for name in value)
    inside = [held for name, held in value.items() if dot and folded(name) == folded(key)]
    return whole + sum(_places(held, rest) for held in inside)
