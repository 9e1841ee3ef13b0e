"""Papers as PDF files: headings, ruled tables, running header and footer with page numbers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from .model import Block, Paper, Target, plain, spans

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus.flowables import Flowable

_SHEET: Final = getSampleStyleSheet()
_BODY: Final = ParagraphStyle("body", parent=_SHEET["BodyText"], fontSize=10, leading=14)
_ITEM: Final = ParagraphStyle("item", parent=_BODY, leftIndent=16, bulletIndent=4)
_CELL: Final = ParagraphStyle("cell", parent=_BODY, fontSize=8.5, leading=11, spaceBefore=0)
_FURNITURE: Final = 8
_WIDTH: Final = A4[0] - 2 * 62


def write_pdf(paper: Paper, target: Target, path: Path, *, password: str = "") -> None:
    """Write one PDF file; with a password it opens for nobody else."""
    own = paper.own(target)
    template = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=62,
        rightMargin=62,
        topMargin=70,
        bottomMargin=64,
        title=own.get("title", ""),
        author=own.get("author", "Wetherlund Instruments"),
        subject=own.get("subject", ""),
        keywords=own.get("keywords", ""),
        creator="Wetherlund document store",
        invariant=1,
        encrypt=StandardEncryption(password, strength=128) if password else None,
    )

    def furnish(canvas: Canvas, _template: SimpleDocTemplate) -> None:
        _furnish(canvas, paper)

    template.build(
        [flowable for block in paper.blocks for flowable in _flow(block)],
        onFirstPage=furnish,
        onLaterPages=furnish,
    )


def _furnish(canvas: Canvas, paper: Paper) -> None:
    """Write the running header and footer of one page."""
    canvas.saveState()
    canvas.setFont("Helvetica", _FURNITURE)
    canvas.setFillColor(HexColor("#555555"))
    canvas.drawString(62, A4[1] - 40, paper.header)
    canvas.drawString(62, 34, paper.footer)
    word = "Seite" if paper.language == "de" else "Page"
    canvas.drawRightString(A4[0] - 62, 34, f"{word} {canvas.getPageNumber()}")
    canvas.restoreState()


def _markup(text: str) -> str:
    parts = []
    for span in spans(text):
        words = escape(span.text)
        if span.url:
            words = f'<link href="{escape(span.url)}"><u>{words}</u></link>'
        parts.append(f"<b>{words}</b>" if span.bold else words)
    return "".join(parts)


def _flow(block: Block) -> list[Flowable]:
    if block.kind == "table":
        return [Spacer(1, 4), _table(block), Spacer(1, 8)]
    if block.kind == "break":
        return [PageBreak()]
    if block.kind == "heading":
        style = _SHEET["Title"] if block.level == 1 else _SHEET[f"Heading{block.level - 1}"]
        return [Paragraph(_markup(block.text), style)]
    if block.kind == "bullet":
        return [Paragraph(_markup(block.text), _ITEM, bulletText="•")]
    if block.kind == "number":
        return [Paragraph(_markup(block.text), _ITEM, bulletText=f"{block.level}.")]
    return [Paragraph(_markup(block.text), _BODY)]


def _table(block: Block) -> Table:
    lengths = [max(len(row[column]) for row in block.rows) for column in range(len(block.rows[0]))]
    weights = [min(max(length, 6), 60) for length in lengths]
    cells = [[Paragraph(escape(plain(cell)), _CELL) for cell in row] for row in block.rows]
    widths = [_WIDTH * weight / sum(weights) for weight in weights]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#999999")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8edf2")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(cells, colWidths=widths, style=TableStyle(look), repeatRows=1)
