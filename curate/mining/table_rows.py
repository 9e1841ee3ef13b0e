"""Rows of tables whose first column names things: what is given for each.

Only tables that read as a list of facts: a header, two to six columns, a first column in which
nothing repeats. A table gives the few rows that say most, and an answer that many rows share is given
once: a flood of rows would teach a model to talk in rows. Histories of versions and ledgers are no
facts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Span
from curate.mining.grid import grids
from curate.mining.question_tables import question_columns
from curate.mining.table_answers import answer, flaws, says_little
from curate.mining.table_heads import is_asked_for, is_ledger
from curate.mining.table_questions import asked
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
    from curate.mining.grid import Cell, Grid
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("table_rows", "table", 0.78, least=1)

_HISTORY = re.compile(
    r"\b(?:version|revision|rev|change(?:s|d|log)?|änderung(?:en)?|modif\w+|cambios?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:date|datum|fecha|when)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[\s\d.,:%$€£()/+-]*")
_NOTHING = re.compile(r"\W*|n/?a|tb[da]|none given|unknown", re.IGNORECASE)
_MOST_ROWS = 5  # of a table
_MOST_EXPLAINED = 8  # of one whose rows say what things are or what to do
_WIDTHS = range(2, 7)
_LONGEST_KEY = 8
_LONGEST_HEAD = 5
_FEWEST_WORDS = 4
_ENOUGH_WORDS = 25  # of a row that says as much as a longer one


def table_rows(_: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for the best rows of every table whose first column names things."""
    for grid in grids(visible):
        if _names_things(grid):
            yield from _best(visible, grid)


def _best(visible: Visible, grid: Grid) -> Iterator[Draft]:
    """Yield the drafts of a few rows, in order: those without flaws first, then those that say most."""
    distinct: dict[str, Draft] = {}
    for row in grid.rows:
        told = " ".join(cell.text for cell in row[1:]).casefold()
        if told not in distinct and _says_enough(grid, row) and (draft := _row(visible, grid, row)):
            distinct[told] = draft
    explains = any(draft.template.endswith(".kind") for draft in distinct.values())
    most = _MOST_EXPLAINED if explains else _MOST_ROWS
    best = sorted(distinct.values(), key=_worth, reverse=True)[:most]
    yield from (draft for draft in distinct.values() if draft in best)


def _worth(draft: Draft) -> tuple[bool, float]:
    return not draft.flaws, min(draft.features.answer_words, _ENOUGH_WORDS)


def _names_things(grid: Grid) -> bool:
    keys = [row[0].text.casefold() for row in grid.rows]
    heads = [cell.text for cell in grid.header]
    return (
        len(heads) in _WIDTHS
        and len(keys) > 1
        and all(heads[1:])
        and all(len(words(head)) <= _LONGEST_HEAD for head in heads)
        and len(set(keys)) == len(keys)
        and len(set(map(str.casefold, heads))) == len(heads)
        and not question_columns(grid.header)
        and not is_ledger(heads)
        and not (any(map(_HISTORY.search, heads)) and any(map(_DATE.search, heads)))
    )


def _says_enough(grid: Grid, row: Sequence[Cell]) -> bool:
    key = row[0].text
    names = key and not _NUMBER.fullmatch(key) and len(words(key)) <= _LONGEST_KEY
    return (
        bool(names)
        and is_asked_for(key, grid.header[0].text)
        and len(words(" ".join(c.text for c in row))) >= _FEWEST_WORDS
        and all(cell.text for cell in row[1:2])
    )


def _row(visible: Visible, grid: Grid, row: Sequence[Cell]) -> Draft | None:
    told = [
        (head, cell)
        for head, cell in zip(grid.header[1:], row[1:], strict=True)
        if not _NOTHING.fullmatch(cell.text) and cell.text.casefold() != head.text.casefold()
    ]
    language = visible.document.language[:2] or "en"
    question = asked(language, grid.header[0], row[0], told) if told else None
    if not question or says_little(grid.header[0].text, question[0], told):
        return None
    template = f"{language}.{question[0]}"
    bare = len(told) == 1 and not _NUMBER.fullmatch(told[0][1].text)
    found = Found(
        template,
        question[1],
        answer(template, told, bare=bare),
        grid.index,
        leads=True,
        steps=len(told),
        flaws=tuple(flaws(visible, row[0], told)),
        evidence=_heads(told, bare=bare),
    )
    return drafted(SOURCE, found, visible)


def _heads(told: Sequence[tuple[Cell, Cell]], *, bare: bool) -> tuple[Span, ...]:
    """Return where the names of columns stand that an answer says, however it writes them."""
    heads = () if bare else [head for head, _ in told]
    return tuple(piece for head in heads for piece in head.pieces if isinstance(piece, Span))
