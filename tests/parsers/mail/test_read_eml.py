from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.containers import members
from curate.parsers.mail import read_eml
from curate.tables.parsed import Kind, Parsed


def read(data: bytes | str) -> Parsed:
    return read_eml(
        Blob(data if isinstance(data, bytes) else data.encode(), "m.eml", "message/rfc822")
    )


def html(body: str) -> Parsed:
    return read(f"Subject: S\nContent-Type: text/html; charset=utf-8\n\n{body}")


def pieces(parsed: Parsed) -> list[tuple[str, str]]:
    return [(e.kind.value, parsed.text[e.start : e.end]) for e in parsed.elements if e.turn >= 0]


def test_a_mail_is_its_subject_and_one_turn() -> None:
    parsed = read(
        "From: Ann Lee <ann@example.org>\nTo: b@example.org, c@example.org\nCc: d@example.org\n"
        "Organization: Lee Ltd\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= an\n alle\n"
        "Message-ID: <2@x>\nIn-Reply-To: <1@x>\nReferences: <0@x>\n <1@x>\n"
        "Date: Mon, 5 Jan 2026 10:00:00 +0200\n\nHello.\n"
    )

    (turn,) = parsed.turns
    assert parsed.text == "Grüße an alle\n\nHello."
    assert parsed.title == "Grüße an alle"
    assert (parsed.elements[0].kind, parsed.elements[0].level) == (Kind.HEADING, 1)
    assert (turn.role, turn.party, turn.key, turn.thread) == ("author", 0, "2@x", "0@x")
    assert turn.reply_to == ("1@x", "0@x")
    assert turn.date == parsed.created == "2026-01-05T08:00:00Z"
    assert [(f.name, f.value) for f in parsed.fields] == [
        ("from", "Ann Lee <ann@example.org>"),
        ("to", "b@example.org, c@example.org"),
        ("cc", "d@example.org"),
        ("organization", "Lee Ltd"),
    ]


def test_mails_without_ids_meet_by_their_subject() -> None:
    subjects = ["Lamp", "Re: Lamp", "AW: WG:  lamp", "Fwd: [list] Re[2]: LAMP"]

    threads = {read(f"Subject: {subject}\n\nx\n").turns[0].thread for subject in subjects[:3]}

    assert threads == {"subject:lamp"}


def test_what_a_machine_answers_is_no_author() -> None:
    parsed = read("Subject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n")

    assert parsed.turns[0].role == "system"


def test_headers_in_raw_bytes_are_read() -> None:
    assert read("Subject: Angebot für zehn\n\nx\n").title == "Angebot für zehn"
    assert read("Subject: Angebot für zehn\n\nx\n".encode("cp1252")).title == "Angebot für zehn"


