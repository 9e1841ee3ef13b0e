from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_text
from curate.tables.parsed import Kind, Parsed


def read(text: str | bytes) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    return read_text(Blob(data, "a.txt", "text/plain"))


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(e.kind.value, parsed.text[e.start : e.end]) for e in parsed.elements]


def test_lines_that_a_program_wrapped_are_joined() -> None:
    wrapped = (
        "The customer may ask for a refund within thirty days of the purchase\n"
        "as long as the goods are unused and the receipt is at hand, which is\n"
        "checked by the desk."
    )

    assert read(wrapped).text == wrapped.replace("\n", " ")


def test_lines_that_are_short_on_purpose_keep_their_breaks() -> None:
    address = "Example Ltd\n1 High Street\nLondon"

    assert read(address).text == address


def test_titles_in_capitals_underlined_and_numbered_are_headings() -> None:
    parsed = read(
        "GENERAL TERMS\n\nText of it.\n\nScope\n=====\nText.\n\nDetails\n-------\n\nMore.\n\n"
        "2.1 Delivery Times\n\nThey vary.\n"
    )

    assert [(e.level, parsed.text[e.start : e.end]) for e in parsed.elements if e.level] == [
        (1, "GENERAL TERMS"),
        (1, "Scope"),
        (2, "Details"),
        (3, "2.1 Delivery Times"),
    ]


def test_numbered_items_apart_by_blank_lines_are_a_list() -> None:
    parsed = read("Steps:\n\n1. Open the box\n\n2. Take it out\n\n3. Enjoy")

    assert kinds(parsed)[1:] == [("list", "1. Open the box\n2. Take it out\n3. Enjoy")]


def test_items_carry_their_wrapped_lines_and_depth() -> None:
    parsed = read("- first item\n  goes on\n- second\n   * below\n3) third")

    assert parsed.text == "- first item\n  goes on\n- second\n  - below\n3. third".replace(
        "\n  goes", " goes"
    )


def test_columns_are_kept_as_they_stand() -> None:
    columns = "Name      Price\nBasic     1.00\nPro       2.00"

    (element,) = read(columns).elements
    assert (element.kind, read(columns).text) == (Kind.CODE, columns)


def test_rules_between_paragraphs_are_no_text() -> None:
    assert kinds(read("one\n\n-----\n\ntwo")) == [("paragraph", "one"), ("paragraph", "two")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    text = "Die Größe der Tür – “gemessen” in Fuß."

    assert read(text.encode(encoding)).text == text


def test_a_few_broken_letters_do_not_change_the_encoding() -> None:
    data = ("Größe und Gewicht " * 20).encode() + b"\xff"

    assert read(data).text.startswith("Größe und Gewicht")


def test_russian_in_an_old_encoding_is_read() -> None:
    text = "Настоящим сообщаем, что договор был подписан обеими сторонами в начале месяца. " * 5

    assert read(text.encode("cp1251")).text.startswith("Настоящим сообщаем")


def test_a_vertical_tab_is_no_line_break() -> None:
    assert read("one\x0btwo").text == "one two"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 100])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="not_text"):
        read(data)


@pytest.mark.parametrize("data", ["", " \n\t\n", "====\n\n----"])
def test_a_file_without_words_is_refused(data: str) -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read(data)


@pytest.mark.parametrize(
    "text",
    ["a " * 2_000_000, "=" * 2_000_000, "a\n" * 200_000, "1." * 500_000, " " * 2_000_000 + "a"],
)
def test_hostile_files_take_bounded_time(text: str) -> None:
    started = time.process_time()

    read("x\n\n" + text)

    assert time.process_time() - started < 6


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("abÉ \n\t-*1.=|:"))))
def test_no_letter_is_lost(text: str) -> None:
    parsed = read("word\n\n" + text)

    letters = [sign for sign in text if sign in "abÉ"]
    assert [sign for sign in parsed.text[4:] if sign in "abÉ"] == letters
