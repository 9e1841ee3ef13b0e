"""Files that both sides of the suite are given: real documents of several kinds, made on the spot."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import TYPE_CHECKING

from tests.conformance import texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PRICES = (
    ("Item", "Price"),
    ("Glass probe", "12.50 EUR per piece"),
    ("Buffer solution", "4.20 EUR per litre"),
    ("Round flask", "7.10 EUR per piece"),
)
PARAGRAPH = "Prices of the store, without tax and without the courier."
PAGE = """<html><head><title>Refunds</title></head><body><h1>Refunds</h1>
<p>A refund takes {days} days from the day the goods arrive at the store.</p></body></html>
"""
NO_PDF = b"%PDF-1.7\nthis is no PDF at all"


def write_pdf(path: Path, lines: Sequence[str]) -> Path:
    """Write one page of text; without lines, a page that is one picture, as a scanner makes it."""
    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 18 * number, line)
    if not lines:
        page = Image.new("L", (400, 560), 200)
        canvas.drawImage(ImageReader(page), 0, 0, *A4)
    canvas.save()
    return path


def write_docx(path: Path, text: str, rows: Sequence[tuple[str, str]] = ()) -> Path:
    """Write a heading, a paragraph and a table."""
    from docx import Document

    path.parent.mkdir(parents=True, exist_ok=True)
    document = Document()
    document.add_heading(path.stem.title(), level=1)
    document.add_paragraph(text)
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    document.save(str(path))
    return path


def write_pptx(path: Path, title: str, text: str) -> Path:
    """Write one slide."""
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text = text
    deck.save(str(path))
    return path


def write_every_kind(folder: Path) -> dict[str, str]:
    """Write one small document of each kind that unstructured fails on; return what each says."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("note.txt", "page.html", "page.md", "note.rtf", "mail.eml", "slide.pptx", "memo.docx")
    said = {
        name: f"Cold room {number} is opened by guard {number} before eight, and shut by the last to go."
        for number, name in enumerate(names, 1)
    }
    mail = EmailMessage()
    mail["From"], mail["To"] = "jo@wetherlund.example.com", "sam@wetherlund.example.com"
    mail["Subject"] = "Cold room"
    mail.set_content(said["mail.eml"])
    files = {
        "note.txt": said["note.txt"] + "\n",
        "page.html": f"<h1>Cold room</h1><p>{said['page.html']}</p>",
        "page.md": f"# Cold room\n\n{said['page.md']}\n",
        "note.rtf": r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}} " + said["note.rtf"] + r"\par}",
        "mail.eml": mail.as_string(),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_pptx(folder / "slide.pptx", "Cold room", said["slide.pptx"])
    write_docx(folder / "memo.docx", said["memo.docx"])
    return said


def write_material(folder: Path) -> None:
    """Write everything that a peer's script may want to read, each set in a folder of its own."""
    write_every_kind(folder / "kinds")
    press = "The press is down until Thursday."
    write_pdf(folder / "text/report.pdf", [press, "Orders go to Leeds."])
    for name in ("hr", "legal"):
        write_pdf(
            folder / f"names/{name}/report.pdf", [f"This report is by the {name} department."]
        )
    write_pdf(folder / "broken/good.pdf", [press])
    (folder / "broken/broken.pdf").write_bytes(NO_PDF)
    write_docx(folder / "table/prices.docx", PARAGRAPH, PRICES)
    write_pdf(folder / "deleted/press.pdf", [press])
    write_pdf(folder / "deleted/lamp.pdf", ["The lamp blinks until its clock is set."])
    said = {
        "short": [texts.SHORT, texts.HOLIDAYS, texts.COURIER],
        "template": list(texts.LEASES.values()),
        "copies": [texts.COURIER, texts.HOLIDAYS, texts.COURIER, texts.COURIER],
    }
    (folder / "texts.json").write_text(json.dumps(said), encoding="utf-8")
