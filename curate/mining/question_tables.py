"""Tables with a column of questions and one of answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.drafting import Found, Source, drafted
from curate.mining.grid import grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Draft
    from curate.mining.grid import Cell
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("question_tables", "qa", 0.9, least=3)

_QUESTION = re.compile(
    r"(?:question|query|ask|q|frage|anfrage|pregunta|demande)s?(?: text)?", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:answer|response|reply|resolution|a|antwort|lösung|réponse|respuesta)(?:s|en)?(?: text)?",
    re.IGNORECASE,
)


def question_tables(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every row of a table of questions and answers."""
    for grid in grids(visible):
        columns = question_columns(grid.header)
        if not columns:
            continue
        for row in grid.rows:
            question, answer = row[columns[0]], row[columns[1]]
            if question.text and answer.text:
                index = grid.index if question.text.rstrip().endswith(("?", "？")) else -1
                template = f"{document.language[:2] or 'en'}.as_is"
                found = Found(template, question.pieces, answer.pieces, index)
                yield drafted(SOURCE, found, visible)


def question_columns(header: tuple[Cell, ...]) -> tuple[int, int] | None:
    """Return the columns of questions and of answers by what a header says."""
    asks = [at for at, cell in enumerate(header) if _QUESTION.fullmatch(cell.text.strip(" :*"))]
    tells = [at for at, cell in enumerate(header) if _ANSWER.fullmatch(cell.text.strip(" :*"))]
    return (asks[0], tells[0]) if asks and tells else None
