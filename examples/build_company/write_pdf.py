"""Papers as PDF files: headings, ruled tables, running header and footer with page numbers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from .model import Block, Paper, Target, plain, spans

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus.flowables import Flowable

_SHEET: Final = getSampleStyleSheet()
_BODY: Final = ParagraphStyle("body", parent=_SHEET["BodyText"], fontSize=10, leading=14)
_ITEM: Final = ParagraphStyle("item", parent=_BODY, leftIndent=16, bulletIndent=4)
_CELL: Final = ParagraphStyle("cell", parent=_BODY, fontSize=8.5, leading=11, spaceBefore=0)
_UNSEEN: Final = ParagraphStyle("unseen", parent=_BODY, fontSize=1, textColor=HexColor("#ffffff"))
_HEADINGS: Final = {
    level: ParagraphStyle(f"h{level}", parent=_SHEET[name], spaceBefore=12, keepWithNext=1)
    for level, name in ((1, "Title"), (2, "Heading2"), (3, "Heading3"))
}
_PAGES: Final = {"A4": (A4, 62), "A5": (A5, 40)}
_PADDING: Final = 14


def write_pdf(paper: Paper, target: Target, path: Path, *, password: str = "") -> None:
    """Write one PDF file; with a password it opens for nobody else."""
    own = paper.own(target)
    size, margin = _PAGES[paper.page]
    template = SimpleDocTemplate(
        str(path),
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin + 10,
        bottomMargin=margin + 4,
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

    width = size[0] - 2 * margin
    template.build(
        [flowable for block in paper.blocks for flowable in _flow(block, width)],
        onFirstPage=furnish,
        onLaterPages=furnish,
    )


def _furnish(canvas: Canvas, paper: Paper) -> None:
    """Write the running header and footer of one page."""
    size, margin = _PAGES[paper.page]
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(HexColor("#555555"))
    canvas.drawString(margin, size[1] - 0.65 * margin, paper.header)
    canvas.drawString(margin, 0.55 * margin, paper.footer)
    word = "Seite" if paper.language == "de" else "Page"
    label = f"{word} {canvas.getPageNumber()}"
    canvas.drawRightString(size[0] - margin, 0.55 * margin, label)
    canvas.restoreState()


def _markup(text: str) -> str:
    parts = []
    for span in spans(text):
        words = escape(span.text)
        if span.url:
            words = f'<link href="{escape(span.url)}"><u>{words}</u></link>'
        parts.append(f"<b>{words}</b>" if span.bold else words)
    return "".join(parts)


def _flow(block: Block, width: float) -> list[Flowable]:
    if block.kind == "table":
        return [_table(block, width)]
    if block.kind == "break":
        return [PageBreak()]
    if block.kind == "heading":
        return [Paragraph(_markup(block.text), _HEADINGS[block.level])]
    if block.kind == "bullet":
        return [Paragraph(_markup(block.text), _ITEM, bulletText="•")]
    if block.kind == "number":
        return [Paragraph(_markup(block.text), _ITEM, bulletText=f"{block.level}.")]
    return [Paragraph(_markup(block.text), _UNSEEN if block.kind == "hidden" else _BODY)]


def _table(block: Block, width: float) -> Table:
    cells = [[Paragraph(escape(plain(cell)), _CELL) for cell in row] for row in block.rows]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#999999")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8edf2")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    widths = _widths(block, width)
    style = TableStyle(look)
    return Table(cells, colWidths=widths, style=style, repeatRows=1, spaceBefore=4, spaceAfter=8)


def _widths(block: Block, width: float) -> list[float]:
    """Give each column its longest word, and share out the rest by what the cells need."""
    columns = list(zip(*block.rows, strict=True))
    least = [max(_length(w) for c in column for w in [*c.split(), ""]) for column in columns]
    wish = [max(_length(c) for c in (*column, "x")) for column in columns]
    least = [word + _PADDING for word in least]
    rest = max(width - sum(least), 0)
    shares = [wanted**0.7 for wanted in wish]
    return [word + rest * share / sum(shares) for word, share in zip(least, shares, strict=True)]


def _length(text: str) -> float:
    return float(stringWidth(text, "Helvetica", 8.5))
