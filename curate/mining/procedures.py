"""Steps: a heading or a lead-in that names something to do, and the ordered list of how.

The answer is everything between the heading and the next one: lead-in, the whole list, the notes
behind it, but no table that follows the steps; part of a procedure is no answer. A heading counts as
something to do where grammar says so: a gerund or a verb in front of a determiner or of a word in
lower case ("Creating an account"; "Exit Interviews" is a noun).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.asker import NOUN_LIKE_VERBS, VERBS, spoken
from curate.mining.bylines import without_byline
from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Span
from curate.mining.wording import wording, words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft, Piece
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

GERUND = Source("gerund_procedures", "procedure", 0.88)
VERB = Source("verb_procedures", "procedure", 0.8)

_NUMBERED = re.compile(r"\s*\d+[.)]\s")
_MARKER = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|[a-z][.)]|step \d+[:.]?)\s+", re.IGNORECASE)
_DETERMINERS = (
    r"(?:an?|the|your|our|their|its|my|this|that|these|those|all|any|each|every|some|new)\b"
)
_OBJECT = rf"(?:{_DETERMINERS}|[a-z0-9])"
_GERUND = re.compile(rf"([A-Z][a-z]+ing) (?={_OBJECT})")
_NOUNS_IN_ING = """
    training meeting billing pricing building funding hiring morning evening spring string king
    ring during according regarding concerning including following nothing everything anything
    something staffing being having bring thing wing ceiling housing clothing lodging parking
    catering bargaining marketing engineering manufacturing accounting advertising banking clothing
    networking leading mailing operating
"""
_NO_GERUND = frozenset(_NOUNS_IN_ING.split())
_VERB = re.compile(
    rf"((?i:{'|'.join(sorted(VERBS))}) (?={_OBJECT}|[A-Z])"
    rf"|(?i:{'|'.join(sorted(NOUN_LIKE_VERBS))}) (?=(?i:{_DETERMINERS}))"
    r"|(?i:set up|log in(?:to)?|log out|sign in|sign up|turn (?:on|off)|check (?:in|out)) (?=\w))"
)
_LEAD_IN = re.compile(
    r"(?:to|in order to) (?=(?:\w+ ){1,14}?)(?P<what>[a-z][^,:;.]{4,90}?)"
    r"(?:, (?:please )?(?:follow|do|complete|take|use|you|perform|go through|just)\b[^.:]*)?:$",
    re.IGNORECASE,
)
_GERMAN = re.compile(r"[^?:]*\b(?:\w{3,}(?:en|ern|eln))$")
_FRENCH = re.compile(r"(?P<verb>[A-ZÉ]\w+(?:er|ir|re))\s+(?P<rest>\S.*)")
_SPANISH = re.compile(r"(?P<verb>[A-Z]\w+(?:ar|er|ir))\s+(?P<rest>\S.*)")
_FEWEST = 2  # steps that are a procedure
_MOST_LABELS = 0.3  # of the steps that are only links
_LONGEST_LABEL = 4  # words of a link that says no more than where it leads
_LEAST_SHARE = 0.3  # of the answer that is steps; with less it is an essay with a list in it


def gerund_procedures(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield "What are the steps for creating ...?" for gerund headings over steps."""
    if (document.language[:2] or "en") != "en":
        return
    before, after = wording("en").steps.split("{}")
    for heading, core in _headings(visible):
        gerund = _GERUND.match(document.text, core.start, core.end)
        if not gerund or gerund.group(1).lower() in _NO_GERUND:
            continue
        rest = core._replace(start=gerund.end(1))
        question = (before + gerund.group(1).lower(), *spoken(document.text, rest), after)
        yield drafted(GERUND, _procedure(visible, heading, question, template="en.steps"), visible)


