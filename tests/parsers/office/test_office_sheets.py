from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from curate.parsers.office import grid, read_csv, read_ods, read_xlsx
from curate.parsers.office.headers import count_header_rows
from curate.parsers.office.numbers import cell_text
from curate.tables.parsed import Kind, Parsed
from tests.parsers.office.office_making import blob, of_kind, open_document, shown, values, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


DAY = datetime.fromisoformat("2024-03-01")


def book(*rows: Sequence[object]) -> Any:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def saved(workbook: Any) -> Parsed:
    data = io.BytesIO()
    workbook.save(data)
    return read_xlsx(blob(data.getvalue(), "a.xlsx"))


def test_a_sheet_is_a_heading_and_a_table_with_its_header() -> None:
    workbook = book(["Item", "Price"], ["Pen", 2], ["Ink", 3.5])
    workbook.active.title = "Prices"

    parsed = saved(workbook)

    assert parsed.text == "Prices\n\nItem | Price\nPen | 2\nInk | 3.5"
    heading, table = parsed.elements
    assert (heading.kind, heading.level, table.kind, table.parent) == (
        Kind.HEADING, 1, Kind.TABLE, 0,
    )  # fmt: skip
    assert [p.header for p in table.parts] == [True, True, False, False, False, False]
    assert values(parsed, "sheet") == ["Prices"]


def test_titles_and_notes_around_a_table_are_paragraphs() -> None:
    note = "Source: the finance department, unaudited figures."
    workbook = book(["Sales 2024"], ["Region", "Sum"], ["North", 5], ["South", 6], [note])

    assert of_kind(saved(workbook), Kind.PARAGRAPH) == ["Sales 2024", note]


def test_empty_rows_part_tables_and_so_do_columns_between_headed_ones() -> None:
    workbook = book(
        ["a", "b", None, "c", "d"], [1, 2, None, 3, 4], [], ["e", "f"], ["x", "y"], ["z", "w"]
    )

    assert of_kind(saved(workbook), Kind.TABLE) == [
        "a | b\n1 | 2",
        "c | d\n3 | 4",
        "e | f\nx | y\nz | w",
    ]


def test_a_header_apart_from_its_data_is_one_table_with_it() -> None:
    workbook = book(["Region", "2022", "2023"], [], ["North", 5, 6], ["South", 7, 8])

    assert of_kind(saved(workbook), Kind.TABLE) == [
        "Region | 2022 | 2023\nNorth | 5 | 6\nSouth | 7 | 8"
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "seen"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (0.0725, "0.00%", "7.25%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-12, '#,##0;(#,##0);"-"', "(12)"),
        (0, '#,##0;(#,##0);"none"', "none"),
        (9.5, '0.00 "EUR"', "9.50 EUR"),
        (9.5, "[$€-407]0.00", "€9.50"),
        (7, "000", "007"),
        (1500000, '0.0,,"M"', "1.5M"),
        (2.5, "0.##", "2.5"),
        (True, "General", "TRUE"),
        (DAY, "yyyy-mm-dd", "2024-03-01"),
        (DAY + timedelta(hours=14.5), "yyyy-mm-dd hh:mm", "2024-03-01 14:30"),
        (date(2024, 3, 1), "dd.mm.yyyy", "2024-03-01"),
        (123456789012345, "0", "123456789012345"),
        (4012888888881881, "General", "4012888888881881"),
        (-4012888888881881, "General", "-4012888888881881"),
        (4012888888881881, "#,##0", "4,012,888,888,881,881"),
        (4012888888881881, "0000 0000 0000 0000", "4012 8888 8888 1881"),
        (1e20, "General", "100000000000000000000"),
        (1e300, "General", "1e+300"),
        (123456789, "000-00-0000", "123-45-6789"),
        (5551234567, "[<=9999999]###-####;(###) ###-####", "(555) 123-4567"),
        (-5, "[Red][<0]0.0;0", "-5.0"),
    ],
)
def test_values_are_written_as_people_see_them(value: object, pattern: str, seen: str) -> None:
    workbook = book(["Name", "Value"], ["x", value])
    workbook.active["B2"].number_format = pattern

    assert saved(workbook).text.endswith(f"x | {seen}")


