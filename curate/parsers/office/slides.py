"""PowerPoint presentations (OOXML): a heading for each slide's title, text as read, notes.

The title slide and the slides that open a part are headings of level 1, the others stand below
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import DocumentError
from curate.parsers.office.attributes import whole
from curate.parsers.office.drawing import A, linked_part, linked_tree, read_chart, read_diagram
from curate.parsers.office.package import Package, open_package
from curate.parsers.office.properties import read_properties
from curate.parsers.office.slide_shapes import (
    Holder,
    P,
    Shape,
    is_furniture,
    is_off,
    is_title,
    read_shapes,
    reading_order,
)
from curate.parsers.office.slide_text import (
    Bullets,
    bullet_styles,
    plain_text,
    read_line,
    read_lines,
)
from curate.parsers.office.wordprocessing import R
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Cell, Place
from curate.text.inline import Inline

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.blob import Blob
    from curate.parsers.office.package import Relation
    from curate.tables.parsed import Parsed

_TITLE: Final = Holder("title", "")
_READER = "curate-pptx/1"
_OPENING: Final = frozenset({"title", "secHead"})
_MOST_SPANNED = 200
_LONGEST_TITLE = 80
_UPPER_PART = 0.3


@dataclass(slots=True)
class _Slide:
    """One slide with its layout and master."""

    part: str
    root: etree._Element
    relations: dict[str, Relation]
    layout: etree._Element | None
    master: etree._Element | None
    number: int

    def opens(self) -> bool:
        """Tell whether the slide is a title slide or opens a part."""
        kind = self.layout.get("type") if self.layout is not None else ""
        return kind in _OPENING or any(
            node.get("type") == "ctrTitle" for node in self.root.iter(P + "ph")
        )


@dataclass(slots=True)
class _Deck:
    """A presentation under reading."""

    package: Package
    size: tuple[int, int]
    canonical: Canonical = field(default_factory=Canonical)
    fields: list[Field] = field(default_factory=list)
    furniture: dict[str, str] = field(default_factory=dict)  # text to field
    roots: dict[str, etree._Element | None] = field(default_factory=dict)
    parted: bool = False
    hidden: bool = False  # the slide under reading

    def root(self, part: str) -> etree._Element | None:
        """Return the root of a layout or master, read once."""
        if part not in self.roots:
            self.roots[part] = self.package.xml(part) if part else None
        return self.roots[part]


def read_pptx(blob: Blob) -> Parsed:
    """Read a PowerPoint presentation.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `too_large`, `xml_entities` or `empty`.
    """
    package = open_package(blob.data)
    part = package.main() or "ppt/presentation.xml"
    root = package.xml(part)
    if root is None or root.tag != P + "presentation":
        raise DocumentError("corrupt")
    size = root.find(P + "sldSz")
    deck = _Deck(package, _size(size))
    slides = _slides(deck, root, package.relations(part))
    deck.parted = any(slide.opens() for slide in slides)
    for slide in slides:
        _write_slide(deck, slide)
    return _finish(deck, slides)


def _size(node: etree._Element | None) -> tuple[int, int]:
    width, height = (node.get(key, "") if node is not None else "" for key in ("cx", "cy"))
    return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else (0, 0)


def _slides(deck: _Deck, root: etree._Element, relations: dict[str, Relation]) -> list[_Slide]:
    found = []
    for number, node in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        relation = relations.get(node.get(R + "id", ""))
        slide = deck.package.xml(relation.target) if relation is not None else None
        if relation is None or slide is None:
            continue
        own = deck.package.relations(relation.target)
        layout = next((r.target for r in own.values() if r.kind == "slideLayout"), "")
        masters = deck.package.relations(layout) if layout else {}
        master = next((r.target for r in masters.values() if r.kind == "slideMaster"), "")
        found.append(
            _Slide(relation.target, slide, own, deck.root(layout), deck.root(master), number)
        )
    return found


def _write_slide(deck: _Deck, slide: _Slide) -> None:
    deck.hidden = slide.root.get("show") in {"0", "false"}
    above = [root for root in (slide.layout, slide.master) if root is not None]
    shapes = reading_order(read_shapes(slide.root, above))
    _note_furniture(deck, shapes, above)
    shown = [shape for shape in shapes if not is_furniture(shape)]
    if shown and not any(is_title(shape) and _text(shape) for shape in shown):
        _promote(deck, shown)
    for shape in shown:
        _write_shape(deck, slide, shape)
    deck.canonical.end_list()
    _write_notes(deck, slide)


def _note_furniture(deck: _Deck, shapes: list[Shape], above: list[etree._Element]) -> None:
    """Count what repeats on slides, and remember its words."""
    for shape in shapes:
        if is_furniture(shape) and shape.holder is not None and (text := _text(shape)):
            deck.canonical.furniture += 1
            if shape.holder.kind == "ftr":
                deck.furniture.setdefault(text, "footer")
    for root in above:
        for shape in read_shapes(root, []):
            if shape.holder is None and (text := _text(shape)):
                deck.canonical.furniture += 1
                deck.furniture.setdefault(text, "header")


def _text(shape: Shape) -> str:
    body = shape.node.find(P + "txBody")
    return plain_text(body).strip() if body is not None else ""


def _promote(deck: _Deck, shapes: list[Shape]) -> None:
    """Let a short text at the top stand for a missing title."""
    first = shapes[0]
    text = _text(first)
    high = first.box is not None and first.box[1] < deck.size[1] * _UPPER_PART
    if high and text and "\n" not in text and len(text) <= _LONGEST_TITLE and len(shapes) > 1:
        first.holder = None
        first.ancestors = []
        shapes[0] = replace(first, holder=_TITLE)


def _write_shape(deck: _Deck, slide: _Slide, shape: Shape) -> None:
    at = Place(slide.number)
    detail = "hidden_slide" if deck.hidden else ""
    if not detail and shape.hidden:
        detail = "hidden_shape"
    if not detail and is_off(shape.box, deck.size):
        detail = "off_slide"
    body = shape.node.find(P + "txBody")
    if body is not None and is_title(shape) and not detail:
        level = 1 if slide.opens() or not deck.parted else 2
        words = " ".join(plain_text(body).split("\n"))
        deck.canonical.heading(words, level=level, at=at)
    elif body is not None:
        _write_lines(deck, slide, shape, detail=detail)
    for table in shape.node.iter(A + "tbl"):
        _write_table(deck, slide, table, detail=detail)
    _write_linked(deck, slide, shape, detail=detail)
    for named in shape.node.iter(P + "cNvPr"):
        words = named.get("descr", "") or named.get("title", "")
        deck.canonical.paragraph(words, kind=Kind.HIDDEN, detail="alt_text", at=at)


def _write_lines(deck: _Deck, slide: _Slide, shape: Shape, *, detail: str) -> None:
    at, canonical = Place(slide.number), deck.canonical
    body = shape.node.find(P + "txBody")
    if body is None:
        return
    if detail:
        canonical.paragraph(plain_text(body), kind=Kind.HIDDEN, detail=detail, at=at)
        return
    canonical.end_list()
    hidden = []
    for line in read_lines(
        body, Bullets(shape, bullet_styles(shape, slide.master)), slide.relations
    ):
        if line.item:
            canonical.item(line.inline, depth=line.depth, number=line.marker, at=at)
        else:
            canonical.paragraph(line.inline, at=at)
        hidden.extend(line.hidden)
    canonical.end_list()
    for text, how in hidden:
        canonical.paragraph(text, kind=Kind.HIDDEN, detail=how, at=at)


def _write_table(deck: _Deck, slide: _Slide, table: etree._Element, *, detail: str) -> None:
    look = table.find(A + "tblPr")
    headed = look is not None and look.get("firstRow") in {"1", "true"}
    rows = [
        [
            _cell(cell, slide.relations)
            for cell in row.iterfind(A + "tc")
            if cell.get("hMerge") not in {"1", "true"} and cell.get("vMerge") not in {"1", "true"}
        ]
        for row in table.iterfind(A + "tr")
    ]
    deck.canonical.table(
        rows,
        header_rows=int(headed and len(rows) > 1),
        kind=Kind.HIDDEN if detail else Kind.TABLE,
        detail=detail,
        at=Place(slide.number),
    )


def _cell(node: etree._Element, relations: dict[str, Relation]) -> Cell:
    inline = Inline()
    for paragraph in node.iter(A + "p"):
        text, links = read_line(paragraph, relations).inline.finish()
        inline.add("\n")
        start = inline.mark()
        inline.add(text)
        if len(links) == 1 and links[0].end - links[0].start == len(text):
            inline.link(start, links[0].url)
    return Cell(inline, _span(node, "rowSpan"), _span(node, "gridSpan"))


def _span(node: etree._Element, name: str) -> int:
    return max(1, whole(node.get(name), most=_MOST_SPANNED, default=1))


def _write_linked(deck: _Deck, slide: _Slide, shape: Shape, *, detail: str) -> None:
    kind, relation = linked_part(shape.node)
    root = linked_tree(deck.package, slide.part, relation) if kind else None
    if root is None:
        return
    at, canonical = Place(slide.number), deck.canonical
    if kind == "chart":
        chart = read_chart(root)
        caption, table = (Kind.HIDDEN, Kind.HIDDEN) if detail else (Kind.CAPTION, Kind.TABLE)
        for title in chart.titles:
            canonical.paragraph(title, kind=caption, detail=detail, at=at)
        canonical.table(chart.rows, header_rows=1, kind=table, detail=detail, at=at)
    elif detail:
        points = "\n".join(read_diagram(root))
        canonical.paragraph(points, kind=Kind.HIDDEN, detail=detail, at=at)
    else:
        canonical.end_list()
        for point in read_diagram(root):
            canonical.item(point, at=at)
        canonical.end_list()


def _write_notes(deck: _Deck, slide: _Slide) -> None:
    at = Place(slide.number)
    for relation in slide.relations.values():
        if relation.external or relation.kind not in {"notesSlide", "comments"}:
            continue
        root = deck.package.xml(relation.target)
        if root is None:
            continue
        if relation.kind == "comments":
            for node in root.iter("{*}text", "{*}txBody"):
                words = node.text if node.tag.endswith("}text") else plain_text(node)
                deck.canonical.paragraph(words or "", kind=Kind.COMMENT, at=at)
            continue
        for shape in read_shapes(root, []):
            if shape.holder is not None and shape.holder.kind == "body":
                deck.canonical.paragraph(_text(shape), kind=Kind.NOTE, at=at)


def _finish(deck: _Deck, slides: list[_Slide]) -> Parsed:
    properties = read_properties(deck.package)
    text = "".join(deck.canonical.build().text.split()) if deck.furniture else ""
    fields = [*properties.fields, *deck.fields]
    fields += [
        Field(name, words)
        for words, name in deck.furniture.items()
        if "".join(words.split()) not in text
    ]
    if deck.canonical.is_empty() and not deck.furniture:
        raise DocumentError("empty")
    parsed = deck.canonical.build(title=properties.title, fields=fields)
    return replace(
        parsed,
        created=properties.created,
        modified=properties.modified,
        pages=len(slides),
        reader=_READER,
    )
