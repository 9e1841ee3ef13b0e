"""Tickets: what the customer wrote first, and the answer that settled it.

The accepted public answer, else the last public one by an agent. Notes among colleagues are never
seen here. What is still open, was dropped or closed by a macro is marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.context import stems, title_span
from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Span, Teaches
from curate.mining.instructing import instructs
from curate.mining.replies import defers, reply, request
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft, Piece
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("tickets", "reply", 0.75, Teaches.BEHAVIOUR)

_ASKING = frozenset({"customer", "requester", "user", "end-user"})
_ANSWERING = frozenset({"agent", "admin", "support"})
_STATUS = frozenset({"status", "state", "close_code", "resolution"})
_OPEN = re.compile(
    r"(?:new|open|pending|on[- ]?hold|in progress|waiting.*|reopened|to do|backlog|unresolved"
    r"|offen|neu)",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"(?:duplicate|won['’]?t (?:do|fix)|cannot reproduce|declined|cancell?ed|spam|rejected|not a "
    r"bug|merged"
    r"|.*resolved by (?:caller|request).*|incomplete)",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"\b(?:we have received your (?:request|message|e-?mail|ticket)|this is an automat|automatic "
    r"reply|auto-?reply"
    r"|do not reply to this|out of (?:the )?office|ticket (?:has been|was) (?:merged|closed"
    r"|created)"
    r"|thank you for contacting us\W+(?:we|a member|our team) will|automatische (?:antwort"
    r"|abwesenheit)"
    r"|(?:office|desk|we|i) (?:is|are|am|will be)(?: all)? (?:closed|away|back (?:on|from|at))\b"
    r"|outside (?:of )?(?:our )?"
    r"(?:office|business|opening) hours|(?:for )?everybody else we are back"
    r"|réponse automatique|respuesta automática|closing (?:this )?(?:ticket|request) (?:as|due"
    r"|because))",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\b(?:glad (?:to hear|it|that)|(?:i|we)(?:['’]ll| will)? close|closing|you['’]re welcome|my "
    r"pleasure"
    r"|have a (?:nice|good)|opens it again|freut (?:mich|uns)|gern geschehen|schließen|de rien"
    r"|avec plaisir"
    r"|de nada)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|fwd?|wg|tr|rv|antwort|sv)\s?(?:\[\d+\])?:\s*)+", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"\s*(?:(?:urgent|please|quick|a|my|our|short|one)[ :,!-]+)*(?:(?:hi|hello|hey|dear|hallo"
    r"|bonjour|hola)\b.*"
    r"|(?:help|question|request|quer(?:y|ies)|enquiry|inquiry|issue|problem|support|message|call"
    r"|info(?:rmation)?"
    r"|advise|advice|urgent|question|ticket|contact(?: form)?|(?:no|without) subject|frage"
    r"|anfrage|bitte|hilfe"
    r"|demande|consulta|pregunta)(?: (?:needed|required|please|request|back|for you|form|wanted"
    r"|us))*(?: please)?"
    r"|(?:please|kindly)(?: help| advise| call)?|our call|call (?:us|me) back.*)\W*",
    re.IGNORECASE,
)
_FAREWELL_WORDS = 30
_FEW = 25  # words of an answer that should have one of the question's
_THANKS = re.compile(
    r"\b(?:thank(?:s| you)|that (?:worked|fixed|solved|did it)|works now|solved|perfect|danke"
    r"|hat geklappt"
    r"|funktioniert jetzt|merci|ça marche|gracias|funciona)\b",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(?:(?:that|this|it)(?: has)? (?:worked|works|fixed|solved|helped|did (?:it|the trick))"
    r"|works (?:now|again)|(?:is |now )?(?:solved|fixed|resolved)(?=[ .,!;]|$)"
    r"|hat (?:geklappt|geholfen|funktioniert)|(?:geht|klappt|funktioniert) (?:jetzt|wieder)|gelöst"
    r"|ça (?:marche|fonctionne)|c['’]est (?:réglé|résolu)|(?:ya )?funciona(?: ya)?|solucionado|resuelto)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\?|\b(?:but|however|still|not|no|isn['’]t|doesn['’]t|didn['’]t|aber|jedoch|nicht|kein\w*|mais|pas"
    r"|toujours|pero|todavía|half|part(?:ly|ially)?|teilweise)\b",
    re.IGNORECASE,
)


def tickets(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield the draft of a ticket that an agent answered."""
    turns = document.turns
    if not is_ticket(document):
        return
    asked = next(
        (n for n, t in enumerate(turns) if t.role in _ASKING and message(visible, n)), None
    )
    if asked is None:
        return
    answers = [
        n
        for n, turn in enumerate(turns)
        if n > asked
        and turn.role in _ANSWERING
        and message(visible, n)
        and not _automatic(visible, n)
    ]
    if answers:
        yield _drafted(visible, asked, _settling(visible, answers))


def is_ticket(document: Parsed) -> bool:
    """Tell whether a conversation says who asks and who answers by their roles."""
    roles = {turn.role for turn in document.turns}
    return bool(roles & _ASKING and roles & _ANSWERING)