@pytest.mark.parametrize(
    ("written", "pattern", "seen"),
    [
        ("9876543210987654321", "General", "9876543210987654321"),
        ("-9876543210987654321.0", "General", "-9876543210987654321"),
        ("9876543210987654321", "#,##0.00", "9,876,543,210,987,654,321.00"),
        ("9.876543210987655E+18", "General", "9876543210987655000"),
        ("4200000000000000.5", "General", "4200000000000000.5"),
        ("0.30000000000000004", "General", "0.3"),
    ],
)
def test_a_number_keeps_the_digits_that_the_file_writes(
    written: str, pattern: str, seen: str
) -> None:
    workbook, data = book(["Name", "Value"], ["x", 777]), io.BytesIO()
    workbook.active["B2"].number_format = pattern
    workbook.save(data)
    with zipfile.ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v>777<", b"<v>" + written.encode() + b"<")

    parsed = read_xlsx(blob(zipped(parts), "a.xlsx"))

    assert parsed.text.endswith(f"x | {seen}")


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.text('#0,.%;"_ ()-$E+?*\\[]@', max_size=12)
)
def test_any_number_format_gives_some_text(value: float, pattern: str) -> None:
    assert isinstance(cell_text(value, pattern), str)


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_keep_all_their_digits(value: int) -> None:
    assert cell_text(float(value)) == str(value)


