"""Making a draft of what an extractor found: context, measures, flaws, score."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.mining.context import (
    is_new,
    is_over,
    is_vague,
    led,
    needed,
    says_whose,
    stems,
    subjects,
)
from curate.mining.drafts import Draft, Features, Piece, Span, Teaches
from curate.mining.flaws import answer_flaws, question_flaws
from curate.mining.hollow import pair_flaws
from curate.mining.wording import WORDINGS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.mining.visible import Visible

REPLY = "reply"  # the task of drafts whose question is a whole message
_VAGUE = 3  # content words that leave open what a question is about
_BAND = (15, 250)  # words of an answer that is neither thin nor a page


@dataclass(frozen=True, slots=True)
class Source:
    """An extractor's name and what is known of what it finds.

    Args:
        name: Its key in the registry.
        task: What kind of example it makes.
        prior: The share of its drafts that people found usable.
        teaches: Facts or behaviour.
        least: The fewest words an answer of its kind may have.
    """

    name: str
    task: str
    prior: float
    teaches: Teaches = Teaches.KNOWLEDGE
    least: int = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A question and an answer as an extractor found them.

    Args:
        template: The wording of the question.
        question: Its pieces, without context.
        answer: Its pieces.
        index: The element under whose headings the question stands, -1 where none can lead it.
        leads: Whether the nearest heading has to lead the question whatever it says.
        steps: Steps or rows in the answer.
        resolved: Whether something shows that the answer was accepted.
        flaws: What the extractor itself found wrong.
        evidence: Spans that the answer rests on beside those that stand in it.
        defines: The term that is defined.
    """

    template: str
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    index: int = -1
    leads: bool = False
    steps: int = 0
    resolved: bool = False
    flaws: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = field(default=())
    defines: tuple[Piece, ...] = ()


def drafted(source: Source, found: Found, *views: Visible) -> Draft:
    """Return the draft of what an extractor found in a document, or in several of a thread."""
    asked = plain(found.question, views)
    answer = plain(found.answer, views)
    question, contexts = _contextual(found, asked, views[0])
    links = link_share(found.answer, views, answer)
    flaws = dict.fromkeys(
        (
            *found.flaws,
            *(("no_context",) if found.leads and not contexts else ()),
            *(("no_wording",) if _is_mixed(found.template, question) else ()),
            *question_flaws(asked, message=source.task == REPLY),
            *answer_flaws(answer, links, least=source.least, message=source.task == REPLY),
            *(() if source.task == REPLY else pair_flaws(asked, answer)),
            *(("tells_nothing",) if _says_again(plain(question, views), answer) else ()),
        )
    )
    features = replace(
        _measured(asked, answer, tuple(flaws)),
        prior=source.prior,
        question_words=float(len(words(plain(question, views)))),
        link_share=links,
        contexts=float(contexts),
        steps=float(found.steps),
        resolved=float(found.resolved),
    )
    pieces = _full((*found.answer, *found.evidence))
    evidence = _outermost({piece for piece in pieces if isinstance(piece, Span)})
    return Draft(
        task=source.task,
        extractor=source.name,
        template=found.template,
        question=_full(question),
        answer=_full(found.answer),
        evidence=tuple(span for span in evidence if span.field == "text"),
        teaches=source.teaches,
        features=features,
        score=score(features, tuple(flaws)),
        flaws=tuple(flaws),
        defines=found.defines,
    )


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, without those that lie within another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.document, s.field, s.start, -s.end)):
        last = found[-1] if found else None
        same = last and (last.document, last.field) == (span.document, span.field)
        if not (last and same and span.end <= last.end):
            found.append(span)
    return sorted(found)


def _is_mixed(template: str, question: Sequence[Piece]) -> bool:
    """Tell whether words of a template stand around words of a language it has none for."""
    framed = any(isinstance(p, str) and any(map(str.isalpha, p)) for p in question)
    return framed and template.partition(".")[0] not in WORDINGS


def _says_again(question: str, answer: str) -> bool:
    """Tell whether an answer has nothing that its question has not."""
    new = stems(answer) - stems(question)
    return len(new) < 2 and not any(map(str.isdigit, answer)) and len(words(answer)) > 2  # noqa: PLR2004


def _measured(asked: str, answer: str, flaws: Sequence[str]) -> Features:
    """Return what the words alone tell."""
    own = stems(asked)
    return Features(
        prior=0.0,
        answer_words=float(len(words(answer))),
        shared=len(own & stems(answer)) / max(len(own), 1),
        deictic=float("deictic" in flaws),
        pronoun_first=float("pronoun_first" in flaws),
        first_person=float("first_person" in flaws),
    )


def plain(pieces: Sequence[Piece], views: Sequence[Visible]) -> str:
    """Return the words of pieces, unmasked: to judge them by, never to be shown or kept."""
    return "".join(piece if isinstance(piece, str) else _read(piece, views) for piece in pieces)


def score(features: Features, flaws: Sequence[str]) -> float:
    """Return how likely a draft is usable: its extractor's share, less for its flaws."""
    value = features.prior * 0.5 ** len(flaws)
    if not _BAND[0] <= features.answer_words <= _BAND[1]:
        value *= 0.9
    if not features.shared and not features.contexts:
        value *= 0.95
    if features.resolved:
        value = 1 - (1 - value) * 0.7
    return round(value, 4)


def link_share(pieces: Sequence[Piece], views: Sequence[Visible], text: str) -> float:
    """Return the share of the words of pieces that are links."""
    spans = [p for p in pieces if isinstance(p, Span) and p.field == "text"]
    linked = sum(len(words(link)) for span in spans for link in _view(span, views).linked(span))
    return round(linked / max(len(words(text)), 1), 4)


def with_context(draft: Draft, visible: Visible, subject: Span) -> Draft:
    """Return a draft whose question is led by one more heading."""
    features = replace(draft.features, contexts=draft.features.contexts + 1)
    return replace(draft, question=led(visible, subject, draft.question), features=features)


def _contextual(found: Found, asked: str, view: Visible) -> tuple[tuple[Piece, ...], int]:
    """Return a question led by the headings it needs, and how many these are."""
    around = list(subjects(view, found.index)) if found.index >= 0 else []
    if not around:
        return found.question, 0
    span, text = around[0]
    over = [one for one in around if is_over(view, one[0], found.index)]
    broad, title = over[-1] if over else around[0]
    question, said, most = found.question, asked, _VAGUE
    count = 0
    if found.leads or needed(asked, text):
        question, said, most = led(view, span, question), text, 1 + found.leads
        count = 1
    if span != broad and is_vague(said, most=most) and is_new(title, f"{said} {asked}"):
        question, count = led(view, broad, question), count + 1
    elif count and is_vague(text, most=most) and stems(text) < stems(title):
        question = led(view, broad, found.question)
    if not count and is_vague(asked, most=_VAGUE - 1):
        names = [one for one, said in ((span, text), (broad, title)) if says_whose(asked, said)]
        question, count = (led(view, names[0], question), 1) if names else (question, 0)
    return question, count


def _full(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces without empty ones."""
    return tuple(p for p in pieces if (p if isinstance(p, str) else p.start < p.end))


def _read(span: Span, views: Sequence[Visible]) -> str:
    view = _view(span, views)
    text = view.document.title if span.field == "title" else view.document.text
    return text[span.start : span.end]


def _view(span: Span, views: Sequence[Visible]) -> Visible:
    return next(view for view in views if view.number == span.document)
