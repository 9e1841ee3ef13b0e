"""What a row of a table answers, and what is wrong with it as an answer.

Short cells read as a sentence ("The price is £200 and the delivery is three days."), longer ones stand
behind their columns' names. Rows that say nothing to whoever reads them alone are marked or refused:
who does a step and how long, bare codes, the label of a link described by half a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.context import stems
from curate.mining.drafts import Span
from curate.mining.table_heads import common, kind
from curate.mining.table_questions import be, lower
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Piece
    from curate.mining.grid import Cell
    from curate.mining.visible import Visible

    Told = Sequence[tuple[Cell, Cell]]

_ANY = re.IGNORECASE
_STEP = re.compile(r"(?:action|step|task|activity|milestone|stage|phase|what happens)s?", _ANY)
_CODE = re.compile(r"[A-Z]{0,4}[-.]?\d[\w.-]*")  # 1434, FR-12, no price
_MARK = re.compile(r"[ynxj]|[✓✔☑✗✘×]+", _ANY)
_SENTENCES = re.compile(r"[.:;!?\n](?:\s|$)")
_FIRST = re.compile(r"(?:[^.!?;]|[.!?;](?=\S))+")
_VERB = re.compile(
    r"(?:to|for|used|you|it|they|we)\b|\w+ing\b"
    r"|\w+(?<![su])s (?!for\b|of\b|on\b|to\b|in\b|with\b|about\b|and\b|that\b|which\b|used\b|at\b)"
    r"|.*\b(?:is|are|was|can|may|must|should|will|has|have|does|do)\b(?! \w+ed\b)",
    _ANY,
)
_ASKED_FIRST = frozenset({"meaning", "description", "use", "help", "do"})  # "What is X used for"
_SHORT = 5  # words of a cell that fits in a sentence, and tells little of a step
_LONGEST_LABEL = 15  # words of a description that is half a sentence if it has no verb
_MOST_SHARED = 0.5  # of a description's words that are the name's


def answer(template: str, told: Told, *, bare: bool) -> tuple[Piece, ...]:
    """Return what columns say: one alone, short ones as a sentence, others behind their names.

    What the question begins with ("What is X used for") needs no name in front.

    Args:
        template: How the row is asked for.
        told: Header and cell of the columns that say something.
        bare: Whether the one column can stand without its name.
    """
    if bare:
        return told[0][1].pieces
    if len(told) > 1 and template == "en.columns" and all(_fits(cell.text) for _, cell in told):
        return tuple(_sentence(told))
    lines: list[Piece] = []
    for at, (head, cell) in enumerate(told):
        asked_first = not at and template == "en.kind" and kind(head.text) in _ASKED_FIRST
        name = () if asked_first else (*_capitalised(head), ": ")
        lines += ["\n" if lines else "", *name, *cell.pieces]
    return tuple(piece for piece in lines if piece)


def says_little(head: str, template: str, told: Told) -> bool:
    """Tell whether a row's cells mean nothing alone: owner and time of a step, codes, marks."""
    counts = [len(words(cell.text)) for _, cell in told]
    if len(told) > 1 and _STEP.fullmatch(head.strip(" :*")) and max(counts) <= _SHORT:
        return True
    codes = template == "applies" and all(_CODE.fullmatch(cell.text) for _, cell in told)
    return codes or any(_MARK.fullmatch(cell.text) for _, cell in told)


def flaws(visible: Visible, key: Cell, told: Told) -> Iterator[str]:
    """Yield what is wrong with a row of one description: it says its name again, or half of it."""
    if len(told) > 1:
        return
    text = told[0][1].text
    own = stems(text)
    again = len(own & stems(key.text)) >= _MOST_SHARED * max(len(own), 1)
    if again and not any(map(str.isdigit, text.replace(key.text, ""))):
        yield "tells_nothing"
    first = _FIRST.match(text)
    label = first.group() if first else text
    if _is_link(visible, key) and len(words(label)) < _LONGEST_LABEL and not _VERB.match(label):
        yield "fragment"


def _is_link(visible: Visible, key: Cell) -> bool:
    """Tell whether a cell is nothing but a link."""
    spans = [piece for piece in key.pieces if isinstance(piece, Span)]
    return key.text in {text for span in spans for text in visible.linked(span)}


def _fits(text: str) -> bool:
    """Tell whether a cell can be the end of a sentence."""
    return len(words(text)) <= _SHORT and not _SENTENCES.search(text)


def _sentence(told: Told) -> Iterator[Piece]:
    for at, (head, cell) in enumerate(told):
        yield "The " if not at else " and the " if at == len(told) - 1 else ", the "
        yield from lower(head)
        yield f" {be([head])} "
        yield from cell.pieces
    yield "."


def _capitalised(head: Cell) -> tuple[Piece, ...]:
    """Return a column's name; a common word that is written in capitals as other words are."""
    word = common(head.text)
    return (word.capitalize(),) if word else head.pieces
