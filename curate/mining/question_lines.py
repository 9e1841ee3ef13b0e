"""Questions that stand in the text as lines of their own, marked or not, and what follows them.

`Q:` and `A:` (Frage and Antwort, P and R, ...) mark pairs for certain. Without marks a paragraph or
a single item that is one question counts where questions are the way of the place: under a heading
that says so, or where several stand in one section, each with an answer. Questions that follow each
other are a checklist.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from curate.mining.drafting import Found, Source, drafted
from curate.mining.wording import WORDINGS, without_addresses, words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft, Piece
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("question_lines", "qa", 0.94)

_Q = re.compile(
    r"\s*(?:- )?(?:(?:q|question|frage|f|p|pregunta)\s?\d*\s?:\s+|q\d+[.)]\s+)", re.IGNORECASE
)
_A = re.compile(
    r"\s*(?:- )?(?:(?:a|answer|antwort|r|réponse|resp|respuesta)\s?\d*\s?:\s+|a\d+[.)]\s+)",
    re.IGNORECASE,
)
_FAQ = re.compile(
    r"\b(?:faqs?|f\.a\.q|q ?& ?a|frequently asked|common questions|questions? (?:and|&) answers?"
    r"|questions about|häufige (?:gestellte )?fragen|fragen und antworten|foire aux questions"
    r"|questions fréquentes|preguntas (?:frecuentes|y respuestas))\b|^(?:questions|fragen"
    r"|preguntas)\W*$",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:reflect\w*|checklist|consider\w*|discuss\w*|interview\w*|agenda|surveys?|feedback"
    r"|retro\w*"
    r"|to ask|ask yourself|critical questions|sample questions|example questions|brainstorm\w*"
    r"|prompts?"
    r"|preparation|decide|assess\w*|nominat\w*|template|contents)\b",
    re.IGNORECASE,
)
_WH = re.compile(
    r"[¿\"“]?(?:how|what|when|where|which|who|whom|whose|why|wie|was|wann|wo|wer|wen|wem|warum"
    r"|welche[rsnm]?"
    r"|comment|quand|où|qui|pourquoi|quel(?:le)?s?|combien|que|cómo|qué|cuándo|dónde|quién|cuál"
    r"|cuánto)\b",
    re.IGNORECASE,
)
_LONGEST = 30  # words of a question
_MANY = 4  # questions in paragraphs of a section that make it an FAQ
_FEWEST = 2  # questions in a section that make it a place of questions


class _Line(NamedTuple):
    """A place where a question or its marked answer begins: its line, its words behind the mark."""

    asks: bool
    marked: bool
    line: int
    start: int
    end: int
    element: int


_Pair: TypeAlias = "tuple[_Line, tuple[Piece, ...]]"


def question_lines(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every question that is a line of its own and has an answer."""
    template = f"{document.language[:2] or 'en'}.as_is"
    for begin, section in _sections(visible):
        for line, answer in _pairs(visible, section, _place(visible, begin)):
            question = visible.pieces(line.start, line.end)
            if answer and question:
                yield drafted(SOURCE, Found(template, question, answer, line.element), visible)


def _pairs(visible: Visible, section: Sequence[int], place: str) -> Iterator[_Pair]:
    """Yield the questions of a section that are marked or meant by their place."""
    plain = sum(line.asks and not line.marked for at in section for line in _lines(visible, at))
    if not place and plain >= _MANY:
        place = "faq"
    found = [*_in_paragraphs(visible, section, free=place == "faq"), *_in_lists(visible, section)]
    several = sum(not line.marked for line, _ in found) >= _FEWEST
    for line, answer in found:
        asks = several and bool(_WH.match(visible.document.text, line.start))
        if line.marked or place == "faq" or (asks and not place):
            yield line, answer


