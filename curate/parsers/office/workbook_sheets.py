"""What calamine does not tell about a sheet: hidden rows, links, formats, headers, notes.

The cells are by far the most of a sheet's XML, so they are only searched for the few things wanted
of them; everything around them becomes a tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import DocumentError
from curate.parsers.office.numbers import BUILTIN, shows_numbers
from curate.parsers.office.package import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from curate.parsers.office.package import Package
    from curate.parsers.office.sparse import Squeezed

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_COLUMN = re.compile(rb'\br="([A-Z]{1,3})\d')
# A number whose digits a double may not hold; an index or a date is never as long.
_WIDE = re.compile(rb"<v>(-?\d{16,40})(?:\.0*)?</v>")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_COLUMNS = 16384
_MOST_MERGED = 20_000
_COARSE = 1_000_000  # cells of a rectangle below which its size does not matter
# A header's parts begin with &L, &C, &R; the other codes are fields, fonts, sizes and colours.
_HEADER_PART = re.compile(r"&[LCR]")
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d+|[A-Z])|(&&)', re.IGNORECASE)


@dataclass(slots=True)
class Details:
    """What a sheet's XML says beside the values of its cells."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    headers: dict[tuple[int, int], int] = field(default_factory=dict)
    furniture: list[tuple[str, str]] = field(default_factory=list)  # header or footer, text
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)  # numbers a double cannot hold
    area: int = 0  # cells of the rectangle from A1 to the last cell


def read_details(package: Package, part: str, formats: dict[bytes, str]) -> Details:
    """Read a worksheet part; `formats` are the number formats of styles that draw numbers."""
    data = package.read(part)
    cells, around = _cut(data)
    details = Details(area=_area(cells))
    details.hidden_rows = frozenset(_hidden_rows(cells))
    details.formats = _formats(cells, formats)
    details.wide = dict(_wide_numbers(cells))
    try:
        root = parse_xml(around)
    except DocumentError as error:
        if error.code != "corrupt":
            raise
        return details
    details.hidden_columns = frozenset(_hidden_columns(root))
    details.merged = _merged(root)
    details.links = _links(root, package, part)
    details.headers = _table_headers(package, part)
    details.furniture = _furniture(root)
    return details


def moved(details: Details, sheet: Squeezed) -> Details:
    """Return what is said of a sheet's cells for the places where they stand now."""
    rows, columns = sheet.rows.at, sheet.columns.at

    def at(place: tuple[int, int]) -> tuple[int, int]:
        return rows(place[0]), columns(place[1])

    merged = {}
    for place, (height, width) in details.merged.items():
        (top, left), (bottom, right) = at(place), at((place[0] + height - 1, place[1] + width - 1))
        merged[top, left] = (bottom - top + 1, right - left + 1)
    return replace(
        details,
        hidden_rows=frozenset(map(rows, details.hidden_rows)),
        hidden_columns=frozenset(map(columns, details.hidden_columns)),
        merged=merged,
        links={at(place): link for place, link in details.links.items()},
        headers={at(place): count for place, count in details.headers.items()},
        formats={at(place): pattern for place, pattern in details.formats.items()},
        wide={at(place): number for place, number in details.wide.items()},
        area=0,
    )


def read_formats(root: etree._Element | None) -> dict[bytes, str]:
    """Return the number formats by the number of the style, of those that draw numbers."""
    if root is None:
        return {}
    own = {node.get("numFmtId", ""): node.get("formatCode", "") for node in root.iter(S + "numFmt")}
    styles = root.find(S + "cellXfs")
    found = {}
    for number, node in enumerate(styles if styles is not None else ()):
        identifier = node.get("numFmtId", "0")
        usual = BUILTIN.get(int(identifier), "") if identifier.isdecimal() else ""
        pattern = own.get(identifier, usual)
        if pattern != "0" and shows_numbers(pattern):
            found[str(number).encode()] = pattern
    return found


