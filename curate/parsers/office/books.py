"""Cells of workbooks through calamine, as displayed text.

calamine (Rust) reads xlsx, xlsb and xls alike and some ten times faster than readers in Python; it
gives values, not looks, so number formats come from outside where they are known.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.errors import DocumentError
from curate.parsers.office.numbers import cell_text
from curate.parsers.office.rust import panics_as_corrupt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Looks:
    """What calamine does not tell of a sheet's numbers, by their places."""

    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    wide: Mapping[tuple[int, int], int] = field(default_factory=dict)  # those no double can hold

    def text(self, value: object, place: tuple[int, int]) -> str:
        """Return the text of a cell."""
        if type(value) is float:
            value = self.wide.get(place, value)
        return cell_text(value, self.formats.get(place, ""))


@dataclass(slots=True)
class Book:
    """A workbook that calamine has opened."""

    _workbook: Any
    count: int
    truncated: bool = field(default=False)  # whether the last sheet was cut
    broken: bool = field(default=False)  # whether a sheet could not be read

    def sheets(self) -> Iterator[tuple[str, bool]]:
        """Return the names of the sheets, and whether each is hidden."""
        from python_calamine import SheetVisibleEnum

        for sheet in self._workbook.sheets_metadata:
            yield sheet.name, sheet.visible != SheetVisibleEnum.Visible

    def rows(self, name: str, looks: Looks, most: int) -> tuple[list[list[str]], int, int]:
        """Return a sheet's rows as text with the place of the first cell; at most so many cells."""
        from python_calamine import CalamineError

        try:
            with panics_as_corrupt():
                sheet = self._workbook.get_sheet_by_name(name)
                top, left = sheet.start or (0, 0)
                width = max(sheet.width or 1, 1)
                height = max(most, 0) // width
                self.truncated = (sheet.height or 0) > height
                values = sheet.to_python(nrows=height) if height else []
        except (CalamineError, ValueError, OverflowError, OSError):
            self.broken = self.broken or self._is_worksheet(name)
            return [], 0, 0
        if not looks.formats and not looks.wide:
            return [_texts(row) for row in values], top, left
        return (
            [
                [
                    ("" if cell.isspace() else cell)
                    if type(cell) is str
                    else looks.text(cell, (number, column))
                    for column, cell in enumerate(row, left)
                ]
                for number, row in enumerate(values, top)
            ],
            top,
            left,
        )

    def _is_worksheet(self, name: str) -> bool:
        """Tell whether a sheet has cells; a chart or a macro on a sheet of its own has none."""
        from python_calamine import SheetTypeEnum

        found = (sheet.typ for sheet in self._workbook.sheets_metadata if sheet.name == name)
        return SheetTypeEnum.WorkSheet in found


def open_book(data: bytes) -> Book:
    """Open a workbook.

    Raises:
        DocumentError: `encrypted` or `corrupt`.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with panics_as_corrupt():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise DocumentError("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError("corrupt") from error
    return Book(workbook, len(workbook.sheet_names))


def _texts(row: list[object]) -> list[str]:
    return [
        ("" if cell.isspace() else cell) if type(cell) is str else cell_text(cell) for cell in row
    ]