def _sections(visible: Visible) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield the elements between headings, with the heading before them (-1: none)."""
    bounds = (-1, *visible.headings, len(visible.document.elements))
    for begin, end in pairwise(bounds):
        section = visible.between(begin + 1, end)
        if section:
            yield begin, section


def _place(visible: Visible, heading: int) -> str:
    """Return what headings and title say of a section's questions: faq, rhetorical or nothing."""
    headings = [] if heading < 0 else [heading, *visible.above(heading)]
    own = visible.has_title(0 if heading < 0 else visible.element(heading).start)
    texts = [*map(visible.text, headings), visible.document.title if own else ""]
    if any(map(_RHETORICAL.search, texts)):
        return "rhetorical"
    return "faq" if any(map(_FAQ.search, texts)) else ""


def _in_paragraphs(visible: Visible, section: Sequence[int], *, free: bool) -> Iterator[_Pair]:
    """Yield the questions that are lines of paragraphs or a list's only item, and their answers."""
    text = visible.document.text
    marks = [line for at in section for line in _lines(visible, at, free=free)]
    for at, line in enumerate(marks):
        if not line.asks:
            continue
        later = marks[at + 1 :]
        stop = next((x.line for x in later if x.asks), visible.element(section[-1]).end)
        answers = [x for x in later if not x.asks and x.line < stop]
        start = line.end
        if line.marked and answers:
            start, stop = answers[0].start, answers[1].line if len(answers) > 1 else stop
        elif line.marked and (mark := _A.match(text, line.end, stop)):
            start = mark.end()
        yield line, visible.pieces(start, stop)


def _lines(visible: Visible, index: int, *, free: bool = False) -> Iterator[_Line]:
    """Yield the questions and marked answers that begin in an element.

    Args:
        visible: The document.
        index: The element.
        free: Whether a question may begin with any word and have a sentence before it.
    """
    element = visible.element(index)
    alone = element.kind is Kind.LIST and len(element.parts) == 1
    start = element.parts[0].start if alone else element.start
    for line in visible.document.text[start : element.end].split("\n"):
        found = _marked(line, start, index)
        if found:
            yield found
        elif (element.kind is Kind.PARAGRAPH or alone) and _is_question(line, free=free):
            begin = element.start if alone else start
            yield _Line(True, False, begin, start, start + len(line), index)
        start += len(line) + 1


def _marked(line: str, start: int, index: int) -> _Line | None:
    """Return what a line that begins with a mark such as `Q:` asks or answers."""
    asks = _Q.match(line)
    if asks and (end := _question_end(line)):
        return _Line(True, True, start, start + asks.end(), start + end, index)
    if answers := _A.match(line):
        return _Line(False, True, start, start + answers.end(), start + len(line), index)
    return None


def _in_lists(visible: Visible, section: Sequence[int]) -> Iterator[_Pair]:
    """Yield the questions that are items of longer lists, answered by the items nested in them."""
    text = visible.document.text
    for index in section:
        parts = visible.element(index).parts if visible.element(index).kind is Kind.LIST else ()
        for at, part in enumerate(parts):
            deeper = at + 1
            while deeper < len(parts) and parts[deeper].column > part.column:
                deeper += 1
            if deeper > at + 1 and _is_question(text[part.start : part.end]):
                line = _Line(True, False, part.start, part.start, part.end, index)
                yield line, visible.items(index, at + 1, deeper)


def _question_end(line: str) -> int:
    """Return the place behind a line's first question mark that no address holds, 0 if none."""
    ends = [m.end() for m in re.finditer(r"[?？](?=[\s\"'”’»)*]|$)", line)]
    return ends[0] if ends else 0


def _is_question(line: str, *, free: bool = False) -> bool:
    """Tell whether a line is one question and nothing else."""
    if "?" not in line and "？" not in line:
        return False
    bare = without_addresses(line).rstrip("*_ ")
    if not bare.endswith(("?", "？")) or bare.count("?") > 1 + free or len(words(bare)) > _LONGEST:
        return False
    first = re.match(r"\W*(\w+)", bare.lower())
    begins = first and any(first.group(1) in w.questions for w in WORDINGS.values())
    return free or bool(begins and not re.search(r"[.!;:]\s", bare))
