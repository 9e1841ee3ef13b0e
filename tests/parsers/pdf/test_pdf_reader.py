from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from curate.errors import DocumentError
from curate.parsers.pdf import read_pdf
from curate.tables.parsed import Kind
from tests.parsers.pdf.drawn import HEIGHT, PROSE, WIDTH, blob, draw, lines, of_kind, read, texts

if TYPE_CHECKING:
    from collections.abc import Callable


def _prose(canvas: Canvas) -> None:
    lines(canvas, PROSE)


def _column(x: float, words: str) -> Callable[[Canvas], None]:
    """Return a drawer of a justified column of 12 lines."""

    def drawn(canvas: Canvas) -> None:
        lines(
            canvas,
            [f"{words} line {n} fills the column edge to edge" for n in range(12)],
            at=(x, 700),
        )

    return drawn


def test_lines_of_a_paragraph_are_joined_into_running_text() -> None:
    document = read(_prose)

    assert texts(document, Kind.PARAGRAPH) == [" ".join(PROSE)]


def test_two_columns_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        for n in range(12):
            for x, name in ((60, "Left"), (330, "Right")):
                canvas.drawString(x, 700 - 14 * n, f"{name} {n} runs from edge to edge of it all")

    document = read(page)

    assert document.text.index("Left 11") < document.text.index("Right 0")


def test_a_word_broken_at_the_line_end_is_made_whole() -> None:
    document = read(lambda c: lines(c, [f"{PROSE[0]} some infor-", f"mation {PROSE[1]}"]))

    assert "some information the drivers" in document.text


def test_a_compound_keeps_its_hyphen_where_the_document_writes_it_so() -> None:
    first = f"Our long-term plan stands and {PROSE[0]} long-"

    document = read(lambda c: lines(c, [first, f"term {PROSE[1]}"], size=8))

    assert document.text.count("long-term") == 2


def test_larger_lines_are_headings_with_levels_by_size() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Annual report"], at=(72, 640), size=20)
        lines(canvas, ["Transport"], at=(72, 600), size=14)
        lines(canvas, PROSE, at=(72, 580))
        lines(canvas, ["Storage"], at=(72, 500), size=14)
        lines(canvas, PROSE, at=(72, 480))

    document = read(page)

    headings = of_kind(document, Kind.HEADING)
    assert texts(document, Kind.HEADING) == ["Annual report", "Transport", "Storage"]
    assert [h.level for h in headings] == [1, 2, 2]
    assert headings[2].parent == 0


def test_numbers_of_headings_tell_their_levels() -> None:
    def page(canvas: Canvas) -> None:
        for n, title in enumerate(("1 Scope", "1.1 Terms", "1.1.1 Units")):
            lines(canvas, [title], at=(72, 700 - 100 * n), font="Helvetica-Bold", size=11)
            lines(canvas, PROSE, at=(72, 680 - 100 * n))

    document = read(page)

    assert [h.level for h in of_kind(document, Kind.HEADING)] == [1, 2, 3]


def test_bullets_and_numbers_make_lists_with_depth() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE)
        lines(canvas, ["• Open the box", "• Read the note"], at=(80, 620))
        lines(canvas, ["• twice"], at=(100, 596))
        lines(canvas, PROSE, at=(72, 560))
        lines(canvas, ["1. Sign it", "2. Send it"], at=(80, 480))

    document = read(page)

    assert texts(document, Kind.LIST) == [
        "- Open the box\n- Read the note\n  - twice",
        "1. Sign it\n2. Send it",
    ]


def test_every_element_has_its_page_and_a_box_inside_of_it() -> None:
    document = read(_prose, _prose)

    assert [e.page for e in document.elements] == [1, 2]
    for element in document.elements:
        left, top, right, bottom = element.box
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT


def test_a_box_lies_on_the_page_as_it_is_shown_when_the_page_is_turned() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(0, 0)
        canvas.rotate(90)
        lines(canvas, PROSE, at=(72, -100))

    document = read(page)

    left, top, right, _ = document.elements[0].box
    assert document.text == " ".join(PROSE)
    assert (left, top) == pytest.approx((72, 92), abs=4)
    assert right < HEIGHT


