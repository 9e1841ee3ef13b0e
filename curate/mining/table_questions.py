"""Questions that a person would ask for a row of a table, by what its columns are called.

"What is listed for X" is nobody's question. What a column is called says how one asks for it: a
meaning, a use, a noun ("what are the range and accuracy for ..."). A row whose columns allow none of
these is not asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafts import Span
from curate.mining.table_heads import common, is_noun, is_proper, kind
from curate.mining.wording import wording, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.mining.drafts import Piece
    from curate.mining.grid import Cell

    Told = Sequence[tuple[Cell, Cell]]

_ANY = re.IGNORECASE
_WE = re.compile(r"what (we|you|they) (?!are\b|have\b|can\b|will\b)([a-z]+)", _ANY)
_WHO = re.compile(r"who (?:\w+s|may|can|must|should)(?: \w+)?", _ANY)
_HALF = re.compile(r"(?:what|who|whom|how|when|where|why|more)\b", _ANY)
_CAPITALISED = re.compile(r"[A-Z](?=[a-z]+\b)")
_UNIT = re.compile(r"(?:minute|hour|day|week|month|year|point|seat)s", _ANY)
_FIGURE = re.compile(
    r"[\s\d.,:%/()<>≤≥±+-]*(?:[£$€¥]|[A-Z]{3})?[\s\d.,:%/()<>≤≥±+-]*(?:[£$€¥]|[A-Z]{3})?"
)
_LONGEST_FIGURE = 40
_MOST_COLUMNS, _MOST_FIGURES = 4, 2  # that one can ask for in a breath; bare figures tire sooner


def asked(language: str, head: Cell, key: Cell, told: Told) -> tuple[str, tuple[Piece, ...]] | None:
    """Return template and pieces of the question for a row, None where there is no natural one.

    Args:
        language: The document's.
        head: The header of the first column.
        key: The row's first cell.
        told: Header and cell of the other columns that say something.
    """
    if language != "en":
        return _elsewhere(language, key, told)
    named = _named(head, key)
    kinds = [kind(cell.text) for cell, _ in told]
    for name, pieces in (
        ("kind", _by_kind(named, kinds, told)),
        ("clause", _by_clause(named, told)),
        ("compared", _by_names(key, told)),
        ("columns", _by_nouns(named, kinds, told)),
        ("applies", _by_rule(named, kinds, told)),
    ):
        if pieces:
            return name, pieces
    return None


def _named(head: Cell, key: Cell) -> tuple[Piece, ...]:
    """Return how a row is called: the “X”, or only “X” where the column's name says nothing."""
    if is_noun(head.text) and head.text.strip().casefold() not in key.text.casefold():
        return ("the ", *lower(head), " “", *key.pieces, "”")
    return ("“", *key.pieces, "”")


def _by_kind(named: tuple[Piece, ...], kinds: Sequence[str], told: Told) -> tuple[Piece, ...]:
    """Return the question for what a thing means, is, is for or does, and for more columns of it."""
    begin: dict[str, tuple[Piece, ...]] = {
        "meaning": ("What does ", *named, " mean"),
        "description": ("What is ", *named),
        "use": ("What is ", *named, " used for"),
        "help": ("What does ", *named, " help with"),
        "do": ("What does ", *named, " do"),
        "remedy": ("What helps with ", *named),
    }
    rest = kinds[1:]
    if rest and "remedy" in kinds and kinds[0] != "meaning":
        return ("What should I do about ", *named, "?")
    if kinds[0] not in begin:
        return ()
    if not rest:
        return (*begin[kinds[0]], "?")
    if rest in (["remedy"], ["step"]):
        return (*begin[kinds[0]], ", and what should I do about it?")
    if set(rest) <= {"noun", "step"} and len(told) <= _MOST_COLUMNS:
        heads = [head for head, _ in told[1:]]
        return (*begin[kinds[0]], ", and what ", be(heads), " its ", *_listed(heads), "?")
    return ()


