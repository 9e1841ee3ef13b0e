"""Headings that ask: what stands under them answers.

A heading that ends with a question mark is taken as it is. One that only begins like a question
("How to apply", "When to travel") is turned into one where a template makes plain language of it.
Headings under a broken-off question ("How do I...?" above "Book a room?") continue it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.asker import spoken
from curate.mining.bylines import without_byline
from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Piece, Span
from curate.mining.wording import wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

ASKING = Source("question_headings", "qa", 0.83)
STATING = Source("wh_headings", "qa", 0.7)

_MARKER = re.compile(
    r"\s*(?:(?:q|question|frage|pregunta|p)\s?\d*\s?[:.)]\s+|\d+(?:\.\d+)*[.)]?\s+)", re.IGNORECASE
)
_ANSWER = re.compile(r"(?:A|Answer|Antwort|Réponse|Respuesta)\s?[:.]\s+(?=\S)")
_WANTS_OBJECT = re.compile(
    r"(?:use|install|configure|access|enable|disable|join|edit|update|create|remove|delete"
    r"|request|order|book"
    r"|submit|run|build|deploy|set up)",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"(how (?:do|can|should) (?:i|we|you)|where (?:do|can) (?:i|we|you)|can (?:i|we|you)"
    r"|(?:what|when) should i|where (?:are|is) the|wie kann ich|comment puis-je|¿?cómo puedo)"
    r"\s*(?:\.\.\.|…)\s*\??",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"([A-Z][a-z]+)\b(?! (?:is|are|was|were|has|have|will|can|does|do)\b)")
_TO = re.compile(r"(how|when|where|what|who|whom) to\s+(?=\w)", re.IGNORECASE)
_TO_ASKS = {
    "how": "How do I ",
    "when": "When should I ",
    "where": "Where can I ",
    "what": "What should I ",
    "who": "Who should I ",
    "whom": "Whom should I ",
}
_VERBAL = (
    r"(?:is|are|do|does|did|can|should|will|was|were|has|have|must|may|counts?|happens?|needs?"
    r"|gets?"
    r"|approves?|pays?|applies|qualifies|requires?|uses)\b"
)
_DIRECT = re.compile(
    rf"(?:(?:who|what|when|where|why|how) {_VERBAL}(?! (?:new|next|inside)\b)"
    rf"|(?:which|what|how (?:many|much|long|often)) (?!(?:we|you|they|i|it)\b)\w+ {_VERBAL})",
    re.IGNORECASE,
)
_DO = re.compile(r"(how|what|why|when|where)(?= (?:we|you|they) (\w+))", re.IGNORECASE)
_DO_NOT = re.compile(
    r"(how|what|why|when|where) (we|you|they) (?:do not|don['’]t) (?=\w)", re.IGNORECASE
)
_NO_BASE = re.compile(
    r"\w+ed|are|were|was|is|had|has|can|could|might|will|would|should|must|may|got|made|built"
    r"|did|went|chose"
    r"|came|began|learned|found|said|thought|took|wrote|ll|re|ve|to|and|all|at|both|each|now"
    r"|then|still",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"([Hh]ow|[Ww]hy|[Ww]hen|[Ww]here) (?:the|our|your|an?|teams?|people|employees|staff)\b.*\s\w"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|mine|me|myself)\b")
_SEVERAL = 3  # subsections that an answer may have; with more, only what stands before them answers
_THIN = 20  # words before the subsections that are an answer


def question_headings(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every heading that ends with a question mark."""
    for heading in visible.headings:
        text = visible.text(heading)
        if not text.rstrip("*_ \\").endswith(("?", "？")) or _BROKEN.fullmatch(_bare(text)):
            continue
        answer = answer_to(visible, heading)
        if not answer:
            continue
        question, template = (
            _continued(visible, heading)
            or _made_direct(document, visible, heading)
            or (_asked(visible, heading), "as_is")
        )
        yield drafted(
            ASKING, Found(f"{_language(document)}.{template}", question, answer, heading), visible
        )


