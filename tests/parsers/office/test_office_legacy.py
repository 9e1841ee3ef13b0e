from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.office import read_legacy
from curate.tables.parsed import Kind
from tests.parsers.office.office_making import blob, compound, doc, of_kind, open_document, word


def test_an_old_word_document_is_read() -> None:
    parsed = read_legacy(blob(doc("One 東京.\rTwo\x0bthree\x1efour.\r"), "a.doc"))

    assert parsed.text == "One 東京.\n\nTwo\nthree-four."
    assert [e.kind for e in parsed.elements] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_signs_beyond_sixteen_bits_are_whole() -> None:
    assert read_legacy(blob(doc("𐌲𐌿\r"), "a.doc")).text == "𐌲𐌿"


def test_fields_show_their_result_and_become_links() -> None:
    text = 'See \x13 HYPERLINK "https://a.example/" \x14the page\x15 on \x13 PAGE \x14\x157.\r'

    parsed = read_legacy(blob(doc(text), "a.doc"))

    assert parsed.text == "See the page on 7."
    (link,) = parsed.elements[0].links
    assert (parsed.text[link.start : link.end], link.url) == ("the page", "https://a.example/")


def test_a_renamed_file_is_read_as_what_it_is() -> None:
    paragraph = "<w:p><w:r><w:t>new</w:t></w:r></w:p>"

    assert read_legacy(blob(word(paragraph), "a.doc")).text == "new"
    assert read_legacy(blob(rb"{\rtf1 rich\par}", "a.doc")).text == "rich"
    assert read_legacy(blob(open_document("text", "<text:p>open</text:p>"), "a.doc")).text == "open"


def test_the_xml_of_word_2003_is_read() -> None:
    xml = (
        '<?xml version="1.0"?><w:wordDocument'
        ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
        "<w:p><w:r><w:t>old xml</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>"
    )

    assert read_legacy(blob(xml.encode(), "a.doc")).text == "old xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>no office</html>", "unsupported"),
        (compound({"Other": b"x"}), "unsupported"),
        (compound({"EncryptedPackage": b"x"}), "encrypted"),
        (compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"}), "encrypted"),
        (compound({"Workbook": b"x"}), "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "corrupt"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_legacy(blob(data, "a.doc"))

    assert caught.value.code == code


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_old_document_is_read_or_refused(place: int, damage: bytes) -> None:
    data = bytearray(doc("Some words.\rMore words.\r"))
    place %= len(data) - len(damage)
    data[place : place + len(damage)] = damage

    with contextlib.suppress(DocumentError):
        parsed = read_legacy(blob(bytes(data), "a.doc"))
        assert of_kind(parsed, Kind.PARAGRAPH)
