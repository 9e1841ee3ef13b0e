"""Styles of a Word document: which of them are headings, code, captions, hidden or numbered.

Word writes the English names of its own styles whatever its language, but other programs write what
their users see, so both are known here. Inheritance is resolved once, at reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from curate.parsers.office.package import parse_xml
from curate.parsers.office.wordprocessing import VAL, W, is_on

if TYPE_CHECKING:
    from lxml import etree

BODY_LEVEL: Final = 9
_MOST_INHERITED = 30
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_DEFAULT = re.compile(rb'w:default="(?:1|true)"')
_DIGITS, _NEARLY_WHITE = 6, 0xF7
_HEADING = re.compile(
    r"(?:heading|header|überschrift|titre|título|titulo|titolo|rubrik|kop|overskrift|otsikko|"
    r"nagłówek|заголовок|nadpis|címsor|başlık|标题|見出し|제목|επικεφαλίδα|antraštė|virsraksts|naslov)\s*([1-9])"
)
_ROLES = (
    ("title", re.compile(r"title|titel|titre|título|titolo|标题|表題|dokumenttitel|book title")),
    ("toc", re.compile(r"(toc|verzeichnis|tm|inhopg|sommario|tdc|innehåll)\s*\d|table of figures")),
    ("toc_title", re.compile(r"toc heading|inhaltsverzeichnisüberschrift|"
                             r"en-tête de table des matières")),
    ("caption", re.compile(r"caption|beschriftung|légende|leyenda|descripción|didascalia|bijschrift"
                           r"|image caption|table caption|figure")),
    ("quote", re.compile(r"(intense )?quote|block ?(text|quote)|zitat|intensives zitat|citation"
                         r"( intense)?|cita|citazione|quotations")),
    ("code", re.compile(r".*\b(source ?code|code ?(block|text)?|preformatted.*|html preformatted|"
                        r"macro text|listing|quelltext|verbatim( char)?)\b")),
    ("bullet", re.compile(r"(list bullet|aufzählungszeichen|liste à puces)\s*(\d?)")),
)  # fmt: skip
_TRIVIAL = ("code", "html code", "verbatim char")  # names of character styles that colour a word


@dataclass(slots=True)
class Style:
    """What a style says, its ancestors' word included; None where nobody says anything."""

    role: str = ""
    level: int | None = None  # outline level from 0, 9 for body text
    numbering: tuple[str, int] | None = None  # number and level of list
    hidden: bool = False
    white: bool = False
    tiny: bool = False
    bold: bool = False
    filled: bool = False  # a table's style that colours cells
    depth: int = 0  # of a bullet style without numbering
    name: str = ""


PLAIN: Final = Style()


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids, each parsed and resolved when it is first used."""

    _sources: dict[str, etree._Element | bytes] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)
    _default: str = ""

    def get(self, identifier: str | None) -> Style:
        """Return a style, or the paragraph's default for none."""
        name = self._default if identifier is None else identifier
        style = self._known.get(name)
        if style is None:
            style = self._resolved(name)
            self._known[name] = style
        return style

    def _resolved(self, name: str) -> Style:
        """Let a style inherit from its ancestors."""
        node, seen = self._node(name), 0
        if node is None:
            return PLAIN
        style = Style(name=_name(node))
        while node is not None and seen < _MOST_INHERITED:
            _inherit(style, node)
            based = node.find(W + "basedOn")
            node = self._node(based.get(VAL, "")) if based is not None else None
            seen += 1
        return style

    def _node(self, name: str) -> etree._Element | None:
        source = self._sources.get(name)
        if not isinstance(source, bytes):
            return source
        node = parse_xml(source).find(W + "style")
        if node is not None:
            self._sources[name] = node
        return node


def read_styles(root: etree._Element | None) -> Styles:
    """Read a styles part that is parsed already."""
    nodes: dict[str, etree._Element | bytes] = {}
    default = ""
    for node in root.iterfind(W + "style") if root is not None else ():
        nodes[node.get(W + "styleId", "")] = node
        if node.get(W + "default") in {"1", "true"} and node.get(W + "type") == "paragraph":
            default = node.get(W + "styleId", "")
    return Styles(nodes, _default=default)


