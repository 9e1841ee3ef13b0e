"""Finds the planted personal data in fragments: by the lists it was taken from, or by its range.

Mail addresses, telephone numbers, network and hardware addresses, UUIDs and links come only from
reserved ranges here, so a pattern for the range finds them all and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .fragments import Fragment

_RANGES: Final = {
    "EMAIL_ADDRESS": r"[\w.+-]+@(?:[\w-]+\.)+example\.(?:com|org|net)",
    "URL": r"https?://(?:[\w-]+\.)+example\.(?:com|org|net)(?:/[^\s\"'<>),]*)?",
    "PHONE_NUMBER": r"\+1 218 555 01\d\d\b|\(\d{3}\) 555-01\d\d\b|\b\d{3}-555-01\d\d\b"
    r"|(?:\+44 |\b0)114 496 0\d{3}\b|\b020 7946 0\d{3}\b|\b07700 900\d{3}\b"
    r"|\+49 30 23125 \d{3}\b|\+33 1 99 00 \d\d \d\d\b",
    "IP_ADDRESS": r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}\b(?:/\d+)?|2001:db8:[\w:]+",
    "MAC_ADDRESS": r"\b00([:-])00\1[0-9A-F]{2}\1[0-9A-F]{2}\1[0-9A-F]{2}\1[0-9A-F]{2}\b"
    r"|\b0000\.5e00\.[0-9a-f]{4}\b",
    "UUID": r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
}

Row: TypeAlias = "dict[str, str | int]"


def patterns(folder: Path) -> dict[str, re.Pattern[str]]:
    """Return one pattern for each type, from the lists and the ranges."""
    listed = yaml.safe_load((folder / "pii.yaml").read_text(encoding="utf-8"))
    people = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    found = {kind: re.compile(pattern) for kind, pattern in _RANGES.items()}
    for kind, values in {**listed, "PERSON": people}.items():
        either = "|".join(re.escape(str(value)) for value in values)
        found[kind] = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    return found


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands."""

    file: str
    record: str
    where: str


def rows(fragments: Iterable[Fragment], known: dict[str, re.Pattern[str]]) -> list[Row]:
    """Return one row for each value, file, record and place, with its count."""
    counts: Counter[tuple[Place, str, str]] = Counter()
    for fragment in fragments:
        place = Place(fragment.file, fragment.record, fragment.where)
        counts.update((place, kind, value) for kind, value in _found(fragment.text, known))
    return [as_row(*key, count=count) for key, count in sorted(counts.items())]


def as_row(place: Place, kind: str, value: str, *, count: int) -> Row:
    """Return one row of the gold."""
    record: Row = {"record": place.record} if place.record else {}
    found: Row = {"where": place.where, "type": kind, "value": value, "count": count}
    return {"file": place.file, **record, **found}


def in_ranges(text: str) -> Iterator[tuple[str, str]]:
    """Return type and value of what a text holds from the reserved ranges."""
    for kind, pattern in _RANGES.items():
        yield from ((kind, match.group()) for match in re.finditer(pattern, text))


def _found(text: str, known: dict[str, re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    for kind, pattern in known.items():
        yield from ((kind, match.group()) for match in pattern.finditer(text))


def in_paths(files: Iterable[str], folder: Path, known: dict[str, re.Pattern[str]]) -> list[Row]:
    """Return the personal data in the names of files and folders."""
    people = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    slugs = {str(person).lower().replace(" ", "-") for person in people}
    found = []
    for file in sorted(files):
        stem, place = file.removesuffix(".txt"), Place(file, "", "path")
        found += [as_row(place, "PERSON", slug, count=1) for slug in sorted(slugs) if slug in stem]
        found += [
            as_row(place, kind, value, count=1)
            for kind, value in _found(stem, known)
            if kind in {"US_SSN", "EMAIL_ADDRESS"}
        ]
    return found
