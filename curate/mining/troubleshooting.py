"""Problems with their remedies: headings or labels that say symptom, cause and resolution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curate.mining.drafting import Found, Source, drafted
from curate.mining.drafts import Piece, Span
from curate.mining.grid import grids
from curate.mining.wording import wording
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.drafts import Draft
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("troubleshooting", "troubleshooting", 0.85, least=4)

_ANY = re.IGNORECASE
_WORDS = {
    "problem": r"symptoms?|problems?|issues?|errors?(?: message)?|fehler|problème|problema|síntoma",
    "cause": r"(?:possible |root )?causes?|reason|ursache|grund|cause|causa",
    "remedy": r"resolutions?|solutions?|fix(?:es)?|workarounds?|remedy|what to do|lösung|abhilfe"
    r"|behebung|solución|résolution",
}
_LABELS = tuple(
    (name, re.compile(rf"\s*(?:- )?(?:{said})\s*:\s*", _ANY), re.compile(rf"(?:{said})\s*:?", _ANY))
    for name, said in _WORDS.items()
)


class _Said(NamedTuple):
    """What a label introduces: what it is and its span, with the element it stands in."""

    name: str
    start: int
    end: int
    element: int


def troubleshooting(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield a draft for every problem that a remedy follows."""
    for sequence in (_under_headings(visible), _labelled(visible)):
        problem: _Said | None = None
        cause: _Said | None = None
        for said in sequence:
            if said.name == "problem":
                problem, cause = said, None
            elif said.name == "cause":
                cause = said
            elif problem:
                yield _drafted(document, visible, [problem, *([cause] if cause else []), said])
                problem = cause = None
    yield from _in_tables(document, visible)


def _drafted(document: Parsed, visible: Visible, said: Sequence[_Said]) -> Draft:
    before, after = wording(document.language).fix.split("{}")
    problem = visible.pieces(said[0].start, said[0].end)
    answer: list[Piece] = []
    for part in said[1:]:
        answer += ["\n\n"] * bool(answer)
        answer += visible.pieces(part.start, part.end)
    template = f"{document.language[:2] or 'en'}.fix"
    found = Found(
        template, (before, *problem, *([after] if after else [])), tuple(answer), said[0].element
    )
    return drafted(SOURCE, found, visible)


def _under_headings(visible: Visible) -> Iterator[_Said]:
    for heading in visible.headings:
        body = visible.body(heading)
        name = next(
            (n for n, _, whole in _LABELS if whole.fullmatch(visible.text(heading).strip())), ""
        )
        if name and body:
            start, end = visible.element(body[0]).start, visible.element(body[-1]).end
            yield _Said(name, start, end, heading)


def _labelled(visible: Visible) -> Iterator[_Said]:
    """Yield what labels at the beginning of lines introduce, up to the next label or heading."""
    marks: list[tuple[str, int, int, int]] = []
    for at in visible.shown:
        element = visible.element(at)
        if element.kind is Kind.HEADING:
            marks.append(("", element.start, element.start, at))
        elif element.kind in {Kind.PARAGRAPH, Kind.LIST}:
            marks += _marks(visible, at)
    last = len(visible.document.text)
    for (name, _, start, at), stop in zip(marks, [*(m[1] for m in marks[1:]), last], strict=False):
        if name and visible.spans(start, stop):
            yield _Said(name, start, stop, at)


def _marks(visible: Visible, index: int) -> Iterator[tuple[str, int, int, int]]:
    element = visible.element(index)
    start = element.start
    for line in visible.document.text[element.start : element.end].split("\n"):
        for name, label, _ in _LABELS:
            found = label.match(line)
            if found:
                yield name, start, start + found.end(), index
                break
        start += len(line) + 1


def _in_tables(document: Parsed, visible: Visible) -> Iterator[Draft]:
    for grid in grids(visible):
        columns = [
            next(
                (at for at, cell in enumerate(grid.header) if whole.fullmatch(cell.text.strip())),
                -1,
            )
            for _, _, whole in _LABELS
        ]
        if columns[0] < 0 or columns[2] < 0:
            continue
        for row in grid.rows:
            cells = [row[at] for at in columns if at >= 0]
            if all(cell.pieces for cell in cells):
                spans = [[p for p in cell.pieces if isinstance(p, Span)] for cell in cells]
                names = ["problem", "remedy"] if len(cells) == 2 else ["problem", "cause", "remedy"]  # noqa: PLR2004
                said = [
                    _Said(name, parts[0].start, parts[-1].end, grid.index)
                    for name, parts in zip(names, spans, strict=True)
                ]
                yield _drafted(document, visible, said)
