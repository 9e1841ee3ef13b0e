from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.office import read_rtf
from curate.tables.parsed import Kind, Parsed
from tests.parsers.office.office_making import blob, of_kind, values

FONTS = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset128 Mincho;}}"


def rtf(body: bytes) -> Parsed:
    return read_rtf(blob(rb"{\rtf1\ansi\ansicpg1252" + FONTS + body + b"}", "a.rtf"))


def test_paragraphs_and_signs_are_read() -> None:
    parsed = rtf(rb"One \ldblquote two\rdblquote \endash  three.\par Fo\-ur\line five\~six\par")

    assert parsed.text == "One “two”– three.\n\nFour\nfive six"


def test_fonts_name_encodings_and_unicode_skips_its_substitute() -> None:
    parsed = rtf(
        rb"caf\'e9 {\f1 za\'bf\'f3\'b3\'e6} {\f2 \'93\'8c\'8b\'9e} \u8364? \u-10187\'3f\u-8755\'3f"
        rb"{\uc2\u233ab}\par"
    )

    assert parsed.text == "café zażółć 東京 € 𐐝é".replace("𐐝", "\U0001d5cd")


def test_headings_come_from_styles_and_outline_levels() -> None:
    parsed = rtf(
        rb"{\stylesheet{\s0 Normal;}{\s3 heading 2;}}"
        rb"\pard\s3 Two\par\pard\outlinelevel0 One\par\pard x\par"
    )

    assert [(e.kind, e.level) for e in parsed.elements] == [
        (Kind.HEADING, 2),
        (Kind.HEADING, 1),
        (Kind.PARAGRAPH, 0),
    ]


def test_lists_keep_the_labels_that_stand_in_the_file() -> None:
    parsed = rtf(
        rb"\pard\ls1{\listtext 1.\tab}one\par{\listtext a)\tab}\pard\ilvl1\ls1"
        rb"{\listtext a)\tab}deep\par"
        rb"\pard\ls2{\listtext\'b7\tab}dot\par"
    )

    assert parsed.text == "1. one\n  a) deep\n- dot"


def test_tables_keep_rows_cells_and_merges() -> None:
    row = rb"\trowd\cellx1\cellx2\pard\intbl Item\cell Price\cell\row"
    merged = rb"\trowd\clmgf\cellx1\clmrg\cellx2\pard\intbl Both\cell\cell\row"

    parsed = rtf(row + rb"\trowd\cellx1\cellx2 Pen\cell 2\cell\row" + merged + rb"\pard After.\par")

    assert of_kind(parsed, Kind.TABLE) == ["Item | Price\nPen | 2\nBoth"]
    assert [p.header for p in parsed.elements[0].parts] == [True, True, False, False, False]
    assert parsed.elements[0].parts[-1].column_span == 2
    assert of_kind(parsed, Kind.PARAGRAPH) == ["After."]


def test_hidden_deleted_white_and_tiny_text_is_apart() -> None:
    parsed = rtf(
        rb"{\colortbl;\red255\green255\blue255;}Seen{\v hidden}{\deleted struck}{\cf1 white}"
        rb"{\fs2 tiny}\par"
        rb"{\cf1\highlight2 marked}\par"
    )

    assert of_kind(parsed, Kind.PARAGRAPH) == ["Seen", "marked"]
    assert of_kind(parsed, Kind.HIDDEN, "vanish") == ["hidden"]
    assert of_kind(parsed, Kind.HIDDEN, "deleted_revision") == ["struck"]
    assert of_kind(parsed, Kind.HIDDEN, "white_text") == ["white"]
    assert of_kind(parsed, Kind.HIDDEN, "tiny_font") == ["tiny"]


def test_notes_comments_links_and_headers_find_their_places() -> None:
    parsed = rtf(
        rb"{\header Acme Ltd\par}Text{\footnote Below.} and "
        rb'{\field{\*\fldinst HYPERLINK "https://a.example/"}{\fldrslt here}}.'
        rb"{\*\atnauthor Jo Doe}{\*\annotation Why?}\par"
    )

    assert parsed.text == "Text and here.\n\nBelow.\n\nWhy?"
    assert [e.kind for e in parsed.elements] == [Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.COMMENT]
    (link,) = parsed.elements[0].links
    assert (parsed.text[link.start : link.end], link.url) == ("here", "https://a.example/")
    assert values(parsed, "header") == ["Acme Ltd"]
    assert values(parsed, "comment_author") == ["Jo Doe"]


def test_properties_are_fields_and_unknown_destinations_are_skipped() -> None:
    parsed = rtf(
        rb"{\info{\title Plan}{\author Ann Lee}{\creatim\yr2024\mo3\dy1\hr9\min5}}"
        rb"{\*\unknown secret}{\pict 0102}{\*\bin3 }}}}Text.\par"
    )

    assert (parsed.text, parsed.title, parsed.created) == (
        "Text.",
        "Plan",
        "2024-03-01T09:05:00"[:16],
    )
    assert values(parsed, "author") == ["Ann Lee"]


WORDS = [
    rb"{ } \par \cell \row \intbl \footnote \field \fldrslt \shptxt \'e9 \u55555 \listtext \*",
    rb"\upr \ud \trowd \clmrg \cellx9 word \itap2 \nestcell \v \plain \pard \s1 \bin2",
]


@given(st.lists(st.sampled_from(b" ".join(WORDS).split()), max_size=40))
def test_any_order_of_control_words_is_read_or_refused(words: list[bytes]) -> None:
    with contextlib.suppress(DocumentError):
        parsed = rtf(b" ".join(words))
        assert all(0 <= e.start < e.end <= len(parsed.text) for e in parsed.elements)


def test_a_text_that_ends_before_its_groups_do_is_noted() -> None:
    whole = rb"{\rtf1\ansi{\b One.}\par Two.\par}"

    assert read_rtf(blob(whole + b"\x00\r\n", "a.rtf")).notes == ()
    assert read_rtf(blob(whole[:-8], "a.rtf")).notes == ("damaged",)
