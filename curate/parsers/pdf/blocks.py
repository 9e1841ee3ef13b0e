"""Blocks: what a page says, in order, before the document as a whole decides what is a heading.

A block is light: its text as runs with their links, how it looks and where it stands, no words. So
a long file is held as blocks alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.parsers.pdf.shapes import Box
    from curate.text.canonical import Cell


class Role(StrEnum):
    """What a block looks like by itself."""

    TEXT = "text"
    ITEM = "item"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CODE = "code"
    TABLE = "table"
    HIDDEN = "hidden"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one block that leads to one place, or nowhere."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of one page; `box` lies on the page as it is shown."""

    role: Role
    page: int
    box: Box
    runs: tuple[Run, ...] = ()
    size: float = 0.0
    bold: bool = False
    lines: int = 1
    indent: float = 0.0  # of an item: where its marker stands
    number: int | None = None  # of a numbered item
    full: bool = False  # its last line reaches the end of its column
    detail: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    header_rows: int = 0
    pages: int = 1  # over which a table goes

    @property
    def text(self) -> str:
        """Return the text without its links."""
        return "".join(run.text for run in self.runs)


_BULLET = re.compile(r"([•◦▪▫‣⁃∙·●○■□◆◇➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc]|[-–—*](?=\s))\s*")
_NUMBER = re.compile(r"(?:\(?(\d{1,2})\)|(\d{1,3})\.)(?=\s|$)\s*")
_LETTER = re.compile(r"(\([a-zA-Z]\)|\([ivx]{1,5}\)|[a-zA-Z][.)]|[ivx]{2,5}[.)])(?=\s|$)\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """How an item begins: characters taken by the marker, and its number if it has one."""

    length: int
    number: int | None = None


def marker_of(text: str) -> Marker | None:
    """Return the marker with which a line begins a list item."""
    found = _BULLET.match(text)
    if found:
        return Marker(found.end())
    found = _NUMBER.match(text)
    if found:
        return Marker(found.end(), int(found.group(1) or found.group(2)))
    return Marker(0) if _LETTER.match(text) else None
