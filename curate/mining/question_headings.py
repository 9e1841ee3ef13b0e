"""Headings that ask: what stands under them answers.

A heading that ends with a question mark is taken as it is. One that only begins like a question ("How to
apply", "When to travel") is turned into one where a template makes plain language of it. Headings under a
broken-off question ("How do I...?" above "Book a room?") continue it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Piece, Span
from curate.mining.wording import words, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Draft
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

ASKING = Source("question_headings", "qa", 0.83)
STATING = Source("wh_headings", "qa", 0.7)

_MARKER = re.compile(
    r"\s*(?:(?:q|question|frage|pregunta|p)\s?\d*\s?[:.)]\s+|\d+(?:\.\d+)*[.)]?\s+)", re.IGNORECASE
)
_BROKEN = re.compile(
    r"(how (?:do|can|should) (?:i|we|you)|where (?:do|can) (?:i|we|you)|can (?:i|we|you)|(?:what|when) should i"
    r"|wie kann ich|comment puis-je|¿?cómo puedo)\s*(?:\.\.\.|…)\s*\??",
    re.IGNORECASE,
)
_VERB = re.compile(r"([A-Z][a-z]+)\b(?! (?:is|are|was|were|has|have|will|can|does|do)\b)")
_TO = re.compile(r"(how|when|where|what|who|whom) to\s+(?=\w)", re.IGNORECASE)
_TO_ASKS = {
    "how": "How do I ",
    "when": "When should I ",
    "where": "Where can I ",
    "what": "What should I ",
    "who": "Who should I ",
    "whom": "Whom should I ",
}
_DIRECT = re.compile(
    r"(?:who|what|when|where|why|how|which)(?: \w+){0,2}? (?:is|are|do|does|did|can|should|will|was|were|has|have"
    r"|must|may|counts?|happens?|needs?|gets?|approves?|pays?|applies|apply|requires?|qualifies|uses)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:how|why|what|when|where|who) (?:we|you|they|the|our|your|to|this|an?|teams?|people|employees|staff"
    r"|[A-Z0-9][\w-]+)\b[^?]*\s\w",
)
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
        question, template = _continued(visible, heading) or (_asked(visible, heading), "as_is")
        yield drafted(
            ASKING, Found(f"{_language(document)}.{template}", question, answer, heading), visible
        )


def wh_headings(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every heading that begins like a question and ends like none."""
    if _language(document) != "en":
        return
    for heading in visible.headings:
        if visible.text(heading).rstrip("*_ \\").endswith(("?", "？", "…", "...")):
            continue
        asked = _turned(visible, _core(visible, heading))
        answer = answer_to(visible, heading) if asked else ()
        if asked and answer:
            template, question = asked
            found = Found(f"en.{template}", question, answer, heading, stated=True)
            yield drafted(STATING, found, visible)


def answer_to(visible: Visible, heading: int) -> tuple[Piece, ...]:
    """Return what stands under a heading: with its subsections where they are few."""
    end = visible.end_of(heading)
    inside = visible.between(heading + 1, end)
    below = [at for at in inside if at in visible.headings]
    if len(below) <= _SEVERAL and not any(visible.text(at).endswith("?") for at in below):
        return visible.passage(inside) if len(inside) > len(below) else ()
    body = visible.body(heading)
    said = sum(len(words(visible.text(at))) for at in body)
    return visible.passage(body) if said >= _THIN else ()


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
    verb = _VERB.match(text)
    if not begun or not verb or verb.group(1).lower() in wording("en").questions:
        return None
    rest = core._replace(start=core.start + verb.end())
    return (f"{begun.group(1)} {verb.group(1).lower()}", rest), "continued"


def _turned(visible: Visible, core: Span) -> tuple[str, tuple[Piece, ...]] | None:
    """Return the question that a heading like "How to apply" stands for."""
    text = visible.document.text[core.start : core.end].rstrip(":. ")
    core = core._replace(end=core.start + len(text))
    to = _TO.match(text)
    if to:
        rest = core._replace(start=core.start + to.end())
        return "to", (_TO_ASKS[to.group(1).lower()], rest, "?")
    if _DIRECT.match(text):
        return "direct", (core, "?")
    if _CLAUSE.match(text):
        word = text.split()[0]
        rest = core._replace(start=core.start + len(word))
        return "clause", (f"Can you explain {word.lower()}", rest, "?")
    return None
