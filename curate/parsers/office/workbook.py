"""Workbooks (OOXML, and through calamine binary and old ones): a heading and tables for each sheet.

calamine reads the cells; the workbook's own XML says what it does not: what is hidden, how numbers
look, comments, headers, text boxes, charts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import DocumentError
from curate.parsers.office.books import Book, Looks, open_book
from curate.parsers.office.compound import MAGIC
from curate.parsers.office.drawing import A, linked_part, linked_tree, read_chart, read_diagram
from curate.parsers.office.grid import MOST_CELLS, Sheet, write_sheet
from curate.parsers.office.package import Package, open_package, unlocked
from curate.parsers.office.properties import read_properties
from curate.parsers.office.sparse import repacked, squeeze
from curate.parsers.office.workbook_sheets import Details, S, moved, read_details, read_formats
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Place

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.blob import Blob
    from curate.parsers.office.package import Relation
    from curate.tables.parsed import Parsed

MOST_AREA = 1 << 24  # cells of a sheet's rectangle, empty ones included: calamine makes them all
_READER = "curate-xlsx/1"
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(slots=True)
class _Workbook:
    """A workbook under reading."""

    package: Package
    book: Book
    formats: dict[bytes, str]
    canonical: Canonical = field(default_factory=Canonical)
    fields: list[Field] = field(default_factory=list)
    furniture: list[tuple[str, str]] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    cells: int = 0


def read_xlsx(blob: Blob) -> Parsed:
    """Read an Excel workbook (xlsx, xlsm, xlsb).

    Raises:
        DocumentError: `encrypted`, `corrupt`, `too_large`, `xml_entities` or `empty`.
    """
    data = unlocked(blob.data) if blob.data.startswith(MAGIC) else blob.data
    package = open_package(data)
    part = package.main() or "xl/workbook.xml"
    package.guard()
    book = open_book(data)
    relations = package.relations(part)
    kinds = {relation.kind: relation.target for relation in relations.values()}
    formats = read_formats(package.xml(kinds.get("styles", "")))
    workbook = _Workbook(package, book, formats)
    root = package.xml(part) if part.endswith(".xml") else None
    _read_sheets(workbook, data, root, relations)
    return _finish(workbook)


def _read_sheets(
    workbook: _Workbook, data: bytes, root: etree._Element | None, relations: dict[str, Relation]
) -> None:
    parts = {
        node.get("name", ""): relations.get(node.get(_R_ID, ""))
        for node in (root.iter(S + "sheet") if root is not None else ())
    }
    sheets = list(workbook.book.sheets())
    wanted = {relation.target for relation in parts.values() if relation is not None
              and relation.kind == "worksheet"}  # fmt: skip
    details = _read_details(workbook, data, wanted)
    for page, (name, hidden) in enumerate(sheets, 1):
        relation = parts.get(name)
        part = relation.target if relation is not None else ""
        workbook.fields.append(Field("sheet", name))
        _read_sheet(workbook, name, details.get(part, Details()), place=(hidden, page))
        _read_notes(workbook, part, page)


def _read_details(workbook: _Workbook, data: bytes, parts: set[str]) -> dict[str, Details]:
    """Read what sheets say beside their cells; draw those together whose cells lie far apart."""
    found, closer = {}, {}
    for part in sorted(parts):
        details = read_details(workbook.package, part, workbook.formats)
        area = details.area
        sheet = squeeze(workbook.package.read(part), area, MOST_AREA) if area > MOST_CELLS else None
        if sheet is not None:
            details, closer[part] = moved(details, sheet), sheet.data
            workbook.reasons.update({"truncated"} if sheet.cut else ())
        found[part] = details
    if closer:
        workbook.book = open_book(repacked(data, closer))
    return found


def _read_sheet(
    workbook: _Workbook, name: str, details: Details, *, place: tuple[bool, int]
) -> None:
    hidden, page = place
    workbook.furniture.extend(details.furniture)
    if details.area > MOST_AREA:
        workbook.reasons.add("truncated")
        return
    looks = Looks(details.formats, details.wide)
    rows, top, left = workbook.book.rows(name, looks, MOST_CELLS - workbook.cells)
    workbook.cells += len(rows) * (len(rows[0]) if rows else 0)
    if workbook.book.truncated:
        workbook.reasons.add("truncated")
    sheet = Sheet(
        name,
        rows,
        top,
        left,
        hidden=hidden,
        hidden_rows=details.hidden_rows,
        hidden_columns=details.hidden_columns,
        merged=details.merged,
        links=details.links,
        headers=details.headers,
    )
    write_sheet(workbook.canonical, sheet, page=page)


def _read_notes(workbook: _Workbook, part: str, page: int) -> None:
    """Write a sheet's comments and what its drawings say."""
    relations = workbook.package.relations(part).values() if part else ()
    threaded = any(relation.kind == "threadedComment" for relation in relations)
    for relation in relations:
        if relation.kind == "drawing":
            _read_drawing(workbook, relation.target, page)
        elif relation.kind == ("threadedComment" if threaded else "comments"):
            _read_comments(workbook, relation.target, page)


