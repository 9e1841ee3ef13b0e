"""A user's own mapping to a shape, and a guess of the shape where the user gave none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError, did_you_mean
from curate.parsers.records.desks import TICKETS
from curate.parsers.records.paths import first
from curate.parsers.records.shape import Messages, Shape
from curate.parsers.records.shapes import SHAPES
from curate.parsers.records.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.paths import Record
    from curate.parsers.records.shape import Paths

MAPPED = "mapped"  # the name of a shape that a user gave
_FORMATS = ("auto", "html", "markdown", "slack", "text", "wiki")
_PATHS = (
    "title",
    "body",
    "author",
    "author_name",
    "created",
    "modified",
    "solved",
    "status",
    "rating",
    "thread",
    "resolution",
    "resolution_code",
    "group",
)
_SAMPLED = 200
_SHARE = 0.8  # of the sampled records must have a shape's keys
_AS_KEYS = {"id": "key", "question": "title", "answer": "body", "updated": "modified"}
_MESSAGE_WORDS = {
    "messages.notes": "note_kinds",
    "messages.events": "event_kinds",
    "messages.customers": "customers",
    "messages.agents": "agents",
}
_MESSAGE_PATHS = tuple(
    f.name for f in fields_of(Messages) if f.name not in {"at", *_MESSAGE_WORDS.values()}
)
_KNOWN = (
    *_PATHS, *_AS_KEYS, "like", "format", "fields", "done", "messages",
    *(f"messages.{name}" for name in _MESSAGE_PATHS), *_MESSAGE_WORDS,
)  # fmt: skip


def shape_from(mapping: Mapping[str, str | Sequence[str] | Mapping[str, str]]) -> Shape:
    """Return the shape that a user's mapping describes.

    `like` names a known shape to start from; `messages` says where the list of messages is and
    `messages.body` and the like where things are within one; `fields` names properties to keep.

    Raises:
        ConfigError: names the key and what would be accepted.
    """
    for key in mapping:
        if key not in _KNOWN:
            raise ConfigError(f"records: unknown key {key!r}. {did_you_mean(key, _KNOWN)}")
    shape = _base(mapping)
    given = [key for key in (*_PATHS, *_AS_KEYS) if key in mapping]
    paths: dict[str, Any] = {_AS_KEYS.get(key, key): _paths(mapping[key], key) for key in given}
    shape = replace(shape, **paths)
    shape = replace(
        shape,
        name=MAPPED,
        format=_format(mapping.get("format", shape.format)),
        fields=_fields(mapping.get("fields"), shape),
        messages=_messages(mapping, shape.messages),
    )
    if "done" in mapping:
        shape = replace(
            shape, done=frozenset(name.lower() for name in _paths(mapping["done"], "done"))
        )
    return replace(shape, conversation=_is_conversation(mapping, shape))


def infer_shape(sample: Sequence[Mapping[str, object]]) -> Shape | None:
    """Return the known shape whose keys most of the sampled records have; None if no shape fits.

    Keys that are spelled as a shape spells them go before those that only mean the same.
    """
    records = sample[:_SAMPLED]
    if not records:
        return None
    shapes = list(SHAPES.values())
    return next((shape for shape in shapes if _most(records, shape)), None) or next(
        (shape for shape in shapes if _most([spelled(r, shape, depth=1) for r in records], shape)),
        None,
    )


def _most(records: Sequence[Record], shape: Shape) -> bool:
    return sum(_fits(record, shape) for record in records) >= _SHARE * len(records)


def _fits(record: Record, shape: Shape) -> bool:
    if not any(keys <= record.keys() for keys in shape.keys):
        return False
    if shape.name == "jira" and "fields" in record:
        return isinstance(record["fields"], Mapping)
    return first(record, shape.title) is not None or shape.messages is not None


def _base(mapping: Mapping[str, str | Sequence[str] | Mapping[str, str]]) -> Shape:
    name = mapping.get("like")
    if name is None:
        return Shape(name=MAPPED, done=TICKETS.done, void=TICKETS.void, mail_like=True)
    if not isinstance(name, str) or name not in SHAPES:
        raise ConfigError(f"records: like: no shape {name!r}. {did_you_mean(str(name), SHAPES)}")
    return SHAPES[name]


def _paths(value: str | Sequence[str] | Mapping[str, str], key: str) -> Paths:
    paths = (value,) if isinstance(value, str) else tuple(value)
    if isinstance(value, Mapping) or not paths or not all(isinstance(p, str) and p for p in paths):
        raise ConfigError(
            f"records: {key} must be a path such as fields.summary, or a list of them"
        )
    return paths


def _format(value: object) -> str:
    if value not in _FORMATS:
        raise ConfigError(f"records: format: {value!r} is none of {', '.join(_FORMATS)}")
    return str(value)


def _fields(
    value: str | Sequence[str] | Mapping[str, str] | None, shape: Shape
) -> tuple[tuple[str, str], ...]:
    if value is None:
        return shape.fields
    if isinstance(value, Mapping):
        return tuple(value.items())
    return tuple((path, path) for path in _paths(value, "fields"))


def _messages(
    mapping: Mapping[str, str | Sequence[str] | Mapping[str, str]], base: Messages | None
) -> Messages | None:
    given = [name for name in _MESSAGE_PATHS if f"messages.{name}" in mapping]
    if "messages" not in mapping and base is None:
        if given:
            raise ConfigError(f"records: messages.{given[0]} needs messages, the path of the list")
        return None
    messages = base or TICKETS.messages or Messages(at=())
    if "messages" in mapping:
        messages = replace(messages, at=_paths(mapping["messages"], "messages"))
    paths: dict[str, Any] = {n: _paths(mapping[f"messages.{n}"], f"messages.{n}") for n in given}
    for key, words in _MESSAGE_WORDS.items():
        if key in mapping:
            paths[words] = frozenset(_paths(mapping[key], key))
    return replace(messages, **paths)


def _is_conversation(
    mapping: Mapping[str, str | Sequence[str] | Mapping[str, str]], shape: Shape
) -> bool:
    if "like" in mapping:
        return shape.conversation
    return bool(shape.messages or shape.resolution or "status" in mapping)
