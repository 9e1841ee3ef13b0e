from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from curate.parsers.office import read_pptx
from curate.tables.parsed import Kind, Parsed
from tests.parsers.office.office_making import blob, of_kind, shown, values

if TYPE_CHECKING:
    from typing import Any

TITLE, CONTENT, SECTION, TWO_CONTENT, TITLE_ONLY, BLANK = 0, 1, 2, 3, 5, 6


def saved(deck: Any) -> Parsed:
    data = io.BytesIO()
    deck.save(data)
    return read_pptx(blob(data.getvalue(), "a.pptx"))


def add_slide(deck: Any, layout: int, title: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def add_box(slide: Any, text: str, *, at: tuple[float, float] = (1, 3)) -> Any:
    box = slide.shapes.add_textbox(Inches(at[0]), Inches(at[1]), Inches(2), Inches(0.5))
    box.text_frame.text = text
    return box


def test_titles_are_headings_and_bullets_are_lists() -> None:
    deck = Presentation()
    slide = add_slide(deck, CONTENT, "Goals")
    frame = slide.placeholders[1].text_frame
    frame.text = "Grow"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "in Europe", 1

    parsed = saved(deck)

    assert parsed.text == "Goals\n\n- Grow\n  - in Europe"
    assert [(e.kind, e.level, e.page) for e in parsed.elements] == [
        (Kind.HEADING, 1, 1),
        (Kind.LIST, 0, 1),
    ]


def test_slides_stand_below_the_part_they_belong_to() -> None:
    deck = Presentation()
    add_slide(deck, TITLE, "Report")
    add_slide(deck, CONTENT, "Numbers")
    add_slide(deck, SECTION, "Outlook")
    add_slide(deck, CONTENT, "Risks")

    parsed = saved(deck)

    assert [(shown(parsed, e), e.level, e.parent, e.page) for e in parsed.elements] == [
        ("Report", 1, -1, 1),
        ("Numbers", 2, 0, 2),
        ("Outlook", 1, -1, 3),
        ("Risks", 2, 2, 4),
    ]


def test_columns_of_boxes_are_read_one_after_the_other() -> None:
    deck = Presentation()
    slide = add_slide(deck, BLANK)
    for text, left, top in (
        ("right body", 6, 3.1),
        ("left head", 1, 2.5),
        ("right head", 6, 2.5),
        ("left body", 1, 3.1),
    ):
        add_box(slide, text, at=(left, top))

    assert saved(deck).text.split("\n\n") == ["left head", "left body", "right head", "right body"]


def test_text_boxes_are_paragraphs_and_a_short_top_one_stands_for_the_title() -> None:
    deck = Presentation()
    slide = add_slide(deck, BLANK)
    add_box(slide, "Our plan", at=(1, 0.3))
    add_box(slide, "We start in May.")

    parsed = saved(deck)

    assert [e.kind for e in parsed.elements] == [Kind.HEADING, Kind.PARAGRAPH]


def test_speaker_notes_are_notes() -> None:
    deck = Presentation()
    slide = add_slide(deck, CONTENT, "Goals")
    slide.notes_slide.notes_text_frame.text = "Smile."

    assert of_kind(saved(deck), Kind.NOTE) == ["Smile."]


def test_a_hidden_slide_is_hidden_whole() -> None:
    deck = Presentation()
    add_slide(deck, CONTENT, "Shown")
    slide = add_slide(deck, CONTENT, "Secret")
    slide.placeholders[1].text_frame.text = "Plan B"
    slide._element.set("show", "0")

    parsed = saved(deck)

    assert of_kind(parsed, Kind.HIDDEN, "hidden_slide") == ["Secret", "Plan B"]
    assert of_kind(parsed, Kind.HEADING) == ["Shown"]


def test_what_lies_off_the_slide_or_is_too_small_is_hidden() -> None:
    deck = Presentation()
    slide = add_slide(deck, TITLE_ONLY, "Shown")
    add_box(slide, "outside", at=(20, 1))
    tiny = add_box(slide, "")
    run = tiny.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "tiny", Pt(1)

    parsed = saved(deck)

    assert of_kind(parsed, Kind.HIDDEN, "off_slide") == ["outside"]
    assert of_kind(parsed, Kind.HIDDEN, "tiny_font") == ["tiny"]


def test_tables_keep_their_header_and_merged_cells() -> None:
    deck = Presentation()
    slide = add_slide(deck, TITLE_ONLY, "Prices")
    frame = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(2))
    table = frame.table
    for number, text in enumerate(("Item", "Price", "Pen", "2", "Total", "")):
        table.cell(number // 2, number % 2).text = text
    table.cell(2, 0).merge(table.cell(2, 1))

    parsed = saved(deck)

    (found,) = [e for e in parsed.elements if e.kind is Kind.TABLE]
    assert shown(parsed, found) == "Item | Price\nPen | 2\nTotal"
    assert [p.header for p in found.parts] == [True, True, False, False, False]
    assert found.parts[-1].column_span == 2


def test_charts_are_tables_of_their_values() -> None:
    deck = Presentation()
    slide = add_slide(deck, TITLE_ONLY, "Sales")
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["May", "June"]
    data.add_series("North", (0.1 + 0.2, 5.0))
    slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(3), data
    )

    assert of_kind(saved(deck), Kind.TABLE) == [" | May | June\nNorth | 0.3 | 5"]


def test_links_of_runs_are_spans() -> None:
    deck = Presentation()
    slide = add_slide(deck, TITLE_ONLY, "Links")
    paragraph = add_box(slide, "").text_frame.paragraphs[0]
    paragraph.add_run().text = "see "
    run = paragraph.add_run()
    run.text, run.hyperlink.address = "this", "https://a.example/"

    parsed = saved(deck)

    (link,) = parsed.elements[-1].links
    assert (parsed.text[link.start : link.end], link.url) == ("this", "https://a.example/")


def test_a_footer_is_furniture_and_its_words_a_field() -> None:
    deck = Presentation()
    for title in ("One", "Two"):
        slide = add_slide(deck, CONTENT, title)
        holder = slide.placeholders[1]
        holder.text_frame.text = "Acme confidential"
        holder._element.nvSpPr.nvPr[0].set("type", "ftr")

    parsed = saved(deck)

    assert values(parsed, "footer") == ["Acme confidential"]
    assert parsed.text == "One\n\nTwo"
    assert parsed.furniture == 2


def test_descriptions_are_hidden_and_properties_are_fields() -> None:
    deck = Presentation()
    slide = add_slide(deck, TITLE_ONLY, "Team")
    box = add_box(slide, "x")
    box._element.nvSpPr.cNvPr.set("descr", "Photo of Ann Lee")
    deck.core_properties.author = "Bo Ek"

    parsed = saved(deck)

    assert of_kind(parsed, Kind.HIDDEN, "alt_text") == ["Photo of Ann Lee"]
    assert values(parsed, "author") == ["Bo Ek"]
    assert parsed.pages == 1
