"""OpenDocument files: texts, slides and sheets, zipped or flat.

The three share styles, paragraphs, tables and properties; slides add an order of reading, sheets
the displayed text of their cells, which OpenDocument keeps beside the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import DocumentError
from curate.parsers.office.attributes import whole
from curate.parsers.office.grid import MOST_CELLS, Sheet, write_sheet
from curate.parsers.office.margins import margin_fields
from curate.parsers.office.odf_blocks import OdfBody
from curate.parsers.office.odf_cells import cell_text, number_text
from curate.parsers.office.odf_names import (
    DC,
    DRAW,
    MANIFEST,
    META,
    OFFICE,
    PRESENTATION,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
)
from curate.parsers.office.odf_runs import paragraphs_of
from curate.parsers.office.odf_styles import read_styles
from curate.parsers.office.odf_tables import hidden_columns, is_off, read_rows
from curate.parsers.office.package import Package, open_package, parse_xml
from curate.parsers.office.properties import MOST_PAGES, iso_date, real_title
from curate.parsers.office.reading_order import Box, order_by_place
from curate.tables.parsed import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

_READER = "curate-odf/1"
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|px)?")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75}
_MARGINS: Final = tuple(
    STYLE + kind + which for which in ("", "-left", "-first") for kind in ("header", "footer")
)
_FIELDS = {
    META + "initial-creator": "author",
    DC + "creator": "last_modified_by",
    DC + "subject": "subject",
    DC + "description": "comments",
    META + "keyword": "keywords",
}


@dataclass(slots=True)
class _Parts:
    """The parts of a document that are read."""

    package: Package
    content: etree._Element
    styles: etree._Element | None
    meta: etree._Element | None
    fields: list[Field] = field(default_factory=list)


def read_odt(blob: Blob) -> Parsed:
    """Read an OpenDocument text.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `too_large`, `xml_entities` or `empty`.
    """
    return _read(blob, _write_text)


def read_odp(blob: Blob) -> Parsed:
    """Read an OpenDocument presentation; raises as `read_odt` does."""
    return _read(blob, _write_slides)


def read_ods(blob: Blob) -> Parsed:
    """Read an OpenDocument workbook; raises as `read_odt` does."""
    return _read(blob, _write_sheets)


def _read(blob: Blob, write: Callable[[OdfBody, etree._Element], None]) -> Parsed:
    parts = _open(blob.data)
    body = OdfBody(parts.package, read_styles((parts.styles, parts.content)))
    for node in parts.content.iterfind(OFFICE + "body/*"):
        write(body, node)
    body.close()
    _write_macros(body)
    return _finish(body, parts)


def _open(data: bytes) -> _Parts:
    if not data.startswith(b"PK") and _FLAT in data[:4096]:
        root = parse_xml(data)
        return _Parts(Package(None), root, root, root)
    package = open_package(data)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
        raise DocumentError("encrypted")
    content = package.xml("content.xml")
    if content is None or content.find(OFFICE + "body") is None:
        raise DocumentError("corrupt")
    return _Parts(package, content, package.xml("styles.xml"), package.xml("meta.xml"))


def _write_text(body: OdfBody, node: etree._Element) -> None:
    body.paged = next(node.iter(TEXT + "soft-page-break"), None) is not None
    body.blocks(node)


def _write_slides(body: OdfBody, node: etree._Element) -> None:
    body.paged = True
    for number, page in enumerate(node.iterfind(DRAW + "page"), 1):
        body.page = number
        _write_slide(body, page)
        body.page = number  # breaks inside do not count
        _write_slide_notes(body, page)
    for declared in node.iter(PRESENTATION + "footer-decl", PRESENTATION + "header-decl"):
        kind = "footer" if declared.tag.endswith("footer-decl") else "header"
        body.canonical.furniture += 1
        body.fields.append(Field(kind, declared.text or ""))


def _write_slide(body: OdfBody, page: etree._Element) -> None:
    look = body.styles.get("drawing-page", page.get(DRAW + "style-name"))
    if look.off:
        for child in page:
            if child.tag != PRESENTATION + "notes":
                words = paragraphs_of(child, body.styles)
                body.canonical.paragraph(
                    words, kind=Kind.HIDDEN, detail="hidden_slide", at=body.place()
                )
        return
    shapes = list(_shapes(page))
    titles = [shape for shape in shapes if shape.get(PRESENTATION + "class") == "title"]
    for shape in titles:
        words = " ".join(paragraphs_of(shape, body.styles).split("\n"))
        body.canonical.heading(words, level=1, at=body.place())
    others = [shape for shape in shapes if shape not in titles]
    placed = [(box, shape) for shape in others if (box := _box(shape)) is not None]
    loose = [shape for shape in others if _box(shape) is None]
    for shape in (*order_by_place(placed), *loose):
        if shape.get(PRESENTATION + "class") not in {"footer", "date-time", "page-number"}:
            body.drawing(shape)
            body.close()


def _shapes(node: etree._Element) -> list[etree._Element]:
    """Return the shapes of a slide, those of groups one by one."""
    found: list[etree._Element] = []
    for child in node:
        if child.tag == DRAW + "g":
            found.extend(_shapes(child))
        elif isinstance(child.tag, str) and child.tag.startswith(DRAW):
            found.append(child)
    return found


def _box(shape: etree._Element) -> Box | None:
    sides = [_points(shape.get(SVG + key)) for key in ("x", "y", "width", "height")]
    left, top, width, height = sides
    if left is None or top is None:
        return None
    return left, top, left + (width or 0), top + (height or 0)


def _points(text: str | None) -> int | None:
    found = _LENGTH.fullmatch(text or "")
    try:
        return int(float(found[1]) * _POINTS[found[2] or "px"]) if found else None
    except (ValueError, OverflowError):
        return None


def _write_slide_notes(body: OdfBody, page: etree._Element) -> None:
    for notes in page.iterfind(PRESENTATION + "notes"):
        for frame in notes.iter(DRAW + "frame"):
            if frame.get(PRESENTATION + "class") == "notes":
                words = paragraphs_of(frame, body.styles)
                body.canonical.paragraph(words, kind=Kind.NOTE, at=body.place())


def _write_sheets(body: OdfBody, node: etree._Element) -> None:
    left = MOST_CELLS
    for number, table in enumerate(node.iterfind(TABLE + "table"), 1):
        body.page, body.paged = number, True
        name = table.get(TABLE + "name", "")
        body.fields.append(Field("sheet", name))
        sheet, cells = _sheet(body, table, left)
        left -= cells
        if left <= 0:
            body.reasons.add("truncated")
        write_sheet(body.canonical, sheet, page=number)
        body.flush()
        for shapes in table.iterfind(TABLE + "shapes"):
            body.blocks(shapes)


def _sheet(body: OdfBody, table: etree._Element, most: int) -> tuple[Sheet, int]:
    sheet = Sheet(table.get(TABLE + "name", ""), [], hidden=is_off(table, body.styles))
    hidden, count = set(), 0
    for number, row in enumerate(read_rows(table)):
        if count >= most:
            break
        texts: list[str] = []
        for cell in row.cells:
            texts.extend([""] * (cell.column - len(texts)))
            texts.append(_cell_text(body, cell.node, (sheet, number, cell.column)))
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merged[number, cell.column] = (cell.row_span, cell.column_span)
        count += len(texts)
        if row.hidden:
            hidden.add(number)
        sheet.rows.append(texts)
    sheet.hidden_rows = frozenset(hidden)
    sheet.hidden_columns = hidden_columns(table)
    return sheet, count


def _cell_text(body: OdfBody, node: etree._Element | None, place: tuple[Sheet, int, int]) -> str:
    if node is None or not len(node):
        return "" if node is None else number_text(node, "")
    sheet, row, column = place
    if len(node) == 1 and not len(node[0]) and node[0].tag == TEXT + "p":
        return number_text(node, (node[0].text or "").strip())
    inner = cell_text(body, node)
    for link in node.iter(TEXT + "a"):
        sheet.links.setdefault((row, column), link.get(XLINK + "href", ""))
    return inner


def _write_macros(body: OdfBody) -> None:
    """Keep the source of macros, which no reader of the page sees."""
    for name in body.package.names():
        if name.startswith("Basic/") and name.endswith(".xml"):
            root = body.package.xml(name)
            if root is not None and root.tag.endswith("}module"):
                words = "".join(str(text) for text in root.itertext())
                body.canonical.paragraph(words, kind=Kind.HIDDEN, detail="macro")


def _margins(body: OdfBody, styles: etree._Element | None) -> list[Field]:
    """Return the headers and footers of the masters whose words stand nowhere else."""
    lines: list[tuple[str, str]] = []
    for node in styles.iter(*_MARGINS) if styles is not None else ():
        kind = "header" if "header" in str(node.tag).rpartition("}")[2] else "footer"
        lines.extend((kind, line) for line in paragraphs_of(node, body.styles).split("\n"))
    for page in styles.iter(STYLE + "master-page") if styles is not None else ():
        lines.extend(
            ("footer", paragraphs_of(frame, body.styles))
            for frame in page.iterfind(DRAW + "frame")
            if frame.get(PRESENTATION + "class") in {"footer", "header", None}
        )
    lines = [(kind, line) for kind, line in dict.fromkeys(lines) if line]
    body.canonical.furniture += len(lines)
    return margin_fields(lines, body.canonical.build().text)


def _finish(body: OdfBody, parts: _Parts) -> Parsed:
    margins = _margins(body, parts.styles)
    if body.canonical.is_empty() and not margins:
        raise DocumentError("empty")
    meta = parts.meta
    fields = [*_properties(meta), *dict.fromkeys(body.fields), *margins]
    title = (meta.findtext(f".//{DC}title") or "") if meta is not None else ""
    parsed = body.canonical.build(title=real_title(title) or body.title, fields=fields)
    return replace(
        parsed,
        created=iso_date(_stated(meta, META + "creation-date")),
        modified=iso_date(_stated(meta, DC + "date")),
        pages=body.page if body.paged else _page_count(meta),
        notes=tuple(sorted(body.reasons)),
        reader=_READER,
    )


def _stated(meta: etree._Element | None, tag: str) -> str:
    holder = meta.find(f".//{OFFICE}meta") if meta is not None else None
    holder = meta if holder is None else holder
    return (holder.findtext(tag) or "") if holder is not None else ""


def _page_count(meta: etree._Element | None) -> int:
    node = meta.find(f".//{META}document-statistic") if meta is not None else None
    return whole(node.get(META + "page-count"), most=MOST_PAGES) if node is not None else 0


def _properties(meta: etree._Element | None) -> list[Field]:
    found: list[Field] = []
    holder = meta.find(f".//{OFFICE}meta") if meta is not None else None
    for node in holder if holder is not None else ():
        name, value = _FIELDS.get(node.tag, ""), (node.text or "").strip()
        if node.tag == META + "user-defined":
            name = f"custom.{node.get(META + 'name', '')}"
        if name and value:
            found.append(Field(name, value))
    return found
