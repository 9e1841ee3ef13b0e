from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_html
from curate.tables.parsed import DROPPED, Kind, Parsed

ANSWER = "<p>Within thirty days, with the receipt.</p>"


def page(body: str, head: str = "") -> Parsed:
    html = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(Blob(html.encode(), "page.html", "text/html"))


def shown(parsed: Parsed) -> list[str]:
    return [parsed.text[e.start : e.end] for e in parsed.elements if e.kind not in DROPPED]


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(e.kind.value, parsed.text[e.start : e.end]) for e in parsed.elements]


def hidden(parsed: Parsed) -> list[tuple[str, str]]:
    found = (e for e in parsed.elements if e.kind is Kind.HIDDEN)
    return [(e.detail, parsed.text[e.start : e.end]) for e in found]


def question_over(parsed: Parsed, question: str, answer: str) -> bool:
    for element in parsed.elements:
        if answer in parsed.text[element.start : element.end] and element.parent >= 0:
            above = parsed.elements[element.parent]
            return parsed.text[above.start : above.end] == question
    return False


def test_headings_paragraphs_and_nested_numbered_lists_keep_their_order_and_numbers() -> None:
    parsed = page(
        "<h1>Refunds</h1><p>How\n it   works</p><ol start='3'><li>Ask<ul><li>by mail</li></ul></li>"
        "<li value='7'>Wait</li></ol><p>Done</p>"
    )

    assert kinds(parsed) == [
        ("heading", "Refunds"),
        ("paragraph", "How it works"),
        ("list", "3. Ask\n  - by mail\n7. Wait"),
        ("paragraph", "Done"),
    ]


def test_letters_and_roman_numerals_of_a_list_are_shown() -> None:
    parsed = page("<ol type='a'><li>x</li><li>y</li></ol><ol type='I' start='4'><li>z</li></ol>")

    assert shown(parsed) == ["a. x\nb. y", "IV. z"]


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Can I return it?</h2>{answer}",
        """<div><h4><button aria-expanded='false'>Can I return it?</button></h4>
        <div class='collapse' hidden>{answer}</div></div>""",
        "<details><summary>Can I return it?</summary>{answer}</details>",
        "<dl><dt>Can I return it?</dt><dd>{answer}</dd></dl>",
        """<button class='accordion' aria-controls='a1'>Can I return it?</button>
        <div id='a1' style='display:none'>{answer}</div>""",
        """<a href='#a2' data-toggle='collapse'>Can I return it?</a>
        <div id='a2' hidden>{answer}</div>""",
        "<input type='checkbox' id='c'><label for='c'>Can I return it?</label><div>{answer}</div>",
        "<div role='heading' aria-level='3'>Can I return it?</div>{answer}",
    ],
)
def test_an_answer_stands_under_its_question_whatever_the_accordion(markup: str) -> None:
    parsed = page("<h1>FAQ</h1>" + markup.format(answer=ANSWER))

    assert question_over(parsed, "Can I return it?", "Within thirty days")


def test_what_follows_an_opened_text_does_not_belong_to_it() -> None:
    parsed = page(
        f"<h1>FAQ</h1><details><summary>How?</summary>{ANSWER}</details><p>Call us otherwise.</p>"
    )

    last = parsed.elements[-1]
    above = parsed.elements[last.parent]
    assert parsed.text[above.start : above.end] == "FAQ"


def test_a_bold_question_stays_a_paragraph() -> None:
    parsed = page("<p><b>May I?</b></p><p>Yes.</p>")

    assert kinds(parsed) == [("paragraph", "May I?"), ("paragraph", "Yes.")]


def test_a_question_in_a_list_item_is_kept_apart_from_its_answer() -> None:
    parsed = page("<ul><li><p><b>May I?</b></p><p>Yes.</p></li></ul>")

    assert kinds(parsed) == [("list", "- May I?"), ("paragraph", "Yes.")]


def test_a_glossary_becomes_items() -> None:
    parsed = page("<dl><dt>FAQ</dt><dd>often asked</dd><dt>SLA</dt><dd>a promise</dd></dl>")

    assert shown(parsed) == ["- FAQ: often asked\n- SLA: a promise"]


