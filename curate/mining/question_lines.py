"""Questions that stand in the text as lines of their own, marked or not, and what follows them.

`Q:` and `A:` (Frage and Antwort, P and R, ...) mark pairs for certain. Without marks a paragraph or a single
item that is one question counts where questions are the way of the place: under a heading that says so, or
where several stand in one section, each with an answer. Questions that follow each other are a checklist.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Piece, Span
from curate.mining.wording import without_addresses, words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
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
_NUMBER = re.compile(r"\s*(?:- |\d+[.)] )")
_FAQ = re.compile(
    r"\b(?:faqs?|f\.a\.q|q ?& ?a|frequently asked|questions?|häufige|fragen|foire aux questions|preguntas)\b",
    re.IGNORECASE,
)
_LONGEST = 30  # words of a question
_FEWEST = 2  # questions in a section that make it a place of questions


class _Line(NamedTuple):
    """A place where a question or its marked answer begins: its line, and the words behind the mark."""

    asks: bool
    marked: bool
    line: int
    start: int
    end: int
    element: int


def question_lines(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every question that is a line of its own and has an answer."""
    for begin, section in _sections(visible):
        marks = [line for at in section for line in _lines(visible, at)]
        end = visible.element(section[-1]).end if section else 0
        pairs = list(_pairs(marks, end, document.text))
        plain = [pair for pair in pairs if not pair[0].marked]
        usual = len(plain) >= _FEWEST or _asks_much(visible, begin)
        for line, start, end in pairs:
            answer = visible.pieces(start, end)
            if answer and (line.marked or usual):
                question = visible.pieces(line.start, line.end)
                found = Found(
                    f"{document.language[:2] or 'en'}.as_is", question, answer, line.element
                )
                yield drafted(SOURCE, found, visible)


def _sections(visible: Visible) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield the elements between headings, with the heading before them (-1: none)."""
    bounds = (-1, *visible.headings, len(visible.document.elements))
    for begin, end in pairwise(bounds):
        yield begin, visible.between(begin + 1, end)


def _asks_much(visible: Visible, heading: int) -> bool:
    headings = [] if heading < 0 else [heading, *visible.above(heading)]
    return any(_FAQ.search(visible.text(at)) for at in headings) or bool(
        _FAQ.search(visible.document.title)
    )


def _lines(visible: Visible, index: int) -> Iterator[_Line]:
    """Yield the questions and marked answers that begin in an element."""
    element = visible.element(index)
    if element.kind not in {Kind.PARAGRAPH, Kind.LIST, Kind.BLOCKQUOTE}:
        return
    start = element.start
    for line in visible.document.text[element.start : element.end].split("\n"):
        end = start + len(line)
        for pattern, asks in ((_Q, True), (_A, False)):
            mark = pattern.match(line)
            if mark and (not asks or _question_end(line)):
                stop = start + _question_end(line) if asks else end
                yield _Line(asks, True, start, start + mark.end(), stop, index)
                break
        else:
            number = _NUMBER.match(line)
            begin = start + (number.end() if number else 0)
            if _is_question(line[begin - start :]):
                yield _Line(True, False, start, begin, end, index)
        start = end + 1


def _question_end(line: str) -> int:
    """Return the place behind the last question mark of a line that no address holds, 0 without one."""
    ends = [m.end() for m in re.finditer(r"[?？](?=[\s\"'”’»)*]|$)", line)]
    return ends[0] if ends else 0


def _is_question(line: str) -> bool:
    bare = without_addresses(line).rstrip("*_ ")
    if not bare.endswith(("?", "？")) or re.search(r"[.!;:]\s", bare):
        return False
    return bare.count("?") <= 1 and len(words(bare)) <= _LONGEST


def _pairs(marks: Sequence[_Line], end: int, text: str) -> Iterator[tuple[_Line, int, int]]:
    """Yield each question with the span that answers it: up to the next question."""
    for at, line in enumerate(marks):
        if not line.asks:
            continue
        later = marks[at + 1 :]
        stop = next((x.line for x in later if x.asks), end)
        answers = [x for x in later if not x.asks and x.line < stop]
        if line.marked and answers:
            yield line, answers[0].start, answers[1].line if len(answers) > 1 else stop
            continue
        mark = _A.match(text, line.end, stop) if line.marked else None
        yield line, mark.end() if mark else line.end, stop
