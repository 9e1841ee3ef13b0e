from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.office import (
    package,
    read_csv,
    read_docx,
    read_legacy,
    read_odp,
    read_ods,
    read_odt,
    read_pptx,
    read_rtf,
    read_xlsx,
)
from tests.parsers.office.office_making import W, blob, open_document, relations, word, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

ZIPPED = [read_docx, read_pptx, read_xlsx, read_odt, read_odp, read_ods]
ALL = [*ZIPPED, read_csv, read_rtf, read_legacy]


def code_of(reader: Callable[[Blob], Parsed], data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        reader(blob(data))
    return caught.value.code


@pytest.mark.parametrize("reader", ZIPPED)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip at all", zipped({"a.txt": "x"})])
def test_what_is_no_office_file_is_corrupt(reader: Callable[[Blob], Parsed], data: bytes) -> None:
    assert code_of(reader, data) == "corrupt"


@pytest.mark.parametrize("reader", [read_docx, read_pptx, read_xlsx, read_legacy])
def test_an_encrypted_file_says_so(reader: Callable[[Blob], Parsed]) -> None:
    sector = b"\xff" * 512
    name = "EncryptedPackage".encode("utf-16-le")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")

    assert code_of(reader, header + sector + name) in {"encrypted", "corrupt"}
    if reader is not read_legacy:
        assert code_of(reader, header + sector + name) == "encrypted"


def test_a_document_without_text_is_empty() -> None:
    assert code_of(read_docx, word("<w:p/>")) == "empty"
    assert code_of(read_odt, open_document("text", "<text:p/>")) == "empty"
    assert code_of(read_rtf, b"{\\rtf1 }") == "empty"
    assert code_of(read_csv, b"\n\n") == "empty"


@pytest.mark.parametrize("where", ["<w:p><w:r><w:t>&big;</w:t></w:r></w:p>", '<w:p a="&big;"/>'])
def test_entities_are_refused_and_never_expanded(where: str) -> None:
    bomb = "".join(
        f'<!ENTITY {name} "{inner * 10}">'
        for name, inner in (
            ("a", "x" * 100),
            ("b", "&a;"),
            ("c", "&b;"),
            ("d", "&c;"),
            ("big", "&d;"),
        )
    )
    document = (
        f'<!DOCTYPE w:document [{bomb}]><w:document xmlns:w="{W}"><w:body>{where}'
        f"</w:body></w:document>"
    )
    data = zipped(
        {
            "_rels/.rels": relations(("r", "officeDocument", "word/document.xml")),
            "word/document.xml": document,
        }
    )

    assert code_of(read_docx, data) in {"xml_entities", "corrupt"}


def test_an_outside_entity_is_never_fetched() -> None:
    document = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
        f"</w:document>"
    )

    assert code_of(read_docx, zipped({"word/document.xml": document})) == "xml_entities"


def test_a_zip_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_INFLATED", 1 << 16)
    long = f"<w:p><w:r><w:t>{'x' * (1 << 17)}</w:t></w:r></w:p>"

    assert code_of(read_docx, word(long)) == "too_large"


def test_a_bomb_in_a_workbook_stops_before_its_cells_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "MOST_INFLATED", 1 << 16)
    data = zipped(
        {
            "_rels/.rels": relations(("r", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": "<x>" + " " * (1 << 20) + "</x>",
        }
    )

    assert code_of(read_xlsx, data) == "too_large"


def test_a_part_with_a_password_is_encrypted() -> None:
    data = bytearray(word("<w:p/>"))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)

    assert code_of(read_docx, bytes(data)) == "encrypted"


def test_tables_nested_without_end_are_cut_and_noted() -> None:
    cell = "<w:p><w:r><w:t>deep</w:t></w:r></w:p>"
    body = "<w:tbl><w:tr><w:tc>" * 60 + cell + "</w:tc></w:tr></w:tbl>" * 60

    parsed = read_docx(blob(word("<w:p><w:r><w:t>top</w:t></w:r></w:p>" + body)))

    assert parsed.text.startswith("top")
    assert parsed.notes == ("truncated",)


def test_groups_of_rich_text_may_not_nest_without_end() -> None:
    assert code_of(read_rtf, b"{\\rtf1 " + b"{" * 100_000) == "corrupt"


def test_cells_that_look_like_formulas_stay_text() -> None:
    parsed = read_csv(blob(b"name,calc\nx,=1+1\ny,@sum\nz,-2\n"))

    assert parsed.text == "name | calc\nx | =1+1\ny | @sum\nz | -2"


def test_errors_hold_no_text_of_the_document() -> None:
    with pytest.raises(DocumentError) as caught:
        read_docx(blob(b"PK secret words"))

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("reader", ALL)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(reader: Callable[[Blob], Parsed], data: bytes) -> None:
    with contextlib.suppress(DocumentError):
        assert reader(blob(data)).elements


@given(st.integers(0, 3000), st.integers(0, 255))
def test_a_damaged_document_is_read_or_refused(place: int, value: int) -> None:
    data = bytearray(word("<w:p><w:r><w:t>Some words to be read.</w:t></w:r></w:p>" * 3))
    data[place % len(data)] = value

    with contextlib.suppress(DocumentError):
        assert read_docx(blob(bytes(data))).elements