def _by_nouns(named: tuple[Piece, ...], kinds: Sequence[str], told: Told) -> tuple[Piece, ...]:
    """Return the question for columns that are named by nouns."""
    most = _MOST_FIGURES if _are_figures(told) else _MOST_COLUMNS
    if any(one not in {"noun", "step"} for one in kinds) or len(told) > most:
        return ()
    heads = [head for head, _ in told]
    if len(told) == 1 and _UNIT.fullmatch(heads[0].text):
        return ("How many ", *lower(heads[0]), " are there for ", *named, "?")
    return ("What ", be(heads), " the ", *_listed(heads), " for ", *named, "?")


def _by_clause(named: tuple[Piece, ...], told: Told) -> tuple[Piece, ...]:
    """Return the question for a column that is half a question itself: what we provide, who signs."""
    if len(told) > 1:
        return ()
    head = told[0][0]
    text = head.text.strip(" :*")
    span = head.pieces[0]
    if not isinstance(span, Span) or len(head.pieces) > 1:
        return ()
    if (we := _WE.fullmatch(text)) and len(words(text)) == len(we.group().split()):
        rest = span._replace(start=span.start + we.end(1))
        return (f"What do {we.group(1).lower()}", rest, " for ", *named, "?")
    return (span, " ", *named, "?") if _WHO.fullmatch(text) else ()


def _by_names(key: Cell, told: Told) -> tuple[Piece, ...]:
    """Return the question for a table that compares things: its columns are their names."""
    heads = [head for head, _ in told]
    if len(heads) != 2 or _are_figures(told):  # noqa: PLR2004
        return ()
    one, other = heads
    named = is_proper(one.text) + is_proper(other.text)
    if not named or (named == 1 and one.text.split()[-1] != other.text.split()[-1]):
        return ()
    return ("How do ", *one.pieces, " and ", *other.pieces, " compare in “", *key.pieces, "”?")


def _by_rule(named: tuple[Piece, ...], kinds: Sequence[str], told: Told) -> tuple[Piece, ...]:
    """Return the question for a row of several columns that no noun names."""
    clauses = any(_HALF.match(head.text) for head, _ in told)
    if len(told) < 2 or clauses or "description" in kinds:  # noqa: PLR2004
        return ()
    return ("What applies to ", *named, "?")


def _are_figures(told: Told) -> bool:
    cells = [cell.text for _, cell in told]
    return all(len(cell) <= _LONGEST_FIGURE and _FIGURE.fullmatch(cell) for cell in cells)


def be(heads: Sequence[Cell]) -> str:
    """Return "is" or "are", as columns are called."""
    last = heads[0].text.rstrip(" :*")
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "are" if len(heads) > 1 or plural else "is"


def _listed(heads: Sequence[Cell]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for at, head in enumerate(heads):
        found += ["" if not at else " and " if at == len(heads) - 1 else ", ", *lower(head)]
    return tuple(piece for piece in found if piece)


def lower(head: Cell) -> tuple[Piece, ...]:
    """Return a column's name with its first letter small where it is a word like any other.

    That letter is literal, and so are common words in capitals; all the rest stays a span.
    """
    first = head.pieces[0]
    if not isinstance(first, Span):
        return head.pieces
    if word := common(head.text):
        return (word,)
    if not _CAPITALISED.match(head.text):
        return head.pieces
    return (head.text[0].lower(), first._replace(start=first.start + 1), *head.pieces[1:])


def _elsewhere(language: str, key: Cell, told: Told) -> tuple[str, tuple[Piece, ...]]:
    """Return the question in a language that names columns as they are written."""
    talk = wording(language)
    before, between, after = re.split(r"\{[01]\}", talk.value)
    joint, last = talk.joints
    heads: list[Piece] = []
    for at, (head, _) in enumerate(told):
        heads += ["" if not at else last if at == len(told) - 1 else joint, *head.pieces]
    parts: list[Sequence[Piece]] = [heads, key.pieces]
    if talk.value.find("{1}") < talk.value.find("{0}"):
        parts.reverse()
    pieces = (before, *parts[0], between, *parts[1], after)
    return "columns", tuple(piece for piece in pieces if piece)