def wh_headings(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every heading that begins like a question and ends like none."""
    if _language(document) != "en":
        return
    for heading in visible.headings:
        text = visible.text(heading)
        if text.rstrip("*_ \\").endswith(("?", "？", "…", "...")):
            continue
        asked = _turned(visible, _core(visible, heading))
        answer = answer_to(visible, heading) if asked else ()
        if asked and answer:
            template, question = asked
            flaws = ("first_person",) if _FIRST_PERSON.search(text) else ()
            found = Found(f"en.{template}", question, answer, heading, flaws=flaws)
            yield drafted(STATING, found, visible)


def answer_to(visible: Visible, heading: int) -> tuple[Piece, ...]:
    """Return what stands under a heading, without a mark such as `A:` before it."""
    found = _under(visible, heading)
    first = found[0] if found else ""
    mark = (
        _ANSWER.match(visible.document.text, first.start, first.end)
        if isinstance(first, Span)
        else None
    )
    return (Span(mark.end(), *first[1:]), *found[1:]) if mark and isinstance(first, Span) else found


def _under(visible: Visible, heading: int) -> tuple[Piece, ...]:
    """Return what stands under a heading: with its subsections where they are few."""
    section = visible.between(heading + 1, visible.end_of(heading))
    inside = _without_empty_end(visible, without_byline(visible, section))
    below = [at for at in inside if at in visible.headings]
    if len(below) <= _SEVERAL and not any(visible.text(at).endswith("?") for at in below):
        return visible.passage(inside) if len(inside) > len(below) else ()
    body = without_byline(visible, visible.body(heading))
    said = sum(len(words(visible.text(at))) for at in body)
    return visible.passage(body) if said >= _THIN else ()


def _without_empty_end(visible: Visible, inside: Sequence[int]) -> Sequence[int]:
    """Return elements without headings at their end, under which nothing is to be seen."""
    last = len(inside)
    while last and inside[last - 1] in visible.headings:
        last -= 1
    return inside[:last]


def _language(document: Parsed) -> str:
    return document.language[:2].lower() or "en"


def _bare(text: str) -> str:
    marker = _MARKER.match(text)
    return text[marker.end() if marker else 0 :].rstrip("*_ \\")


def _core(visible: Visible, heading: int) -> Span:
    """Return a heading's span without a number or letter before it and marks behind it."""
    element = visible.element(heading)
    text = visible.document.text[element.start : element.end]
    bare = _bare(text)
    start = element.start + text.index(bare)
    return Span(start, start + len(bare), visible.number)


def _asked(visible: Visible, heading: int) -> tuple[Piece, ...]:
    core = _core(visible, heading)
    return visible.pieces(core.start, core.end)


def _continued(visible: Visible, heading: int) -> tuple[tuple[Piece, ...], str] | None:
    """Return the question that a heading continues from a broken-off one above it."""
    above = next(visible.above(heading), None)
    begun = _BROKEN.fullmatch(_bare(visible.text(above))) if above is not None else None
    core = _core(visible, heading)
    text = visible.document.text[core.start : core.end]
    verb = _CONTINUES.match(text)
    if not begun or not verb or verb.group(1).lower() in wording("en").questions:
        return None
    start = f"{begun.group(1)} "
    if start.lower().startswith(("where are", "where is")):
        return (start, core), "continued"
    rest = core._replace(start=core.start + verb.end())
    asks = start.lower().endswith(" i ")
    said = spoken(visible.document.text, rest) if asks else (rest,)
    return (start + verb.group(1).lower(), *said), "continued"


def _made_direct(
    document: Parsed, visible: Visible, heading: int
) -> tuple[tuple[Piece, ...], str] | None:
    """Return "How do I ...?" for a heading "How to ...?"."""
    core = _core(visible, heading)
    to = _TO.match(document.text, core.start, core.end)
    if not to or _language(document) != "en":
        return None
    rest = core._replace(start=to.end())
    return (_TO_ASKS[to.group(1).lower()], *spoken(document.text, rest, verb=True)), "to"


def _turned(visible: Visible, core: Span) -> tuple[str, tuple[Piece, ...]] | None:
    """Return the question that a heading like "How to apply" stands for."""
    whole = visible.document.text
    text = whole[core.start : core.end].rstrip(":. ")
    if ":" in text:
        return None
    core = core._replace(end=core.start + len(text))
    if to := _TO.match(text):
        rest = core._replace(start=core.start + to.end())
        what = " it" * bool(_WANTS_OBJECT.fullmatch(whole, rest.start, rest.end))
        return "to", (_TO_ASKS[to.group(1).lower()], *spoken(whole, rest, verb=True), f"{what}?")
    if _DIRECT.match(text):
        return "direct", (core, "?")
    if asked := _done(text, core):
        return "do", asked
    if clause := _CLAUSE.match(text):
        rest = core._replace(start=core.start + clause.end(1))
        return "clause", (f"Can you explain {clause.group(1).lower()}", rest, "?")
    return None


def _done(text: str, core: Span) -> tuple[Piece, ...]:
    """Return "What do we pay?" for "What we pay", and the same for what we do not pay."""
    if denied := _DO_NOT.match(text):
        rest = core._replace(start=core.start + denied.end())
        begin = f"{denied.group(1).capitalize()} do {denied.group(2).lower()} not "
        return (begin, rest, "?")
    do = _DO.match(text)
    if not do or _NO_BASE.fullmatch(do.group(2)) or not do.group(2).islower():
        return ()
    rest = core._replace(start=core.start + do.end())
    return (f"{do.group(1).capitalize()} do", rest, "?")
