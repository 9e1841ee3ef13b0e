"""Tell a mail's own words from the ones it quotes, line by line, in some thirty languages.

Three things betray a quotation: the line that announces it ("On ... wrote:", a From/Sent block, a
ruled "Original Message"), the marks in front of its lines, and a program's own mark-up, which
arrives here as `Line.quoted` and `Line.cue`. What stands below a marked quotation is an answer; the
paragraph right above such an answer is the question it answers and stays visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.parsers.mail.openers import find_openers

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKED = re.compile(r"^\s{0,4}>(?!.*<<+\s*$)")
_MARKS = re.compile(r"^\s{0,4}(?:>\s?)+")
_LINK_ONLY = re.compile(r"^\s*[(<]?\s*(?:https?|mailto):\S*\s*[)>]?\s*>?\s*$", re.IGNORECASE)
_SHORT_TAIL = 24
_LONGEST_QUESTION = 15


class Mark(StrEnum):
    """What a line of a mail is."""

    REPLY = "reply"
    QUOTED = "quoted"
    QUESTION = "question"  # quoted, right above its answer
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what the mail's mark-up says about it.

    `cue` is `opener` where mark-up begins a quotation, `signature` within one, `hidden` where no
    reader sees it.
    """

    text: str
    quoted: bool = False
    cue: str = ""


def mark_quotes(lines: Sequence[Line], *, forward: bool = False) -> list[Mark]:
    """Return what each line is; `forward` says that the subject calls the mail a forwarded one."""
    types = _types(lines)
    first = next((n for n, kind in enumerate(types) if kind in "sf"), len(lines))
    if first < len(lines) and (types[first] == "f" or (forward and not _answers(types, first))):
        return _marked_head(types, first) + [Mark.FORWARDED] * (len(lines) - first)
    return _walk(types, lines, first)


def unquoted(text: str) -> str:
    """Return a line without its quotation marks."""
    return _MARKS.sub("", text)


def is_marked(text: str) -> bool:
    """Tell whether a line begins with a quotation mark."""
    return bool(_MARKED.match(text))


def _types(lines: Sequence[Line]) -> str:
    """Return one letter a line: e(mpty), m(arked), s(plitter), f(orward opener), t(ext)."""
    openers = find_openers([line.text for line in lines])
    types = [_type(line, opener) for line, opener in zip(lines, openers, strict=True)]
    return "".join(types)


def _type(line: Line, opener: str) -> str:
    if line.cue == "hidden":
        return "e"
    if not line.quoted and (line.cue == "opener" or opener):
        return "f" if opener == "forward" else "s"
    if line.quoted or is_marked(line.text):
        return "m" if line.text.strip() else "e"
    return "t" if line.text.strip() else "e"


def _answers(types: str, first: int) -> bool:
    """Tell whether marked lines follow the opener, as they do in an answer and not in a forward."""
    return types[first:].replace("s", "").replace("e", "")[:1] == "m"


def _marked_head(types: str, first: int) -> list[Mark]:
    return [Mark.QUOTED if kind == "m" else Mark.REPLY for kind in types[:first]]


def _walk(types: str, lines: Sequence[Line], first: int) -> list[Mark]:
    marks = _marked_head(types, first)
    at = first
    while at < len(types):
        at = _skip(types, at, "se")
        if at < len(types) and types[at] != "m" and "s" in types[len(marks) : at]:
            break
        end = _quote_end(types, lines, at)
        marks += [Mark.QUOTED] * (end - len(marks))
        at = _skip(types, end, "te")
        marks += [Mark.REPLY] * (at - end)
    return marks + [Mark.QUOTED] * (len(types) - len(marks))


def _skip(types: str, at: int, kinds: str) -> int:
    while at < len(types) and types[at] in kinds:
        at += 1
    return at


def _quote_end(types: str, lines: Sequence[Line], at: int) -> int:
    """Return where the marked run that begins at `at` ends, wrapped lines and links included."""
    while at < len(types):
        if types[at] in "mef" or (types[at] == "t" and _continues(types, lines, at)):
            at += 1
        else:
            break
    return at


def _continues(types: str, lines: Sequence[Line], at: int) -> bool:
    """Tell whether an unmarked line within a quotation is a broken piece of it."""
    text = lines[at].text.strip()
    before = lines[at - 1].text if at else ""
    if "m" not in types[at:]:
        return False
    if _LINK_ONLY.match(text) or (before.count("(") > before.count(")") and ")" in text):
        return True
    sandwiched = types[at - 1 : at + 2] == "mtm"
    return sandwiched and len(text) <= _SHORT_TAIL and text[:1].islower()


def mark_questions(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks with the last quoted paragraph above each answer marked as its question."""
    marked = list(marks)
    filled = [at for at, line in enumerate(lines) if unquoted(line.text).strip()]
    for above, below in pairwise(filled):
        if marked[below] is Mark.REPLY and marked[above] is Mark.QUOTED:
            begin = _paragraph_start(lines, marked, above)
            if above - begin < _LONGEST_QUESTION:
                marked[begin : above + 1] = [Mark.QUESTION] * (above + 1 - begin)
    return marked


def _paragraph_start(lines: Sequence[Line], marks: Sequence[Mark], at: int) -> int:
    """Return where the marked paragraph that ends at a line begins; behind it if none does."""
    begin = at + 1
    while begin > 0 and marks[begin - 1] is Mark.QUOTED and _is_words(lines[begin - 1]):
        begin -= 1
    return begin


def _is_words(line: Line) -> bool:
    return (line.quoted or is_marked(line.text)) and bool(unquoted(line.text).strip())
