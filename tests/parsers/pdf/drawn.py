"""PDFs made by the tests themselves."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from curate.parsers.blob import Blob
from curate.parsers.pdf import read_pdf
from curate.tables.parsed import Element, Kind, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = letter
PROSE = (
    "The delivery was late because the harbour had been closed for three days and nobody told",
    "the drivers, who waited at the gate until the evening and then went home without a word.",
    "A second attempt was made on Monday, and this time the goods arrived as they should have",
    "in the first place, which the customer acknowledged in writing on the following morning.",
)


def blob(data: bytes) -> Blob:
    """Return bytes as a record."""
    return Blob(data, "file.pdf", "application/pdf")


def draw(*pages: Callable[[Canvas], None], **about: str) -> bytes:
    """Return a PDF whose pages were drawn by functions."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter, invariant=1)
    canvas.setTitle(about.get("title", ""))
    canvas.setAuthor(about.get("author", ""))
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Callable[[Canvas], None]) -> Parsed:
    """Draw pages and read them."""
    return read_pdf(blob(draw(*pages)))


def lines(
    canvas: Canvas,
    texts: Sequence[str],
    *,
    at: tuple[float, float] = (72, 700),
    font: str = "Helvetica",
    size: float = 10,
) -> None:
    """Draw lines below each other, the first one's baseline at a place counted from the bottom."""
    canvas.setFont(font, size)
    for number, text in enumerate(texts):
        canvas.drawString(at[0], at[1] - number * 1.2 * size, text)


def table_pdf(rows: Sequence[Sequence[str]], *commands: tuple[object, ...]) -> bytes:
    """Return a PDF with one table, ruled unless commands say otherwise."""
    buffer = io.BytesIO()
    table = Table([list(row) for row in rows], repeatRows=1)
    table.setStyle(TableStyle(list(commands) or [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    SimpleDocTemplate(buffer, pagesize=letter, invariant=1).build([table])
    return buffer.getvalue()


def of_kind(document: Parsed, kind: Kind) -> list[Element]:
    """Return the elements of a kind."""
    return [element for element in document.elements if element.kind is kind]


def texts(document: Parsed, kind: Kind) -> list[str]:
    """Return the texts of the elements of a kind."""
    return [document.text[e.start : e.end] for e in of_kind(document, kind)]


def grid(document: Parsed, number: int = 0) -> list[list[str]]:
    """Return the cells of a table row by row."""
    table = of_kind(document, Kind.TABLE)[number]
    rows: list[list[str]] = [[] for _ in range(1 + max(part.row for part in table.parts))]
    for part in table.parts:
        rows[part.row].append(document.text[part.start : part.end])
    return rows
