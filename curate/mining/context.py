"""Working the headings above a question into it, where it does not say what it is about.

"What is the limit?" under "Lodging" asks about lodging for whoever reads the page, and about
nothing for whoever reads the question alone. The nearest heading that names a subject leads the
question; a second one, or the title, is added where two questions of a document would still read
alike. What stands beside a question and not above it never leads it, though the document had no
better title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafts import Piece, Span
from curate.mining.wording import WORD, wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.visible import Visible

_GENERIC = re.compile(
    r"(?:the )?(?:general |other |common |more |further |frequently asked |additional |your |our )*"
    r"(?:overview|introduction|intro|faqs?|f\.a\.q\.?|questions?(?: (?:and|&) answers?)?|q ?& ?a"
    r"|q and a"
    r"|general|prerequisites?|resources?|information|info|background|notes?|details?|contents?"
    r"|table of contents|definitions?|others?|misc(?:ellaneous)?|summary|purpose|scope|policy"
    r"|policies"
    r"|contacts?|help|index|home|untitled|about(?: us)?|weekly|daily|monthly|main|start|getting "
    r"started"
    r"|requirements?|steps?|process|procedures?|instructions?|guidelines?|guidance|tips|examples?"
    r"|(?:week|day|step|part|phase|section|chapter|appendix|tab|sheet|page|slide) ?[\divx]*"
    r"|how (?:do|can) (?:i|we|you)|where (?:are|is) the|readme|table ?\d*|sheet ?\d*|welcome"
    r"|glossary"
    r"|about (?:this|the) \w+|action items?|next steps?|basics|special cases|exceptions?|having "
    r"trouble"
    r"|überblick|übersicht|einleitung|allgemein(?:es)?|häufig(?:e|e gestellte| gestellte) fragen"
    r"|fragen(?: und antworten)?|hinweise?|inhalt(?:sverzeichnis)?|sonstiges|zusammenfassung"
    r"|tabelle ?\d*"
    r"|présentation|généralités|foire aux questions|questions fréquentes|sommaire|divers|remarques?"
    r"|introducción|preguntas(?: frecuentes)?|generalidades|resumen|índice|otros|notas?)"
    r"[\s:.…?!]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s:–—-]+(?:faqs?|f\.a\.q\.?|q&a|frequently asked questions|table of contents"
    r"|overview)?[\s:.!]*$",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]?\s+|(?:step|part|chapter|section|play) \d+[:.]?\s+"
    r"|(?:questions|faqs?|frequently asked questions|fragen|preguntas) (?:about|on|zu|zum|sobre) )",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(  # a participle or an adjective alone: Distributed, Internal
    r"(?!(?:need|feed|seed|speed|breed|weed|deed|bed|shed|embed|.*(?:lied|schied))$)[a-z]{3,}ed"
    r"|advanced|daily|digital|early|external|federal|former|internal|international|late|local"
    r"|manual|mobile|national|new|official|old|online|optional|personal|private|public|regional"
    r"|remote|technical|temporary|virtual",
    re.IGNORECASE,
)
_HOW_TO = re.compile(r"(?:how|where|when|what) to \w", re.IGNORECASE)
_WORKS = re.compile(r"how (?:the )?(\w.{2,60}?) works?", re.IGNORECASE)
_ANAPHORA = re.compile(
    r"\b(?:it|its|this|these|those|they|them|their|here|he|she|him|her|es|dies\w*|hier|dort"
    r"|davon|dafür"
    r"|damit|dazu|cela|ceci|ça|ici|celui-ci|esto|eso|aquí|ello)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200  # signs; a longer one is no heading, and patterns are not tried on it
_LONGEST = 9  # words of a heading that can lead a question
_NAMED = re.compile(r"[\w’'] (?:[A-Z](?!\b)|\d)|[A-Z]{2}|[a-z][A-Z]|\d")
_STEM = 5  # signs by which words are told apart
_EMPTY_WORDS = """
    the a an and or of for to in on at by with from about how what when where which who why do
    does did is are was were be been can could should would will may must i you we they it my
    your our their this that these those not no yes if as get need use have has der die das und
    oder für von zu im am auf mit wie was wann wo wer ist sind kann ich sie wir mein ein eine
    einen le la les un une des et ou de du pour dans est el los las una y o del en por es mi su
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's content words."""
    return frozenset(word[:_STEM] for word in words(text) if word not in _EMPTY and len(word) > 1)