def test_a_table_keeps_spans_headers_and_caption() -> None:
    parsed = page(
        "<table><caption>Fees</caption><thead><tr><th colspan=2>Plan</th></tr></thead>"
        "<tr><td rowspan=2>Basic</td><td>1 &euro;</td></tr><tr><td>2 &euro;</td></tr></table>"
    )

    caption, table = parsed.elements
    assert (caption.kind, table.kind) == (Kind.CAPTION, Kind.TABLE)
    assert parsed.text[table.start : table.end] == "Plan\nBasic | 1 €\n2 €"
    assert [(p.row, p.column, p.row_span, p.column_span, p.header) for p in table.parts] == [
        (0, 0, 1, 2, True),
        (1, 0, 2, 1, False),
        (1, 1, 1, 1, False),
        (2, 1, 1, 1, False),
    ]


def test_a_table_that_lays_out_the_page_becomes_blocks() -> None:
    parsed = page("<table><tr><td><h2>Up</h2><p>text</p></td></tr><tr><td>down</td></tr></table>")

    assert kinds(parsed) == [("heading", "Up"), ("paragraph", "text"), ("paragraph", "down")]


def test_code_keeps_its_lines_and_names_its_language() -> None:
    parsed = page("<pre><code class='language-Python'>def f():\n    return 1\n</code></pre>")

    (code,) = parsed.elements
    assert (code.kind, code.detail) == (Kind.CODE, "python")
    assert parsed.text == "def f():\n    return 1"


def test_links_are_spans_of_the_visible_text() -> None:
    parsed = page(
        "<p>See <a href='/policy'>our  policy</a>, <a href='javascript:x()'>not this</a>.</p>"
    )

    (paragraph,) = parsed.elements
    assert [(parsed.text[k.start : k.end], k.url) for k in paragraph.links] == [
        ("our policy", "/policy")
    ]


def test_two_breaks_end_a_paragraph_and_one_does_not() -> None:
    assert shown(page("One<br>two<br><br>three")) == ["One\ntwo", "three"]


def test_a_power_is_not_glued_to_its_base() -> None:
    assert shown(page("<p>10<sup>6</sup> parts of H<sub>2</sub>O</p>")) == ["10⁶ parts of H2O"]


@pytest.mark.parametrize(
    ("markup", "detail"),
    [
        ("<p style='display:none'>secret</p>", "display_none"),
        ("<p hidden>secret</p>", "display_none"),
        ("<p style='visibility: hidden'>secret</p>", "visibility_hidden"),
        ("<p style='opacity:0'>secret</p>", "opacity_zero"),
        ("<p style='font-size:0px'>secret</p>", "font_size_zero"),
        ("<p style='text-indent:-9999px'>secret</p>", "text_indent"),
        ("<p style='position:absolute;left:-5000px'>secret</p>", "off_screen"),
        ("<p style='color:#fff'>secret</p>", "same_colour"),
        ("<p style='color:#fefefe;background:white'>secret</p>", "same_colour"),
        (
            "<div style='background:#000'><span style='color:rgb(2,2,2)'>secret</span></div>",
            "same_colour",
        ),
        (
            "<table bgcolor='#ffffff'><tr><td><font color='white'>secret</font><td>b</table>",
            "same_colour",
        ),
        ("<p aria-hidden='true'>secret</p>", "aria_hidden"),
        ("<!-- secret -->", "html_comment"),
        ("<noscript>secret</noscript>", "noscript"),
        ("<img src='a.png' alt='secret'>", "alt_text"),
        ("<p title='secret: ignore everything above'>x</p>", "title_text"),
        ("<template><p>secret</p></template>", "template"),
        ("<p class='sneaky'>secret</p>", "display_none"),
        ("<p id='tiny'>secret</p>", "font_size_zero"),
    ],
)
def test_text_that_no_reader_sees_is_hidden_and_says_how(markup: str, detail: str) -> None:
    style = "<style>/* x */ p.sneaky, .other {display:none} #tiny{font-size:0}</style>"

    parsed = page(f"<p>Welcome to all readers of this page</p>{markup}", style)

    assert [how for how, text in hidden(parsed) if "secret" in text] == [detail]
    assert not any("secret" in text for text in shown(parsed))


def test_a_description_is_hidden_text() -> None:
    parsed = page("<p>x</p>", "<meta name='description' content='What this is'>")

    assert hidden(parsed) == [("meta_text", "What this is")]


def test_a_rule_for_print_hides_nothing() -> None:
    parsed = page("<p class='a'>seen</p>", "<style>@media print {.a {display:none}}</style>")

    assert shown(parsed) == ["seen"]


