from __future__ import annotations

import struct
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.containers import members
from curate.parsers.mail import read_msg
from curate.tables.parsed import Kind, Parsed
from examples.build_company.compound import ROOT, STORAGE, STREAM, Entry, compound

MSG = "application/vnd.ms-outlook"
TEXT, BINARY, NUMBER, MOMENT = 0x001F, 0x0102, 0x0003, 0x0040


def read(data: bytes) -> Parsed:
    return read_msg(Blob(data, "m.msg", MSG))


def properties(values: dict[int, str | bytes | int], head: int) -> list[Entry]:
    """Return the streams of a storage: one for each text or binary, one with the table of all."""
    table = [bytes(head)]
    streams = []
    for tag, value in values.items():
        if isinstance(value, int):
            kind = MOMENT if value > 2**32 else NUMBER
            table.append(struct.pack("<HHIQ", kind, tag, 6, value))
            continue
        kind = TEXT if isinstance(value, str) else BINARY
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        size = len(data) + (2 if kind == TEXT else 0)
        table.append(struct.pack("<HHIII", kind, tag, 6, size, 0))
        streams.append(Entry(f"__substg1.0_{tag:04X}{kind:04X}", STREAM, data))
    return [*streams, Entry("__properties_version1.0", STREAM, b"".join(table))]


def message(values: dict[int, str | bytes | int], *storages: Entry) -> bytes:
    defaults: dict[int, str | bytes | int] = {0x001A: "IPM.Note", 0x340D: 0x00040000}
    entries = properties({**defaults, **values}, 32)
    return compound(Entry("Root Entry", ROOT, children=[*storages, *entries]))


def storage(name: str, values: dict[int, str | bytes | int]) -> Entry:
    return Entry(name, STORAGE, children=properties(values, 8))


PEOPLE = (
    storage("__recip_version1.0_#00000000", {0x3001: "Bob", 0x3003: "bob@x.org", 0x0C15: 1}),
    storage("__recip_version1.0_#00000001", {0x3001: "Cy", 0x3003: "cy@x.org", 0x0C15: 2}),
)


def test_a_message_without_headers_is_read_from_what_outlook_knows() -> None:
    since = datetime(2026, 1, 5, 0, 0, 1, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    moment = int(since.total_seconds()) * 10**7
    values: dict[int, str | bytes | int] = {
        0x0037: "Lamps",
        0x0C1A: "Ann Lee",
        0x0C1F: "ann@example.org",
        0x0039: moment,
        0x1000: "Please order.\r\n\r\nAnn\r\n\r\nFrom: Bob\r\nSent: Monday\r\nTo: Ann\r\n"
        "Subject: x\r\n\r\nOld words\r\n",
        0x1035: "<2@x>",
        0x1042: "<1@x>",
    }

    parsed = read(message(values, *PEOPLE))

    assert parsed.title == "Lamps"
    assert parsed.created == "2026-01-05T00:00:01Z"
    assert (parsed.turns[0].key, parsed.turns[0].thread) == ("2@x", "1@x")
    assert [(f.name, f.value) for f in parsed.fields] == [
        ("from", '"Ann Lee" <ann@example.org>'),
        ("to", "Bob <bob@x.org>"),
        ("cc", "Cy <cy@x.org>"),
    ]
    kinds = [e.kind for e in parsed.elements]
    assert kinds[:3] == [Kind.HEADING, Kind.PARAGRAPH, Kind.SIGNATURE]
    assert set(kinds[3:]) == {Kind.QUOTED}


def test_attachments_of_a_message_are_fields_and_members() -> None:
    file = storage(
        "__attach_version1.0_#00000000",
        {0x3707: "plan.txt", 0x3701: b"words", 0x370E: "text/plain", 0x3705: 1},
    )
    logo = storage(
        "__attach_version1.0_#00000001",
        {0x3707: "logo.png", 0x3701: b"\x89PNG", 0x370E: "image/png", 0x3712: "logo", 0x3705: 1},
    )
    data = message({0x0037: "s", 0x1000: "see file"}, file, logo)

    parsed = read(data)

    assert [f.value for f in parsed.fields if f.name == "attachment"] == ["plan.txt"]
    assert [(m.path, m.data, m.problem) for m in members(data, MSG)] == [
        ("plan.txt", b"words", ""),
        ("logo.png", b"", "inline_image"),
    ]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    parsed = read(message({0x0037: "s", 0x3FDE: 65001, 0x1013: "<p>Größe</p>".encode()}))

    assert parsed.text == "s\n\nGröße"


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_in_rich_text_alone_is_read(packed: bool) -> None:  # noqa: FBT001
    rtf = b"{\\rtf1\\ansi\\deff0 Hello lamps\\par\nand lamps\\par}"
    body = _packed(rtf) if packed else rtf
    kind = 0x75465A4C if packed else 0x414C454D
    data = struct.pack("<IIII", len(body) + 12, len(rtf), kind, 0) + body

    parsed = read(message({0x0037: "s", 0x1009: data}))

    assert parsed.text.split() == ["s", "Hello", "lamps", "and", "lamps"]


def _packed(data: bytes) -> bytes:
    """Pack by a reference to the first words of the dictionary and literals for the rest."""
    assert data.startswith(b"{\\rtf1\\ansi")
    out = bytearray([0b1, 0x00, 0x00 | (11 - 2)])
    rest, bits = data[11:], 7
    while rest:
        out += rest[:bits]
        rest, bits = rest[bits:], 8
        out += b"\0" if rest else b""
    return bytes(out)


@pytest.mark.parametrize("kind", ["IPM.Note.SMIME", "IPM.Note.Secure.SMIME"])
def test_an_encrypted_message_says_so(kind: str) -> None:
    file = storage("__attach_version1.0_#00000000", {0x3707: "smime.p7m", 0x3701: b"x", 0x3705: 1})
    data = message({0x001A: kind, 0x0037: "s"}, file)

    with pytest.raises(DocumentError) as caught:
        read(data)

    assert caught.value.code == "encrypted"
    assert list(members(data, MSG)) == []


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"From: a\n\nx" * 99])
def test_what_is_no_message_is_corrupt(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read(data)

    assert caught.value.code == "corrupt"


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_damage_anywhere_ends_in_a_document_or_a_reason(data: st.DataObject) -> None:
    original = bytearray(message({0x0037: "Lamps", 0x1000: "words", 0x1009: b"x" * 40}, *PEOPLE))
    for _ in range(data.draw(st.integers(1, 6))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(original)))

    for broken in (bytes(original), bytes(original[:cut])):
        with suppress(DocumentError):
            read(broken)
        for member in members(broken, MSG):
            assert member.problem == "" or member.data == b""
