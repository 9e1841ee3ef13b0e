from __future__ import annotations

import pytest

from curate.errors import DocumentError
from curate.parsers.office import read_odp, read_odt
from curate.tables.parsed import Kind, Parsed
from tests.parsers.office.office_making import (
    ODF_NAMES,
    blob,
    of_kind,
    open_document,
    shown,
    values,
    zipped,
)


def text(body: str, *, styles: str = "", automatic: str = "") -> Parsed:
    return read_odt(blob(open_document("text", body, styles=styles, automatic=automatic), "a.odt"))


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_headings_lists_and_tables_are_read() -> None:
    lists = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    items = (
        '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list>'
        "<text:list-item>"
        "<text:p>deep</text:p></text:list-item></text:list></text:list-item><text:list-item>"
        "<text:p>two</text:p></text:list-item></text:list>"
    )
    table = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A"
        "</text:p>"
        "</table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell>"
        "</table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell "
        "table:number-columns-spanned='2'>"
        "<text:p>wide</text:p></table:table-cell><table:covered-table-cell/>"
        "</table:table-row></table:table>"
    )

    parsed = text('<text:h text:outline-level="2">Head</text:h>' + items + table, automatic=lists)

    assert parsed.text == "Head\n\n1. one\n  a) deep\n2. two\n\nA | B\nwide"
    assert [(e.kind, e.level) for e in parsed.elements] == [
        (Kind.HEADING, 2),
        (Kind.LIST, 0),
        (Kind.TABLE, 0),
    ]
    assert [(c.header, c.column_span) for c in parsed.elements[2].parts] == [
        (True, 1), (True, 1), (False, 2),
    ]  # fmt: skip


def test_white_space_elements_notes_and_links_stand_in_their_places() -> None:
    parsed = text(
        "<text:p>one<text:s text:c='3'/>two<text:tab/>three<text:line-break/>four "
        "<text:a xlink:href='https://a.example/'>here</text:a><text:note "
        "text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Below.</text:p>"
        "</text:note-body>"
        "</text:note> end</text:p>"
    )

    assert parsed.text == "one two three\nfour here end\n\nBelow."
    assert [e.kind for e in parsed.elements] == [Kind.PARAGRAPH, Kind.FOOTNOTE]
    (link,) = parsed.elements[0].links
    assert (parsed.text[link.start : link.end], link.url) == ("here", "https://a.example/")


def test_hidden_deleted_and_remarked_text_is_apart() -> None:
    automatic = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/>'
        f'</style:style>'
        for name, look in (
            ("h", 'text:display="none"'), ("w", 'fo:color="#ffffff"'), ("t", 'fo:font-size="1pt"'),
        )
    )  # fmt: skip
    spans = "".join(f'<text:span text:style-name="{name}">[{name}]</text:span>' for name in "hwt")
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
        "</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    remark = (
        "<office:annotation><dc:creator>Jo Doe</dc:creator><text:p>Really?</text:p>"
        "</office:annotation>"
    )

    parsed = text(changes + p(f"seen{spans}{remark}"), automatic=automatic)

    assert of_kind(parsed, Kind.PARAGRAPH) == ["seen"]
    assert of_kind(parsed, Kind.HIDDEN, "vanish") == ["[h]"]
    assert of_kind(parsed, Kind.HIDDEN, "white_text") == ["[w]"]
    assert of_kind(parsed, Kind.HIDDEN, "tiny_font") == ["[t]"]
    assert of_kind(parsed, Kind.HIDDEN, "deleted_revision") == ["old"]
    assert of_kind(parsed, Kind.COMMENT) == ["Really?"]
    assert values(parsed, "comment_author") == ["Jo Doe"]


def test_footers_and_descriptions_are_no_text() -> None:
    styles = "<style:footer><text:p>Acme Ltd</text:p></style:footer>"
    frame = "<draw:frame><svg:title>A pump</svg:title></draw:frame>"

    parsed = text(p(f"See {frame}"), styles=styles)

    assert values(parsed, "footer") == ["Acme Ltd"]
    assert of_kind(parsed, Kind.HIDDEN, "alt_text") == ["A pump"]


def test_slides_have_headings_notes_and_an_order() -> None:
    def frame(words: str, place: str, kind: str = "") -> str:
        return (
            f'<draw:frame presentation:class="{kind}" {place}><draw:text-box>{p(words)}'
            f"</draw:text-box>"
            "</draw:frame>"
        )

    body = (
        "<draw:page>"
        + frame("right", 'svg:x="10cm" svg:y="5cm" svg:width="5cm" svg:height="2cm"')
        + frame("left", 'svg:x="1cm" svg:y="5cm" svg:width="5cm" svg:height="2cm"')
        + frame("Title", 'svg:x="1cm" svg:y="1cm"', "title")
        + f"<presentation:notes>{frame('Smile.', '', 'notes')}</presentation:notes></draw:page>"
    )

    parsed = read_odp(blob(open_document("presentation", body), "a.odp"))

    assert [(e.kind, shown(parsed, e), e.page) for e in parsed.elements] == [
        (Kind.HEADING, "Title", 1),
        (Kind.PARAGRAPH, "left", 1),
        (Kind.PARAGRAPH, "right", 1),
        (Kind.NOTE, "Smile.", 1),
    ]


def test_a_flat_file_is_read_like_a_zipped_one() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document{ODF_NAMES}><office:meta><dc:title>Flat</dc:title>'
        "<meta:initial-creator>Ann Lee</meta:initial-creator></office:meta>"
        f"<office:body><office:text>{p('words')}</office:text></office:body></office:document>"
    )

    parsed = read_odt(blob(flat.encode(), "a.fodt"))

    assert (parsed.text, parsed.title) == ("words", "Flat")
    assert values(parsed, "author") == ["Ann Lee"]


def test_an_encrypted_file_says_so() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    data = zipped({"META-INF/manifest.xml": manifest, "content.xml": b"\x01\x02"})

    with pytest.raises(DocumentError, match="encrypted"):
        read_odt(blob(data, "a.odt"))