def test_a_child_that_sets_its_own_size_and_colour_is_seen() -> None:
    parsed = page(
        "<div style='font-size:0;color:white'><p style='font-size:14px;color:black'>seen</p></div>"
    )

    assert shown(parsed) == ["seen"]


def test_white_text_on_a_picture_or_a_dark_ground_is_seen() -> None:
    parsed = page(
        "<div style='background:url(x.png)'><p style='color:white'>one</p></div>"
        "<div style='background-color:navy'><p style='color:white'>two</p></div>"
    )

    assert shown(parsed) == ["one", "two"]


def test_navigation_is_left_out_and_counted() -> None:
    parsed = page(
        "<header><a href='/'>Home</a></header><nav><ul><li><a href='/a'>A</a></li></ul></nav>"
        "<div class='cookie-banner'>We use cookies <button>OK</button></div>"
        "<ol class='breadcrumb'><li><a href='/'>Home</a></li></ol><a href='#main'>Skip "
        "to content</a>"
        "<main id='main'><h1>Title<a class='headerlink' href='#t'>¶</a></h1>"
        "<p>The text of the page, long enough to be one.</p></main>"
        "<aside class='sidebar'><a href='/x'>Related</a></aside><footer>Imprint</footer>"
    )

    assert shown(parsed) == ["Title", "The text of the page, long enough to be one."]
    assert parsed.furniture == 8


def test_the_only_title_is_kept_where_it_stands_in_the_header() -> None:
    parsed = page(
        "<header><a href='/'>Home</a> <a href='/b'>B</a><h1>Title</h1></header>"
        "<p>The text of the page.</p>"
    )

    assert shown(parsed) == ["Title", "The text of the page."]


def test_a_page_that_is_all_navigation_is_read_whole() -> None:
    parsed = page("<nav><p>Everything of this page stands in its navigation.</p></nav>")

    assert shown(parsed) == ["Everything of this page stands in its navigation."]


def test_the_title_language_author_and_dates_come_from_the_head() -> None:
    html = (
        b"<html lang='de-AT'><head><title> Hilfe &amp; mehr </title><meta name=author "
        b"content='A. B.'>"
        b"<meta property='article:published_time' content='2024-03-05T10:00:00Z'></head><p>Text"
    )

    parsed = read_html(Blob(html, "a.html", "text/html"))

    assert (parsed.title, parsed.language, parsed.created) == ("Hilfe & mehr", "de", "2024-03-05")
    assert [(f.name, f.value) for f in parsed.fields] == [("author", "A. B.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-8"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    html = "<meta charset='iso-8859-1'><p>Größe – naïve</p>"

    parsed = read_html(Blob(html.encode(encoding), "a.html", "text/html"))

    assert parsed.text == "Größe – naïve"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="not_text"):
        read_html(Blob(bytes(range(32)) * 50, "a.html", "text/html"))


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        page("<script>let a = 1</script>")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<ul><li>x" * 50_000,
        "<table><tr><td>x" * 20_000,
        "<blockquote>x" * 50_000,
        "<p " + "a=1 " * 50_000 + ">x",
        "x " * 500_000,
        "<details><summary>q</summary>x" * 10_000,
        "<a href=y>x</a>" * 20_000,
        "<div class=menu><a href=x>y</a>" * 10_000,
    ],
    ids=["div", "ul", "table", "quote", "attributes", "line", "details", "links", "menu"],
)
def test_hostile_pages_take_bounded_time(html: str) -> None:
    started = time.process_time()

    read_html(Blob(html.encode(), "a.html", "text/html"))

    assert time.process_time() - started < 8


PIECES = re.findall(
    r"<[^>]*>|[^<]",
    "<p></p><ul><li></ul>a é\u200b<table><tr><td><th></table><h2></h2><br><a href=x></a><details>"
    "<summary></details><dl><dt><dd><pre></pre><!--c--><b hidden><nav><button><sup></sup>",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_elements_and_links_are_spans_of_the_text_in_order(pieces: list[str]) -> None:
    try:
        parsed = read_html(Blob("".join(["<p>x", *pieces]).encode(), "a.html", "text/html"))
    except DocumentError:
        return

    ends = 0
    for element in parsed.elements:
        assert ends <= element.start < element.end <= len(parsed.text)
        assert parsed.text[element.start : element.end].strip()
        spans = [(part.start, part.end) for part in element.parts]
        spans += [(link.start, link.end) for link in element.links]
        assert all(element.start <= start <= end <= element.end for start, end in spans)
        ends = element.end
