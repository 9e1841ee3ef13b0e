"""Read one record by its shape: title, messages in turns, properties, dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.mail.blocks import demoted, write
from curate.parsers.mail.read import write_blocks
from curate.parsers.records.paths import (
    Record,
    Value,
    at,
    date_of,
    first,
    no_value,
    text_of,
    texts_of,
)
from curate.parsers.records.resolve import accepted, note_answers
from curate.parsers.records.rich import blocks_of
from curate.parsers.records.spelling import spelled
from curate.parsers.records.threads import (
    Message,
    closing_note,
    has_strange_roles,
    messages_of,
)
from curate.tables.parsed import PAIR, Field, Kind, Turn
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.parsers.records.shape import Shape
    from curate.tables.parsed import Parsed

_READER = "records/1"
_MOST_VALUES = 200  # of one property


def read_record(blob: Blob, shape: Shape) -> Parsed:
    """Read a record, one JSON object, by its shape.

    Raises:
        DocumentError: `bad_json`, `not_a_record`, `empty`.
    """
    record = spelled(load_record(blob.data), shape)
    canonical = Canonical()
    title = text_of(first(record, shape.title))
    canonical.heading(title, level=1)
    people = _People()
    if shape.conversation:
        _write_conversation(canonical, people, record=record, shape=shape)
    else:
        _write_article(canonical, record, shape)
    if canonical.is_empty():
        raise DocumentError("empty")
    parsed = canonical.build(title=title, fields=[*_fields(record, shape), *people.fields()])
    return replace(
        parsed,
        created=date_of(first(record, shape.created)),
        modified=date_of(first(record, shape.modified)),
        reader=_READER,
        notes=people.notes(),
    )


def load_record(data: bytes) -> Record:
    """Return the object that the bytes hold.

    Raises:
        DocumentError: `bad_json`, `not_a_record`.
    """
    try:
        record = json.loads(data, parse_constant=no_value)
    except (ValueError, RecursionError) as error:
        raise DocumentError("bad_json") from error
    if not isinstance(record, Mapping):
        raise DocumentError("not_a_record")
    return record


@dataclass(slots=True)
class _People:
    """Numbers people in order of appearance and remembers their names."""

    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    strange: bool = (
        False  # whether roles are called by words that nobody knows, and the sides stay open
    )

    def number(self, message: Message) -> int:
        """Return a person's number; people are the same whose id or name is."""
        names = [name for name in (message.who, message.name) if name] or [message.role]
        known = [self.numbers[name] for name in names if name in self.numbers]
        number = known[0] if known else len(set(self.numbers.values()))
        self.numbers.update((name, number) for name in names if name not in self.numbers)
        if message.name:
            self.names.setdefault(number, message.name)
        return number

    def notes(self) -> tuple[str, ...]:
        """Return what has to be told about the people."""
        return ("unknown_roles",) if self.strange else ()

    def fields(self) -> list[Field]:
        return [Field(f"party.{number}", name) for number, name in sorted(self.names.items())]


def _write_article(canonical: Canonical, record: Record, shape: Shape) -> None:
    blocks = blocks_of(first(record, shape.body), shape.format)
    title = text_of(first(record, shape.title)).strip()
    if blocks and blocks[0].shape == "heading" and "".join(blocks[0].texts()).strip() == title:
        del blocks[0]
    for block in demoted(blocks):
        kind = Kind.HIDDEN if block.cue == "hidden" else Kind.PARAGRAPH
        write(canonical, block, kind=kind, detail=block.detail if kind is Kind.HIDDEN else "")


def _write_conversation(
    canonical: Canonical, people: _People, *, record: Record, shape: Shape
) -> None:
    messages = messages_of(record, shape)
    people.strange = has_strange_roles(messages)
    answers = accepted(record, shape, messages)
    note = closing_note(record, shape)
    if note is not None:
        if note_answers(record, shape, note):
            answers = frozenset({len(messages)})
        messages = [*messages, note]
    thread = text_of(first(record, shape.thread))
    for number, message in enumerate(messages):
        turn = _turn(message, people.number(message), thread)
        canonical.turn(replace(turn, accepted=number in answers))
        _write_message(canonical, message, shape)


def _turn(message: Message, party: int, thread: str) -> Turn:
    reply_to = (message.reply_to,) if message.reply_to and message.reply_to != message.key else ()
    return Turn(
        role=message.role,
        party=party,
        public=message.public and not message.event,
        date=message.date,
        key=message.key,
        reply_to=reply_to,
        thread=thread,
    )


def _write_message(canonical: Canonical, message: Message, shape: Shape) -> None:
    blocks = blocks_of(message.body, shape.format)
    if message.public and not message.event and shape.mail_like:
        write_blocks(canonical, blocks, sender=message.name)
        return
    for block in demoted(blocks):
        kind, detail = _kind(message, block.cue, quoted=block.quoted)
        write(canonical, block, kind=kind, detail=block.detail if kind is Kind.HIDDEN else detail)


def _kind(message: Message, cue: str, *, quoted: bool) -> tuple[Kind, str]:
    if cue == "hidden":
        return Kind.HIDDEN, ""
    if message.event:
        return Kind.COMMENT, "event"
    if not message.public:
        return Kind.COMMENT, "internal"
    return (Kind.BLOCKQUOTE, "quoted") if quoted else (Kind.PARAGRAPH, "")


def _fields(record: Record, shape: Shape) -> list[Field]:
    fields = []
    for name, path in shape.fields:
        value = at(record, path)
        fields += [Field(label, text) for label, text in _values(name, value)]
    return [*fields, Field(*PAIR)] if shape.pairs else fields


def _values(name: str, value: Value) -> list[tuple[str, str]]:
    """Return the values of a property; custom fields, a list of id and value, each by name."""
    if isinstance(value, list) and value and all(_is_custom(member) for member in value):
        return [
            (f"{name}.{text_of(first(member, ('name', 'id')))}", text)
            for member in value[:_MOST_VALUES]
            for text in texts_of(at(member, "value"))
        ]
    return [(name, text) for text in texts_of(value)[:_MOST_VALUES]]


def _is_custom(member: Value) -> bool:
    return (
        isinstance(member, Mapping) and "value" in member and ("id" in member or "name" in member)
    )