def verb_procedures(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield "How do I ...?" for headings and lead-ins that say what to do over steps."""
    language = document.language[:2] or "en"
    for heading, core in _headings(visible):
        question = _verb_question(document, core, language)
        if question:
            found = _procedure(visible, heading, question, template=f"{language}.how")
            yield drafted(VERB, found, visible)
    if language == "en":
        yield from _lead_ins(document, visible)


def _procedure(
    visible: Visible, heading: int, question: tuple[Piece, ...], *, template: str
) -> Found:
    body = _to_the_end(visible, without_byline(visible, visible.body(heading)))
    steps = sum(_steps(visible, at) for at in body)
    lists = sum(len(visible.text(at)) for at in body if _steps(visible, at))
    all_of_it = sum(len(visible.text(at)) for at in body)
    few = lists < all_of_it * _LEAST_SHARE
    bare = sum(_link_steps(visible, at) for at in body) >= max(steps * _MOST_LABELS, 1)
    flaws = (*("few_steps",) * few, *("link_step",) * bare)
    answer = visible.passage(body)
    return Found(template, question, answer, heading, steps=steps, flaws=flaws)


def _to_the_end(visible: Visible, body: Sequence[int]) -> Sequence[int]:
    """Return what stands under a heading up to a table behind its last steps, and what leads to that."""
    last = max((n for n, at in enumerate(body) if _steps(visible, at)), default=len(body))
    tables = (n for n in range(last, len(body)) if visible.element(body[n]).kind is Kind.TABLE)
    end = table = next(tables, len(body))
    while table < len(body) and end - 1 > last and not _ends(visible.text(body[end - 1])):
        end -= 1
    return body[:end]


def _ends(text: str) -> bool:
    return text.rstrip(' *_)"”’').endswith((".", "!", "?"))


def _headings(visible: Visible) -> Iterator[tuple[int, Span]]:
    """Yield the headings that stand right over steps, with their words behind a number."""
    for heading in visible.headings:
        if not any(_steps(visible, at) >= _FEWEST for at in visible.body(heading)):
            continue
        element = visible.element(heading)
        spans = visible.spans(element.start, element.end)
        text = visible.text(heading)
        if len(spans) == 1 and not text.rstrip().endswith("?"):
            marker = _MARKER.match(text)
            bare = text.rstrip(" :.")
            start = spans[0].start + (marker.end() if marker else 0)
            yield heading, Span(start, spans[0].start + len(bare), visible.number)


def _steps(visible: Visible, index: int) -> int:
    """Return how many steps of the first depth a list has, 0 for one without numbers."""
    element = visible.element(index)
    if element.kind is not Kind.LIST or not _NUMBERED.match(visible.text(index)):
        return 0
    return sum(part.column == 0 for part in element.parts)


def _link_steps(visible: Visible, index: int) -> int:
    """Return how many steps of a numbered list are only a link's label: what to do stands behind it."""
    parts = visible.element(index).parts if _steps(visible, index) else ()
    count = 0
    for at, part in enumerate(parts):
        text = visible.read(part.start, part.end).strip(" .:")
        alone = part.column == 0 and not any(below.column for below in parts[at + 1 : at + 2])
        if alone and text and len(words(text)) <= _LONGEST_LABEL:
            spans = visible.spans(part.start, part.end)
            labels = (link for span in spans for link in visible.linked(span))
            count += any(label.strip(" .:") == text for label in labels)
    return count


def _verb_question(document: Parsed, core: Span, language: str) -> tuple[Piece, ...] | None:
    before, after = wording(language).how.split("{}")
    text = document.text[core.start : core.end]
    if language == "de":
        few = 2 <= len(words(text)) <= 8  # noqa: PLR2004
        return (before, core, after) if few and _GERMAN.fullmatch(text) else None
    pattern = {"fr": _FRENCH, "es": _SPANISH}.get(language, _VERB)
    verb = pattern.match(text)
    if not verb:
        return None
    rest = core._replace(start=core.start + verb.end(1))
    spoke = spoken(document.text, rest) if language == "en" else (rest,)
    return (before + verb.group(1).lower(), *spoke, after)


def _lead_ins(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield "How do I ...?" for paragraphs "To ..., follow these steps:" right over steps."""
    before, after = wording("en").how.split("{}")
    for at, following in zip(visible.shown, visible.shown[1:], strict=False):
        element = visible.element(at)
        if element.kind is not Kind.PARAGRAPH or _steps(visible, following) < _FEWEST:
            continue
        said = _LEAD_IN.fullmatch(document.text, element.start, element.end)
        if said:
            what = Span(said.start("what"), said.end("what"), visible.number)
            answer = visible.passage((at, following))
            question = (before, *spoken(document.text, what), after)
            found = Found("en.how", question, answer, at, steps=_steps(visible, following))
            yield drafted(VERB, found, visible)
