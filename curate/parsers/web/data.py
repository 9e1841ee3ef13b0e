"""JSON and YAML that hold no records (settings, policies), as lines that a person can read.

A key and its value are a line, what is nested is indented below, a list of plain values stands on
one line; longer texts become paragraphs under their keys as headings. Nothing in a file is ever
executed or followed: YAML is read by its safe loader with aliases counted, JSON with its depth
bounded.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.readers import is_called_json
from curate.parsers.web.charset import decode
from curate.parsers.web.loose import is_loose
from curate.parsers.web.text import text_parsed
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

READER = "data 1"
_LONGEST_LINE = 200  # characters of a value; a longer one is prose
_DEEPEST = 30
_DEEPEST_HEADING = 4
_LARGEST_YAML = 2_000_000  # characters; the safe loader is slow
_MOST_ALIASES = 100

Value = object


def read_data(blob: Blob) -> Parsed:
    """Read JSON or YAML as readable lines; what is neither is read as text, unless it is called JSON.

    Raises:
        DocumentError: `not_text` for bytes that are no text, `no_text` for a file without words,
            `bad_json` for what is called JSON and is none, `too_deep`.
    """
    text = decode(blob.data)
    value = _loaded(text, called_json=is_called_json(blob.name))
    if not isinstance(value, dict | list):
        return text_parsed(text)
    return data_parsed(value)


def data_parsed(value: Value, notes: Sequence[Value] = ()) -> Parsed:
    """Return loaded data as readable lines, and below them what is not for outsiders.

    Raises:
        DocumentError: `no_text` for data without words, `too_deep` for what has none as far down as is
            read.
    """
    canonical = Canonical()
    _add(canonical, value, level=1)
    canonical.leave(level=1)
    for note in notes:
        canonical.paragraph("\n".join(_lines(note, 0)), kind=Kind.COMMENT, detail="internal")
    if canonical.is_empty():
        raise DocumentError("too_deep" if _goes_on(value, _DEEPEST) else "no_text")
    return replace(canonical.build(title=_title(value)), reader=READER)


def _loaded(text: str, *, called_json: bool) -> Value:
    if text.lstrip()[:1] not in {"{", "["}:
        return _yaml(text)
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        if called_json and not is_loose(text):
            raise DocumentError("bad_json") from None
    except RecursionError:
        if called_json:
            raise DocumentError("too_deep") from None
    except ValueError:  # a number of more digits than are read
        pass
    return None


def _goes_on(value: Value, levels: int) -> bool:
    """Tell whether a value is nested deeper than so many levels."""
    inner = [value]
    for _ in range(levels + 1):
        inner = [one for outer in inner for one in _entries(outer)]
    return bool(inner)


def _entries(value: Value) -> Collection[Value]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _yaml(text: str) -> Value:
    import yaml

    if len(text) > _LARGEST_YAML or text.count("*") + text.count("&") > _MOST_ALIASES:
        return None
    try:
        documents = list(yaml.load_all(text, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return documents[0] if len(documents) == 1 else documents


def _title(value: Value) -> str:
    keys = ("title", "name", "summary", "subject", "headline")
    found = (value[key] for key in keys if isinstance(value, dict) and key in value)
    return next((text for text in found if isinstance(text, str)), "")


def _add(canonical: Canonical, value: Value, *, level: int) -> None:
    """Add a value: small things as lines, whatever holds prose under headings of its keys."""
    if level <= _DEEPEST_HEADING and isinstance(value, dict) and _holds_prose(value):
        _add_sections(canonical, value, level)
        return
    if level <= _DEEPEST_HEADING and isinstance(value, list) and _holds_prose(value):
        for entry in value:
            _add(canonical, entry, level=level)
        return
    lines = list(_lines(value, 0))
    if len(lines) > 1 or isinstance(value, dict):
        canonical.code("\n".join(lines))
    elif lines:
        canonical.paragraph(lines[0])


def _add_sections(canonical: Canonical, value: dict[object, object], level: int) -> None:
    plain = {key: entry for key, entry in value.items() if not _holds_prose(entry)}
    if plain:
        canonical.code("\n".join(_lines(plain, 0)))
    for key, entry in value.items():
        if key in plain:
            continue
        canonical.heading(_readable(key), level=level)
        if isinstance(entry, str):
            canonical.paragraph(entry)
        else:
            _add(canonical, entry, level=level + 1)
    canonical.leave(level=level)


def _holds_prose(value: Value, depth: int = 0) -> bool:
    if isinstance(value, str):
        return len(value) > _LONGEST_LINE or "\n" in value.strip()
    if depth > _DEEPEST:
        return False
    return any(_holds_prose(entry, depth + 1) for entry in _entries(value))


def _lines(value: Value, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _pair(str(key), entry, depth)
    elif isinstance(value, list):
        for entry in value:
            inner = list(_lines(entry, depth + 1))
            if inner:
                yield f"{indent}- {inner[0].strip()}"
                yield from inner[1:]
    else:
        yield indent + _scalar(value)


def _pair(key: str, value: Value, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value):
        yield f"{indent}{key}: {', '.join(map(_scalar, value))}".rstrip()
    elif isinstance(value, dict | list):
        yield f"{indent}{key}:"
        yield from _lines(value, depth + 1)
    else:
        yield f"{indent}{key}: {_scalar(value)}".rstrip()


def _scalar(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else " ".join(str(value).split())


def _readable(key: object) -> str:
    return str(key).replace("_", " ").strip()
