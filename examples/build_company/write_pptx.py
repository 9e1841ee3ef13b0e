"""Papers as slides: a second-level heading starts a slide, notes go to the speaker."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pptx import Presentation
from pptx.util import Inches

from .model import Block, Paper, Target, plain
from .zips import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pptx.slide import Slide


def write_pptx(paper: Paper, target: Target, path: Path) -> None:
    """Write one deck."""
    deck = Presentation()
    for number, slide in enumerate(_slides(paper)):
        layout = deck.slide_layouts[0 if number == 0 else 1]
        _fill(deck.slides.add_slide(layout), slide)
    own, core = paper.own(target), deck.core_properties
    core.author = core.last_modified_by = own.get("author", "Wetherlund Instruments")
    core.title, core.comments = own.get("title", ""), own.get("comments", "")
    core.created = core.modified = dt.datetime.fromisoformat(own.get("created", "2026-03-02"))
    deck.save(str(path))
    settle(path)


def _slides(paper: Paper) -> list[list[Block]]:
    slides: list[list[Block]] = []
    for block in paper.blocks:
        if block.kind == "heading":
            slides.append([])
        slides[-1].append(block)
    return slides


def _fill(slide: Slide, blocks: list[Block]) -> None:
    lines = [plain(b.text) for b in blocks if b.kind in {"paragraph", "bullet", "number"}]
    notes = [plain(b.text) for b in blocks if b.kind == "note"]
    tables = [b for b in blocks if b.kind == "table"]
    if slide.shapes.title is not None:
        slide.shapes.title.text = blocks[0].text
    slide.placeholders[1].text = "\n".join(lines)
    for table in tables:
        _add_table(slide, table)
    if notes and slide.notes_slide.notes_text_frame is not None:
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _add_table(slide: Slide, block: Block) -> None:
    columns = len(block.rows[0])
    frame = slide.shapes.add_table(
        len(block.rows), columns, Inches(0.7), Inches(3.6), Inches(8.6), Inches(2.4)
    )
    for r, row in enumerate(block.rows):
        for c, text in enumerate(row):
            frame.table.cell(r, c).text = plain(text)
