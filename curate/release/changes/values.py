"""Which findings, settings and tool versions differ between two releases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from curate.tables.changes import FindingChange, ValueChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COLUMNS = ["finding_id", "subject", "kind", "reason"]


def finding_changes(before: Path, after: Path) -> list[FindingChange]:
    """Return the findings that came or went, by id."""
    old, new = _findings(before), _findings(after)
    rows = [FindingChange(name, "gone", *old[name]) for name in old.keys() - new.keys()]
    rows += [FindingChange(name, "new", *new[name]) for name in new.keys() - old.keys()]
    return sorted(rows, key=lambda row: row.finding_id)


def _findings(folder: Path) -> dict[str, tuple[str, str, str]]:
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "findings.parquet", columns=_COLUMNS)
    names, *rest = (table.column(name).to_pylist() for name in _COLUMNS)
    return dict(zip(names, zip(*rest, strict=True), strict=True))


def value_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[ValueChange]:
    """Return values that differ, by dotted name; lists are compared whole.

    >>> value_changes({"a": {"b": 1}}, {"a": {"b": 2}, "c": [3]})
    [ValueChange(name='a.b', old='1', new='2'), ValueChange(name='c', old='', new='[3]')]
    """
    was, now = dict(_flat(old, "")), dict(_flat(new, ""))
    return [
        ValueChange(name, was.get(name, ""), now.get(name, ""))
        for name in sorted({*was, *now})
        if was.get(name) != now.get(name)
    ]


def _flat(values: Mapping[str, Any], lead: str) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{lead}{name}.")
        else:
            yield f"{lead}{name}", json.dumps(value, sort_keys=True, ensure_ascii=False)
