"""Plain text: paragraphs, headings, lists and columns, told by how the lines stand.

Blocks end at blank lines. A block whose lines end where the next word would no longer have fitted
was wrapped by a program and is joined again; one whose lines are short on purpose (an address, a
poem) keeps them; one set in columns or indented as a whole is kept as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web.charset import decode
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

READER = "text 1"
_BLANK = re.compile(r"\n(?:[ \t\f]*\n)+")
_RULE = re.compile(r"\s*([=\-~*_#^\"'+.])\1{2,}\s*")
_BULLET = re.compile(r"(\s*)(?:[-*•‣◦▪●○·–+]|o(?=\s{2,}))\s+(?=\S)")
_NUMBER = re.compile(r"(\s*)\(?(\d{1,3}|[a-z])[.)]\s+(?=\S)")
_SECTION = re.compile(
    r"(?:(?:chapter|section|part|appendix|article)\s+)?((?:\d{1,3}\.)*\d{1,3})[.):]?\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\S(?: {3,}| ?\t+ ?)\S")
_RULED = re.compile(r"\s*-{3,}(?:\s+-{3,})+\s*|\s*={3,}(?:\s+={3,})+\s*|\s*-{30,}\s*")
_DRAWN = re.compile(r"[|┃│┌└├─━═╔╚]|\+-{2,}")
_SENTENCE_END = (".", "!", ";", ",", "…", ":")
_LONGEST_HEADING = 80  # characters
_MOST_HEADING_WORDS = 12
_NARROWEST = 45  # characters; text wrapped closer than that is not wrapped by a program
_SLACK = 6  # characters by which a wrapped line may end before the next word had to go
_MOST_RAGGED = 0.25  # of the lines of a wrapped block
_WIDEST_WRAP = 140
_LEAST_CAPITALS = 4
_INDENT = 4
_MOSTLY = 0.6
_UNDERLINES = {"=": 1, "#": 1, "*": 1, "-": 2, "~": 3, "^": 3, '"': 4}


@dataclass(frozen=True, slots=True)
class _Block:
    lines: tuple[str, ...]

    @property
    def alone(self) -> str:
        """The only line, empty where there are more."""
        return self.lines[0].strip() if len(self.lines) == 1 else ""


def read_text(blob: Blob) -> Parsed:
    """Read a plain text file.

    Raises:
        DocumentError: `not_text` for bytes that are no text, `no_text` for a file without words.
    """
    return text_parsed(decode(blob.data))


def text_parsed(text: str) -> Parsed:
    """Return plain text as a document."""
    canonical = Canonical()
    add_text(canonical, text)
    parsed = canonical.build()
    if not parsed.elements:
        raise DocumentError("no_text")
    return replace(parsed, reader=READER)


def add_text(canonical: Canonical, text: str, *, level: int = 0) -> None:
    """Add plain text to a document; its headings stand below `level`."""
    blocks = list(_blocks(text))
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        _add(canonical, block, following, level=level)


def _blocks(text: str) -> Iterator[_Block]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    for piece in _BLANK.split(text):
        lines = tuple(line.rstrip() for line in piece.split("\n") if line.strip())
        if lines:
            yield _Block(lines)


def _add(canonical: Canonical, block: _Block, following: _Block | None, *, level: int) -> None:
    rank = _heading_rank(block, following)
    if rank:
        canonical.heading(_bare(block.alone), level=level + rank)
        return
    titled = _underlined(block)
    if titled:
        title, underline, rest = titled
        canonical.heading(title, level=level + underline)
        if rest:
            _add(canonical, _Block(rest), following, level=level)
    elif not all(_RULE.fullmatch(line) for line in block.lines):
        _add_body(canonical, block)


def _add_body(canonical: Canonical, block: _Block) -> None:
    if _is_set(block):
        canonical.code("\n".join(block.lines))
    elif any(_marker(line) for line in block.lines):
        _add_list(canonical, block)
    else:
        canonical.paragraph(_unwrapped(block.lines))


def _heading_rank(block: _Block, following: _Block | None) -> int:
    """Return the level of a heading that stands alone on its line, 0 where it is none."""
    line = _bare(block.alone)
    if not line or len(line) > _LONGEST_HEADING or len(line.split()) > _MOST_HEADING_WORDS:
        return 0
    if following is None or line.endswith((*_SENTENCE_END[:-1], "?")) or _BULLET.match(line):
        return 0
    if _is_capital(line):
        return 1
    section = _SECTION.match(line)
    if not section or line.endswith(":") or _next_number(following):
        return 0
    return section[1].count(".") + 2 if section[1].count(".") else 2


def _is_capital(line: str) -> bool:
    """Tell whether a line is set in capitals."""
    letters = sum(map(str.isalpha, line))
    capital = letters >= _LEAST_CAPITALS and line.isupper()
    return capital and not _COLUMNS.search(line)


def _bare(line: str) -> str:
    return (
        line.strip().strip("=*#~ ").strip() if line[:2] in {"==", "**", "##", "--", "~~"} else line
    )


def _next_number(following: _Block) -> bool:
    """Tell whether the next block is an item as well, so that both belong to a list."""
    return bool(_NUMBER.match(following.lines[0])) and "." not in following.lines[0].split()[
        0
    ].rstrip(".")


def _underlined(block: _Block) -> tuple[str, int, tuple[str, ...]] | None:
    """Return a title with the level of the rule below it, and the lines that follow."""
    lines = block.lines[1:] if _RULE.fullmatch(block.lines[0]) else block.lines
    rule = _RULE.fullmatch(lines[1]) if len(lines) > 1 else None
    if not rule or rule[1] not in _UNDERLINES or len(lines[0]) > _LONGEST_HEADING:
        return None
    if _COLUMNS.search(lines[0].strip()) or not any(map(str.isalnum, lines[0])):
        return None
    return lines[0].strip(), _UNDERLINES[rule[1]], lines[2:]


def _is_set(block: _Block) -> bool:
    """Tell whether a block is set in columns, drawn, or indented as a whole."""
    lines = block.lines
    if len(lines) < 2:  # noqa: PLR2004 (one line has no columns)
        return False
    columned = sum(1 for line in lines if _COLUMNS.search(line.strip()))
    drawn = sum(1 for line in lines if _DRAWN.search(line))
    ruled = sum(1 for line in lines if _RULED.fullmatch(line))
    if ruled or columned > _MOSTLY * len(lines) or drawn > _MOSTLY * len(lines):
        return True
    indents = [
        len(line.expandtabs(_INDENT)) - len(line.expandtabs(_INDENT).lstrip()) for line in lines
    ]
    return min(indents) >= _INDENT and max(indents) > min(indents) and not any(map(_marker, lines))


def _marker(line: str) -> re.Match[str] | None:
    return _BULLET.match(line) or _NUMBER.match(line)


def _add_list(canonical: Canonical, block: _Block) -> None:
    """Add items with the lines that go on below each; lines before the first are a paragraph."""
    groups = list(_items(block.lines))
    single = len(groups) == 1 and _NUMBER.match(groups[0][0]) and not groups[0][0][:1].isspace()
    for lines in groups:
        marker = _marker(lines[0])
        if marker is None or (single and not _NUMBER.match(lines[0])):
            canonical.paragraph(_unwrapped(lines))
            continue
        text = _unwrapped((lines[0][marker.end() :], *lines[1:]))
        number = marker[2] if marker.re is _NUMBER else None
        whole = int(number) if number and number.isdigit() else f"{number}." if number else None
        canonical.item(text, depth=min(len(marker[1].expandtabs(_INDENT)) // 3, 6), number=whole)


def _items(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    gathered: list[str] = []
    for line in lines:
        if _marker(line) and gathered:
            yield tuple(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield tuple(gathered)


def _unwrapped(lines: tuple[str, ...]) -> str:
    """Return lines as one where a program wrapped them, else with their breaks."""
    if len(lines) == 1:
        return lines[0]
    wrapped = _is_wrapped([line.strip() for line in lines])
    return (" " if wrapped else "\n").join(line.strip() for line in lines)


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether the lines end where the next word would not have fitted."""
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST_WRAP:
        return False
    early = 0
    for line, after in pairwise(lines):
        word = after.split(maxsplit=1)[0]
        early += len(line) + 1 + len(word) + _SLACK < width
    return early <= _MOST_RAGGED * (len(lines) - 1)
