"""Sheets with cells far from all others, drawn together before a rectangle is made of them.

Whoever reads cells as a rectangle makes a billion of them for one stray cell in the last corner.
Of an empty run of rows or columns two stay, as of those that OpenDocument repeats, so that what was
apart stays apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TAG = re.compile(rb"<((?:\w+:)?(row|c))\b([^>]*?)(/?)>")
_PLACE = re.compile(rb'\s*\br="([A-Z]{0,3})(\d{0,7})"')
_EMPTY = 2  # rows or columns of an empty run that are kept
_LETTERS = 26
_DENSE = 4  # a sheet of which one cell in so many is filled is left as it is


@dataclass(slots=True)
class Axis:
    """Where the rows or columns that hold something come to stand; all count from 0."""

    used: list[int]
    placed: list[int]

    def at(self, number: int) -> int:
        """Return where a row or column stands now."""
        before = bisect_right(self.used, number) - 1
        if before < 0:
            return min(number, _EMPTY)
        return self.placed[before] + min(number - self.used[before], _EMPTY)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A sheet's XML whose cells stand close together, and where each of them came to stand."""

    data: bytes
    rows: Axis
    columns: Axis
    cut: bool  # whether rows are left out, because even so the rectangle is too large


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: bytes
    row: int
    column: int  # -1 for a row's own
    rest: bytes
    closed: bool


def squeeze(data: bytes, area: int, most: int) -> Squeezed | None:
    """Draw the cells of a sheet of this area together, to at most so many; nothing if it is dense."""
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    cells = data[start:end] if 0 <= start < end else b""
    if not cells or (cells.count(b"<v") + cells.count(b"<is")) * _DENSE > area:
        return None
    filled = [(tag.row, tag.column) for tag in _tags(cells) if tag.column >= 0 and not tag.closed]
    rows, columns = _axis(row for row, _ in filled), _axis(column for _, column in filled)
    height = most // (columns.placed[-1] + 1) if filled else most
    closer, cut = _rewritten(cells, rows, columns, height)
    return Squeezed(data[:start] + closer + data[end:], rows, columns, cut)


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with other bytes for some of its parts, without its pictures."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            if name in parts or name.endswith((".xml", ".rels")):
                content = parts[name] if name in parts else old.read(name)
                new.writestr(name, content, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def _tags(cells: bytes) -> Iterator[_Tag]:
    """Return the rows and cells with their places; one that states none follows the last one."""
    row, column = -1, -1
    for found in _TAG.finditer(cells):
        name, kind, rest, closed = found.groups()
        place = _PLACE.search(rest)
        letters, number = place.groups() if place else (b"", b"")
        if kind == b"row":
            row, column = int(number) - 1 if number else row + 1, -1
        else:
            column = _number(letters) if letters else column + 1
        spot = -1 if kind == b"row" else column
        yield _Tag(
            found.start(), found.end(), name, row, spot, _PLACE.sub(b"", rest, 1), bool(closed)
        )


def _rewritten(cells: bytes, rows: Axis, columns: Axis, height: int) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    last = 0
    for tag in _tags(cells):
        row = rows.at(tag.row) + 1
        parts.append(cells[last : tag.start])
        last = tag.end
        if tag.column < 0 and row > height:
            return b"".join(parts), True
        if tag.column < 0 or not tag.closed:
            place = str(row) if tag.column < 0 else f"{_named(columns.at(tag.column))}{row}"
            end = b"/>" if tag.closed else b">"
            parts.append(b"<" + tag.name + f' r="{place}"'.encode() + tag.rest + end)
    return b"".join([*parts, cells[last:]]), False


def _axis(numbers: Iterable[int]) -> Axis:
    used = sorted(set(numbers))
    placed: list[int] = []
    for place, number in enumerate(used):
        gap = number - used[place - 1] if place else number
        placed.append(min(gap, _EMPTY + 1) + placed[-1] if placed else min(gap, _EMPTY))
    return Axis(used, placed)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number - 1


def _named(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        name = chr(65 + letter) + name
    return name
