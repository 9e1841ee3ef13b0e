"""What a drawing in a Word document says: text boxes, descriptions, charts, word art."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.drawing import A
from curate.parsers.office.word_styles import is_white
from curate.parsers.office.wordprocessing import MC, R, W, chosen

if TYPE_CHECKING:
    from lxml import etree

_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_O: Final = "{urn:schemas-microsoft-com:office:office}"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_FILLED = (A + "solidFill", A + "gradFill", A + "pattFill", A + "blipFill")


@dataclass(slots=True)
class Shown:
    """What drawings show and say."""

    boxes: list[tuple[etree._Element, bool]] = field(default_factory=list)  # and whether it is dark
    pictures: list[str] = field(default_factory=list)  # descriptions
    art: list[str] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)  # chart or diagram, relation


def find_shown(node: etree._Element, shown: Shown) -> None:
    """Add what a drawing shows, each of several equal contents once."""
    stack: list[tuple[etree._Element, bool]] = [(node, False)]
    while stack:
        current, dark = stack.pop()
        tag = current.tag
        if tag == W + "txbxContent":
            shown.boxes.append((current, dark))
            continue
        if tag == MC + "AlternateContent":
            choice = chosen(current)
            if choice is not None:
                stack.append((choice, dark))
            continue
        _describe(current, shown)
        dark = dark or _is_filled(current)
        stack.extend((child, dark) for child in reversed(current))


def _describe(node: etree._Element, shown: Shown) -> None:
    tag = node.tag
    if tag in {_WP + "docPr", _PIC + "cNvPr", _WPS + "cNvPr"}:
        _add_once(shown.pictures, node.get("descr") or node.get("title") or "")
    elif tag in {_V + "shape", _V + "rect", _V + "group"}:
        _add_once(shown.pictures, node.get("alt", ""))
    elif tag == _V + "imagedata":
        _add_once(shown.pictures, node.get(_O + "title", ""))
    elif tag == _V + "textpath":
        shown.art.append(node.get("string", ""))
    elif tag == _CHART:
        shown.parts.append(("chart", node.get(R + "id", "")))
    elif tag == _DIAGRAM:
        shown.parts.append(("diagram", node.get(R + "dm", "")))


def _add_once(texts: list[str], text: str) -> None:
    if text.strip() and text not in texts:
        texts.append(text)


def _is_filled(node: etree._Element) -> bool:
    """Tell whether a shape has a colour on which white text shows."""
    if node.tag == _WPS + "wsp":
        looks = node.find(_WPS + "spPr")
        if looks is not None and looks.find(A + "noFill") is not None:
            return False
        filled = looks is not None and any(looks.find(fill) is not None for fill in _FILLED)
        return filled or node.find(_WPS + "style") is not None
    colour = node.get("fillcolor", "").lstrip("#")
    return bool(colour) and colour != "white" and not is_white(colour[:6])
