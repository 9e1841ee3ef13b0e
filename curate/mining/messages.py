"""Messages of mails and chats: who wrote what, in which order, and whether it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.mining.replies import defers, reply, request
from curate.mining.wording import without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.replies import Said
    from curate.mining.visible import Visible

_CUE = re.compile(
    r"\?(?=\s|$|[\"'”’»)*])|\b(?:please (?:tell|let|advise|confirm|explain|send|share|help)|(?:i"
    r"|we) (?:was|were|am|are) wondering"
    r"|(?:can|could|would) (?:you|someone|anyone)|does anyone|any(?:one|body) know|do you know"
    r"|how (?:do|can|to)"
    r"|need (?:help|to know)|bitte (?:um|sagen|teilen|erklären)|könn(?:en|ten) sie|weiß jemand"
    r"|pouvez-vous"
    r"|pourriez-vous|quelqu['’]un sait|podría|puede usted|alguien sabe)\b",
    re.IGNORECASE,
)
_AUTHORS = ("from", "author", "sender")


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a thread: its document, its turn there (-1: all of it) and who wrote it."""

    view: Visible
    turn: int
    author: str
    date: str
    key: str
    reply_to: tuple[str, ...]
    accepted: bool

    def shown(self) -> tuple[int, ...]:
        """Return the elements of the message."""
        at = self.turn
        return tuple(n for n in self.view.shown if at < 0 or self.view.element(n).turn == at)

    def text(self) -> str:
        """Return its visible words."""
        return "\n\n".join(self.view.text(at) for at in self.shown())

    def is_mail(self) -> bool:
        """Tell whether its document says who wrote it, as a mail does and a chat's part does not."""
        return any(f.name.lower() in _AUTHORS for f in self.view.document.fields)

    def request(self, answering: Message) -> Said:
        """Return what of it another message answers, without greeting and sign-off."""
        narrowed = defers(answering.view, answering.shown())
        return request(self.view, self.shown(), narrowed=narrowed)

    def reply(self, asked: str) -> Said:
        """Return what of it is true of anybody who asks the same."""
        return reply(self.view, self.shown(), asked)


def messages_of(view: Visible) -> Iterator[Message]:
    """Yield the messages of a document that outsiders saw, as they stand there."""
    document = view.document
    author = next((f.value for f in document.fields if f.name.lower() in _AUTHORS), "")
    if not document.turns:
        yield Message(view, -1, author, document.created or "", "", (), accepted=False)
    for number, turn in enumerate(document.turns):
        if turn.public and turn.role != "system":
            who = author if author and len(document.turns) == 1 else f"{view.number}/{turn.party}"
            date = turn.date or document.created or ""
            yield Message(view, number, who, date, turn.key, turn.reply_to, turn.accepted)


def in_order(messages: Sequence[Message]) -> list[Message]:
    """Return messages by date where all have one, else as they came."""
    return (
        sorted(messages, key=lambda m: m.date) if all(m.date for m in messages) else list(messages)
    )


def asks(text: str) -> bool:
    """Tell whether a message asks for something; a question mark of a web address does not."""
    return bool(_CUE.search(without_addresses(text)))
