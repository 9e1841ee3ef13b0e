from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from curate.parsers.office import read_docx
from curate.tables.parsed import Kind, Parsed
from tests.parsers.office.office_making import blob, of_kind, shown, values, word

if TYPE_CHECKING:
    from docx.document import Document


def saved(document: Document) -> Parsed:
    data = io.BytesIO()
    document.save(data)
    return read_docx(blob(data.getvalue()))


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )


def listed(text: str, number: int, depth: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbering)


def level(depth: int, style: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(
    *levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def test_headings_follow_their_styles_and_lead_their_paragraphs() -> None:
    document = docx.Document()
    document.add_heading("Handbook", 0)
    document.add_heading("Leave", 1)
    document.add_paragraph("Thirty days.")
    document.add_heading("Sick leave", 2)
    document.add_paragraph("Tell us.")

    parsed = saved(document)

    assert parsed.text == "Handbook\n\nLeave\n\nThirty days.\n\nSick leave\n\nTell us."
    assert [(e.kind, e.level, e.parent) for e in parsed.elements] == [
        (Kind.HEADING, 1, -1),
        (Kind.HEADING, 1, -1),
        (Kind.PARAGRAPH, 0, 1),
        (Kind.HEADING, 2, 1),
        (Kind.PARAGRAPH, 0, 3),
    ]
    assert parsed.title == "Handbook"


@pytest.mark.parametrize("name", ["Überschrift 2", "Titre 2", "heading 2", "見出し 2"])
def test_headings_are_known_by_localised_names_of_styles(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'

    parsed = read_docx(blob(word(paragraph("Zwei", '<w:pStyle w:val="x"/>'), styles=styles)))

    assert [(e.kind, e.level) for e in parsed.elements] == [(Kind.HEADING, 2)]


def test_a_heading_may_be_one_by_its_outline_level_alone_or_by_a_style_far_above() -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="house top"/><w:pPr><w:outlineLvl w:val="0"/>'
        "</w:pPr></w:style>"
        '<w:style w:styleId="b"><w:name w:val="house"/><w:basedOn w:val="a"/></w:style>'
    )
    body = paragraph("One", '<w:outlineLvl w:val="2"/>') + paragraph("Two", '<w:pStyle w:val="b"/>')

    parsed = read_docx(blob(word(body, styles=styles)))

    assert [(e.kind, e.level) for e in parsed.elements] == [(Kind.HEADING, 3), (Kind.HEADING, 1)]


def test_styles_that_inherit_in_a_circle_end() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )

    parsed = read_docx(blob(word(paragraph("x", '<w:pStyle w:val="a"/>'), styles=styles)))

    assert parsed.text == "x"


def test_lists_bear_the_labels_that_word_draws() -> None:
    levels = numbering(
        level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "upperRoman", "%1-%3")
    )
    body = "".join(
        [listed("a", 1), listed("b", 1, 1), listed("c", 1, 1), listed("d", 1, 2), listed("e", 1)]
    )

    parsed = read_docx(blob(word(body, numbering=levels)))

    assert parsed.text == "1. a\n  a) b\n  b) c\n    1-I d\n2. e"
    (found,) = parsed.elements
    assert found.kind is Kind.LIST
    assert [(parsed.text[p.start : p.end], p.column) for p in found.parts] == [
        ("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0),
    ]  # fmt: skip


def test_a_list_may_restart_and_another_may_go_on() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = listed("a", 1) + paragraph("-") + listed("b", 1) + paragraph("-") + listed("c", 2)

    parsed = read_docx(
        blob(word(body, numbering=numbering(level(0, "decimal", "%1."), lists=lists)))
    )

    assert of_kind(parsed, Kind.LIST) == ["1. a", "2. b", "5. c"]


def test_bullets_are_dashes_and_typed_bullets_too() -> None:
    body = listed("a", 1) + listed("b", 1) + paragraph("• c")

    parsed = read_docx(blob(word(body, numbering=numbering(level(0, "bullet", "*")))))

    assert parsed.text == "- a\n- b\n- c"


def test_a_numbered_heading_keeps_its_number() -> None:
    styles = (
        '<w:style w:styleId="h"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId '
        'w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = paragraph("Scope", '<w:pStyle w:val="h"/>') + paragraph("Terms", '<w:pStyle w:val="h"/>')

    parsed = read_docx(
        blob(word(body, styles=styles, numbering=numbering(level(0, "decimal", "%1"))))
    )

    assert parsed.text == "1 Scope\n\n2 Terms"


def test_a_table_keeps_cells_spans_and_header() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in enumerate(
        (("Item", "Price", "Note"), ("Pen", "2", ""), ("Ink", "3", "blue"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(1, 2))

    parsed = saved(document)

    (found,) = [e for e in parsed.elements if e.kind is Kind.TABLE]
    assert shown(parsed, found) == "Item | Price | Note\nPen | 2\nInk | 3 | blue"
    assert [p.header for p in found.parts][:4] == [True, True, True, False]
    assert {(p.row, p.column, p.column_span) for p in found.parts} >= {(1, 1, 2), (2, 2, 1)}


def test_a_cell_merged_downwards_is_given_once() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Both"
    table.cell(0, 1).text, table.cell(1, 1).text = "one", "two"

    (found,) = (parsed := saved(document)).elements

    assert shown(parsed, found) == "Both | one\ntwo"
    assert [(p.row, p.column, p.row_span) for p in found.parts] == [(0, 0, 2), (0, 1, 1), (1, 1, 1)]


def test_a_table_inside_a_cell_follows_the_table_that_holds_it() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"cell {number}"
    inner = table.cell(0, 1).add_table(2, 2)
    for number, cell in enumerate(inner._cells):
        cell.text = f"inner {number}"

    parsed = saved(document)

    assert of_kind(parsed, Kind.TABLE) == [
        "cell 0 | cell 1\ncell 2 | cell 3",
        "inner 0 | inner 1\ninner 2 | inner 3",
    ]


def test_a_frame_of_one_cell_is_running_text() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Please note."

    assert [e.kind for e in saved(document).elements] == [Kind.PARAGRAPH]


def test_hidden_text_stands_apart_with_the_way_it_is_hidden() -> None:
    body = (
        paragraph("Seen.")
        + paragraph("vanished", look="<w:vanish/>")
        + paragraph("white", look='<w:color w:val="FFFFFF"/>')
        + paragraph("tiny", look='<w:sz w:val="2"/>')
        + paragraph("not vanished", look='<w:vanish w:val="0"/>')
    )

    parsed = read_docx(blob(word(body)))

    assert of_kind(parsed, Kind.PARAGRAPH) == ["Seen.", "not vanished"]
    assert of_kind(parsed, Kind.HIDDEN, "vanish") == ["vanished"]
    assert of_kind(parsed, Kind.HIDDEN, "white_text") == ["white"]
    assert of_kind(parsed, Kind.HIDDEN, "tiny_font") == ["tiny"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    dark = '<w:shd w:val="clear" w:fill="1F3864"/>'
    row = f"<w:tc><w:tcPr>{dark}</w:tcPr>{paragraph('Name', look=white)}</w:tc>"
    body = (
        f"<w:tbl><w:tr>{row}{row}</w:tr><w:tr>{row}{row}</w:tr></w:tbl>"
        + paragraph("a", dark, white)
        + paragraph("b", look=white + dark)
    )

    parsed = read_docx(blob(word(body)))

    assert of_kind(parsed, Kind.HIDDEN) == []
    assert parsed.text == "Name | Name\nName | Name\n\na\n\nb"


def test_tracked_changes_show_the_final_text() -> None:
    body = (
        "<w:p><w:r><w:t>We pay </w:t></w:r>"
        "<w:del><w:r><w:delText>ten</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>twenty</w:t></w:r></w:ins><w:r><w:t> days.</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>'
        + paragraph("line.")
    )

    parsed = read_docx(blob(word(body)))

    assert of_kind(parsed, Kind.PARAGRAPH) == ["We pay twenty days.", "One line."]
    assert of_kind(parsed, Kind.HIDDEN, "deleted_revision") == ["ten"]


def test_footnotes_follow_the_paragraph_and_do_not_part_a_list() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Since 2020.")}</w:footnote>'
    )
    item = listed("a", 1).replace("</w:p>", f"{reference}</w:p>")
    levels = numbering(level(0, "decimal", "%1."))

    parsed = read_docx(blob(word(item + listed("b", 1), footnotes=notes, numbering=levels)))

    assert parsed.text == "1. a\n2. b\n\nSince 2020."
    assert [e.kind for e in parsed.elements] == [Kind.LIST, Kind.FOOTNOTE]


def test_comments_are_kept_apart_with_their_authors_as_fields() -> None:
    body = '<w:p><w:r><w:t>Price</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    comments = f'<w:comment w:id="0" w:author="Jo Doe">{paragraph("too low?")}</w:comment>'

    parsed = read_docx(blob(word(body, comments=comments)))

    assert of_kind(parsed, Kind.COMMENT) == ["too low?"]
    assert values(parsed, "comment_author") == ["Jo Doe"]


def test_links_are_spans_whether_elements_or_fields() -> None:
    body = (
        '<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id="link"><w:r><w:t>the page</w:t>'
        "</w:r></w:hyperlink>"
        '<w:r><w:t> or </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://b.example" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>that</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )

    parsed = read_docx(blob(word(body)))

    assert parsed.text == "See the page or that."
    assert [(parsed.text[k.start : k.end], k.url) for k in parsed.elements[0].links] == [
        ("the page", "https://a.example/x"),
        ("that", "https://b.example"),
    ]


def test_a_header_becomes_a_field_unless_the_text_says_the_same() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Acme Ltd, 1 High Street"
    document.sections[0].footer.paragraphs[0].text = "Leave policy"
    document.add_paragraph("Leave policy")

    parsed = saved(document)

    assert values(parsed, "header") == ["Acme Ltd, 1 High Street"]
    assert values(parsed, "footer") == []
    assert parsed.furniture == 2
    assert "Acme" not in parsed.text


def test_properties_become_title_dates_and_fields() -> None:
    document = docx.Document()
    document.add_paragraph("x")
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "Policy", "Ann Lee", "Bo Ek"
    core.created = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)

    parsed = saved(document)

    assert (parsed.title, parsed.created) == ("Policy", "2024-03-01T09:00:00Z")
    assert values(parsed, "author") == ["Ann Lee"]
    assert values(parsed, "last_modified_by") == ["Bo Ek"]


def test_code_styles_make_one_block_with_its_white_space() -> None:
    styles = '<w:style w:styleId="c"><w:name w:val="Source Code"/></w:style>'
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="c"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t>'
        f"</w:r></w:p>"
        for text in ("if x:", "    go()")
    )

    parsed = read_docx(blob(word(lines + paragraph("Done."), styles=styles)))

    assert of_kind(parsed, Kind.CODE) == ["if x:\n    go()"]


def test_pages_are_those_that_word_has_last_drawn() -> None:
    body = paragraph("one") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"

    parsed = read_docx(blob(word(body)))

    assert [e.page for e in parsed.elements] == [1, 2]
    assert parsed.pages == 2


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">'
        f"<w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Anchor</w:t></w:r></w:p>"
    )

    assert read_docx(blob(word(body))).text == "Anchor\n\nBoxed"


def test_descriptions_of_pictures_are_hidden_text() -> None:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    drawing = (
        f'<w:drawing><wp:docPr xmlns:wp="{wp}" id="1" name="Picture 1" descr="A red '
        f'pump"/></w:drawing>'
    )

    parsed = read_docx(blob(word(f"<w:p><w:r><w:t>See:</w:t></w:r><w:r>{drawing}</w:r></w:p>")))

    assert of_kind(parsed, Kind.HIDDEN, "alt_text") == ["A red pump"]


def test_formulas_are_latex() -> None:
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = (
        f'<m:oMath xmlns:m="{m}"><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r>'
        f"</m:num>"
        "<m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    )

    parsed = read_docx(
        blob(word(f"<w:p>{formula}</w:p><w:p><w:r><w:t>so </w:t></w:r>{formula}</w:p>"))
    )

    assert [(e.kind, shown(parsed, e)) for e in parsed.elements] == [
        (Kind.FORMULA, r"x=\frac{a}{b}"),
        (Kind.PARAGRAPH, r"so $x=\frac{a}{b}$"),
    ]


def test_a_table_of_contents_that_repeats_headings_is_furniture() -> None:
    styles = (
        '<w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:styleId="h"><w:name w:val="heading 1"/></w:style>'
    )
    body = (
        paragraph("Leave\t3", '<w:pStyle w:val="t"/>')
        + paragraph("Only here 4", '<w:pStyle w:val="t"/>')
        + paragraph("Leave", '<w:pStyle w:val="h"/>')
    )

    parsed = read_docx(blob(word(body, styles=styles)))

    assert parsed.text == "Only here 4\n\nLeave"
    assert parsed.furniture == 1


def test_bold_lines_head_a_document_without_heading_styles() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Returns").bold = True
    document.add_paragraph("Send it back.")
    document.add_paragraph().add_run("This whole sentence is bold.").bold = True

    assert [e.kind for e in saved(document).elements] == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH,
    ]  # fmt: skip


def test_a_font_of_usual_size_is_no_hidden_text() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("x").font.size = Pt(8)

    assert [e.kind for e in saved(document).elements] == [Kind.PARAGRAPH]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_spans_always_lie_in_the_text_and_follow_each_other(texts: list[str]) -> None:
    clean = ["".join(c for c in text if c.isprintable() and c not in "<&>") for text in texts]

    parsed = read_docx(blob(word(paragraph("first") + "".join(map(paragraph, clean)))))

    places = [(element.start, element.end) for element in parsed.elements]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(parsed.text) for start, end in places)
