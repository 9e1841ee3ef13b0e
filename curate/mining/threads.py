"""Threads of mails: a question, and what another person answered to it.

Two ways to know that a mail answers: it stands under the quoted question (the quotation is found
again in the mail it comes from), or it replies to the mail that asks. A thread spans documents; the
pieces of a draft say which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Draft, Span, Teaches
from curate.mining.messages import Message, asks, in_order, messages_of
from curate.mining.replies import reply
from curate.mining.tickets import is_automatic, is_thanks, off_topic, says_it_worked
from curate.mining.visible import Visible
from curate.mining.wording import words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.tables.parsed import Parsed

REPLIES = Source("mail_replies", "reply", 0.7, Teaches.BEHAVIOUR)
INLINE = Source("inline_replies", "reply", 0.85, Teaches.BEHAVIOUR, least=4)

_QUOTE_MARK = re.compile(r"^(?:>\s?)+", re.MULTILINE)
_LEAST_QUOTED = 12  # signs of a quoted line that are enough to find it again


def mine_thread(
    documents: Sequence[Parsed], dropped: Sequence[Sequence[tuple[int, int]]] = ()
) -> Iterator[Draft]:
    """Yield the drafts of one thread; `Span.document` counts its documents as they were given.

    Args:
        documents: The mails of one conversation, in any order.
        dropped: Spans that edits drop, for each document; none drops nothing.
    """
    hidden = dropped or [()] * len(documents)
    views = [
        Visible(doc, out, at) for at, (doc, out) in enumerate(zip(documents, hidden, strict=True))
    ]
    messages = in_order([m for view in views for m in messages_of(view)])
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


def _parent(message: Message, earlier: Sequence[Message]) -> int | None:
    """Return the place of the question that a message may answer: another person's, the nearest one."""
    keys = {m.key: at for at, m in enumerate(earlier) if m.key}
    named = [keys[key] for key in message.reply_to if key in keys]
    places = named or ([] if message.reply_to else list(range(len(earlier) - 1, -1, -1))[:1])
    for at in places:
        if earlier[at].author != message.author and asks(earlier[at].text()):
            return at
    return None


def _reply(messages: Sequence[Message], asked: int, answer: int) -> Draft | None:
    question, answering = messages[asked], messages[answer]
    if (
        question.author == answering.author
        or is_automatic(answering.text())
        or not answering.shown()
    ):
        return None
    after = [m.text() for m in messages[answer + 1 : answer + 3] if m.author == question.author]
    thanked = any(map(is_thanks, after))
    confirmed = answering.accepted or thanked
    unconfirmed = () if confirmed or answering.is_mail() else ("unconfirmed",)
    asks_back = ("asks_back",) if answering.text().rstrip().endswith("?") else ()
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
        *off_topic(
            plain(wanted, views),
            said.pieces,
            *views,
            settled=confirmed,
            worked=any(map(says_it_worked, after)),
        ),
    )
    found = Found(f"{language}.message", wanted, said.pieces, resolved=confirmed, flaws=flaws)
    return drafted(REPLIES, found, *views)


def _inline(message: Message, earlier: Sequence[Message]) -> Iterator[Draft]:
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
    document: Parsed, index: int, earlier: Sequence[Message]
) -> tuple[Message, Span] | None:
    """Return the question that a quotation ends with, where it stands in the message it is from."""
    element = document.elements[index]
    quote = _QUOTE_MARK.sub("", document.text[element.start : element.end]).strip()
    asked = next((line.strip() for line in reversed(quote.split("\n")) if line.strip()), "")
    if len(asked) < _LEAST_QUOTED or not asks(asked):
        return None
    for message in reversed(earlier):
        start = message.view.document.text.find(asked)
        if start >= 0:
            spans = message.view.spans(start, start + len(asked))
            shows = spans and (spans[0].start, spans[-1].end) == (start, start + len(asked))
            if shows and len(spans) == 1 and len(words(asked)) > 2:  # noqa: PLR2004
                return message, spans[0]
    return None


def _views(*messages: Message) -> tuple[Visible, ...]:
    return tuple({m.view.number: m.view for m in messages}.values())
