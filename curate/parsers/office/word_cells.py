"""What stands in the cells of a Word table, and what hangs on it.

A cell's paragraphs become lines of one text with the labels of their lists; tables inside cells are
given back to be written after the one that holds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.word_runs import begin, finish, gather
from curate.parsers.office.word_shape import shape_of
from curate.parsers.office.word_story import Runs, Story, hide_all
from curate.parsers.office.word_tables import (
    WordCell,
    WordRow,
    header_rows,
    is_layout,
    read_rows,
    table_style,
)
from curate.parsers.office.wordprocessing import TRANSPARENT, W
from curate.text.canonical import Cell

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.word_numbering import Numbering


@dataclass(slots=True)
class Table:
    """A table as read: its rows, or the cells of one that only lays out the page."""

    rows: list[list[Cell]] = field(default_factory=list)
    header_rows: int = 0
    layout: list[WordCell] = field(default_factory=list)
    held: list[Runs] = field(default_factory=list)  # cells with more than text
    nested: list[etree._Element] = field(default_factory=list)


def read_table(node: etree._Element, story: Story, numbering: Numbering) -> Table:
    """Read a table."""
    table, rows = Table(), read_rows(node)
    if is_layout(rows):
        table.layout = [cell for row in rows for cell in row.cells]
        return table
    before = story.dark
    story.dark = before or story.styles.get(table_style(node)).filled
    reader = _Cells(table, story, numbering)
    table.rows = [reader.row(row) for row in rows]
    story.dark = before
    table.header_rows = header_rows(node, rows)
    return table


@dataclass(slots=True)
class _Cells:
    """Reads the cells of one table."""

    table: Table
    story: Story
    numbering: Numbering

    def row(self, row: WordRow) -> list[Cell]:
        """Read a row."""
        return [self._cell(cell, row.hidden) for cell in row.cells]

    def _cell(self, cell: WordCell, hidden: str) -> Cell:
        runs, story = Runs(), self.story
        before, story.dark = story.dark, story.dark or cell.dark
        if cell.node is not None:
            self._text(cell.node, runs)
        story.dark = before
        if hidden:
            hide_all(runs, hidden)
        while runs.shown.boxes:
            box, dark = runs.shown.boxes.pop(0)
            story.dark = before or dark
            self._text(box, runs)
            story.dark = before
        if not runs.is_bare():
            self.table.held.append(runs)
        return Cell(runs.inline, cell.row_span, cell.column_span)

    def _text(self, node: etree._Element, runs: Runs) -> None:
        for child in node:
            if child.tag == W + "p":
                self._paragraph(child, runs)
            elif child.tag == W + "tbl":
                self.table.nested.append(child)
            elif child.tag in TRANSPARENT:
                self._text(child, runs)

    def _paragraph(self, node: etree._Element, runs: Runs) -> None:
        shape = shape_of(node.find(W + "pPr"), self.story, self.numbering)
        runs.inline.add("\n")
        if shape.label is not None and shape.label.text:
            runs.inline.add(shape.label.text + " ")
        begin(self.story)
        gather(node, runs, self.story)
        finish(runs, self.story)
