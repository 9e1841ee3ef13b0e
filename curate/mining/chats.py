"""Chats: what opened a thread, and the answer that was marked or for which the asker gave thanks.

People in a chat write a thought in several messages, so that what counts is a run of messages of one
person. A channel in which nothing says what replies to what is no thread, unless two people are
alone in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Teaches
from curate.mining.messages import asks, in_order, messages_of
from curate.mining.replies import defers, reply, request
from curate.mining.tickets import is_automatic, is_thanks, is_ticket, off_topic, says_it_worked
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
    from curate.mining.messages import Message
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("chat_replies", "reply", 0.7, Teaches.BEHAVIOUR, least=5)

_MENTION = re.compile(r"(?<!\S)@[\w.-]*\w")
_CALLED = re.compile(r"(?:@[\w.-]*\w[,:;]?\s+)+")
_SHORT_THANKS = re.compile(r"\b(?:thx|thnx|tysm|ty|cheers|brilliant)\b", re.IGNORECASE)
_SHORT = 6  # words of thanks that are an abbreviation
_PUT_OFF = re.compile(  # what is said while the answer is looked for, or behind it
    r"(?:(?:let me|i['’]?ll|i will) (?:just |quickly )?(?:check|look|see|ask|find out)\b.{0,40}"
    r"|(?:one|just a|a|give me a) (?:sec|second|moment|minute)\b.{0,30}|(?:hold|hang) on\b.{0,20}"
    r"|(?:checking|looking)\b.{0,30}|(?:you['’]re|you are) welcome\b.{0,20}|no (?:problem|worries)|np"
    r"|sure(?: thing)?|moment|ich schaue? (?:mal )?nach\b.{0,20}|gern(?:e| geschehen)?|de rien|de nada)\W*",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\?|\b(?:but|however|still|again|not|no|doesn['’]t|didn['’]t|won['’]t|can['’]t|aber|jedoch"
    r"|noch|nicht|kein\w*|mais|pas|toujours|pero|todavía)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one person wrote before another did."""

    author: str
    messages: tuple[Message, ...]

    def shown(self) -> tuple[int, ...]:
        return tuple(at for message in self.messages for at in message.shown())

    def text(self) -> str:
        return "\n\n".join(message.text() for message in self.messages)

    def accepted(self) -> bool:
        return any(message.accepted for message in self.messages)

    def thanks(self) -> bool:
        """Tell whether it thanks and leaves no doubt that it helped."""
        text = self.text()
        short = len(words(text)) <= _SHORT and bool(_SHORT_THANKS.search(text))
        return (short or is_thanks(text)) and not _DOUBT.search(text)

    def telling(self) -> tuple[int, ...]:
        """Return the elements of the messages that say something to the matter."""
        telling = [m for m in self.messages if not _PUT_OFF.fullmatch(m.text().strip())]
        return tuple(at for message in telling for at in message.shown()) or self.shown()


def chats(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield one draft for each thread of a chat in which somebody asked and another answered."""
    if len(document.turns) < 2 or is_ticket(document):  # noqa: PLR2004 - alone it is no answer
        return
    said = [m for m in in_order(list(messages_of(visible))) if m.shown()]
    for thread in _threads(said):
        runs = [_Run(who, tuple(run)) for who, run in groupby(thread, key=lambda m: m.author)]
        draft = _drafted(runs, visible) if len(runs) > 1 and asks(runs[0].text()) else None
        if draft:
            yield draft


def _threads(said: Sequence[Message]) -> list[list[Message]]:
    """Return the messages that belong together: by what they reply to, or of two people alone."""
    if not any(message.reply_to for message in said):
        return [list(said)] if len({message.author for message in said}) == 2 else []  # noqa: PLR2004
    roots: dict[str, str] = {}
    threads: dict[str, list[Message]] = {}
    for number, message in enumerate(said):
        own = message.key or f"#{number}"
        to = message.reply_to[-1] if message.reply_to else own
        roots[own] = roots.get(to, to)
        threads.setdefault(roots[own], []).append(message)
    return [thread for root, thread in threads.items() if _begins(thread[0], root)]


def _begins(first: Message, root: str) -> bool:
    """Tell whether what opened a thread is there; it may stand in another file, or be gone."""
    return first.key == root or not first.reply_to


def _drafted(runs: Sequence[_Run], visible: Visible) -> Draft | None:
    asker = runs[0].author
    answers = [
        n for n, run in enumerate(runs) if run.author != asker and not is_automatic(run.text())
    ]
    if not answers:
        return None
    settling = _settling(runs, answers)
    chosen = settling[-1] if settling else answers[0]
    question, answer = runs[0].shown(), runs[chosen].telling()
    bare = _uncalled(visible)
    asking = request(bare, question, narrowed=defers(bare, answer))
    wanted = plain(asking.pieces, (bare,))
    told = reply(bare, answer, wanted)
    flaws = (
        *(() if settling and not _doubted(runs[chosen + 1 :], asker) else ("unconfirmed",)),
        *(("clarified",) if any(run.author == asker for run in runs[1:chosen]) else ()),
        *(("asks_back",) if runs[chosen].text().rstrip().endswith("?") else ()),
        *(("mentions",) if _MENTION.search(wanted + plain(told.pieces, (bare,))) else ()),
        *asking.flaws,
        *told.flaws,
        *off_topic(
            wanted,
            told.pieces,
            bare,
            settled=bool(settling),
            worked=any(r.author == asker and says_it_worked(r.text()) for r in runs[chosen + 1 :]),
        ),
    )
    language = visible.document.language[:2] or "en"
    found = Found(
        f"{language}.message", asking.pieces, told.pieces, resolved=bool(settling), flaws=flaws
    )
    return drafted(SOURCE, found, bare)


def _settling(runs: Sequence[_Run], answers: Sequence[int]) -> list[int]:
    """Return the answers that are marked, else those for which the asker gave thanks.

    Thanks of somebody else mark an answer too, but one to what that person had asked.
    """
    thanks = {n: run.author for n, run in enumerate(runs) if run.thanks()}
    asker = runs[0].author
    marked = [n for n in answers if runs[n].accepted() and thanks.get(n + 1, asker) == asker]
    return marked or [n for n in answers if thanks.get(n + 1) == asker]


def _doubted(later: Sequence[_Run], asker: str) -> bool:
    """Tell whether the asker came back with more than thanks."""
    return any(run.author == asker and bool(_DOUBT.search(run.text())) for run in later)


def _uncalled(visible: Visible) -> Visible:
    """Return a chat without the names that its messages call at their beginning."""
    text = visible.document.text
    called: list[tuple[int, int]] = []
    for at in visible.shown:
        element = visible.element(at)
        found = _CALLED.finditer(text, element.start, element.end)
        called.extend(
            m.span() for m in found if m.start() == element.start or text[m.start() - 1] == "\n"
        )
    return visible.without(called)