def _read_comments(workbook: _Workbook, part: str, page: int) -> None:
    root = workbook.package.xml(part)
    if root is None:
        return
    for author in root.iter(S + "author"):
        name = (author.text or "").strip()
        if name and not name.startswith("tc="):
            workbook.fields.append(Field("comment_author", name))
    for node in root.iter("{*}comment", "{*}threadedComment"):
        words = "".join(text.text or "" for text in node.iter("{*}t", "{*}text") if not len(text))
        workbook.canonical.paragraph(words, kind=Kind.COMMENT, at=Place(page))


def _read_drawing(workbook: _Workbook, part: str, page: int) -> None:
    root = workbook.package.xml(part)
    for anchor in root if root is not None else ():
        for shape in anchor.iter(_XDR + "txBody"):
            for paragraph in shape.iter(A + "p"):
                words = "".join(text.text or "" for text in paragraph.iter(A + "t"))
                workbook.canonical.paragraph(words, at=Place(page))
        _read_linked(workbook, part, anchor, page=page)
        for named in anchor.iter(_XDR + "cNvPr"):
            workbook.canonical.paragraph(
                named.get("descr", ""), kind=Kind.HIDDEN, detail="alt_text", at=Place(page)
            )


def _read_linked(workbook: _Workbook, part: str, anchor: etree._Element, *, page: int) -> None:
    kind, relation = linked_part(anchor)
    linked = linked_tree(workbook.package, part, relation) if kind else None
    if linked is None:
        return
    if kind == "diagram":
        for point in read_diagram(linked):
            workbook.canonical.item(point, at=Place(page))
        return
    chart = read_chart(linked)
    for title in chart.titles:
        workbook.canonical.paragraph(title, kind=Kind.CAPTION, at=Place(page))
    workbook.canonical.table(chart.rows, header_rows=1, at=Place(page))


def _finish(workbook: _Workbook) -> Parsed:
    properties = read_properties(workbook.package)
    canonical = workbook.canonical
    if workbook.book.broken:
        workbook.reasons.add("damaged")
    canonical.furniture = len(workbook.furniture)
    fields = [*properties.fields, *dict.fromkeys(workbook.fields)]
    text = canonical.build().text if workbook.furniture else ""
    fields += [
        Field(kind, words) for kind, words in dict.fromkeys(workbook.furniture) if words not in text
    ]
    if canonical.is_empty() and not workbook.furniture:
        raise DocumentError("corrupt" if workbook.book.broken else "empty")
    parsed = canonical.build(title=properties.title, fields=fields)
    return replace(
        parsed,
        created=properties.created,
        modified=properties.modified,
        pages=workbook.book.count,
        notes=tuple(sorted(workbook.reasons)),
        reader=_READER,
    )
