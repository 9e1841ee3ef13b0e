from __future__ import annotations

import time
from contextlib import suppress

import pytest

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_xml
from curate.tables.parsed import Kind, Parsed


def read(text: str) -> Parsed:
    return read_xml(Blob(text.encode(), "a.xml", "application/xml"))


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(e.kind.value, parsed.text[e.start : e.end]) for e in parsed.elements]


def test_elements_that_repeat_are_rows_of_a_table() -> None:
    parsed = read(
        "<list><item id='1'><name>A</name></item><item id='2'><name>B</name><note>x"
        "</note></item></list>"
    )

    assert kinds(parsed) == [("table", "id | name | note\n1 | A | \n2 | B | x")]


def test_records_with_long_fields_are_sections_under_their_title() -> None:
    text = "A long description. " * 20

    parsed = read(
        f"<all><r><title>One</title><d>{text}</d></r><r><title>Two</title><d>{text}</d></r></all>"
    )

    assert [t for k, t in kinds(parsed) if k == "heading"] == ["One", "Two"]


def test_plain_elements_are_named_lines() -> None:
    assert read("<note><to>Tove</to><from>Jani</from></note>").text == "to: Tove\n\nfrom: Jani"


def test_docbook_is_read_as_a_text() -> None:
    parsed = read(
        "<article xmlns='http://docbook.org/ns/docbook'><title>Guide</title><section>"
        "<title>Setup</title>"
        "<para>Run <command>make</command>.</para><orderedlist><listitem><para>one"
        "</para></listitem>"
        "</orderedlist><programlisting language='sh'>make</programlisting>"
        "<warning><para>Hot.</para></warning></section></article>"
    )

    assert kinds(parsed) == [
        ("heading", "Guide"),
        ("heading", "Setup"),
        ("paragraph", "Run make."),
        ("list", "1. one"),
        ("code", "make"),
        ("paragraph", "Warning:"),
        ("paragraph", "Hot."),
    ]
    assert [e.level for e in parsed.elements if e.kind is Kind.HEADING] == [1, 2]


def test_dita_tables_and_steps_are_read() -> None:
    parsed = read(
        "<task id='t'><title>Reset</title><shortdesc>How to.</shortdesc><taskbody>"
        "<steps><step><cmd>Hold it."
        "</cmd></step><step><cmd>Wait.</cmd></step></steps><simpletable><sthead>"
        "<stentry>A</stentry><stentry>"
        "B</stentry></sthead><strow><stentry>1</stentry><stentry>2</stentry></strow></simpletable>"
        "<p>Done.</p></taskbody></task>"
    )

    assert kinds(parsed) == [
        ("heading", "Reset"),
        ("paragraph", "How to."),
        ("list", "1. Hold it.\n2. Wait."),
        ("table", "A | B\n1 | 2"),
        ("paragraph", "Done."),
    ]


def test_entries_of_a_feed_are_sections() -> None:
    parsed = read(
        "<rss><channel><title>News</title><language>en-us</language><item><title>Sale</title>"
        "<pubDate>Tue, 19 Nov 2024 13:30:02 +0000</pubDate>"
        "<description>&lt;p&gt;All &lt;b&gt;half&lt;/b&gt; price&lt;/p&gt;"
        "</description></item></channel></rss>"
    )

    assert (parsed.title, parsed.language) == ("News", "en")
    assert kinds(parsed) == [
        ("heading", "News"),
        ("heading", "Sale"),
        ("paragraph", "2024-11-19"),
        ("paragraph", "All half price"),
    ]


def test_a_wiki_space_is_read_page_by_page_with_its_macros() -> None:
    body = (
        "<p>Hi&nbsp;all</p><ac:structured-macro ac:name='expand'><ac:parameter ac:name='title'>How?"
        "</ac:parameter><ac:rich-text-body><p>Like this.</p></ac:rich-text-body>"
        "</ac:structured-macro>"
        "<ac:structured-macro ac:name='toc'/><ac:structured-macro ac:name='code'><ac:parameter "
        "ac:name='language'>sql</ac:parameter><ac:plain-text-body><![CDATA[a < b]]]]>"
        "<![CDATA[></ac:plain-text-body>"
        "</ac:structured-macro><p><ac:link><ri:page ri:content-title='Other page'/></ac:link></p>"
    )
    parsed = read(
        "<hibernate-generic><object class='Page'><id name='id'>1</id><property "
        "name='title'><![CDATA[Home]]>"
        "</property><collection name='bodyContents'><element class='BodyContent'><id "
        "name='id'>9</id></element>"
        "</collection></object><object class='BodyContent'><id name='id'>9</id>"
        f"<property name='body'><![CDATA[{body}]]>"
        "</property></object></hibernate-generic>"
    )

    assert kinds(parsed) == [
        ("heading", "Home"),
        ("paragraph", "Hi all"),
        ("heading", "How?"),
        ("paragraph", "Like this."),
        ("code", "a < b"),
        ("paragraph", "Other page"),
    ]


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    bomb = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10 if i else 'ha'}'>" for i in range(12))

    parsed = read(
        f"<!DOCTYPE a [{bomb}<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a><b>one &a11;"
        "</b><c>two &x;</c></a>"
    )

    assert parsed.text == "b: one\n\nc: two"


def test_a_file_of_nothing_but_entities_is_refused_as_such() -> None:
    bomb = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10 if i else 'ha'}'>" for i in range(12))

    with pytest.raises(DocumentError, match="xml_entities"):
        read(f"<?xml version='1.0'?><!DOCTYPE a [{bomb}]><a>&a11;</a>")
    with pytest.raises(DocumentError, match="no_text"):
        read("<!DOCTYPE a [<!ELEMENT a ANY>]><a></a>")


def test_a_damaged_file_is_read_as_far_as_it_goes() -> None:
    assert "START" in read("<a><b>START</b><c>x &nope; y</c><d>END</e>").text


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(DocumentError, match="corrupt"):
        read("no tags at all")


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 50_000 + "x",
        "<a>" + "".join(f"<b{i}>x</b{i}>" for i in range(20_000)) + "</a>",
        "<!DOCTYPE " + "[" * 500_000 + "<a>x</a>",
    ],
    ids=["deep", "names", "doctype"],
)
def test_hostile_files_take_bounded_time(text: str) -> None:
    started = time.process_time()

    with suppress(DocumentError):
        read(text)

    assert time.process_time() - started < 6


def test_a_file_that_ends_before_its_elements_do_is_noted() -> None:
    whole = (
        "<a:list xmlns:a='x'><item><name>A & B</name></item><item><name>C</name></item></a:list>"
    )

    assert read(whole).notes == read(f"{whole}\n<!-- made by hand -->").notes == ()
    assert {read(whole[:-lost]).notes for lost in (2, 9, 14, 20, 26)} == {("damaged",)}
