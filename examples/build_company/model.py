"""What an office document says, apart from the format it is written in.

One small block list serves Word, PDF, OpenDocument, RTF, EPUB and slides alike, so the same policy
can be written in two formats with the same words, and the gold can tell where each word stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

import yaml

Kind = Literal[
    "heading", "paragraph", "bullet", "number", "table", "note", "hidden", "comment", "break"
]
_INLINE: Final = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<url>[^)\s]+)\)")
_NUMBER: Final = re.compile(r"(\d+)\.\s+(.*)")
_ASIDES: Final[dict[str, Kind]] = {
    "> note: ": "note",
    "> hidden: ": "hidden",
    "> comment: ": "comment",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters with one look."""

    text: str
    bold: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or aside."""

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One file to write, with the file properties that are its own."""

    path: str
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document before it has a format."""

    blocks: tuple[Block, ...]
    targets: tuple[Target, ...]
    properties: tuple[tuple[str, str], ...] = ()
    custom: tuple[tuple[str, str], ...] = ()
    header: str = ""
    footer: str = ""
    language: str = "en"
    page: str = "A4"

    def own(self, target: Target) -> dict[str, str]:
        """Return the properties of one of its files."""
        return {**dict(self.properties), **dict(target.properties)}


@dataclass(slots=True)
class _Reader:
    """Collects blocks line by line; a blank line ends a paragraph or a table."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def flush(self) -> None:
        if self.words:
            self.blocks.append(Block("paragraph", " ".join(self.words)))
            self.words.clear()
        if self.rows:
            self.blocks.append(Block("table", rows=tuple(self.rows)))
            self.rows.clear()

    def line(self, line: str) -> None:
        if line.startswith("|"):
            self.rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            return
        block = _single(line)
        if block is None and line:
            self.words.append(line)
            return
        self.flush()
        if block is not None:
            self.blocks.append(block)


def _single(line: str) -> Block | None:
    """Return the block that is one line by itself, if the line is one."""
    for mark, kind in _ASIDES.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    if line.startswith("#"):
        marks, _, text = line.partition(" ")
        return Block("heading", text, level=len(marks))
    if line.startswith("- "):
        return Block("bullet", line[2:])
    if line == "---":
        return Block("break")
    numbered = _NUMBER.fullmatch(line)
    return Block("number", numbered[2], level=int(numbered[1])) if numbered else None


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read the small Markdown that papers are written in."""
    reader = _Reader()
    for line in text.splitlines():
        reader.line(line.strip())
    reader.flush()
    return tuple(reader.blocks)


def _pairs(found: object) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in found.items()) if isinstance(found, dict) else ()


def read_paper(source: str) -> Paper:
    """Read a paper: YAML between two dashed lines, then text."""
    _, head, body = source.split("---\n", 2)
    facts = yaml.safe_load(head)
    return Paper(
        blocks=read_blocks(body),
        targets=tuple(Target(path, _pairs(own)) for path, own in facts["targets"].items()),
        properties=_pairs(facts.get("properties")),
        custom=_pairs(facts.get("custom")),
        header=facts.get("header", ""),
        footer=facts.get("footer", ""),
        language=facts.get("language", "en"),
        page=facts.get("page", "A4"),
    )


def spans(text: str) -> list[Span]:
    """Split a line into plain, bold and linked runs."""
    found, start = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > start:
            found.append(Span(text[start : match.start()]))
        bold = match["bold"]
        found.append(Span(bold, bold=True) if bold else Span(match["label"], url=match["url"]))
        start = match.end()
    if start < len(text):
        found.append(Span(text[start:]))
    return found


def plain(text: str) -> str:
    """Return a line without its marks."""
    return "".join(span.text for span in spans(text))
