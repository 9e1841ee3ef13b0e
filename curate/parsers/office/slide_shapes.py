"""The shapes of a slide in the order in which people read them.

Titles come first, the rest by place; places that a slide leaves open stand in its layout or master.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.drawing import A
from curate.parsers.office.reading_order import Box, order_by_place
from curate.parsers.office.wordprocessing import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SHAPES: Final = frozenset({P + "sp", P + "graphicFrame", P + "pic", P + "cxnSp"})
_DEEPEST = 30
_BODY_TYPES = frozenset({"body", "obj", ""})
_SAME = {"ctrTitle": "title", "subTitle": "body", "": "body", "obj": "body"}


@dataclass(frozen=True, slots=True)
class Holder:
    """A placeholder's type and number."""

    kind: str
    number: str


@dataclass(slots=True)
class Shape:
    """A shape with its place on the slide, if anybody states one."""

    node: etree._Element
    holder: Holder | None
    box: Box | None
    ancestors: list[etree._Element] = field(default_factory=list)  # same placeholder, layout first
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """How a group places its members: scale and shift."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0


def read_shapes(root: etree._Element, above: list[etree._Element]) -> list[Shape]:
    """Return all shapes of a slide; `above` are the roots of its layout and master."""
    tree = root.find(f"{P}cSld/{P}spTree")
    shapes: list[Shape] = []
    if tree is not None:
        _collect(tree, Frame(), (shapes, 0))
    holders = [_holders(ancestor) for ancestor in above]
    for shape in shapes:
        if shape.holder is not None:
            shape.ancestors = [n for found in holders for n in _matching(found, shape.holder)]
            for ancestor in shape.ancestors:
                shape.box = shape.box or _box(ancestor, Frame())
    return shapes


def reading_order(shapes: list[Shape]) -> list[Shape]:
    """Return shapes as they are read: titles, then the rest by place; shapes without one last."""
    titles = [shape for shape in shapes if is_title(shape)]
    others = [shape for shape in shapes if not is_title(shape)]
    placed = [(shape.box, shape) for shape in others if shape.box is not None]
    loose = [shape for shape in others if shape.box is None]
    return [*titles, *order_by_place(placed), *loose]


def is_title(shape: Shape) -> bool:
    """Tell whether a shape is the slide's title."""
    return shape.holder is not None and shape.holder.kind in {"title", "ctrTitle"}


def is_body(shape: Shape) -> bool:
    """Tell whether a shape is a placeholder whose paragraphs carry bullets of the master."""
    return shape.holder is not None and shape.holder.kind in _BODY_TYPES


def is_furniture(shape: Shape) -> bool:
    """Tell whether a shape repeats on slides: footer, date, slide number, header."""
    return shape.holder is not None and shape.holder.kind in {"ftr", "dt", "sldNum", "hdr"}


def is_off(box: Box | None, size: tuple[int, int]) -> bool:
    """Tell whether a box lies wholly outside the slide."""
    if box is None or not all(size):
        return False
    left, top, right, bottom = box
    return right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1]


def _collect(node: etree._Element, frame: Frame, into: tuple[list[Shape], int]) -> None:
    shapes, depth = into
    if depth > _DEEPEST:
        return
    for child in node:
        tag = child.tag
        if tag in _SHAPES:
            look = _named(child)
            hidden = look is not None and look.get("hidden") in {"1", "true"}
            shapes.append(Shape(child, _holder(child), _box(child, frame), hidden=hidden))
        elif tag == P + "grpSp":
            _collect(child, _inner(child, frame), (shapes, depth + 1))
        elif tag == _MC:
            shown = chosen(child)
            if shown is not None:
                _collect(shown, frame, (shapes, depth + 1))


def _named(node: etree._Element) -> etree._Element | None:
    return next(node.iter(P + "cNvPr"), None)


def _holder(node: etree._Element) -> Holder | None:
    for properties in node:
        found = properties.find(f"{P}nvPr/{P}ph")
        if found is not None:
            return Holder(found.get("type", ""), found.get("idx", ""))
    return None


def _holders(root: etree._Element) -> list[tuple[Holder, etree._Element]]:
    found = []
    for node in root.iter(P + "sp"):
        holder = _holder(node)
        if holder is not None:
            found.append((holder, node))
    return found


def _matching(
    found: list[tuple[Holder, etree._Element]], holder: Holder
) -> Iterable[etree._Element]:
    """Find the placeholder of the same number, else of the same type."""
    if holder.number:
        numbered = [node for other, node in found if other.number == holder.number]
        if numbered:
            return numbered[:1]
    kind = _SAME.get(holder.kind, holder.kind)
    return [node for other, node in found if _SAME.get(other.kind, other.kind) == kind][:1]


def _transform(node: etree._Element) -> etree._Element | None:
    if node.tag == P + "graphicFrame":
        return node.find(P + "xfrm")
    for properties in (P + "spPr", P + "grpSpPr"):
        found = node.find(f"{properties}/{A}xfrm")
        if found is not None:
            return found
    return None


def _box(node: etree._Element, frame: Frame) -> Box | None:
    transform = _transform(node)
    if transform is None:
        return None
    (x, y), (width, height) = (
        _pair(transform, "off", ("x", "y")),
        _pair(transform, "ext", ("cx", "cy")),
    )
    left, top = x * frame.scale_x + frame.shift_x, y * frame.scale_y + frame.shift_y
    right, bottom = left + width * frame.scale_x, top + height * frame.scale_y
    return int(left), int(top), int(right), int(bottom)


def _inner(group: etree._Element, frame: Frame) -> Frame:
    transform = _transform(group)
    if transform is None or transform.find(A + "chOff") is None:
        return frame
    (x, y), (width, height) = (
        _pair(transform, "off", ("x", "y")),
        _pair(transform, "ext", ("cx", "cy")),
    )
    inner_x, inner_y = _pair(transform, "chOff", ("x", "y"))
    inner_width, inner_height = _pair(transform, "chExt", ("cx", "cy"))
    scale_x = width / inner_width if inner_width else 1.0
    scale_y = height / inner_height if inner_height else 1.0
    return Frame(
        frame.scale_x * scale_x,
        frame.scale_y * scale_y,
        frame.shift_x + frame.scale_x * (x - inner_x * scale_x),
        frame.shift_y + frame.scale_y * (y - inner_y * scale_y),
    )


def _pair(node: etree._Element, name: str, keys: tuple[str, str]) -> tuple[int, int]:
    found = node.find(A + name)
    first, second = keys
    return (0, 0) if found is None else (_int(found.get(first)), _int(found.get(second)))


def _int(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
