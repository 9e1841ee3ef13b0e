"""Glossaries: a term and its text, in the places that say they are one.

Items `Term: text` stand everywhere; only under a heading or title that says glossary, terms,
acronyms and the like are they definitions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from curate.mining.apart import by_title
from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Span
from curate.mining.grid import grids
from curate.mining.wording import wording, words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Draft, Piece
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("glossaries", "definition", 0.9, least=3)

_PLACE = re.compile(
    r"\b(?:glossar(?:y|ies)|definitions?|terms(?! (?:of|and))|terminology|acronyms?"
    r"|abbreviations?|vocabulary|jargon"
    r"|glossar|begriffe|definitionen|abkürzungen|glossaire|définitions|sigles|glosario"
    r"|definiciones|siglas)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(?P<term>[^\n:–—]{1,60}?)\s*(?::|\s[–—-]|\s=)\s+(?P<text>\S.*)", re.DOTALL)
_NO_TERM = re.compile(
    r"(?:think|how|what|when|where|who|why|which|related|see|note|example|tip|warning|step|more|other"
    r"|e\.g|i\.e"
    r"|\d+[.)])\b|[^()]*\([^)]*$|[^(]*\)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(  # the text begins with the verb whose subject is the term
    r"(?:means?|is|are|was|refers? to|stands? for|describes?|denotes?|includes?|bedeutet|ist"
    r"|sind|steht für"
    r"|signifie|est|désigne|significa|es)\b",
    re.IGNORECASE,
)
_COMMON = re.compile(r"[A-Z]?[a-zäöüßàâéèêëîïôûùçñáíóú]+")  # one word, no name to be seen
_LONGEST = 6  # words of a term
_Pair: TypeAlias = "tuple[Span, tuple[Piece, ...]]"


def glossaries(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield "What does ... mean?" for every entry of a glossary."""
    before, after = wording(document.language).means.split("{}")
    template = f"{document.language[:2] or 'en'}.means"
    for term, answer in _entries(visible):
        text = document.text[term.start : term.end]
        if 0 < len(words(text)) <= _LONGEST and not _NO_TERM.match(text) and "?" not in text:
            said = _sentence(document, term, answer)
            flaws = ("circular",) if _is_circular(text, plain(said, (visible,))) else ()
            found = Found(
                template,
                (before, term, after),
                said,
                flaws=flaws,
                evidence=(term,),
                defines=(term,),
            )
            yield _placed(drafted(SOURCE, found, visible), text, visible)


def _placed(draft: Draft, term: str, visible: Visible) -> Draft:
    """Return a draft led by its document's title where a common word has a meaning of its own there.

    "Availability" in a glossary is a word of the house; on a page about incidents it is one of theirs.
    """
    common = _COMMON.fullmatch(term) and not _PLACE.search(visible.document.title)
    return by_title(draft, visible) if common else draft


def _is_circular(term: str, text: str) -> bool:
    """Tell whether a text explains a term by the term: X means the X of something."""
    again = rf"(?:{re.escape(term)}s? )?(?:means?|is|are|refers? to)?:? ?(?:the|an?) {re.escape(term)}s? "
    return bool(re.match(again + r"(?:of|that|which|for|in)\b", text, re.IGNORECASE))


def _sentence(document: Parsed, term: Span, answer: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a text that begins with its verb as a sentence of which the term is the subject."""
    first = answer[0]
    if not isinstance(first, Span):
        return answer
    verb = _GOES_ON.match(document.text, first.start, first.end)
    if not verb:
        return answer
    return (term, f" {verb.group().lower()}", first._replace(start=verb.end()), *answer[1:])


def _entries(visible: Visible) -> Iterator[_Pair]:
    """Yield term and text of the entries in places that are a glossary."""
    places = [at for at in visible.shown if _is_place(visible, at)]
    for at in places:
        element = visible.element(at)
        match element.kind:
            case Kind.LIST:
                for part in element.parts:
                    if part.column == 0:
                        yield from _entry(visible, part.start, part.end)
            case Kind.PARAGRAPH:
                yield from _entry(visible, element.start, element.end)
            case Kind.HEADING:
                yield from _under_heading(visible, at)
    yield from _in_tables(visible, set(places))


def _in_tables(visible: Visible, places: set[int]) -> Iterator[_Pair]:
    for grid in grids(visible):
        if grid.index not in places or len(grid.header) != 2:  # noqa: PLR2004
            continue
        for term, text in grid.rows:
            if len(term.pieces) == 1 and isinstance(term.pieces[0], Span) and text.text:
                yield term.pieces[0], text.pieces


def _entry(visible: Visible, start: int, end: int) -> Iterator[_Pair]:
    entry = _ENTRY.fullmatch(visible.document.text, start, end)
    if not entry:
        return
    term = visible.spans(*entry.span("term"))
    answer = visible.pieces(*entry.span("text"))
    if len(term) == 1 and answer:
        yield term[0], answer


def _under_heading(visible: Visible, heading: int) -> Iterator[_Pair]:
    body = visible.body(heading)
    if _PLACE.search(visible.text(heading)) or len(visible.text(heading)) == 1:
        return
    element = visible.element(heading)
    spans = visible.spans(element.start, element.end)
    if body and len(spans) == 1:
        yield spans[0], visible.passage(body)


def _is_place(visible: Visible, index: int) -> bool:
    """Tell whether a heading above an element, or the title, says that it is a glossary."""
    if any(_PLACE.search(visible.text(at)) for at in visible.above(index)):
        return True
    place = visible.element(index).start
    return visible.has_title(place) and bool(_PLACE.search(visible.document.title))
