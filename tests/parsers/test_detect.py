from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.parsers.detect import detect, detect_file

if TYPE_CHECKING:
    from pathlib import Path

OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = OOXML + "wordprocessingml.document"
XLSX = OOXML + "spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
PPTX = OOXML + "presentationml.presentation"


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, "x" * 50)
    return file.getvalue()


def compound(*streams: str) -> bytes:
    """Return an OLE2 file that holds nothing but a directory."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 76, 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", *streams):
        written = name.encode("utf-16-le") + b"\0\0"
        directory += written.ljust(64, b"\0") + struct.pack("<H", len(written)) + b"\0" * 62
    return bytes(header) + table + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.7\n", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.pdf", "image/png"),
        (b"<html><body>x", "a.docx", "text/html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "a", "text/html"),
        ("<html><p>x".encode("utf-16"), "a.doc", "text/html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'><p>x</p></html>", "a.xml", "text/html"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "a", "application/xml"),
        (b"<list><a>1</a></list>", "a.xml", "application/xml"),
        (b"<svg xmlns='x'></svg>", "a.svg", "image/svg+xml"),
        (b"{\\rtf1 x}", "a.doc", "application/rtf"),
        (b'{"a": 1}', "a", "application/json"),
        (b'{"a": 1}\n{"a": 2}\n', "a.json", "application/json"),
        (b'{"a": 1}\n{"a": 2}\n', "export", "application/jsonl"),
        (b'{"a": 1}', "a.jsonl", "application/jsonl"),
        (b"[see above] it says", "a.txt", "text/plain"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"a\tb\n", "a.TSV", "text/tab-separated-values"),
        (b"# Title\n", "a.md", "text/markdown"),
        (b"a: 1\n", "a.yml", "application/yaml"),
        (b"plain words", "a.unknown", "text/plain"),
        (b"BMW and PAR1 and ID3", "a.txt", "text/plain"),
        (b"", "a.md", "text/markdown"),
        (b"", "", "text/plain"),
        (
            b"From jane@x.example Mon Jan  1 10:00:00 2024\nSubject: x\n\nhi",
            "a",
            "application/mbox",
        ),
        (
            b"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: y\n\nhi",
            "mail",
            "message/rfc822",
        ),
        (b"Subject: x\n\nhi", "a.eml", "message/rfc822"),
        (b"Note: read this\nFrom: here on\n\nhi", "a.txt", "text/plain"),
        (b"\x00\x01\x02\xff" * 100, "a.txt", "application/octet-stream"),
        ("Grüße".encode("utf-16-le") * 20, "a.txt", "text/plain"),
    ],
)
def test_content_decides_before_the_name(data: bytes, name: str, media_type: str) -> None:
    assert detect(data, name) == media_type


@pytest.mark.parametrize(
    ("names", "first", "media_type"),
    [
        (("[Content_Types].xml", "word/document.xml"), None, DOCX),
        (("[Content_Types].xml", "xl/workbook.xml"), None, XLSX),
        (("[Content_Types].xml", "ppt/presentation.xml"), None, PPTX),
        (
            ("content.xml",),
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (("META-INF/container.xml",), ("mimetype", "application/epub+zip"), "application/epub+zip"),
        (("META-INF/container.xml", "book.opf"), None, "application/epub+zip"),
        (("notes.txt", "word/readme.txt"), None, "application/zip"),
    ],
)
def test_a_zip_is_what_lies_inside_whatever_its_name(
    names: tuple[str, ...], first: tuple[str, str] | None, media_type: str
) -> None:
    assert detect(zipped(*names, first=first), "a.bin") == media_type


def test_the_head_of_a_zip_is_enough_where_its_first_names_tell() -> None:
    data = zipped("[Content_Types].xml", "word/document.xml", "word/styles.xml")

    assert detect(data[:150], "a.bin") == DOCX


@pytest.mark.parametrize(
    ("streams", "media_type"),
    [
        (("WordDocument", "1Table"), "application/msword"),
        (("Workbook",), "application/vnd.ms-excel"),
        (("PowerPoint Document",), "application/vnd.ms-powerpoint"),
        (("__properties_version1.0",), "application/vnd.ms-outlook"),
        (("EncryptionInfo", "EncryptedPackage"), "application/x-encrypted-ooxml"),
        (("Something",), "application/octet-stream"),
    ],
)
def test_a_compound_file_is_told_by_its_streams(streams: tuple[str, ...], media_type: str) -> None:
    assert detect(compound(*streams), "a.docx") == media_type


def test_a_file_is_read_as_far_as_it_takes_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(
        zipped(
            *(f"customXml/item{n}.xml" for n in range(2_000)),
            "[Content_Types].xml",
            "xl/workbook.xml",
        )
    )

    assert detect_file(path) == XLSX


@given(st.binary(max_size=2_000), st.sampled_from(["a.txt", "b.docx", "c", "d.doc", "e.pdf"]))
def test_any_bytes_have_a_type(data: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert "/" in detect(start + data, name)