def _settling(visible: Visible, answers: Sequence[int]) -> int:
    """Return the message that settled it: accepted, else the last full one before thanks."""
    turns = visible.document.turns
    accepted = [n for n in answers if turns[n].accepted]
    if accepted:
        return accepted[-1]
    thanks = [
        n
        for n, t in enumerate(turns)
        if n > answers[0] and t.role in _ASKING and _thanks(visible, n)
    ]
    before = [n for n in answers if not thanks or n < thanks[0]]
    full = [n for n in before if not _says_farewell(said(visible, n))]
    return (full or before)[-1]


def _says_farewell(text: str) -> bool:
    return len(words(text)) <= _FAREWELL_WORDS and bool(_FAREWELL.search(text))


def _thanks(visible: Visible, turn: int) -> bool:
    return is_thanks(said(visible, turn))


def message(visible: Visible, turn: int) -> tuple[int, ...]:
    """Return the shown elements of a public message, its headings included."""
    if not visible.document.turns[turn].public:
        return ()
    return tuple(at for at in visible.shown if visible.element(at).turn == turn)


def is_thanks(text: str) -> bool:
    """Tell whether a short message thanks for help or says that it worked."""
    return bool(_THANKS.search(text)) and len(words(text)) <= 40  # noqa: PLR2004


def is_automatic(text: str) -> bool:
    """Tell whether a message was written by a rule: a receipt, an absence, a merge."""
    return bool(_AUTOMATIC.search(text))


def says_it_worked(text: str) -> bool:
    """Tell whether a short message says that what it answers to worked, and leaves no doubt."""
    few = len(words(text)) <= 40  # noqa: PLR2004
    return few and bool(_WORKED.search(text)) and not _DOUBT.search(text)


def _worked(visible: Visible, answer: int) -> bool:
    """Tell whether the next words of who asks say that an answer worked."""
    after = next((n for n in _asking(visible) if n > answer), None)
    return after is not None and says_it_worked(said(visible, after))


def _asking(visible: Visible) -> list[int]:
    return [n for n, turn in enumerate(visible.document.turns) if turn.role in _ASKING]


def said(visible: Visible, turn: int) -> str:
    """Return the words of a message."""
    return "\n\n".join(visible.text(at) for at in message(visible, turn))


def _automatic(visible: Visible, turn: int) -> bool:
    return is_automatic(said(visible, turn))


def _drafted(visible: Visible, asked: int, chosen: int) -> Draft:
    document = visible.document
    answering = message(visible, chosen)
    asking = request(visible, message(visible, asked), narrowed=defers(visible, answering))
    question = (*_subject(visible, asked), *asking.pieces)
    thanked = any(
        turn.role in _ASKING and _thanks(visible, n)
        for n, turn in enumerate(document.turns)
        if n > chosen
    )
    alone = not any(asked < n < chosen for n in _asking(visible))  # else it may answer a later one
    wanted = plain(question, (visible,))
    answer = reply(visible, answering, wanted)
    found = Found(
        f"{document.language[:2] or 'en'}.message",
        question,
        answer.pieces,
        resolved=thanked or document.turns[chosen].accepted,
        flaws=(
            *_status_flaws(document),
            *asking.flaws,
            *answer.flaws,
            *off_topic(
                wanted,
                answer.pieces,
                visible,
                settled=alone and (thanked or document.turns[chosen].accepted),
                worked=alone and _worked(visible, chosen),
            ),
        ),
    )
    return drafted(SOURCE, found, visible)


def off_topic(
    asked: str, answer: Sequence[Piece], *views: Visible, settled: bool, worked: bool
) -> tuple[str, ...]:
    """Return the flaw of a short answer that has not one word in common with what was asked.

    Good answers in other words than the question's are common where these are few: what the asker
    says worked is to the matter, and so are steps that settled it.

    Args:
        asked: The question.
        answer: The answer.
        views: The documents of both.
        settled: Whether something shows that the answer was accepted.
        worked: Whether the asker says that it worked.
    """
    said = plain(answer, views)
    apart = len(words(said)) < _FEW and not stems(asked) & stems(said)
    proven = worked or (settled and instructs(said))
    return ("off_topic",) if apart and not proven else ()


def _subject(visible: Visible, asked: int) -> tuple[Piece, ...]:
    """Return the subject of a ticket where it says what the message does not."""
    document = visible.document
    subject = title_span(visible)
    if not subject or _inside(visible, subject, asked) or _repeats(document, visible, asked):
        return ()
    prefix = _PREFIX.match(document.title)
    start = prefix.end() if prefix else 0
    if _SAYS_NOTHING.fullmatch(document.title, start):
        return ()
    return (subject._replace(start=subject.start + start), "\n\n")


def _status_flaws(document: Parsed) -> Iterator[str]:
    states = [f.value.strip() for f in document.fields if f.name.lower() in _STATUS]
    if any(_OPEN.fullmatch(state) for state in states):
        yield "unresolved"
    if any(_DROPPED.fullmatch(state) for state in states):
        yield "not_answered"


def _inside(visible: Visible, subject: Span, turn: int) -> bool:
    return subject.field == "text" and any(
        visible.element(at).start <= subject.start and subject.end <= visible.element(at).end
        for at in message(visible, turn)
    )


def _repeats(document: Parsed, visible: Visible, turn: int) -> bool:
    return document.title.casefold().strip() in said(visible, turn).casefold()
