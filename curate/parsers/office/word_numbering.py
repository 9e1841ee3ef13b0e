"""Numbers of Word's lists and numbered headings, counted as Word counts them.

Lists that share an abstract definition share their counters, unless a list overrides a start; a
level starts anew when one above it counts on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.labels import number_text
from curate.parsers.office.wordprocessing import VAL, W, is_on

if TYPE_CHECKING:
    from lxml import etree

_LEVELS = 9
_LARGEST = 10**8


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False  # all numbers of the label in digits
    restarts: int | None = None  # only after levels above this one; 0 for never


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: a number as drawn, or nothing for a bullet."""

    text: str
    bullet: bool
    group: str  # the definition it counts in


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each of them stands."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def count(self, number: str, depth: int) -> Label | None:
        """Count a paragraph of a list; nothing if there is no such list or it draws nothing."""
        definition = self.lists.get(number)
        if definition is None:
            return None
        levels = {**self.definitions.get(definition, {}), **self.overrides.get(number, {})}
        level = levels.get(depth, Level())
        if level.style == "bullet":
            return Label("", bullet=True, group=definition)
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        self._advance(counts, (number, depth), levels)
        text = _drawn(counts, depth, levels)
        return Label(text, bullet=False, group=definition) if text.strip() else None

    def _advance(
        self, counts: list[int | None], place: tuple[str, int], levels: dict[int, Level]
    ) -> None:
        number, depth = place
        start = self.restarts.get(number, {}).get(depth)
        if start is not None and place not in self._begun:
            self._begun.add(place)
            counts[depth] = start
        else:
            before = counts[depth]
            first = levels.get(depth, Level()).start
            counts[depth] = first if before is None else min(before + 1, _LARGEST)
        for deeper in range(depth + 1, _LEVELS):
            limit = levels.get(deeper, Level()).restarts
            if limit is None or depth < limit:
                counts[deeper] = None
        for above in range(depth):
            if counts[above] is None:
                counts[above] = levels.get(above, Level()).start


def read_numbering(root: etree._Element | None) -> Numbering:
    """Read a numbering part."""
    numbering = Numbering()
    if root is None:
        return numbering
    links: dict[str, str] = {}
    styles: dict[str, str] = {}
    for node in root.iterfind(W + "abstractNum"):
        identifier = node.get(W + "abstractNumId", "")
        numbering.definitions[identifier] = _levels(node)
        for link in node.iterfind(W + "styleLink"):
            styles[link.get(VAL, "")] = identifier
        for link in node.iterfind(W + "numStyleLink"):
            links[identifier] = link.get(VAL, "")
    for node in root.iterfind(W + "num"):
        _add_list(numbering, node)
    for identifier, style in links.items():
        target = styles.get(style)
        if target is not None:
            numbering.definitions[identifier] = numbering.definitions[target]
    return numbering


def _add_list(numbering: Numbering, node: etree._Element) -> None:
    number, definition = node.get(W + "numId", ""), node.find(W + "abstractNumId")
    if definition is None or number in {"", "0"}:
        return
    numbering.lists[number] = definition.get(VAL, "")
    for override in node.iterfind(W + "lvlOverride"):
        depth, start = _int(override.get(W + "ilvl")), override.find(W + "startOverride")
        if start is not None:
            numbering.restarts.setdefault(number, {})[depth] = _int(start.get(VAL), 1)
        if override.find(W + "lvl") is not None:
            numbering.overrides.setdefault(number, {}).update(_levels(override))


def _levels(node: etree._Element) -> dict[int, Level]:
    return {_int(level.get(W + "ilvl")): _level(level) for level in node.iterfind(W + "lvl")}


def _level(node: etree._Element) -> Level:
    values = {child.tag: child.get(VAL) for child in node}
    style = node.find(f".//{W}numFmt")
    limit = values.get(W + "lvlRestart")
    return Level(
        style=style.get(VAL, "decimal") if style is not None else "decimal",
        text=values.get(W + "lvlText") or "",
        start=_int(values.get(W + "start"), 1 if W + "start" in values else 0),
        legal=is_on(node.find(W + "isLgl")),
        restarts=None if limit is None else _int(limit),
    )


def _drawn(counts: list[int | None], depth: int, levels: dict[int, Level]) -> str:
    legal = levels.get(depth, Level()).legal

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        level = levels.get(place, Level())
        style = "decimal" if legal and level.style != "decimalZero" else level.style
        return number_text(counts[place] or 0, style)

    return re.sub(r"%([1-9])", number, levels.get(depth, Level()).text).strip()


def _int(text: str | None, default: int = 0) -> int:
    try:
        return max(0, min(int(text or ""), _LARGEST))
    except ValueError:
        return default
