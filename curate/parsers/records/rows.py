"""Rows of CSV, TSV and XLSX files as records: one JSON object a row, its keys from the header."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from math import isnan
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.records.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from curate.parsers.blob import Blob

SURPLUS = ""  # the key that tells of cells beyond those that have a head: others may stand one off
_SHEETS = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.ms-excel.sheet.macroenabled.12",
    }
)
_DELIMITERS = ",;\t|"
_SNIFFED = 65_536
_MISSING = frozenset({"", "NaN", "nan", "None", "null", "NULL"})  # as programs write no value
_LONGEST_CELL = 16 * 1024 * 1024


def rows_as_records(blob: Blob) -> Iterator[bytes]:
    """Yield each row as a JSON object; columns of one name are a list, cells without a value are left out.

    A cell that holds `NaN`, `None` or `null` alone was written by a program that had no value.

    Cells beyond the last head go on with its column, as a text does whose commas nobody quoted.

    Raises:
        DocumentError: `corrupt`.
    """
    tables = _sheets(blob.data) if blob.media_type.lower() in _SHEETS else [_rows(blob)]
    for rows in tables:
        yield from _objects(rows)


def names_of(head: bytes, media_type: str) -> list[str]:
    """Return the names of a table's columns from the beginning of its file."""
    text = _decoded(head).lstrip()
    delimiter = "\t" if "tab-separated" in media_type else _counted(text)
    try:
        names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip() for name in names]


def _objects(rows: Sequence[Sequence[object]]) -> Iterator[bytes]:
    filled = [row for row in rows if any(_value(cell) not in (None, "") for cell in row)]
    if not filled:
        return
    names = [str(_value(cell) or "").strip() for cell in filled[0]]
    heads = Counter(folded(name) for name in names)
    alike = frozenset(name for name in names if heads[folded(name)] > 1)
    for row in filled[1:]:
        record = _record(names, row, alike)
        if record:
            yield json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def _record(
    names: Sequence[str], row: Sequence[object], alike: Collection[str]
) -> dict[str, object]:
    """Return a row as an object; of columns whose names are `alike` empty cells are said as well."""
    record: dict[str, object] = {}
    for name, cell in zip(names, _continued(names, row), strict=False):
        value = _value(cell)
        missing = _is_missing(value)
        if not name or (missing and (name not in alike or names.count(name) > 1)):
            continue
        if names.count(name) > 1:
            gathered = record.setdefault(name, [])
            assert isinstance(gathered, list)
            gathered.append(value)
        else:
            record[name] = value
    if record and _filled(row[_named(names) :]):
        record[SURPLUS] = True
    return record


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return value.strip() in _MISSING
    return value is None or (isinstance(value, float) and isnan(value))


def _continued(names: Sequence[str], row: Sequence[object]) -> Sequence[object]:
    """Return a row's cells, the last that has a head with those that stand behind all heads."""
    beyond = _filled(row[len(names) :])
    if not beyond or not names[-1]:
        return row
    last = [str(cell) for cell in (*_filled(row[len(names) - 1 : len(names)]), *beyond)]
    return [*row[: len(names) - 1], ",".join(last)]


def _filled(cells: Sequence[object]) -> list[object]:
    return [value for value in map(_value, cells) if not _is_missing(value)]


def _named(names: Sequence[str]) -> int:
    """Return how many columns there are up to the last that has a name."""
    return max((number for number, name in enumerate(names, 1) if name), default=0)


def _value(cell: object) -> str | float | bool | None:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool) else None


def _rows(blob: Blob) -> list[list[str]]:
    text = _decoded(blob.data)
    delimiter = "\t" if "tab-separated" in blob.media_type else _delimiter(text)
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentError("corrupt") from error
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    try:
        return csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS).delimiter
    except csv.Error:
        return _counted(text)


def _counted(text: str) -> str:
    """Return the delimiter that stands most often in the first line."""
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").replace("\0", "")


def _sheets(data: bytes) -> list[list[list[object]]]:
    """Return the rows of each sheet that a reader of the file sees."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        return [[list(row) for row in book.get_sheet_by_name(name).to_python()] for name in shown]
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise DocumentError("corrupt") from error
