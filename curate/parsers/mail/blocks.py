"""Blocks of a mail or comment between its mark-up and the canonical text.

Text stays in lines, and lines in runs with their links, because what a mail quotes is decided line
by line; only `write` folds them into paragraphs, list items, tables and code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from curate.tables.parsed import Kind
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.text.canonical import Canonical, Cell

_BULLET = re.compile(r"^(\s*)(?:([-*+•·▪◦‣–§●○])|(\d{1,3})[.)])\s+(?=\S)")
_MEASURE = range(60, 81)  # characters in the lines of a mail that its program wrapped


class Run(NamedTuple):
    """A piece of a line; with `url`, the visible text of a link."""

    text: str
    url: str = ""


Runs = list[Run]


@dataclass(slots=True)
class Block:
    """A block as its mark-up has it.

    `shape` is plain, paragraph, heading, item, table or code; `cue` and `quoted` are as in
    `quotes.Line`, `detail` says how a hidden block is hidden or which language code is in.
    """

    shape: str
    lines: list[Runs] = field(default_factory=list)
    level: int = 0
    depth: int = 0
    number: int | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    quoted: bool = False
    cue: str = ""
    detail: str = ""
    tight: bool = False  # no space stands between it and a tight block above

    def texts(self) -> list[str]:
        """Return the lines' text; a table gives one line a row."""
        if self.shape == "table":
            return [" | ".join(_text(cell) for cell in row) for row in self.rows]
        return ["".join(run.text for run in runs) for runs in self.lines]


def plain(text: str) -> Block:
    """Return plain text as a block."""
    return Block("plain", [[Run(line)] for line in text.split("\n")])


def demoted(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their headings below level 1, which is the title's."""
    levels = [block.level for block in blocks if block.shape == "heading"]
    by = max(2 - min(levels, default=2), 0)
    return [replace(b, level=b.level + by) if b.shape == "heading" else b for b in blocks]


def write(
    canonical: Canonical, block: Block, *, kind: Kind = Kind.PARAGRAPH, detail: str = ""
) -> None:
    """Add a block; one of another kind than PARAGRAPH loses its shape, unless it is a table."""
    if block.shape == "table":
        table_kind = Kind.TABLE if kind is Kind.PARAGRAPH else kind
        canonical.table(block.rows, kind=table_kind, detail=detail)
    elif kind is not Kind.PARAGRAPH:
        for lines in _paragraphs(block.lines):
            canonical.paragraph(_inline(lines), kind=kind, detail=detail)
    elif block.shape == "code":
        code = "\n".join(block.texts())
        canonical.code(code, language=block.detail)
    elif block.shape == "heading":
        canonical.heading(_inline(block.lines), level=block.level)
    elif block.shape == "item":
        canonical.item(_inline(block.lines), depth=block.depth, number=block.number)
    else:
        _write_text(canonical, block.lines, unwrap=block.shape == "plain")


def _write_text(canonical: Canonical, lines: Sequence[Runs], *, unwrap: bool) -> None:
    """Add running text: paragraphs between blank lines, items where lines begin with bullets."""
    longest = max((len(_line(runs)) for runs in lines), default=0)
    measure = longest if unwrap and longest in _MEASURE else 0
    deepest = 0
    for paragraph in _paragraphs(lines):
        for group in _groups(paragraph, measure):
            bullet = _BULLET.match(_line(group[0]))
            if bullet is None:
                canonical.paragraph(_inline(_unwrapped(group, measure)))
                deepest = 0
            else:
                depth = min(len(bullet[1].expandtabs(2)) // 2, deepest)
                deepest = depth + 1
                _write_item(canonical, group, bullet, depth=depth)


def _groups(paragraph: list[Runs], measure: int) -> list[list[Runs]]:
    """Return the lines of a paragraph, cut where an item begins or ends."""
    groups: list[list[Runs]] = []
    for runs in paragraph:
        if not groups or _BULLET.match(_line(runs)):
            groups.append([runs])
        elif not _BULLET.match(_line(groups[-1][0])) or _continues(groups[-1], runs, measure):
            groups[-1].append(runs)
        else:
            groups.append([runs])
    return groups


def _continues(item: Sequence[Runs], runs: Runs, measure: int) -> bool:
    """Tell whether a line goes on with the item above it: it hangs, or was wrapped there."""
    text = _line(runs)
    return text[:1].isspace() or len(_line(item[-1])) + _first_word(text) >= measure > 0


def _write_item(
    canonical: Canonical, group: list[Runs], bullet: re.Match[str], *, depth: int
) -> None:
    number = int(bullet[3]) if bullet[3] else None
    first = _cut(group[0], bullet.end())
    canonical.item(_inline([first, *group[1:]]), depth=depth, number=number)


def _cut(runs: Runs, length: int) -> Runs:
    """Return runs without their first characters."""
    kept = []
    for run in runs:
        gone = min(length, len(run.text))
        length -= gone
        kept.append(Run(run.text[gone:], run.url))
    return kept


def _paragraphs(lines: Sequence[Runs]) -> list[list[Runs]]:
    paragraphs: list[list[Runs]] = [[]]
    for runs in lines:
        if _line(runs).strip():
            paragraphs[-1].append(runs)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _unwrapped(lines: Sequence[Runs], measure: int) -> list[Runs]:
    """Join each line with the next one where the next one's first word would not have fitted."""
    if not measure:
        return list(lines)
    joined: list[Runs] = []
    room = measure
    for runs in lines:
        text = _line(runs)
        if joined and _first_word(text) >= room:
            joined[-1] = [*joined[-1], Run(" "), *runs]
        else:
            joined.append(list(runs))
        room = measure - len(text.rstrip())
    return joined


def _first_word(text: str) -> int:
    return len(text.split(maxsplit=1)[0])


def _inline(lines: Sequence[Runs]) -> Inline:
    inline = Inline()
    for place, runs in enumerate(lines):
        if place:
            inline.add("\n")
        for run in runs:
            inline.add(run.text, url=run.url)
    return inline


def _line(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell.text, str) else cell.text.finish()[0]