def test_hidden_sheets_rows_and_columns_are_apart() -> None:
    workbook = book(["Name", "Pay"], ["Ann", 10], ["Bo", 20], ["Cy", 30])
    workbook.active.row_dimensions[3].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    for name, state in (("Away", "hidden"), ("Gone", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet["A1"], sheet.sheet_state = f"in {name}", state

    parsed = saved(workbook)

    assert of_kind(parsed, Kind.TABLE) == ["Name\nAnn\nCy"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_row") == ["Bo | 20"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_column") == ["Pay\n10\n30"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_sheet") == ["Away", "in Away", "Gone", "in Gone"]


def test_merged_and_linked_cells_keep_reach_and_address() -> None:
    workbook = book(["Group", None, "Else"], ["a", "b", "c"], ["x", "y", "z"])
    workbook.active.merge_cells("A1:B1")
    workbook.active["A3"].hyperlink = "https://a.example/"

    parsed = saved(workbook)

    (table,) = [e for e in parsed.elements if e.kind is Kind.TABLE]
    assert shown(parsed, table) == "Group | Else\na | b | c\nx | y | z"
    assert (table.parts[0].column_span, table.parts[1].column) == (2, 2)
    assert [link.url for link in table.links] == ["https://a.example/"]


def test_comments_charts_and_headers_are_read() -> None:
    workbook = book(["Month", "Sum"], ["May", 3], ["June", 4])
    sheet = workbook.active
    sheet["B2"].comment = Comment("Why so low?", "Jo Doe")
    sheet.oddHeader.left.text = "&BAcme Ltd&B"
    sheet.oddFooter.center.text = "Page &P"
    chart = BarChart()
    chart.title = "Sums"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")

    parsed = saved(workbook)

    assert of_kind(parsed, Kind.COMMENT) == ["Why so low?"]
    assert values(parsed, "comment_author") == ["Jo Doe"]
    assert values(parsed, "header") == ["Acme Ltd"]
    assert of_kind(parsed, Kind.CAPTION) == ["Sums"]


def test_rows_beyond_the_limit_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curate.parsers.office.workbook.MOST_CELLS", 6)

    parsed = saved(book(["a", "b"], [1, 2], [3, 4], [5, 6]))

    assert parsed.notes == ("truncated",)
    assert of_kind(parsed, Kind.TABLE) == ["a | b\n1 | 2\n3 | 4"]
    assert grid.MOST_CELLS > 100_000


@pytest.mark.parametrize("corner", ["A1048576", "XFD1048576", "ZZ20000", "AMJ900000"])
def test_a_lone_cell_far_away_hides_no_row_and_does_not_fill_the_memory(corner: str) -> None:
    workbook = book(["Item", "Price"], ["Pen", 2], ["Ink", 3.5])
    workbook.active[corner] = "far"
    workbook.create_sheet("Other")["A1"] = "near"

    parsed = saved(workbook)

    assert of_kind(parsed, Kind.TABLE) == ["Item | Price\nPen | 2\nInk | 3.5"]
    assert parsed.text.endswith("far\n\nOther\n\nnear")
    assert parsed.notes == ()


def test_a_cell_in_the_last_column_hides_no_row_of_a_long_table() -> None:
    workbook = book(["Item", "Price"], *([f"Pen {place}", place] for place in range(300)))
    workbook.active["XFD1"] = "far"

    assert "Pen 299 | 299" in saved(workbook).text


def test_what_is_said_of_cells_follows_them_when_far_ones_are_drawn_near() -> None:
    workbook = book(["Group", None, "Else"], ["a", "b", "c"], ["x", "y", "z"])
    sheet = workbook.active
    sheet.merge_cells("A1:B1")
    for column, value in (("QQ", "Name"), ("QR", "Secret"), ("QS", "Share")):
        sheet[f"{column}900000"] = value
    sheet["QQ900001"], sheet["QR900001"], sheet["QS900001"] = "Bo", "Jim", 0.25
    sheet["QS900001"].number_format = "0%"
    sheet["QQ900001"].hyperlink = "https://a.example/"
    sheet.column_dimensions["QR"].hidden = True

    parsed = saved(workbook)

    first, second = [e for e in parsed.elements if e.kind is Kind.TABLE]
    assert shown(parsed, first) == "Group | Else\na | b | c\nx | y | z"
    assert first.parts[0].column_span == 2
    assert shown(parsed, second) == "Name | Share\nBo | 25%"
    assert [link.url for link in second.links] == ["https://a.example/"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_column")[0].split() == ["Secret", "Jim"]


def test_a_far_cell_that_is_only_formatted_takes_no_room() -> None:
    workbook = book(["Item", "Price"], ["Pen", 2], ["Ink", 3.5])
    workbook.active["XFD1048576"].number_format = "0.00"

    assert saved(workbook).text == "Sheet\n\nItem | Price\nPen | 2\nInk | 3.5"


def test_cells_scattered_over_a_whole_sheet_are_cut_and_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("curate.parsers.office.workbook.MOST_AREA", 1000)
    monkeypatch.setattr("curate.parsers.office.workbook.MOST_CELLS", 500)
    workbook = book(["Item", "Price"], ["Pen", 2])
    for place in range(2, 100):
        workbook.active.cell(place * 50, place * 50, f"stray {place}")

    parsed = saved(workbook)

    assert parsed.notes == ("truncated",)
    assert parsed.text.startswith("Sheet\n\nItem | Price\nPen | 2")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([["Name", "Age"], ["Ann", "31"], ["Bo", "4"]], 1),
        ([["1", "2"], ["3", "4"]], 0),
        ([["Region", "2022", "2023"], ["North", "5", "6"]], 1),
        ([["yes", "no"], ["yes", "yes"]], 0),
        ([["", "Sales", "", ""], ["Region", "Q1", "Q2", "Q3"], ["North", "1", "2", "3"]], 2),
        ([["only"]], 0),
    ],
)
def test_headers_are_told_from_data(rows: list[list[str]], count: int) -> None:
    assert count_header_rows(rows) == count


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = [["name", "note"], ["Ann", "a b"], ["Bo", "c d"]]

    parsed = read_csv(blob("\n".join(map(delimiter.join, lines)).encode()))

    assert parsed.text == "name | note\nAnn | a b\nBo | c d"


def test_quotes_hold_delimiters_and_line_ends() -> None:
    parsed = read_csv(blob(b'name;note\n"Lee; Ann";"two\nlines"\n"say ""hi""";x\n'))

    assert parsed.text == 'name | note\nLee; Ann | two lines\nsay "hi" | x'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    text = "Straße;Größe\nMüller Allee;für über zwölf Bäume\nKönigsweg;schön früh am Fluß\n"

    assert "für über zwölf Bäume" in read_csv(blob(text.encode(encoding))).text


def test_ragged_rows_titles_and_stated_separators() -> None:
    parsed = read_csv(blob(b"sep=;\nPrice list;;\nitem;price;note\npen;2\nink;3;blue;extra\n"))

    assert parsed.text == "Price list\n\nitem | price | note\npen | 2\nink | 3 | blue | extra"


def test_a_quote_that_never_closes_does_not_swallow_the_file() -> None:
    lines = ["a,b", '"x,1'] + [f"row{n},{n}" for n in range(200)]

    parsed = read_csv(blob("\n".join(lines).encode()))

    assert parsed.text.count("\n") == 201


@given(st.lists(st.lists(st.text('abc12,;"\n é', max_size=6), min_size=1, max_size=4), max_size=6))
def test_cells_of_delimited_tables_are_spans_of_the_text(rows: list[list[str]]) -> None:
    text = "name,value\n" + "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )

    parsed = read_csv(blob(text.encode()))

    for element in parsed.elements:
        assert all(element.start <= p.start <= p.end <= element.end for p in element.parts)


def test_sheets_of_open_document_show_what_people_see() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    automatic = (
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    body = (
        '<table:table table:name="Prices"><table:table-row>'
        + cell("Item") + cell("Price") + "</table:table-row><table:table-row>"
        + cell("Pen") + cell("2,50 €", 'office:value="2.5"')
        + '</table:table-row><table:table-row table:visibility="collapse">'
        + cell("Ink") + cell("3,00 €")
        + '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>'
        '<table:table table:name="Away" table:style-name="off"><table:table-row>' + cell("secret")
        + "</table:table-row></table:table>"
    )  # fmt: skip

    parsed = read_ods(blob(open_document("spreadsheet", body, automatic=automatic), "a.ods"))

    assert of_kind(parsed, Kind.TABLE) == ["Item | Price\nPen | 2,50 €"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_row") == ["Ink | 3,00 €"]
    assert of_kind(parsed, Kind.HIDDEN, "hidden_sheet") == ["Away", "secret"]


@pytest.mark.parametrize(
    ("shown_text", "value", "seen"),
    [
        ("4,01288888888188E+15", "4012888888881881", "4012888888881881"),
        ("4.01288888888188E+015", "4.012888888881881E+015", "4012888888881881"),
        ("1.5E+06", "1500000", "1.5E+06"),
        ("6.02E+23", "6.02214076E+23", "6.02E+23"),
        ("7,25 %", "0.0725", "7,25 %"),
        ("", "4012888888881881", "4012888888881881"),
        ("", "7.0", "7"),
        ("", "no number", ""),
    ],
)
def test_a_number_that_a_sheet_shortens_keeps_its_digits(
    shown_text: str, value: str, seen: str
) -> None:
    paragraph = f"<text:p>{shown_text}</text:p>" if shown_text else ""
    body = (
        '<table:table table:name="Cards"><table:table-row><table:table-cell><text:p>Ann</text:p>'
        f'</table:table-cell><table:table-cell office:value="{value}">{paragraph}'
        "</table:table-cell></table:table-row></table:table>"
    )

    parsed = read_ods(blob(open_document("spreadsheet", body), "a.ods"))

    assert parsed.text == f"Cards\n\nAnn | {seen}".removesuffix(" | ")


def test_a_sheet_that_cannot_be_read_is_noted_and_the_others_are_kept() -> None:
    workbook, data = book(["Name", "Value"], ["x", 777]), io.BytesIO()
    workbook.create_sheet("Second")["A1"] = 888
    workbook.create_chartsheet("Chart")
    workbook.save(data)
    with zipfile.ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    whole = read_xlsx(blob(zipped(parts), "a.xlsx"))
    parts[sheet] = parts[sheet].replace(b"<v>888<", b"<v>8x8<")

    parsed = read_xlsx(blob(zipped(parts), "a.xlsx"))

    assert (whole.notes, parsed.notes) == ((), ("damaged",))
    assert "x | 777" in parsed.text