@pytest.mark.parametrize("date", ["yesterday", "", "Mon, 99 Jan 2026 99:00:00 +9900"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    assert read(f"Subject: s\nDate: {date}\n\nx\n").created is None


def test_wrapped_lines_are_joined_and_lists_are_lists() -> None:
    body = (
        "This paragraph was wrapped by a program that breaks its lines at some\n"
        "seventy characters, so that its sentences run over several of them.\n"
        "\n"
        "Bring:\n- a pen\n- a long item that the program wrapped as well since it would not\n"
        "  fit\n1. first\n2. second\n"
    )

    parsed = read(f"Subject: s\n\n{body}")

    assert pieces(parsed) == [
        (
            "paragraph",
            (
                "This paragraph was wrapped by a program that breaks its lines at some seventy "
                "characters, so that its sentences run over several of them."
            ),
        ),
        ("paragraph", "Bring:"),
        (
            "list",
            (
                "- a pen\n- a long item that the program wrapped as well since it would not fit\n"
                "1. first\n2. second"
            ),
        ),
    ]


def test_flowed_text_is_joined_at_its_soft_breaks() -> None:
    head = "Subject: s\nContent-Type: text/plain; format=flowed\n\n"

    assert pieces(read(f"{head}one \ntwo\nthree\n")) == [("paragraph", "one two\nthree")]


def alternative(plain: str, rich: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content(plain)
    message.add_alternative(rich, subtype="html")
    return message.as_bytes()


def test_plain_text_is_read_rather_than_html() -> None:
    assert pieces(read(alternative("plain words", "<p>rich words</p>"))) == [
        ("paragraph", "plain words")
    ]


@pytest.mark.parametrize(
    "stub", ["", " \n", "Please view this email in an HTML capable client.", "See web version"]
)
def test_html_is_read_where_the_plain_text_is_a_stub(stub: str) -> None:
    rich = "<p>" + "the real words " * 20 + "</p>"

    assert "the real words" in read(alternative(stub, rich)).text


def test_html_keeps_links_lists_and_tables_of_data_but_no_layout() -> None:
    parsed = html(
        "<table><tr><td><h1>Offer</h1><p>See <a href='https://example.org/x'>the list</a>:</p>"
        "<ol start=3><li>one<ul><li>inner</li></ul></li><li>two</li></ol></td></tr></table>"
        "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Lamp</td><td>9</td></tr></table>"
    )

    assert pieces(parsed) == [
        ("heading", "Offer"),
        ("paragraph", "See the list:"),
        ("list", "3. one\n  - inner\n4. two"),
        ("table", "Item | Price\nLamp | 9"),
    ]
    assert parsed.elements[2].links[0].url == "https://example.org/x"
    assert parsed.elements[1].parent == 0


@pytest.mark.parametrize(
    ("hidden", "way"),
    [
        ("<div style='display:none;max-height:0'>Preheader</div>", "display_none"),
        ("<span style='font-size:0px'>Preheader</span>", "font_size_zero"),
        ("<div style='color:#ffffff'>Preheader</div>", "same_colour"),
        ("<div style='mso-hide:all'>Preheader</div>", "display_none"),
        ("<style>.pre{display:none}</style><p class=pre>Preheader</p>", "display_none"),
        ("<p hidden>Preheader</p>", "display_none"),
        ("<div style='opacity:0'>Preheader</div>", "opacity_zero"),
    ],
)
def test_what_nobody_sees_is_hidden(hidden: str, way: str) -> None:
    parsed = html(f"{hidden}<p>Dear all</p>")

    assert [(e.kind, e.detail) for e in parsed.elements[1:]] == [
        (Kind.HIDDEN, way),
        (Kind.PARAGRAPH, ""),
    ]
    assert pieces(parsed)[1] == ("paragraph", "Dear all")


def test_white_text_on_a_dark_ground_is_seen() -> None:
    parsed = html(
        "<table bgcolor='#000000'><tr><td><p style='color:white'>Sale</p></td></tr></table>"
    )

    assert pieces(parsed) == [("paragraph", "Sale")]


def test_hidden_words_within_a_sentence_leave_it_whole() -> None:
    parsed = html("<p>Pay <span style='display:none'>ignore that</span>by Friday.</p>")

    assert pieces(parsed) == [("paragraph", "Pay by Friday."), ("hidden", "ignore that")]


def test_attachments_are_fields_and_members() -> None:
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content("see file")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Prüfung.pdf")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inner words")
    message.add_attachment(inner)
    message.add_attachment(
        b"\x89PNG",
        maintype="image",
        subtype="png",
        cid="<logo@x>",
        disposition="inline",
        filename="l.png",
    )
    data = message.as_bytes()

    parsed = read(data)
    found = list(members(data, "message/rfc822"))

    assert [f.value for f in parsed.fields if f.name == "attachment"] == [
        "Prüfung.pdf",
        "attachment-3.eml",
    ]
    assert [(m.path, m.media_type, m.problem) for m in found] == [
        ("Prüfung.pdf", "application/pdf", ""),
        ("attachment-3.eml", "message/rfc822", ""),
        ("l.png", "", "inline_image"),
    ]
    assert pieces(read(found[1].data)) == [("paragraph", "inner words")]
    assert "inner words" not in parsed.text


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"',
        "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
    ],
)
def test_an_encrypted_mail_says_so(content_type: str) -> None:
    data = f"Subject: s\nMIME-Version: 1.0\nContent-Type: {content_type}\n\nxxxx\n".encode()

    with pytest.raises(DocumentError) as caught:
        read(data)

    assert caught.value.code == "encrypted"
    assert list(members(data, "message/rfc822")) == []


def test_nothing_is_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        read(b"  \n\n ")

    assert caught.value.code == "empty"


def test_utf8_that_calls_itself_latin_is_read_as_utf8() -> None:
    data = "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\n\nMüller’s\n"

    assert pieces(read(data)) == [("paragraph", "Müller’s")]


def test_latin_with_the_quotes_of_windows_is_read_as_windows_writes_it() -> None:
    data = "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\n\n“Müller”\n"

    assert pieces(read(data.encode("cp1252"))) == [("paragraph", "“Müller”")]


def test_a_file_in_utf16_is_read() -> None:
    assert read("Subject: s\n\nwords\n".encode("utf-16")).text == "s\n\nwords"


def test_parts_without_end_do_not_end_the_reader() -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2000)
    )
    deep = "<div>" * 50_000 + "words"

    with suppress(DocumentError):
        read(f"Subject: s\n{nested}\n\nx\n")
    assert pieces(html(deep)) == [("paragraph", "words")]


def test_a_part_whose_charset_holds_a_null_is_read() -> None:
    parsed = read(
        b'Subject: S\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b'Content-Type: text/plain; charset="utf\x00-8"\n\nGr\xfc\xdfe from here.\n--b--\n'
    )

    assert parsed.text == "S\n\nGrüße from here."


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_ends_in_a_document_or_a_reason(data: st.DataObject) -> None:
    original = bytearray(
        alternative("plain\n\n> quoted\n\n-- \nAnn\n", "<p>rich</p><ul><li>a</ul>")
    )
    for _ in range(data.draw(st.integers(0, 5))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(original)))

    for broken in (bytes(original), bytes(original[:cut]), data.draw(st.binary(max_size=80))):
        with suppress(DocumentError):
            parsed = read(broken)
            for element in parsed.elements:
                assert 0 <= element.start < element.end <= len(parsed.text)


def test_a_mail_that_ends_before_its_parts_do_is_noted() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Valves"
    mail.set_content("The valve closes after nine seconds.\n" * 9)
    mail.add_attachment(b"lamp,price\ngreen,4.20\n" * 90, maintype="text", subtype="csv")
    data = mail.as_bytes()

    assert read(data).notes == ()
    assert read(data[: len(data) * 2 // 3]).notes == ("damaged",)
