"""Threads of mails and chats: a question, and what another person answered to it.

Three ways to know that a message answers: it stands under the quoted question (the quotation is
found again in the mail it comes from), it replies to the message that asks, or, in a chat, it is
marked or thanked for. A thread spans documents; the pieces of a draft say which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Draft, Span, Teaches
from curate.mining.replies import Said, defers, reply, request
from curate.mining.tickets import is_automatic, is_thanks, off_topic
from curate.mining.visible import Visible
from curate.mining.wording import without_addresses, words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.tables.parsed import Parsed

REPLIES = Source("mail_replies", "reply", 0.7, Teaches.BEHAVIOUR)
INLINE = Source("inline_replies", "reply", 0.85, Teaches.BEHAVIOUR, least=4)
CHAT = Source("chat_replies", "reply", 0.7, Teaches.BEHAVIOUR, least=5)

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
_QUOTE_MARK = re.compile(r"^(?:>\s?)+", re.MULTILINE)
_LEAST_QUOTED = 12  # signs of a quoted line that are enough to find it again


@dataclass(frozen=True, slots=True)
class _Message:
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

    def request(self, answering: _Message) -> Said:
        """Return what of it another message answers, without greeting and sign-off."""
        narrowed = defers(answering.view, answering.shown())
        return request(self.view, self.shown(), narrowed=narrowed)

    def reply(self, asked: str) -> Said:
        """Return what of it is true of anybody who asks the same."""
        return reply(self.view, self.shown(), asked)


def mine_thread(
    documents: Sequence[Parsed], dropped: Sequence[Sequence[tuple[int, int]]] = ()
) -> Iterator[Draft]:
    """Yield the drafts of one thread; `Span.document` counts its documents as they were given.

    Args:
        documents: The mails or chat exports of one conversation, in any order.
        dropped: Spans that edits drop, for each document; none drops nothing.
    """
    hidden = dropped or [()] * len(documents)
    views = [
        Visible(doc, out, at) for at, (doc, out) in enumerate(zip(documents, hidden, strict=True))
    ]
    messages = _in_order([m for view in views for m in _messages(view)])
    answered: set[int] = set()
    for at, message in enumerate(messages):
        inline = list(_inline(message, messages[:at]))
        yield from inline
        parent = _parent(message, messages[:at])
        if parent is None or parent in answered:
            continue
        draft = None if inline else _reply(messages, parent, at)
        if draft or inline:
            answered.add(parent)
        if draft:
            yield draft


def _messages(view: Visible) -> Iterator[_Message]:
    document = view.document
    author = next((f.value for f in document.fields if f.name.lower() in _AUTHORS), "")
    if not document.turns:
        yield _Message(view, -1, author, document.created or "", "", (), accepted=False)
    for number, turn in enumerate(document.turns):
        if turn.public and turn.role != "system":
            who = author if author and len(document.turns) == 1 else f"{view.number}/{turn.party}"
            date = turn.date or document.created or ""
            yield _Message(view, number, who, date, turn.key, turn.reply_to, turn.accepted)


def _in_order(messages: Sequence[_Message]) -> list[_Message]:
    """Return messages by date where all have one, else as they came."""
    return (
        sorted(messages, key=lambda m: m.date) if all(m.date for m in messages) else list(messages)
    )


def _parent(message: _Message, earlier: Sequence[_Message]) -> int | None:
    """Return the place of the question that a message may answer: another person's, the nearest one."""
    keys = {m.key: at for at, m in enumerate(earlier) if m.key}
    named = [keys[key] for key in message.reply_to if key in keys]
    places = named or ([] if message.reply_to else list(range(len(earlier) - 1, -1, -1))[:1])
    for at in places:
        if earlier[at].author != message.author and _CUE.search(
            without_addresses(earlier[at].text())
        ):
            return at
    return None


def _reply(messages: Sequence[_Message], asked: int, answer: int) -> Draft | None:
    question, answering = messages[asked], messages[answer]
    if (
        question.author == answering.author
        or is_automatic(answering.text())
        or not answering.shown()
    ):
        return None
    in_chat = len(answering.view.document.turns) > 1
    rivals = [m for m in messages[answer + 1 :] if m.accepted and set(m.reply_to) & {question.key}]
    if in_chat and rivals and not answering.accepted:
        return None
    thanked = any(
        m.author == question.author and is_thanks(m.text())
        for m in messages[answer + 1 : answer + 3]
    )
    asks_back = ("asks_back",) if answering.text().rstrip().endswith("?") else ()
    confirmed = answering.accepted or thanked
    unconfirmed = ("unconfirmed",) if in_chat and not confirmed else ()
    language = question.view.document.language[:2] or "en"
    views = _views(question, answering)
    asking = question.request(answering)
    wanted = asking.pieces
    said = answering.reply(plain(wanted, views))
    flaws = (
        *asks_back,
        *unconfirmed,
        *asking.flaws,
        *said.flaws,
        *off_topic(plain(wanted, views), said.pieces, *views),
    )
    found = Found(f"{language}.message", wanted, said.pieces, resolved=confirmed, flaws=flaws)
    return drafted(CHAT if in_chat else REPLIES, found, *views)


def _inline(message: _Message, earlier: Sequence[_Message]) -> Iterator[Draft]:
    """Yield a draft for every quoted question that the message's next words answer."""
    document = message.view.document
    indices = [
        n for n, e in enumerate(document.elements) if message.turn < 0 or e.turn == message.turn
    ]
    for at, quoted in enumerate(indices):
        if document.elements[quoted].kind is not Kind.QUOTED:
            continue
        answer = []
        for following in indices[at + 1 :]:
            if document.elements[following].kind is Kind.QUOTED:
                break
            if following in message.view.shown:
                answer.append(following)
        more = any(document.elements[n].kind is Kind.QUOTED for n in indices[at + 1 :])
        found = _quoted(document, quoted, earlier) if answer and (more or at) else None
        if found:
            source, span = found
            language = source.view.document.language[:2] or "en"
            views = _views(source, message)
            said = reply(message.view, answer, plain((span,), views))
            pair = Found(f"{language}.message", (span,), said.pieces, flaws=said.flaws)
            yield drafted(INLINE, pair, *views)


def _quoted(
    document: Parsed, index: int, earlier: Sequence[_Message]
) -> tuple[_Message, Span] | None:
    """Return the question that a quotation ends with, where it stands in the message it is from."""
    element = document.elements[index]
    quote = _QUOTE_MARK.sub("", document.text[element.start : element.end]).strip()
    asked = next((line.strip() for line in reversed(quote.split("\n")) if line.strip()), "")
    if len(asked) < _LEAST_QUOTED or not _CUE.search(without_addresses(asked)):
        return None
    for message in reversed(earlier):
        start = message.view.document.text.find(asked)
        if start >= 0:
            spans = message.view.spans(start, start + len(asked))
            shows = spans and (spans[0].start, spans[-1].end) == (start, start + len(asked))
            if shows and len(spans) == 1 and len(words(asked)) > 2:  # noqa: PLR2004
                return message, spans[0]
    return None


def _views(*messages: _Message) -> tuple[Visible, ...]:
    return tuple({m.view.number: m.view for m in messages}.values())
