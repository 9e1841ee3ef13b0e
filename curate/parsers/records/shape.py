"""How an export lays out its records: where title, text, messages, dates and state stand.

A path names a value by its keys with dots between (`fields.summary`); where several paths are
given, the first that leads to something counts. A shape is data, so that a user's own mapping and
the known exports go the same way.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache

Paths = tuple[str, ...]

SOLVED = frozenset({"solved", "closed", "resolved", "done", "complete", "completed", "fixed"})
UNANSWERED = frozenset(
    ["duplicate", "won't do", "won't fix", "wontfix", "cannot reproduce", "declined", "rejected",
     "incomplete", "canceled", "cancelled", "spam", "deleted"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Messages:
    """Where the messages of a conversation stand and what is where within one.

    `note_kinds` are values of `kind` that mark an internal note, `event_kinds` those that mark no
    message at all (an assignment, somebody joining); `customers` and `agents` are a desk's own words
    for the roles of who asks and who answers.
    """

    at: Paths
    body: Paths = ("body",)
    author: Paths = ("author", "author_id", "user", "from")
    name: Paths = ()
    role: Paths = ()
    public: Paths = ("public", "is_public", "visible", "is_visible")
    private: Paths = ("private", "is_private", "internal", "is_internal")
    date: Paths = ("created_at", "created", "date")
    key: Paths = ("id",)
    reply_to: Paths = ()
    kind: Paths = ()
    reactions: Paths = ()
    accepted: Paths = ("accepted", "is_accepted", "is_solution")
    note_kinds: frozenset[str] = frozenset()
    event_kinds: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shape:
    """The layout of one kind of record.

    `format` is html, markdown, wiki, slack, text or auto; `fields` pairs the names of properties
    with their paths; `done` are the states that mean solved, `void` those in which nothing was
    answered; `journals` are texts that hold many entries, the path of each with whether a customer
    sees it; `resolution` is a closing note; `group` names the conversation a loose message belongs
    to; of `pairs` the title is a question and the body its answer, whatever they look like; `keys` are
    the sets of keys by which the shape is recognised.
    """

    name: str
    key: Paths = ()
    title: Paths = ()
    body: Paths = ()
    format: str = "auto"
    author: Paths = ()
    author_name: Paths = ()
    author_role: Paths = ()
    fields: tuple[tuple[str, str], ...] = ()
    created: Paths = ()
    modified: Paths = ()
    solved: Paths = ()
    status: Paths = ()
    done: frozenset[str] = frozenset()
    void: frozenset[str] = frozenset()
    rating: Paths = ()
    thread: Paths = ()
    messages: Messages | None = None
    journals: tuple[tuple[str, bool], ...] = ()
    resolution: Paths = ()
    resolution_code: Paths = ()
    resolution_author: Paths = ()
    group: Paths = ()
    conversation: bool = True
    pairs: bool = False
    mail_like: bool = False
    keys: tuple[frozenset[str], ...] = ()


@cache
def stable(shape: Shape) -> str:
    """Return all that a shape says, alike in every process; sets have no order of their own."""
    return json.dumps(asdict(shape), default=sorted)


def same(*names: str) -> tuple[tuple[str, str], ...]:
    """Return fields that are called as their path."""
    return tuple((name, name) for name in names)
