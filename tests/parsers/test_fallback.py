from __future__ import annotations

import socket
import subprocess
import sys
from io import BytesIO

import pytest

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.fallback import PARTITIONERS, WITH_PANDOC, can_read, read_unstructured
from curate.parsers.readers import read
from curate.tables.parsed import Kind

needs_unstructured = pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="unstructured has no release for this Python"
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@needs_unstructured
def test_a_word_document_becomes_headings_items_and_tables() -> None:
    from docx import Document

    document, file = Document(), BytesIO()
    document.add_heading("Refunds", 1)
    document.add_paragraph("The refund is paid within thirty days of the purchase.")
    document.add_paragraph("first", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    document.save(file)

    parsed = read_unstructured(Blob(file.getvalue(), "a.docx", DOCX))

    assert [e.kind for e in parsed.elements] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST,
        Kind.TABLE,
    ]
    assert parsed.text.endswith("- first\n\na | b")
    assert parsed.reader.startswith("unstructured ")


@needs_unstructured
def test_a_mail_states_its_people_and_subject() -> None:
    mail = b"From: a@b.example\nTo: c@d.example\nSubject: Hello\n\nThis is the text of the mail.\n"

    parsed = read_unstructured(Blob(mail, "a.eml", "message/rfc822"))

    assert parsed.title == "Hello"
    assert {f.name: f.value for f in parsed.fields}["from"] == "a@b.example"


@needs_unstructured
def test_a_damaged_document_is_refused_without_its_text() -> None:
    with pytest.raises(DocumentError, match=r"^corrupt$"):
        read_unstructured(Blob(b"no zip at all", "a.docx", DOCX))


@needs_unstructured
def test_nothing_found_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read_unstructured(Blob(b"<html><body> </body></html>", "a.html", "text/html"))


def test_an_unknown_type_has_no_reader() -> None:
    with pytest.raises(DocumentError, match="no_reader"):
        read_unstructured(Blob(b"x", "a.xyz", "application/x-unknown"))


@needs_unstructured
def test_what_needs_another_program_is_not_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert not any(can_read(media_type) for media_type in WITH_PANDOC)
    assert can_read("text/html")
    assert "application/vnd.ms-outlook" in PARTITIONERS


def test_importing_the_adapter_loads_nothing_heavy() -> None:
    program = (
        "import sys, curate.parsers.fallback, curate.parsers.language, curate.parsers.web\n"
        "print(*{'unstructured', 'spacy', 'fasttext', 'lxml', 'markdown_it'} & set(sys.modules))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert printed.stdout.split() == []


@needs_unstructured
def test_a_document_with_a_part_that_does_not_inflate_is_corrupt() -> None:
    from docx import Document

    document, file = Document(), BytesIO()
    for number in range(200):
        document.add_paragraph(f"The refund is paid within {number} days of the purchase.")
    document.save(file)
    data = bytearray(file.getvalue())
    start = data.index(b"word/document.xml") + 200
    data[start : start + 400] = bytes(255 - byte for byte in data[start : start + 400])

    with pytest.raises(DocumentError, match="corrupt"):
        read(Blob(bytes(data), "a.docx", DOCX), None)
