"""Papers as Word files: styles, lists, tables, links, comments, hidden runs, properties."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Final

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .model import Block, Paper, Target, plain, spans
from .zips import settle

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

_STYLES: Final = {"bullet": "List Bullet", "number": "List Number"}
_CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_LINK: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_CUSTOM_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)


def write_docx(paper: Paper, target: Target, path: Path) -> None:
    """Write one Word file."""
    document = docx.Document()
    for block in paper.blocks:
        _add(document, block)
    section = document.sections[0]
    if paper.header:
        section.header.paragraphs[0].text = paper.header
    if paper.footer:
        section.footer.paragraphs[0].text = paper.footer
    _describe(document, paper.own(target))
    if paper.custom:
        _customise(document, paper.custom)
    document.save(str(path))
    settle(path)


def _add(document: Document, block: Block) -> None:
    if block.kind == "table":
        _add_table(document, block)
    elif block.kind == "comment":
        last = document.paragraphs[-1]
        note = document.add_comment(last.runs, text=block.text, author="Reviewer", initials="R")
        note._comment_elm.set(qn("w:date"), "2026-02-20T10:00:00Z")  # noqa: SLF001 (no public way)
    elif block.kind == "break":
        document.add_page_break()  # type: ignore[no-untyped-call]
    elif block.kind == "heading":
        document.add_heading(block.text, level=block.level - 1)
    else:
        _fill(document.add_paragraph(style=_STYLES.get(block.kind)), block)


def _fill(paragraph: Paragraph, block: Block) -> None:
    for span in spans(block.text):
        if span.url:
            _link(paragraph, span.text, span.url)
            continue
        run = paragraph.add_run(span.text)
        run.bold = span.bold or None
        run.font.hidden = True if block.kind == "hidden" else None


def _link(paragraph: Paragraph, text: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), key)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 (python-docx has no public way to write a link)
    paragraph._p.append(link)  # noqa: SLF001


def _add_table(document: Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(text)


def _describe(document: Document, properties: dict[str, str]) -> None:
    core = document.core_properties
    core.author = properties.get("author", "Wetherlund Instruments")
    core.title = properties.get("title", "")
    core.subject = properties.get("subject", "")
    core.keywords = properties.get("keywords", "")
    core.comments = properties.get("comments", "")
    core.last_modified_by = properties.get("last_modified_by", core.author)
    core.created = dt.datetime.fromisoformat(properties.get("created", "2026-03-02"))
    core.modified = core.created


def _customise(document: Document, custom: tuple[tuple[str, str], ...]) -> None:
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" '
        f'name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(custom, start=2)
    )
    blob = (_CUSTOM_HEAD + rows + "</Properties>").encode()
    package = document.part.package
    if package is None:
        message = f"a new {CONTENT_TYPE.WML_DOCUMENT_MAIN} always has a package"
        raise TypeError(message)
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package)
    package.relate_to(part, _CUSTOM_LINK)
