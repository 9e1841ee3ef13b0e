"""What of a message is worth learning: no courtesies, nothing that was true of one case alone.

The first sentence of a reply answers: where it says what was done, that was the answer, and nothing
is left to learn; where it says how things stood, the rest may still tell what to do. What leans on
a sentence that is gone goes with it. Sentences go from the beginning and the end alone: an answer
around a hole in its middle reads as if its writer had said it so, and may lack the very condition
under which it is right. What is left is no whole answer where a step went, or what was asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.mining.context import stems
from curate.mining.instructing import matters, wants
from curate.mining.letters import farewell, greeted, greeting, is_courtesy
from curate.mining.particular import goes_on, is_beside, is_deed, is_of_another, is_particular
from curate.mining.sentences import sentences
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Piece
    from curate.mining.sentences import Sentence
    from curate.mining.visible import Visible

_LEAST_SHARE = 0.3  # of a reply's words that have to be true of anybody
_MOST_OF_IT = 0.5  # where the first sentence is not
_LEAST_WORDS = 12  # of it, where something is cut
_ASKED_FOR = re.compile(  # a deed, not a word of advice
    r"\b(?:please|kindly|(?:can|could|would|will) you)(?: please| also| just| kindly)* "
    r"(?!(?:tell|advise|explain|help|let|confirm|call|say|note|look|check|find|answer|reply|respond"
    r"|describe|clarify|contact|inform|know|share|point|show|see|be|do|not|give (?:me|us) (?:advice|a "
    r"call|some advice|a hint))\b)[a-z]{3,}"
    r"|\bbitte (?!um (?:rat|hilfe|info))\w+|\bveuillez \w+|\bpor favor,? \w+",
    re.IGNORECASE,
)
_NAMING = 4  # signs of a stem that names what is asked for
_SAY_LITTLE = """
    after again also anoth been befor days each even every here into just like long make more much
    next once only other possi pleas same since some still such than their them then there these
    they thing time today until very wait want week where which while with withi work worki
"""
_FILLERS = frozenset(_SAY_LITTLE.split())  # as stems
_QUESTION = re.compile(r"[^.!?\n]+\?")
_KEPT_OPEN = re.compile(
    r"(?:I|we) (?:will |['’]ll )?(?:keep|close|look|come back|get back)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is left of a message, and what is wrong with it."""

    pieces: tuple[Piece, ...]
    flaws: tuple[str, ...] = ()


def defers(visible: Visible, indices: Sequence[int]) -> bool:
    """Tell whether a reply leaves a part of what was asked to somebody else."""
    return any(is_of_another(sentence.text) for sentence in sentences(visible, indices))


def request(visible: Visible, indices: Sequence[int], *, narrowed: bool = False) -> Said:
    """Return a message that asks, without greeting and sign-off.

    Args:
        visible: The document.
        indices: The message's elements.
        narrowed: Whether only a part of it was answered; what it asks besides is then left out.
    """
    found = sentences(visible, indices)
    core, cuts = _core(found)
    beside = [(s.start, s.end) for s in core[1:] if narrowed and is_beside(s.text)]
    cuts = sorted([*cuts, *beside])
    flaws = ("partly_answered",) if narrowed and not beside else ()
    return Said(_left(visible, indices, cuts) or visible.passage(indices), flaws)


def reply(visible: Visible, indices: Sequence[int], asked: str) -> Said:
    """Return what of a message that answers is true of anybody who asks the same."""
    found = sentences(visible, indices)
    core, bounds = _core(found)
    if not core:
        return Said(visible.passage(indices), ("one_off",))
    gone = _particular(core, asked)
    ends = _at_the_ends(gone, len(core))
    holed = any(not is_courtesy(core[at].text) for at in gone - ends)
    cuts = [*bounds, *((core[at].start, core[at].end) for at in ends)]
    pieces = _left(visible, indices, cuts)
    flaws = ("one_off",) if holed or _is_one_off(core, gone) else ()
    left = [s for at, s in enumerate(core) if at not in ends]
    lost = [core[at].text for at in sorted(ends)]
    return Said(pieces or visible.passage(indices), (*flaws, *_unsettled(left, lost, asked)))


def _core(found: Sequence[Sentence]) -> tuple[list[Sentence], list[tuple[int, int]]]:
    """Return the sentences between greeting and sign-off, and the spans of these."""
    begin, end = greeting(found), farewell(found)
    core = list(found[begin:end])
    if not core:
        return [], []
    bounds = [(s.start, s.end) for s in (*found[:begin], *found[end:])]
    start = greeted(core[0])
    if core[0].start < start < core[0].end:
        bounds.append((core[0].start, start))
    return core, sorted(bounds)


def _particular(core: Sequence[Sentence], asked: str) -> set[int]:
    """Return the places of sentences that are true of one case, and of those that lean on them."""
    gone: set[int] = set()
    for at, sentence in enumerate(core):
        leans = at - 1 in gone and not is_courtesy(core[at - 1].text) and goes_on(sentence.text)
        if leans or _is_no_lesson(sentence.text, asked):
            gone.add(at)
    return gone


def _at_the_ends(gone: set[int], count: int) -> set[int]:
    """Return the places that can go without leaving a hole between sentences that stay."""
    kept = [at for at in range(count) if at not in gone]
    return {at for at in gone if not kept or at < kept[0] or at > kept[-1]}


def _is_no_lesson(text: str, asked: str) -> bool:
    return is_courtesy(text) or is_of_another(text) or is_particular(text, asked)


def _is_one_off(core: Sequence[Sentence], gone: set[int]) -> bool:
    """Tell whether too little of a reply is true of anybody."""
    said = [at for at, s in enumerate(core) if not is_courtesy(s.text)]
    counts = {at: len(words(core[at].text)) for at in said}
    kept = sum(count for at, count in counts.items() if at not in gone)
    first = said[0] if said else 0
    share = _MOST_OF_IT if first in gone else _LEAST_SHARE
    little = bool(gone) and kept < max(share * sum(counts.values()), _LEAST_WORDS)
    return little or (first in gone and is_deed(core[first].text))


def _unsettled(left: Sequence[Sentence], lost: Sequence[str], asked: str) -> Iterator[str]:
    """Yield why what is left of a reply settles nothing: it waits for more, or more was said."""
    if any(wants(s.text, last=s is left[-1]) for s in left):
        yield "asks_back"
    said = [text for text in lost if not is_courtesy(text) and not is_of_another(text)]
    kept = stems(" ".join(s.text for s in left))
    if any(matters(text) or _was_asked_for(text, asked, kept) for text in said):
        yield "shortened"


def _was_asked_for(text: str, asked: str, kept: frozenset[str]) -> bool:
    """Tell whether a sentence that went answers what was asked: says that it is done, or speaks of it."""
    if _KEPT_OPEN.match(text):
        return False
    if is_deed(text) and _ASKED_FOR.search(asked):
        return True
    told = {stem for stem in stems(text) - kept if _is_name(stem)}
    return any(told & stems(question) for question in _QUESTION.findall(asked))


def _is_name(stem: str) -> bool:
    return stem.isalpha() and len(stem) >= _NAMING and stem not in _FILLERS


def _left(
    visible: Visible, indices: Sequence[int], cuts: Sequence[tuple[int, int]]
) -> tuple[Piece, ...]:
    """Return what cuts leave of elements."""
    shown = visible.without(cuts)
    left = frozenset(shown.shown)
    return shown.passage([at for at in indices if at in left])