def test_a_link_is_a_span_of_the_text_it_stands_on() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, [PROSE[0], "See the manual for more."])
        left = 72 + canvas.stringWidth("See the ", "Helvetica", 10)
        right = left + canvas.stringWidth("manual", "Helvetica", 10)
        canvas.linkURL("https://example.org/m", (left, 685, right, 698))

    document = read(page)

    links = [link for element in document.elements for link in element.links]
    assert [(document.text[k.start : k.end], k.url) for k in links] == [
        ("manual", "https://example.org/m")
    ]


def test_title_and_author_come_from_the_properties() -> None:
    document = read_pdf(blob(draw(_prose, title="Harbour report", author="A. Writer")))

    assert document.title == "Harbour report"
    assert [(f.name, f.value) for f in document.fields if f.name == "author"] == [
        ("author", "A. Writer")
    ]
    assert document.created is not None
    assert document.created.startswith("2000-01-01")


def test_a_file_name_is_no_title() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Harbour report"], at=(72, 650), size=18)
        lines(canvas, PROSE, at=(72, 600))

    document = read_pdf(blob(draw(page, title="Microsoft Word - final_v3.docx")))

    assert document.title == "Harbour report"


def test_the_outline_names_headings_and_their_levels() -> None:
    def page(canvas: Canvas) -> None:
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Quiet words", "a", level=0)
        lines(canvas, ["Quiet words"], at=(72, 650))
        lines(canvas, PROSE, at=(72, 600))

    document = read(page)

    assert texts(document, Kind.HEADING) == ["Quiet words"]


def test_slanted_letters_on_a_level_line_are_read_like_others() -> None:
    def page(canvas: Canvas) -> None:
        for number, line in enumerate(PROSE):
            text = canvas.beginText()
            text.setFont("Helvetica", 10)
            text.setTextTransform(1, 0, 0.3, 1, 72, 700 - 12 * number)
            text.textOut(line)
            canvas.drawText(text)

    assert read(page).text == " ".join(PROSE)


def test_short_lines_keep_their_line_breaks() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE)
        lines(canvas, ["Harbour Office", "1 Quay Street", "Port Town"], at=(72, 600))

    document = read(page)

    assert texts(document, Kind.PARAGRAPH)[1] == "Harbour Office\n1 Quay Street\nPort Town"


def test_code_keeps_its_lines_and_indents() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE)
        lines(canvas, ["if ready:", "    go()"], at=(72, 620), font="Courier", size=9)

    document = read(page)

    assert texts(document, Kind.CODE) == ["if ready:\n    go()"]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    document = read(
        lambda c: lines(c, PROSE[:3], at=(72, 110)),
        lambda c: lines(c, [*PROSE[3:], PROSE[0]], at=(72, 690)),
    )

    assert f"{PROSE[2]} {PROSE[3]}" in document.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"not a pdf", "corrupt"),
        (b"%PDF-1.4\n" + b"\0" * 500, "corrupt"),
        (draw(lambda _: None), "empty"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_pdf(blob(data))

    assert caught.value.code == code


def test_a_locked_file_is_told_and_one_with_an_empty_password_is_read() -> None:
    def locked(password: str) -> bytes:
        buffer = io.BytesIO()
        lock = StandardEncryption(password, ownerPassword="owner")
        canvas = Canvas(buffer, pagesize=letter, encrypt=lock)
        _prose(canvas)
        canvas.save()
        return buffer.getvalue()

    with pytest.raises(DocumentError, match="encrypted"):
        read_pdf(blob(locked("secret")))

    assert PROSE[0] in read_pdf(blob(locked(""))).text


def test_without_tables_the_text_is_the_same_words() -> None:
    data = draw(_prose, _prose)

    assert read_pdf(blob(data), tables=False).text == read_pdf(blob(data)).text


def test_reading_twice_gives_equal_documents() -> None:
    data = draw(_prose, _column(72, "Some"))

    assert read_pdf(blob(data)) == read_pdf(blob(data))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    damaged = bytearray(draw(_prose, _column(72, "Some")))
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    outcome = _outcome(bytes(damaged))

    assert outcome in {"read", "corrupt", "empty", "encrypted", "scanned"}


def _outcome(data: bytes) -> str:
    try:
        document = read_pdf(blob(data))
    except DocumentError as error:
        return error.code
    whole = all(0 <= e.start <= e.end <= len(document.text) for e in document.elements)
    return "read" if whole else "broken"