def is_generic(heading: str) -> bool:
    """Tell whether a heading names no subject (Overview, Week 4, How do I...)."""
    return bool(_GENERIC.fullmatch(heading.strip()))


def subjects(visible: Visible, index: int) -> Iterator[tuple[Span, str]]:
    """Yield the headings above an element that name a subject, nearest first, then the title.

    A title that is the first of several headings of one rank is none of the others'.
    """
    seen: set[str] = set()
    for at in visible.above(index):
        element = visible.element(at)
        spans = visible.spans(element.start, element.end)
        text = visible.text(at)
        if len(spans) == 1 and (found := _subject(text, spans[0])) and found[1] not in seen:
            seen.add(found[1])
            yield found
    title = visible.document.title
    found = _subject(title, Span(0, len(title), visible.number, "title"))
    if found and found[1] not in seen and visible.has_title(visible.element(index).start):
        yield _in_text(visible, found), found[1]


def needed(question: str, subject: str) -> bool:
    """Tell whether a question does not say that it is about a subject."""
    return bool(_ANAPHORA.search(question)) or is_new(subject, question)


def is_new(subject: str, said: str) -> bool:
    """Tell whether a subject shares no word with what is said already."""
    return not stems(said) & stems(subject)


def is_vague(text: str, *, most: int) -> bool:
    """Tell whether words fit many subjects: at most so many with content, and no name in them."""
    return len(stems(text)) <= most and not _NAMED.search(text)


def says_whose(question: str, heading: str) -> bool:
    """Tell whether a heading shares a word with a question and adds a name to it: Slack channels."""
    own = stems(question)
    new = [word for word in WORD.findall(heading) if stems(word) - own]
    return bool(own - stems(heading)) and any(word[0].isupper() for word in new)


def is_over(visible: Visible, subject: Span, index: int) -> bool:
    """Tell whether a subject is a title, or a heading that stands above an element."""
    above = [visible.element(at) for at in visible.above(index)]
    return subject.field == "title" or any(e.start <= subject.start < e.end for e in above)


def led(visible: Visible, subject: Span, question: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a question led by its subject."""
    before, after = wording(visible.document.language).regarding.split("{}")
    if question[0] == before:
        return (before, subject, ", ", *question[1:])
    return (before, subject, after, *lowered(visible, question))


def lowered(visible: Visible, question: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a question in lower case where it begins as questions do."""
    known = wording(visible.document.language).questions
    first = question[0]
    text = first if isinstance(first, str) else visible.document.text[first.start : first.end]
    word = re.match(r"[^\W\d_]+", text)
    if (
        not word
        or word.group().lower() not in known
        or word.group()[1:] != word.group()[1:].lower()
    ):
        return question
    low = word.group().lower()
    if isinstance(first, str):
        return (low + first[len(low) :], *question[1:])
    return (low, first._replace(start=first.start + len(low)), *question[1:])


def title_span(visible: Visible) -> Span | None:
    """Return the title where the text has it as a heading, else as a field of its own."""
    title = visible.document.title
    for at in visible.headings:
        element = visible.element(at)
        if visible.text(at) == visible.document.text[element.start : element.end] == title:
            return Span(element.start, element.end, visible.number)
    return Span(0, len(title), visible.number, "title") if title else None


def _subject(text: str, span: Span) -> tuple[Span, str] | None:
    if len(text) > _LONGEST_HEADING:
        return None
    marker = _MARKER.match(text)
    begin = marker.end() if marker else 0
    tail = _TAIL.search(text, begin)
    end = tail.start() if tail else len(text)
    if works := _WORKS.fullmatch(text, begin, end):
        begin, end = works.span(1)
    bare = text[begin:end]
    known = wording("en").questions
    said = words(bare)
    asks = text.rstrip().endswith(("?", "…", "...")) or (
        said and said[0] in known | _CIRCUMSTANCES and not _HOW_TO.match(bare)
    )
    names = stems(bare) and not is_generic(bare) and not _NO_NOUN.fullmatch(bare)
    if not names or asks or len(said) > _LONGEST:
        return None
    return span._replace(start=span.start + begin, end=span.start + end), bare


_CIRCUMSTANCES = frozenset(
    ["prior", "during", "once", "until", "upon", "while", "within", "without", "outside", "beyond"]
)


def _in_text(visible: Visible, found: tuple[Span, str]) -> Span:
    """Return a part of the title where a heading has it too."""
    whole = title_span(visible)
    span = found[0]
    if whole is None or whole.field == "title":
        return span
    return Span(whole.start + span.start, whole.start + span.end, visible.number)