def scan_styles(data: bytes) -> Styles | None:
    """Read a styles part without parsing all of it, if it is written as Word writes it.

    Templates hold hundreds of styles, of which a document uses a few; parsing all of them takes longer
    than reading the rest of the document.
    """
    start = data.find(b"<w:styles ")
    end = data.find(b">", start)
    if start < 0 or end < 0 or b"<!DOCTYPE" in data or b"</w:style>" not in data:
        return None
    opening, default = data[start : end + 1], ""
    sources: dict[str, etree._Element | bytes] = {}
    for piece in data[end + 1 :].split(b"</w:style>")[:-1]:
        at = piece.rfind(b"<w:style ")
        head = piece[at : piece.find(b">", at) + 1]
        found = _STYLE_ID.search(head)
        if at < 0 or found is None:
            return None
        name = unescape(found[1].decode("utf-8", errors="replace"))
        sources[name] = opening + piece[at:] + b"</w:style></w:styles>"
        if _DEFAULT.search(head) and b'w:type="paragraph"' in head:
            default = name
    return Styles(sources, _default=default)


def _inherit(style: Style, node: etree._Element) -> None:
    """Add what an ancestor says where its heirs were silent."""
    name, properties = _name(node), node.find(W + "pPr")
    if not style.role:
        style.role, style.depth = _role(name)
    if style.level is None:
        style.level = _level(name, properties, style.role)
    listed = properties.find(W + "numPr") if properties is not None else None
    if style.numbering is None and listed is not None:
        style.numbering = list_of(listed)
    runs = node.find(W + "rPr")
    if runs is not None:
        style.hidden = style.hidden or is_on(runs.find(W + "vanish"))
        style.bold = style.bold or is_on(runs.find(W + "b"))
    if node.get(W + "type") == "table":
        style.filled = any(is_dark(shade) for shade in node.iter(W + "shd"))


def list_of(node: etree._Element) -> tuple[str, int]:
    """Return number and level of the list that `numPr` names; number 0 is no list."""
    number, level = node.find(W + "numId"), node.find(W + "ilvl")
    depth = level.get(VAL, "0") if level is not None else "0"
    return (
        number.get(VAL, "") if number is not None else "",
        min(int(depth), 8) if depth.isdecimal() else 0,
    )


def level_of(node: etree._Element) -> int | None:
    """Return the outline level that `outlineLvl` states, from 0."""
    level = node.get(VAL, "")
    return min(int(level), BODY_LEVEL) if level.isdecimal() else None


def is_dark(shade: etree._Element | None) -> bool:
    """Tell whether shading has a colour on which white text shows."""
    if shade is None:
        return False
    fill = shade.get(W + "fill", "auto")
    return shade.get(W + "themeFill") is not None or not (fill == "auto" or is_white(fill))


def is_white(colour: str) -> bool:
    """Tell whether a colour, as six hexadecimal digits, cannot be told from white paper."""
    try:
        return len(colour) == _DIGITS and min(bytes.fromhex(colour)) >= _NEARLY_WHITE
    except ValueError:
        return False


def _name(node: etree._Element) -> str:
    name = node.find(W + "name")
    return name.get(W + "val", "").strip().lower() if name is not None else ""


def _role(name: str) -> tuple[str, int]:
    for role, pattern in _ROLES:
        found = pattern.fullmatch(name)
        if found and not (role == "code" and name in _TRIVIAL):
            deep = found[2] if role == "bullet" else ""
            return role, int(deep or 1) - 1
    return "", 0


def role_of(name: str) -> tuple[str, int | None]:
    """Return what a style of this name makes of a paragraph, and the level of a heading."""
    role, _ = _role(name.lower())
    return role, _level(name.lower(), None, role)


def _level(name: str, properties: etree._Element | None, role: str) -> int | None:
    outline = properties.find(W + "outlineLvl") if properties is not None else None
    stated = level_of(outline) if outline is not None else None
    if stated is not None:
        return stated
    if role == "title":
        return 0
    found = _HEADING.fullmatch(name)
    return int(found[1]) - 1 if found else None
