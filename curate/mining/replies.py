"""What of a message is worth learning: no courtesies, nothing that was true of one case alone.

The first sentence of a reply answers: where it says what was done, that was the answer, and nothing
is left to learn; where it says how things stood, the rest may still tell what to do. What leans on
a sentence that is gone goes with it. Sentences go from the beginning and the end alone: an answer
around a hole in its middle reads as if its writer had said it so, and may lack the very condition
under which it is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.mining.letters import farewell, greeted, greeting, is_courtesy
from curate.mining.particular import goes_on, is_beside, is_deed, is_of_another, is_particular
from curate.mining.sentences import sentences
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.mining.drafts import Piece
    from curate.mining.sentences import Sentence
    from curate.mining.visible import Visible

_LEAST_SHARE = 0.3  # of a reply's words that have to be true of anybody
_MOST_OF_IT = 0.5  # where the first sentence is not
_LEAST_WORDS = 12  # of it, where something is cut


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
    return Said(pieces or visible.passage(indices), flaws)


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


def _left(
    visible: Visible, indices: Sequence[int], cuts: Sequence[tuple[int, int]]
) -> tuple[Piece, ...]:
    """Return what cuts leave of elements."""
    shown = visible.without(cuts)
    left = frozenset(shown.shown)
    return shown.passage([at for at in indices if at in left])
