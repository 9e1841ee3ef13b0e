import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.report import render
from curate.report.markup import el, escape, join, raw
from curate.report.model import command
from curate.report.quotes import LONGEST

from .parsed import parsed
from .sample import BARE, REFUSED, REPORT
from .strings import with_strings

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><svg onload=alert(1)>",
    "--><!--",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "]]><![CDATA[",
    "\u202eevil\u202c\x00\x1b[31m",
    "lone \ud800 surrogate \uffff",
)
ALLOWED = frozenset(
    {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "p",
        "strong",
        "span",
        "b",
        "code",
        "header",
        "div",
        "h1",
        "h2",
        "h3",
        "ol",
        "ul",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "svg",
        "g",
        "polyline",
        "circle",
        "nav",
        "main",
        "section",
        "small",
        "path",
        "rect",
        "line",
        "text",
        "tspan",
        "br",
        "wbr",
        "mark",
        "del",
        "ins",
        "dl",
        "dt",
        "dd",
        "article",
        "footer",
    }
)
SAFE_ATTRIBUTES = re.compile(
    r"(class|id|lang|dir|role|scope|colspan|style|href|tabindex|charset|content|http-equiv|name"
    r"|aria-[a-z]+|width|height|viewbox|preserveaspectratio|[xyrd]|[xyc][12xy]|d[xy]|points"
    r"|text-anchor|transform)"
)


def foreign(markup: str) -> list[object]:
    """Return what a page holds that the renderer does not write: faults, tags, attributes, links."""
    page = parsed(markup)
    found: list[object] = [*page.faults, *({tag for tag, _ in page.tags} - ALLOWED)]
    for _, attributes in page.tags:
        found += [name for name in attributes if not SAFE_ATTRIBUTES.fullmatch(name)]
        href, style = attributes.get("href", "#"), attributes.get("style", "")
        found += [] if href.startswith("#") else [href]
        found += [style] if "url(" in style else []
    return found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_string_in_every_field_stays_text(hostile: str) -> None:
    report = with_strings(REPORT, lambda text: text + hostile)

    markup = render(report)

    assert foreign(markup) == []
    markup.encode("utf-8")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_field_that_is_nothing_but_hostile_stays_text(hostile: str) -> None:
    assert foreign(render(with_strings(REFUSED, lambda _: hostile))) == []


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_string_in_any_field_adds_a_tag(data: st.DataObject) -> None:
    texts = st.text(alphabet=st.sampled_from("<>\"'&;=/ !-a\n\u2028\x00\u202e"), max_size=12)
    drawn = data.draw(st.lists(texts, min_size=1, max_size=40))
    turn = iter(range(10**9))

    report = with_strings(REPORT, lambda _: drawn[next(turn) % len(drawn)])

    assert foreign(render(report)) == []


def test_hostile_names_keep_ids_apart() -> None:
    page = parsed(render(with_strings(REPORT, lambda _: "x y")))

    assert len(page.ids) == len(set(page.ids))


def test_a_string_of_each_field_is_on_the_page() -> None:
    given: list[str] = []

    def numbered(text: str) -> str:
        given.append(text)
        return f"\u00a7{len(given) - 1}<"

    shown = render(with_strings(REPORT, numbered))

    missing = {text for i, text in enumerate(given) if f"\u00a7{i}&lt;" not in shown}
    # Not shown: words that would link to a target, targets, a headline left empty, tags of
    # languages, empty facts.
    linked = {point.link for point in REPORT.points} | {point.target for point in REPORT.points}
    assert missing <= linked | {row.target for row in REPORT.history} | {"", "de"}


def test_controls_and_lone_surrogates_become_replacement_characters() -> None:
    assert escape("a\x00b\x1bc\ud800d\uffffe\x85") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"


def test_line_ends_become_line_feeds() -> None:
    assert escape("a\r\nb\rc\n\td") == "a\nb\nc\n\td"


def test_markup_put_into_a_string_is_escaped_again() -> None:
    inner = el("b", "x")

    assert join(f"{inner}") == "&lt;b&gt;x&lt;/b&gt;"
    assert join(inner, raw("<br>")) == "<b>x</b><br>"


def test_an_attribute_cannot_be_left() -> None:
    assert el("p.a.b", "<", aria_label='"><') == (
        '<p class="a b" aria-label="&quot;&gt;&lt;">&lt;</p>'
    )


def test_a_source_may_be_called_like_a_piece_of_shell() -> None:
    assert command("show", "x; rm -rf ~/rejected") == "curate show 'x; rm -rf ~/rejected'"


def test_a_passage_without_end_is_cut() -> None:
    endless = with_strings(REPORT.chunks, lambda text: text + "a" * 100_000)

    markup = render(replace(BARE, chunks=endless))

    doc = markup[markup.index('<div class="doc') :]
    assert "a" * (LONGEST + 1) not in doc[: doc.index("</div>")]
