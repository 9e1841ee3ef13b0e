"""What a Word paragraph's properties make of it: heading, item of a list, plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.parsers.office.word_numbering import Label, Numbering
from curate.parsers.office.word_styles import (
    BODY_LEVEL,
    PLAIN,
    Style,
    is_dark,
    level_of,
    list_of,
)
from curate.parsers.office.wordprocessing import VAL, W, is_on

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.word_story import Story

_STYLE: Final = W + "pStyle"
_LIST: Final = W + "numPr"
_OUTLINE: Final = W + "outlineLvl"
_FILL: Final = W + "shd"
_MARK: Final = W + "rPr"
_DELETED: Final = W + "del"
_PAGE_BREAK: Final = W + "pageBreakBefore"


@dataclass(slots=True)
class Shape:
    """What a paragraph is; its label is counted when it is asked for, once."""

    style: Style
    level: int | None = None
    label: Label | None = None
    depth: int = 0
    dark: bool = False
    mark_deleted: bool = False


def shape_of(properties: etree._Element | None, story: Story, numbering: Numbering) -> Shape:
    """Read a paragraph's properties, counting it in its list."""
    shape = Shape(PLAIN)
    named, level, own = None, None, None
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _STYLE:
            named = child.get(VAL)
        elif tag == _LIST:
            own = list_of(child)
        elif tag == _OUTLINE:
            level = level_of(child)
        elif tag == _FILL:
            shape.dark = is_dark(child)
        elif tag == _MARK:
            shape.mark_deleted = child.find(_DELETED) is not None
        elif tag == _PAGE_BREAK and not story.rendered and is_on(child):
            story.page += 1
    shape.style = story.styles.get(named)
    shape.level = _heading_level(shape.style.level if level is None else level)
    _count(shape, own, numbering)
    return shape


def _heading_level(level: int | None) -> int | None:
    return None if level is None or level >= BODY_LEVEL else level


def _count(shape: Shape, own: tuple[str, int] | None, numbering: Numbering) -> None:
    """Give a shape its place in a list; a paragraph's own list goes before its style's."""
    style = shape.style
    number, shape.depth = own or style.numbering or ("", 0)
    if own is not None and not number and style.numbering is not None:
        number = style.numbering[0]
    if number not in {"", "0"}:
        shape.label = numbering.count(number, shape.depth)
    elif style.role == "bullet" and not number:
        shape.label, shape.depth = Label("", bullet=True, group=style.name), style.depth
