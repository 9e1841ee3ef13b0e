"""The messages of a record, whatever its shape, in one form and in the order they were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.parsers.records.journal import Entry, entries, packed
from curate.parsers.records.paths import Record, Value, date_of, first, person_of, text_of
from curate.parsers.records.spelling import folded, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.shape import Messages, Shape

_ROLES = {
    "customer": "customer enduser requester user human client contact lead visitor reporter caller "
    "asker prompter patient guest buyer consumer subscriber inquirer enquirer questioner "
    "applicant kunde kundin anfrager melder cliente demandeur usuario",
    "agent": "agent admin assistant support staff gpt operator expert teammate botagent model "
    "representative employee advisor owner helper helpdesk servicedesk desk service supporter "
    "supportagent technician engineer specialist consultant responder answerer solver clerk rep csr "
    "moderator handler bearbeiter mitarbeiter techniker berater conseiller technicien agente",
    "system": "system bot automation workflow application app tool function developer "
    "functioncall observation integration",
}
_ROLE_OF = {name: role for role, names in _ROLES.items() for name in names.split()}
_NO = frozenset({"false", "0", "no", "private", "internal"})


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `body` is as the record has it, `who` tells its author from the others."""

    body: Value
    who: str = ""
    name: str = ""
    role: str = ""
    public: bool = True
    date: str | None = None
    key: str = ""
    reply_to: str = ""
    accepted: bool = False
    event: bool = False
    reactions: Value = None
    strange: bool = False  # its role is called by a word that nobody knows


def messages_of(record: Record, shape: Shape) -> list[Message]:
    """Return the messages of a record, the oldest first, the description as the first of them."""
    found = [*_listed(record, shape), *_journals(record, shape)]
    found = _in_order(found)
    opening = _opening(record, shape)
    if opening is None or _repeats(opening, found):
        return _with_roles(found, opening)
    return _with_roles([opening, *found], opening)


def has_messages(record: Record, shape: Shape) -> bool:
    """Tell whether something stands where a shape looks for messages, whatever can be read of it."""
    record = spelled(record, shape)
    listed = shape.messages is not None and first(record, shape.messages.at) is not None
    return listed or first(record, tuple(path for path, _ in shape.journals)) is not None


def is_asked(record: Record, shape: Shape) -> bool:
    """Tell whether a shape finds more in a record than how it was closed."""
    paths = (*shape.title, *shape.body)
    return first(spelled(record, shape), paths) is not None or has_messages(record, shape)


def closing_note(record: Record, shape: Shape) -> Message | None:
    """Return the note with which a record was closed, None if it has none."""
    body = first(record, shape.resolution)
    if not text_of(body).strip():
        return None
    author = first(record, shape.resolution_author)
    date = date_of(first(record, shape.solved))
    return Message(body, person_of(author), text_of(author), role="agent", date=date)


def _opening(record: Record, shape: Shape) -> Message | None:
    body = first(record, shape.body)
    if body is None or (not text_of(body).strip() and not isinstance(body, Mapping)):
        return None
    author = first(record, shape.author)
    role = _role(first(record, shape.author_role)) or "customer"
    name = text_of(first(record, shape.author_name))
    date = date_of(first(record, shape.created))
    return Message(body, person_of(author), name, role=role, date=date)


def _repeats(opening: Message, found: list[Message]) -> bool:
    """Tell whether the first message is the description over again, as Zendesk writes it."""
    if not found or not found[0].public:
        return False
    return _bare(opening.body) == _bare(found[0].body)


def _bare(body: Value) -> str:
    from curate.parsers.records.rich import blocks_of

    return (
        "".join("".join(block.texts()) for block in blocks_of(body, "auto"))
        .replace(" ", "")
        .replace("\n", "")
        .replace("\xa0", "")
    )


def _listed(record: Record, shape: Shape) -> list[Message]:
    rules = shape.messages
    if rules is None:
        return []
    value = first(record, rules.at)
    if value is None and shape.group:
        value = [record]
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping):
        value = [value]
    members = value if isinstance(value, list) else []
    return [message for member in members if (message := _message(member, rules)) is not None]


