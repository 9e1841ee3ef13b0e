from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib import colors

from curate.parsers.pdf import read_pdf
from curate.tables.parsed import Kind
from tests.parsers.pdf.drawn import PROSE, blob, grid, lines, of_kind, read, table_pdf, texts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SALES = [
    ["Region", "2022", "2023", "Change"],
    ["North", "1,204", "1,310", "8.8%"],
    ["South", "988", "1,002", "1.4%"],
    ["East", "450", "377", "-16.2%"],
]
_WORDS = ("these", "few", "words", "were", "pulled", "apart", "to", "reach", "the", "margin")
LINE = [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    document = read_pdf(blob(table_pdf(SALES)))

    assert grid(document) == SALES
    assert document.text.splitlines()[1] == "North | 1,204 | 1,310 | 8.8%"


def test_a_table_without_rules_is_read_cell_by_cell() -> None:
    document = read_pdf(blob(table_pdf(SALES, *LINE)))

    assert grid(document) == SALES


def test_the_first_row_is_a_header() -> None:
    document = read_pdf(blob(table_pdf(SALES)))

    parts = of_kind(document, Kind.TABLE)[0].parts
    assert [p.header for p in parts] == [True] * 4 + [False] * 12


def test_a_cell_over_columns_and_one_over_rows_are_spans() -> None:
    rows = [
        ["Item", "Amount", ""],
        ["", "net", "gross"],
        ["Freight", "10", "12"],
        ["Toll", "3", "4"],
    ]
    ruled = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    spans = (("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)))

    document = read_pdf(blob(table_pdf(rows, ruled, *spans)))

    parts = {document.text[p.start : p.end]: p for p in of_kind(document, Kind.TABLE)[0].parts}
    assert (parts["Amount"].column_span, parts["Amount"].row_span) == (2, 1)
    assert (parts["Item"].column_span, parts["Item"].row_span) == (1, 2)
    assert (parts["gross"].row, parts["gross"].column) == (1, 2)


def test_a_wrapped_cell_stays_one_cell() -> None:
    rows = [
        ["Part", "Remark", "Pieces"],
        ["Bolt", "zinc plated,\nwith washer", "40"],
        ["Nut", "plain", "80"],
    ]

    document = read_pdf(blob(table_pdf(rows)))

    assert grid(document)[1] == ["Bolt", "zinc plated, with washer", "40"]


def test_prose_in_two_columns_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for n in range(14):
            canvas.drawString(60, 700 - 14 * n, f"Left {n} runs from edge to edge of it all")
            canvas.drawString(330, 700 - 14 * n, f"Right {n} runs from edge to edge of it all")

    document = read(page)

    assert not of_kind(document, Kind.TABLE)


def test_a_justified_line_with_wide_spaces_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE[:1])
        x = 72.0
        for word in _WORDS:
            canvas.drawString(x, 688, word)
            x += canvas.stringWidth(word, "Helvetica", 10) + 9
        lines(canvas, PROSE[1:], at=(72, 676))

    document = read(page)

    assert not of_kind(document, Kind.TABLE)


def test_a_frame_around_prose_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(60, 600, 480, 120)
        lines(canvas, PROSE)

    document = read(page)

    assert texts(document, Kind.PARAGRAPH) == [" ".join(PROSE)]


def test_a_caption_above_a_table_is_an_element_of_its_own() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Table 3: Sales by region"], at=(72, 650))
        for r, row in enumerate(SALES):
            for c, cell in enumerate(row):
                canvas.drawString(72 + 90 * c, 620 - 15 * r, cell)

    document = read(page)

    assert texts(document, Kind.CAPTION) == ["Table 3: Sales by region"]
    assert grid(document) == SALES


def test_text_around_a_table_keeps_its_order() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Before the table."], at=(72, 680))
        for r, row in enumerate(SALES):
            for c, cell in enumerate(row):
                canvas.drawString(72 + 90 * c, 620 - 15 * r, cell)
        lines(canvas, ["After the table."], at=(72, 520))

    document = read(page)

    kinds = [e.kind for e in document.elements]
    assert kinds == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]


def test_a_table_on_its_side_is_read_upright() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rotate(90)
        for r, row in enumerate(SALES):
            for c, cell in enumerate(row):
                canvas.drawString(100 + 90 * c, -100 - 15 * r, cell)

    document = read(page)

    assert grid(document) == SALES


def test_a_table_that_goes_on_over_the_page_is_one_and_names_its_columns_once() -> None:
    rows = [
        ["Number", "Ship", "Tons"],
        *([str(n), f"Ship {n}", str(70 * n)] for n in range(1, 161)),
    ]

    document = read_pdf(blob(table_pdf(rows)))

    assert document.pages > 3
    assert len(of_kind(document, Kind.TABLE)) == 1
    assert grid(document) == rows


def test_a_table_of_contents_is_lines_and_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for n, title in enumerate(("Ships", "Cranes", "Sheds", "Tolls")):
            canvas.drawString(72, 700 - 14 * n, f"{title} " + "." * (90 - 2 * len(title)))
            canvas.drawString(500, 700 - 14 * n, str(3 + 4 * n))

    document = read(page)

    assert not of_kind(document, Kind.TABLE)
    assert "Cranes … 7" in document.text.splitlines()


def test_a_page_of_endless_rules_is_cut_short_and_says_so() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE)
        for n in range(9_000):
            canvas.line(n % 600, 0, n % 600, 20 + n % 500)

    document = read(page)

    assert document.notes == ("truncated",)
    assert PROSE[0] in document.text
