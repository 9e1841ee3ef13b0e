"""Rows of tables whose first column names things: what is given for each.

Only tables that read as a list of facts: a header, two to six columns, a first column in which
nothing repeats. A long table gives a few rows, and an answer that many rows share is given once: a
flood of rows would teach a model to talk in rows. Histories of versions are no facts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.grid import grids
from curate.mining.question_tables import question_columns
from curate.mining.wording import wording, words

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
_NOUN = re.compile(  # a header that reads well behind "What is the": no clause, no plural, no verb
    r"(?!(?:what|who|when|where|how|why|if|helps?|used|use|is|are|can|we|you|notes?|comments?"
    r"|items?|values?"
    r"|details?|texts?|contents?|columns?|names?)\b)"
    r"[^\W\d][\w/-]*(?: (?!(?:we|you|it|is|are|with|for|to)\b)[\w/-]+){0,2}(?<!s)",
    re.IGNORECASE,
)
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
            if len(seen) < _MOST_ROWS and told not in seen and _says_enough(row):
                seen.add(told)
                yield _row(visible, grid, row)


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
        and not (any(map(_HISTORY.search, heads)) and any(map(_DATE.search, heads)))
    )


def _says_enough(row: Sequence[Cell]) -> bool:
    key = row[0].text
    names = key and not _NUMBER.fullmatch(key) and len(words(key)) <= _LONGEST_KEY
    return (
        bool(names)
        and len(words(" ".join(c.text for c in row))) >= _FEWEST_WORDS
        and all(cell.text for cell in row[1:2])
    )


def _row(visible: Visible, grid: Grid, row: Sequence[Cell]) -> Draft:
    told = [(head, cell) for head, cell in zip(grid.header[1:], row[1:], strict=True) if cell.text]
    language = visible.document.language[:2] or "en"
    talk = wording(language)
    if len(told) == 1 and _NOUN.fullmatch(told[0][0].text):
        head, cell = told[0]
        question = _filled(talk.value, head.pieces, row[0].pieces)
        found = Found(f"{language}.value", question, cell.pieces, grid.index, leads=True, steps=1)
        return drafted(SOURCE, found, visible)
    named = _NOUN.fullmatch(grid.header[0].text)
    if named:
        question = _filled(talk.named, grid.header[0].pieces, row[0].pieces)
    else:
        question = _filled(talk.values, row[0].pieces)
    answer: list[Piece] = []
    for head, cell in told:
        answer += ["\n" if answer else "", *head.pieces, ": ", *cell.pieces]
    pieces = tuple(piece for piece in answer if piece)
    template = f"{language}.{'named' if named else 'values'}"
    found = Found(template, question, pieces, grid.index, leads=True, steps=len(told))
    return drafted(SOURCE, found, visible)


def _filled(template: str, *parts: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a template with `{}`, or `{0}` and `{1}`, replaced by pieces."""
    found: list[Piece] = []
    following = iter(parts)
    for literal in re.split(r"(\{\d?\})", template):
        if not literal.startswith("{"):
            found.append(literal)
        elif literal == "{}":
            found += next(following)
        else:
            found += parts[int(literal[1])]
    return tuple(piece for piece in found if piece)
