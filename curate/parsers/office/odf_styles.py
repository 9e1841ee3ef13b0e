"""Styles of OpenDocument files: what is a heading, code, hidden, and how lists count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.labels import number_text
from curate.parsers.office.odf_names import DRAW, FO, PRESENTATION, STYLE, TABLE, TEXT
from curate.parsers.office.word_styles import is_white

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_MOST_INHERITED = 30
_LEVELS = 10
_TINY = 2.0  # points
_SIZE = re.compile(r"([\d.]+)pt")
_ENCODED = re.compile(r"_([0-9a-f]{2})_")
_ROLES = (
    ("code", re.compile(r"preformatted.*|source ?(text|code)|quelltext|code|listing|source_code")),
    ("quote", re.compile(r"quotations?|(block )?quote|zitat")),
    ("title", re.compile(r"title|titel|titre|título")),
    ("caption", re.compile(r"caption|beschriftung|illustration|abbildung|table|tabelle|figure")),
    ("contents", re.compile(r"contents heading|contents \d+")),
)


@dataclass(slots=True)
class Look:
    """What a style says of text, its ancestors' word included."""

    hidden: str = ""
    white: bool = False
    filled: bool = False
    role: str = ""
    level: int = 0  # of a heading, from 1
    breaks: bool = False  # a page before it
    list_style: str = ""
    off: bool = False  # a sheet, row, column or slide that is not shown
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks."""

    style: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1
    bullet: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of a document by family and name, and its list styles by name."""

    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)

    def get(self, family: str, name: str | None) -> Look:
        """Return a style; an empty one if there is none of that name."""
        return self.looks.get((family, name or ""), _NOTHING)


_NOTHING = Look()


def read_styles(roots: Iterable[etree._Element | None]) -> Styles:
    """Read the styles of the parts of a document."""
    styles = Styles()
    nodes: dict[tuple[str, str], etree._Element] = {}
    for root in roots:
        if root is None:
            continue
        for node in root.iter(STYLE + "style"):
            nodes[node.get(STYLE + "family", ""), node.get(STYLE + "name", "")] = node
        for node in root.iter(TEXT + "list-style"):
            styles.lists[node.get(STYLE + "name", "")] = _levels(node)
        for node in root.iter(TEXT + "outline-style"):
            styles.outline = _levels(node)
    for key, node in nodes.items():
        styles.looks[key] = _resolved(key, node, nodes)
    return styles


def label_of(levels: dict[int, Level], depth: int, counts: list[int]) -> str:
    """Return what stands before an item: its numbers down to its level, from 1."""
    level = levels.get(depth, Level())
    first = max(depth - level.shown + 1, 1)
    numbers = [
        number_text(counts[place], levels.get(place, Level()).style)
        for place in range(first, depth + 1)
    ]
    text = ".".join(filter(None, numbers))
    return f"{level.before}{text}{level.after}".strip() if text else ""


def _levels(node: etree._Element) -> dict[int, Level]:
    found = {}
    for child in node:
        depth, shown = child.get(TEXT + "level", ""), child.get(TEXT + "display-levels", "1")
        start = child.get(TEXT + "start-value", "1")
        if not (depth.isdecimal() and 0 < int(depth) <= _LEVELS):
            continue
        found[int(depth)] = Level(
            style=child.get(STYLE + "num-format", ""),
            before=child.get(STYLE + "num-prefix", ""),
            after=child.get(STYLE + "num-suffix", ""),
            shown=int(shown) if shown.isdecimal() else 1,
            start=int(start) if start.isdecimal() else 1,
            bullet=not str(child.tag).endswith("-number") and not _numbered(child),
        )
    return found


def _numbered(node: etree._Element) -> bool:
    return node.tag == TEXT + "outline-level-style"


def _resolved(
    key: tuple[str, str], node: etree._Element, nodes: dict[tuple[str, str], etree._Element]
) -> Look:
    look = Look()
    for _ in range(_MOST_INHERITED):
        _inherit(look, node)
        parent = nodes.get((key[0], node.get(STYLE + "parent-style-name", "")))
        if parent is None or parent is node:
            break
        node = parent
    if look.white and not look.filled and not look.hidden:
        look.hidden = "white_text"
    return look


def _inherit(look: Look, node: etree._Element) -> None:
    """Add what an ancestor says where its heirs were silent."""
    name = node.get(STYLE + "display-name") or _decoded(node.get(STYLE + "name", ""))
    look.role = look.role or _role(name.lower())
    level = node.get(STYLE + "default-outline-level", "")
    if not look.level and level.isdecimal():
        look.level = int(level)
    look.list_style = look.list_style or node.get(STYLE + "list-style-name", "")
    for properties in node:
        _add(look, properties)


def _add(look: Look, properties: etree._Element) -> None:
    get = properties.get
    if properties.tag == STYLE + "text-properties":
        if get(TEXT + "display") == "none":
            look.hidden = "vanish"
        size = _SIZE.fullmatch(get(FO + "font-size", ""))
        if size and float(size[1]) < _TINY:
            look.hidden = look.hidden or "tiny_font"
        look.white = look.white or is_white(get(FO + "color", "").lstrip("#"))
    background = get(FO + "background-color", "transparent")
    fill = get(DRAW + "fill", "none")
    if background != "transparent" and not is_white(background.lstrip("#")):
        look.filled = True
    if fill not in {"none", ""} and not is_white(get(DRAW + "fill-color", "#000000").lstrip("#")):
        look.filled = True
    look.breaks = look.breaks or get(FO + "break-before") == "page"
    look.off = look.off or get(TABLE + "display") == "false"
    look.off = look.off or get(PRESENTATION + "visibility") == "hidden"


def _role(name: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.fullmatch(name)), "")


def _decoded(name: str) -> str:
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)
