"""Look into the JSON of a record: values by path, words of a value, dates however written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.parsers.records.shape import Paths

Value = object
Record = Mapping[str, Value]

_NAMES = (
    "display_value",
    "displayName",
    "name",
    "title",
    "label",
    "value",
    "text",
    "content",
    "id",
)
_PERSON = (
    "id",
    "accountId",
    "account_id",
    "sys_id",
    "email",
    "emailAddress",
    "value",
    "key",
    "name",
)
_EPOCH = re.compile(r"^\d{9,13}(?:\.\d+)?$")
_MILLISECONDS = 1e11
_LATEST = 32_503_680_000  # seconds: the year 3000
_CLOCK = re.compile(r"\s+(?:at|um|à)\s+", re.IGNORECASE)
_WRITINGS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d/%b/%y %I:%M %p",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%A, %B %d, %Y %I:%M:%S %p",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
)
_DEEPEST = 8


def first(record: Value, paths: Paths) -> Value:
    """Return the first value that a path leads to and that is not empty; None if there is none."""
    for path in paths:
        value = at(record, path)
        if value not in (None, "", [], {}):
            return value
    return None


def at(record: Value, path: str) -> Value:
    """Return the value at a path, None where it leads nowhere; a key with dots in it goes first."""
    if not isinstance(record, Mapping):
        return _indexed(record, path)
    if path in record:
        return record[path]
    key, dot, rest = path.partition(".")
    return at(record[key], rest) if dot and key in record else None


def stands(record: Value, path: str) -> bool:
    """Tell whether a path leads to a place in a record, be it empty.

    >>> stands({"a": {"b": None}}, "a.b"), stands({"a": {"b": None}}, "a.c")
    (True, False)
    """
    if not isinstance(record, Mapping):
        return _indexed(record, path) is not None
    key, dot, rest = path.partition(".")
    return path in record or bool(dot and key in record and stands(record[key], rest))


def _indexed(value: Value, path: str) -> Value:
    key, dot, rest = path.partition(".")
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return at(value[int(key)], rest) if dot else value[int(key)]
    return None


def text_of(value: Value, depth: int = 0) -> str:
    """Return the words of a value: of an object its name, of a list all its members'."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        named = first(value, _NAMES)
        return text_of(named, depth + 1)
    if isinstance(value, list):
        return "\n".join(filter(None, (text_of(member, depth + 1) for member in value)))
    return ""


def no_value(constant: str) -> None:
    """Return what `NaN` and `Infinity` say in JSON, which knows no such number: nothing."""
    del constant


def texts_of(value: Value) -> list[str]:
    """Return the words of each member of a value."""
    members = value if isinstance(value, list) else [value]
    return [text for text in (text_of(member).strip() for member in members) if text]


def person_of(value: Value) -> str:
    """Return what tells a person from the others: the id, else the address, else the name."""
    if isinstance(value, Mapping):
        return text_of(first(value, _PERSON))
    return text_of(value)


def date_of(value: Value) -> str | None:
    """Return a date in ISO 8601: UTC with a Z if it has a time, else the day alone."""
    if isinstance(value, Mapping):
        value = first(value, ("value", "display_value", "date", "$date"))
    text = text_of(value).strip()
    if not text or len(text) > 64:  # noqa: PLR2004
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text if _parsed(text) else None
    moment = _parsed(text)
    if moment is None:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError):
        return None


def _parsed(text: str) -> datetime | None:
    if _EPOCH.match(text):
        seconds = float(text) / (1000 if float(text) > _MILLISECONDS else 1)
        return datetime.fromtimestamp(seconds, UTC) if seconds < _LATEST else None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _written(text)


def _written(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        plain = _CLOCK.sub(" ", text.replace("\u202f", " ")).removesuffix(" UTC")
    for writing in _WRITINGS:
        try:
            return datetime.strptime(plain, writing).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
