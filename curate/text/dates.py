"""Dates as people write them in figures, moved by a number of days in the format they came in."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CENTURY = 100
_PIVOT = 70  # two-digit years from 70 on belong to the last century

# In this order: where 03/04/2021 can be read both ways, the month comes first.
_FORMATS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?P<rest>T.*)?",
        r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4}|\d{2})",
        r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})",
        rf"(?P<d>\d{{1,2}})-{_MONTH}-(?P<y>\d{{4}}|\d{{2}})",
        rf"{_MONTH}-(?P<y>\d{{4}}|\d{{2}})",
        rf"(?P<d>\d{{1,2}})-{_MONTH}",
        r"(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2})",
    )
)


def shifted(value: str, days: int) -> str | None:
    """Return the date moved by a number of days, None where it cannot be read.

    >>> shifted("12/30/2021", 3)
    '01/02/2022'
    """
    for form in _FORMATS:
        read = form.fullmatch(value.strip())
        moved = _moved(read, days) if read else None
        if read and moved:
            return _written(read, moved)
    return None


def _moved(read: re.Match[str], days: int) -> date | None:
    groups = read.groupdict()
    year, name = groups.get("y") or "2001", groups.get("name")
    month = _MONTHS.index(name.lower()) + 1 if name else int(groups["m"])
    try:
        return date(_full(year), month, int(groups.get("d") or 15)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _full(year: str) -> int:
    number = int(year)
    if number >= _CENTURY or len(year) > len("99"):
        return number
    return number + (1900 if number >= _PIVOT else 2000)


def _written(read: re.Match[str], moved: date) -> str:
    """Write a date over the parts of the one that was read, in their widths."""
    text, shift = read.string.strip(), 0
    parts = {name: part for name, part in read.groupdict().items() if part and name != "rest"}
    width = min((len(part) for name, part in parts.items() if name in "md"), default=1)
    for name, old in sorted(parts.items(), key=lambda part: read.start(part[0])):
        new = _part(name, old, moved).rjust(width, "0")
        at = read.start(name) + shift
        text = text[:at] + new + text[at + len(old) :]
        shift += len(new) - len(old)
    return text


def _part(name: str, old: str, moved: date) -> str:
    if name == "name":
        new = _MONTHS[moved.month - 1]
        return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new
    if name == "y":
        return f"{moved.year:04}"[-len(old) :]
    return str(moved.month if name == "m" else moved.day)
