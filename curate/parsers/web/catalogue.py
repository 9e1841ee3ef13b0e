"""XML that holds data: elements that repeat under one parent are rows, anything else is named text.

Short flat records become a table whose columns are the names of their fields; longer ones become
sections under their own title, a field a line, so that each can be found by itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate.parsers.web.dom import COMMENT, TEXT, Node

if TYPE_CHECKING:
    from curate.text.canonical import Canonical

_LEAST_ROWS = 2
_MOST_COLUMNS = 12
_LONGEST_CELL = 200  # characters
_LONGEST_LINE = 300
_TITLES = ("title", "name", "heading", "subject", "question", "label", "id", "key", "code")
_DEEPEST_HEADING = 5
_BINARY = 2_000  # characters without a space


def add_data(canonical: Canonical, node: Node, *, level: int = 1) -> None:
    """Add what an element holds."""
    below = [child for child in node.children if child.tag[0] != "#"]
    words = _own_words(node)
    if not below or words:
        _add_text(canonical, node)
        return
    rows = _rows(below)
    if rows and len(rows) == len(below) and _fits_a_table(rows):
        _add_table(canonical, rows)
    else:
        _add_each(canonical, below, level, titled=bool(rows))


def _own_words(node: Node) -> bool:
    return any(child.tag == TEXT and child.text.strip() for child in node.children)


def _rows(below: list[Node]) -> list[Node]:
    """Return the elements that repeat with fields of their own."""
    if len(below) < _LEAST_ROWS:
        return []
    (most, times), *_ = Counter(child.tag for child in below).most_common(1)
    rows = [child for child in below if child.tag == most and _fields(child)]
    return rows if len(rows) == times >= _LEAST_ROWS else []


def _fields(row: Node) -> list[tuple[str, str]]:
    """Return the names and values of a record: its attributes and elements."""
    fields = [(name, value.strip()) for name, value in row.attributes.items() if value.strip()]
    fields += [(c.tag, _text(c)) for c in row.children if c.tag not in {TEXT, COMMENT}]
    if _own_words(row) and not any(c.tag[0] != "#" for c in row.children) and fields:
        fields.append((row.tag, _text(row)))
    return [(name, value) for name, value in fields if value]


def _fits_a_table(rows: list[Node]) -> bool:
    names, flat = set[str](), True
    for row in rows:
        fields = _fields(row)
        names.update(name for name, _ in fields)
        flat = flat and all(len(value) <= _LONGEST_CELL for _, value in fields)
        flat = flat and len({name for name, _ in fields}) == len(fields)
        flat = flat and not any(c.children and _rows(_elements(c)) for c in _elements(row))
    return flat and 1 < len(names) <= _MOST_COLUMNS


def _elements(node: Node) -> list[Node]:
    return [child for child in node.children if child.tag[0] != "#"]


def _add_table(canonical: Canonical, rows: list[Node]) -> None:
    records = [dict(_fields(row)) for row in rows]
    names = list(dict.fromkeys(name for record in records for name in record))
    body = [[record.get(name, "") for name in names] for record in records]
    canonical.table([[_readable(name) for name in names], *body], header_rows=1)


def _add_each(canonical: Canonical, below: list[Node], level: int, *, titled: bool) -> None:
    for child in below:
        if not _elements(child):
            _add_text(canonical, child)
        elif level <= _DEEPEST_HEADING and child.size:
            title = _title(child) if titled else ""
            canonical.heading(title or _readable(child.tag), level=level)
            add_data(canonical, child, level=level + 1)
            canonical.leave(level=level)
        else:
            add_data(canonical, child, level=level + 1)


def _title(record: Node) -> str:
    named = dict(reversed(_fields(record)))
    found = (named[name] for name in _TITLES if name in named)
    return next((value for value in found if len(value) <= _LONGEST_CELL), "")


def _add_text(canonical: Canonical, node: Node) -> None:
    text = _text(node)
    if not text or (len(text) > _BINARY and " " not in text):
        return
    if len(text) > _LONGEST_LINE:
        canonical.paragraph(text)
    else:
        canonical.paragraph(f"{_readable(node.tag)}: {text}")


def _text(node: Node) -> str:
    return " ".join(node.inner_text().split())


def _readable(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip()