def place_of(reference: str) -> tuple[int, int]:
    """Return row and column of a cell's name, from 0; (-1, -1) for none.

    >>> place_of("AB3")
    (2, 27)
    """
    found = _PLACE.match(reference)
    return (int(found[2]) - 1, _column(found[1])) if found else (-1, -1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Part the cells of a sheet from what stands around them."""
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    if start < 0 or end < start:
        return data, data
    return data[start:end], data[: start + len(b"<sheetData>")] + data[end:]


def _area(cells: bytes) -> int:
    """Return the size of the rectangle that holds all cells; coarse where it is small."""
    rows = [_ROW_NUMBER.search(row) for row in _ROW.findall(cells)]
    last = max((int(row[1]) for row in rows if row), default=len(rows))
    if last * _MOST_COLUMNS < _COARSE:
        return last
    columns = {_column(letters.decode()) for letters in set(_COLUMN.findall(cells))}
    return last * (max(columns, default=0) + 1)


def _hidden_rows(cells: bytes) -> list[int]:
    if b"hidden=" not in cells:
        return []
    found = []
    for attributes in _ROW.findall(cells):
        number = _ROW_NUMBER.search(attributes)
        if number and _HIDDEN.search(attributes):
            found.append(int(number[1]) - 1)
    return found


def _hidden_columns(root: etree._Element) -> list[int]:
    found: list[int] = []
    for node in root.iter(S + "col"):
        if node.get("hidden") in {"1", "true"}:
            first, last = node.get("min", ""), node.get("max", "")
            if first.isdecimal() and last.isdecimal():
                found.extend(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
    return found


def _formats(cells: bytes, formats: dict[bytes, str]) -> dict[tuple[int, int], str]:
    if not formats:
        return {}
    styles = b"|".join(sorted(formats))
    pattern = re.compile(rb'<c\b(?=[^>]*\bs="(' + styles + rb')")[^>]*\br="([A-Z]{1,3})(\d{1,7})"')
    columns: dict[bytes, int] = {}
    found: dict[tuple[int, int], str] = {}
    for style, letters, row in pattern.findall(cells):
        if letters not in columns:
            columns[letters] = _column(letters.decode())
        found[int(row) - 1, columns[letters]] = formats[style]
    return found


def _wide_numbers(cells: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """Return the numbers of which a double would lose digits, as the file itself writes them."""
    for found in _WIDE.finditer(cells):
        number = int(found[1])
        if float(number) != number:
            start = cells.rfind(b"<c ", 0, found.start())
            place = _CELL.search(cells[start : found.start()]) if start >= 0 else None
            if place:
                yield (int(place[2]) - 1, _column(place[1].decode())), number


def _merged(root: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for node in root.iter(S + "mergeCell"):
        first, _, last = node.get("ref", "").partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last)
        if 0 <= top <= bottom and 0 <= left <= right and len(found) < _MOST_MERGED:
            found[top, left] = (bottom - top + 1, right - left + 1)
    return found


def _links(root: etree._Element, package: Package, part: str) -> dict[tuple[int, int], str]:
    nodes = list(root.iter(S + "hyperlink"))
    if not nodes:
        return {}
    relations = package.relations(part)
    found: dict[tuple[int, int], str] = {}
    for node in nodes:
        relation = relations.get(node.get(_R_ID, ""))
        if relation is not None and relation.external:
            found[place_of(node.get("ref", ""))] = relation.target
    return found


def _table_headers(package: Package, part: str) -> dict[tuple[int, int], int]:
    """Return how many header rows the tables that a sheet defines state, by their first cells."""
    found = {}
    for relation in package.relations(part).values():
        root = package.xml(relation.target) if relation.kind == "table" else None
        if root is not None:
            count = root.get("headerRowCount", "1")
            found[place_of(root.get("ref", ""))] = int(count) if count in {"0", "1"} else 1
    return found


def _furniture(root: etree._Element) -> list[tuple[str, str]]:
    found = []
    for node in root.iter(S + "headerFooter"):
        for line in node:
            kind = "header" if str(line.tag).endswith("Header") else "footer"
            for part in _HEADER_PART.split(line.text or ""):
                words = _HEADER_CODE.sub(lambda code: "&" if code[1] else "", part).strip()
                if words:
                    found.append((kind, words))
    return found
