from __future__ import annotations

from typing import TYPE_CHECKING

from tests.parsers.pdf.drawn import PROSE, lines, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas


def _page(number: int, head: str = "Harbour report") -> Callable[[Canvas], None]:
    def drawn(canvas: Canvas) -> None:
        lines(canvas, [head], at=(72, 760))
        lines(canvas, [f"Section {number} says this. {PROSE[0]}", *PROSE[1:]], at=(72, 700), size=9)
        lines(canvas, [f"- {number} -"], at=(300, 30))

    return drawn


def test_running_heads_and_page_numbers_are_left_out_and_counted() -> None:
    document = read(*(_page(n) for n in range(1, 7)))

    assert "Harbour report" not in document.text
    assert "- 3 -" not in document.text
    assert document.furniture == 12


def test_text_that_differs_from_page_to_page_is_kept() -> None:
    heads = ["Ships", "Cranes", "Sheds", "Tolls", "Staff", "Rules"]

    document = read(*(_page(n, head) for n, head in enumerate(heads)))

    assert all(head in document.text for head in heads)


def test_a_single_page_loses_the_head_that_carries_its_number() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["HARBOUR REPORT"], at=(72, 750), size=8)
        lines(canvas, ["17"], at=(520, 750), size=8)
        lines(canvas, PROSE)

    document = read(page)

    assert document.text == " ".join(PROSE)
    assert document.furniture == 1


def test_text_that_climbs_up_the_margin_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, PROSE)
        canvas.rotate(90)
        lines(canvas, ["Downloaded on a Monday"], at=(200, -30))

    document = read(page)

    assert document.text == " ".join(PROSE)


def test_a_title_at_the_top_of_a_page_is_kept() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Harbour report"], at=(72, 750), size=20)
        lines(canvas, PROSE)

    assert read(page).title == "Harbour report"


def test_a_file_whose_pages_say_one_line_each_is_not_all_furniture() -> None:
    document = read(*(lambda c: lines(c, ["A single line"]) for _ in range(6)))

    assert document.text.count("A single line") == 6