def _message(member: Value, rules: Messages) -> Message | None:
    if isinstance(member, str):
        entry = packed(member)
        return _from_entry(entry, public=True) if entry.text.strip() else None
    if not isinstance(member, Mapping):
        return None
    body = first(member, rules.body)
    kind = text_of(first(member, rules.kind)).strip()
    author = first(member, rules.author)
    if body is None or not (text_of(body).strip() or isinstance(body, Mapping)):
        return None
    event = kind in rules.event_kinds or "bot_id" in member
    role, strange = _called(member, rules)
    return Message(
        body=body,
        who=person_of(author),
        name=text_of(first(member, rules.name)) or _name(author),
        role="system" if event else role,
        public=_is_public(member, rules) and kind not in rules.note_kinds,
        date=date_of(first(member, rules.date)),
        key=text_of(first(member, rules.key)),
        reply_to=text_of(first(member, rules.reply_to)),
        accepted=first(member, rules.accepted) is True,
        event=event,
        reactions=first(member, rules.reactions),
        strange=strange and not event,
    )


def has_strange_roles(messages: Sequence[Message]) -> bool:
    """Tell whether words for roles that nobody knows leave it open who asks and who answers."""
    public = [m for m in messages if m.public and not m.event]
    sides = {m.role for m in public}
    return any(m.strange for m in public) and not {"customer", "agent"} <= sides


def _called(member: Record, rules: Messages) -> tuple[str, bool]:
    """Return a message's role, and whether it is called by a word that nobody knows.

    A path that names people as well, such as `from`, holds a role only where the word is known; so
    does the author where nothing else says the role.
    """
    said = first(member, rules.role)
    word = folded(text_of(first(member, rules.author) if said is None else said))
    for role, own in (("customer", rules.customers), ("agent", rules.agents)):
        if word in map(folded, own):
            return role, False
    named = first(member, tuple(p for p in rules.role if p not in {*rules.author, *rules.name}))
    role = _ROLE_OF.get(word, "")
    return role, not role and bool(text_of(named).strip())


def _name(author: Value) -> str:
    """Return an author that is given by name alone; an id holds no two words."""
    return author.strip() if isinstance(author, str) and len(author.split()) > 1 else ""


def _is_public(member: Record, rules: Messages) -> bool:
    public = first(member, rules.public)
    if public is not None and text_of(public).strip().lower() in _NO:
        return False
    private = first(member, rules.private)
    return private is None or text_of(private).strip().lower() in {"false", "0", "no"}


def _role(value: Value) -> str:
    return _ROLE_OF.get(folded(text_of(value)), "")


def _journals(record: Record, shape: Shape) -> list[Message]:
    found = []
    for path, seen in shape.journals:
        for entry in entries(text_of(first(record, (path,)))):
            label = entry.label.lower()
            public = "additional" in label or "customer" in label if label else seen
            found.append(_from_entry(entry, public=public))
    return found


def _from_entry(entry: Entry, *, public: bool) -> Message:
    date = date_of(entry.date)
    return Message(entry.text, entry.author, entry.author, public=public, date=date)


def _in_order(found: list[Message]) -> list[Message]:
    """Return messages by their dates where all have one, else as the record lists them."""
    dates = [message.date for message in found if message.date is not None]
    if len(dates) < len(found):
        return found
    if len(dates) > 1 and dates[0] > dates[-1] and dates == sorted(dates, reverse=True):
        return found[::-1]
    return sorted(found, key=lambda message: message.date or "")


def _with_roles(found: list[Message], opening: Message | None) -> list[Message]:
    """Give each message without a role the one that its author has in the conversation."""
    askers = {opening.who, opening.name} - {""} if opening is not None else set()
    return [
        message if message.role else replace(message, role=_inferred(message, askers))
        for message in found
    ]


def _inferred(message: Message, askers: set[str]) -> str:
    if not askers or not message.who:
        return "author" if not askers else "agent"
    return "customer" if askers & {message.who, message.name} else "agent"
