"""Delimited tables (CSV, TSV and their kin): encoding and delimiter found cheaply, one table.

`csv.Sniffer` takes most of the time of readers that use it and errs on text columns; here the
delimiter is the one under which the rows agree best on their number of fields.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.office.headers import count_header_rows
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

MOST_CELLS = 1_000_000  # what lies beyond is noted as `truncated`
_READER = "curate-csv/1"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16  # signs and bytes looked at
_SAMPLE_ROWS = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_AGREEMENT = 0.5  # of the rows, for a delimiter to be one
_BINARY = 0.05


def read_csv(blob: Blob) -> Parsed:
    """Read a delimited table of any usual delimiter and encoding.

    Raises:
        DocumentError: `empty`, or `corrupt` for bytes that are no text.
    """
    text = decode(blob.data)
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text[:_SAMPLE])
    rows, truncated = _rows(text, delimiter)
    canonical = Canonical()
    width = _usual_width(rows)
    while len(rows) > 1 and width > 1 and _is_title(rows[0]):
        canonical.paragraph(rows.pop(0)[0])
    canonical.table(rows, header_rows=count_header_rows(_even(rows[:_SAMPLE_ROWS], width)))
    if canonical.is_empty():
        raise DocumentError("empty")
    parsed = canonical.build()
    return replace(parsed, notes=("truncated",) if truncated else (), reader=_READER)


def decode(data: bytes) -> str:
    """Return the text of bytes in an unknown encoding.

    Raises:
        DocumentError: `corrupt` for bytes that are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    if text.count("\x00") > len(text) * _BINARY:
        return _guessed(data)
    return text


def _guessed(data: bytes) -> str:
    zeros = data[:_SAMPLE].count(0)
    if zeros > len(data[:_SAMPLE]) * _BINARY:
        if zeros < len(data[:_SAMPLE]) // 4:
            raise DocumentError("corrupt")
        even = data[:_SAMPLE:2].count(0) > data[1:_SAMPLE:2].count(0)
        return data.decode("utf-16-be" if even else "utf-16-le", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _delimiter(sample: str) -> str:
    """Return the delimiter under which rows agree best; a comma where nothing parts them."""
    scores = {sign: _agreement(sample, sign) for sign in _DELIMITERS if sign in sample}
    best = max(scores, key=lambda sign: scores[sign], default=",")
    return best if scores.get(best, 0) > _AGREEMENT else ","


def _agreement(sample: str, delimiter: str) -> float:
    """Return the share of rows of the usual width, in favour of more columns."""
    rows = _parsed(sample, delimiter, _SAMPLE_ROWS + 1)[:_SAMPLE_ROWS]
    widths = Counter(len(row) for row in rows if row)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return count / max(sum(widths.values()), 1) + min(width, 50) / 1000


def _parsed(text: str, delimiter: str, most: int) -> list[list[str]]:
    """Return at most so many rows; a quote that never closes is taken as a plain sign."""
    lines = text.splitlines(keepends=True)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, skipinitialspace=True)
        found: list[list[str]] = []
        try:
            for row in reader:
                found.append(row)
                if len(found) >= most:
                    break
        except csv.Error:  # a field beyond the module's limit
            continue
        if quoting == csv.QUOTE_NONE or not _swallowed(found):
            return found
    return [line.rstrip("\r\n").split(delimiter) for line in lines[:most]]


def _swallowed(rows: list[list[str]]) -> bool:
    """Tell whether the last field has swallowed the rest of the file."""
    return bool(rows) and bool(rows[-1]) and rows[-1][-1].count("\n") > _SAMPLE_ROWS


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """Return the rows that hold anything, and whether some were left out."""
    found = [row for row in _parsed(text, delimiter, MOST_CELLS + 1) if any(map(str.strip, row))]
    width = max(map(len, found), default=0)
    while width > 1 and not any(len(row) >= width and row[width - 1].strip() for row in found):
        width -= 1
    most = max(MOST_CELLS // max(width, 1), 1)
    return [row[:width] for row in found[:most]], len(found) > most


def _is_title(row: list[str]) -> bool:
    """Tell whether a row is a title over the table."""
    return bool(row[0].strip()) and not any(map(str.strip, row[1:]))


def _usual_width(rows: list[list[str]]) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _even(rows: list[list[str]], width: int) -> list[list[str]]:
    return [[cell.strip() for cell in row[:width]] + [""] * (width - len(row)) for row in rows]
