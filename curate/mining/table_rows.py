"""Rows of tables whose first column names things: what is given for each.

Only tables that read as a list of facts: a header, two to six columns, a first column in which
nothing repeats. A long table gives a few rows, and an answer that many rows share is given once: a
flood of rows would teach a model to talk in rows. Histories of versions and ledgers are no facts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.grid import grids
from curate.mining.question_tables import question_columns
from curate.mining.table_heads import is_asked_for, is_ledger
from curate.mining.table_questions import asked
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft, Piece
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
_MOST_ROWS = 8
_WIDTHS = range(2, 7)
_LONGEST_KEY = 8
_LONGEST_HEAD = 5
_FEWEST_WORDS = 4


def table_rows(_: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for the first rows of every table whose first column names things."""
    for grid in grids(visible):
        if not _names_things(grid):
            continue
        seen: set[str] = set()
        for row in grid.rows:
            told = " ".join(cell.text for cell in row[1:]).casefold()
            if len(seen) < _MOST_ROWS and told not in seen and _says_enough(grid, row):
                draft = _row(visible, grid, row)
                if draft:
                    seen.add(told)
                    yield draft


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
    if not question:
        return None
    bare = len(told) == 1 and not _NUMBER.fullmatch(told[0][1].text)
    answer = told[0][1].pieces if bare else _told(told)
    template = f"{language}.{question[0]}"
    found = Found(template, question[1], answer, grid.index, leads=True, steps=len(told))
    return drafted(SOURCE, found, visible)


def _told(told: Sequence[tuple[Cell, Cell]]) -> tuple[Piece, ...]:
    """Return what columns say, each behind its name."""
    answer: list[Piece] = []
    for head, cell in told:
        answer += ["\n" if answer else "", *head.pieces, ": ", *cell.pieces]
    return tuple(piece for piece in answer if piece)
