"""Workbooks from their YAML: several sheets, hidden ones, hidden rows, comments, properties."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import yaml
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .zips import settle

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

Cell: TypeAlias = "str | int | float | None"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its first row is the header."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    state: str
    hidden_rows: tuple[int, ...]
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook before it is written."""

    path: str
    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...]


def read_book(source: str) -> Book:
    """Read a workbook's YAML."""
    facts = yaml.safe_load(source)
    sheets = tuple(
        Sheet(
            name=sheet["name"],
            rows=tuple(tuple(row) for row in sheet["rows"]),
            state=sheet.get("state", "visible"),
            hidden_rows=tuple(sheet.get("hidden_rows", ())),
            comments=tuple(sheet.get("comments", {}).items()),
        )
        for sheet in facts["sheets"]
    )
    return Book(facts["path"], sheets, tuple(facts.get("properties", {}).items()))


def write_xlsx(book: Book, path: Path) -> None:
    """Write one workbook."""
    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    for sheet in book.sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    own, core = dict(book.properties), workbook.properties
    core.creator = core.lastModifiedBy = own.get("author", "Wetherlund Instruments")
    core.title, core.description = own.get("title"), own.get("comments")
    core.created = dt.datetime.fromisoformat(own.get("created", "2026-03-02"))
    workbook.save(path)
    settle(path)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for row in sheet.rows:
        page.append(row)
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for number in sheet.hidden_rows:
        page.row_dimensions[number].hidden = True
    for place, text in sheet.comments:
        page[place].comment = Comment(text, "Rebecca Lindgren")
    page.sheet_state = sheet.state


def _widths(sheet: Sheet) -> list[int]:
    columns = max(len(row) for row in sheet.rows)
    return [
        min(48, 3 + max(len(str(row[column])) for row in sheet.rows if column < len(row)))
        for column in range(columns)
    ]
