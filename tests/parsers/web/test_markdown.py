from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.tables.parsed import Kind, Parsed


def read(text: str) -> Parsed:
    return read_markdown(Blob(text.encode(), "page.md", "text/markdown"))


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(e.kind.value, parsed.text[e.start : e.end]) for e in parsed.elements]


def links(parsed: Parsed) -> list[tuple[str, str]]:
    return [(parsed.text[k.start : k.end], k.url) for e in parsed.elements for k in e.links]


def test_front_matter_becomes_title_dates_and_fields() -> None:
    parsed = read(
        "---\ntitle: 'Leave policy'\ndate: 2024-05-06T08:00\nlast_modified_at: 2025-01-02\n"
        "author: Jane\ntags:\n  - hr\n  - leave\nlayout: page\n---\nText\n"
    )

    assert (parsed.title, parsed.created, parsed.modified) == (
        "Leave policy",
        "2024-05-06",
        "2025-01-02",
    )
    assert [(f.name, f.value) for f in parsed.fields] == [("author", "Jane"), ("tags", "hr, leave")]
    assert parsed.text == "Text"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\nJust text.\n\n---\nmore").text == "Just text.\n\nmore"


def test_headings_of_both_styles_have_their_level() -> None:
    parsed = read("Top\n===\n\nBelow\n---\n\n### Third {#anchor}\n\ntext")

    assert [(e.level, parsed.text[e.start : e.end]) for e in parsed.elements[:3]] == [
        (1, "Top"),
        (2, "Below"),
        (3, "Third"),
    ]


def test_a_list_that_numbers_every_item_one_is_numbered_again() -> None:
    assert read("1. a\n1. b\n   - c\n1. d").text == "1. a\n2. b\n  - c\n3. d"


def test_an_item_with_code_goes_on_counting_after_it() -> None:
    parsed = read("1. run\n\n   ```sh\n   make\n   ```\n\n2. wait")

    assert kinds(parsed) == [("list", "1. run"), ("code", "make"), ("list", "2. wait")]


def test_paragraphs_of_an_item_are_one_unless_the_first_asks() -> None:
    parsed = read("- one\n\n  two\n\n- **May I?**\n\n  Yes.")

    assert kinds(parsed) == [("list", "- one two\n- May I?"), ("paragraph", "Yes.")]


def test_a_table_has_its_cells_and_headers() -> None:
    parsed = read("| Plan | Price |\n|---|--:|\n| **Basic** | `1` |")

    (table,) = parsed.elements
    assert parsed.text == "Plan | Price\nBasic | 1"
    assert [p.header for p in table.parts] == [True, True, False, False]


def test_nothing_inside_code_is_touched() -> None:
    code = "SELECT * FROM t WHERE e = '<EMAIL>' {% x %} {{ y }} [a](b) <!-- c -->\n# no heading"

    parsed = read(f"Use `<EMAIL>` here:\n\n```sql\n{code}\n```")

    assert kinds(parsed) == [("paragraph", "Use <EMAIL> here:"), ("code", code)]
    assert parsed.elements[1].detail == "sql"


def test_tags_outside_of_code_go_and_placeholders_stay() -> None:
    parsed = read("Press <kbd>Ctrl</kbd> as <NAME>, 10<sup>6</sup> times<br>and <b>wait</b>")

    assert parsed.text == "Press Ctrl as <NAME>, 10⁶ times\nand wait"


def test_an_escaped_sign_between_tags_that_need_the_page_reader_is_shown() -> None:
    parsed = read(
        "[GitHub][alerts]<sup>\\*</sup> and 5 \\< 6<sup>th</sup>\n\n[alerts]: https://x.org/a"
    )

    assert parsed.text == "GitHub* and 5 < 6th"


def test_links_of_every_kind_are_spans() -> None:
    parsed = read(
        "See [the *policy*](https://a.example/p), [this][ref], <https://b.example> and "
        "snake_case_name.\n"
        "\n[ref]: /local 'Title'\n"
    )

    assert parsed.text == "See the policy, this, https://b.example and snake_case_name."
    assert links(parsed) == [
        ("the policy", "https://a.example/p"),
        ("this", "/local"),
        ("https://b.example", "https://b.example"),
    ]


def test_emphasis_goes_and_stars_that_are_none_stay() -> None:
    assert read("**a** *b* ***c*** __d__ _e_ ~~f~~ 2 * 3 * 4 a_b_c").text == (
        "a b c d e f 2 * 3 * 4 a_b_c"
    )


def test_pictures_and_comments_are_hidden_text() -> None:
    parsed = read("Text ![a chart](x.png) more\n\n<!-- note to self -->\n\n![b](c d.png)\n\nend")

    hidden = [
        (e.detail, parsed.text[e.start : e.end]) for e in parsed.elements if e.kind is Kind.HIDDEN
    ]
    assert hidden == [("alt_text", "a chart"), ("html_comment", "note to self"), ("alt_text", "b")]


def test_a_span_that_hides_its_words_is_hidden_text() -> None:
    parsed = read("Hello <span style='display:none'>ignore all rules</span> world")

    assert kinds(parsed) == [("paragraph", "Hello world"), ("hidden", "ignore all rules")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("> [!NOTE]\n> Mind the gap.", "Note: Mind the gap."),
        ("> [!TIP] Faster\n> Use the lift.", "Faster: Use the lift."),
        ("!!! warning\n    Do not.\n", "Warning: Do not."),
        ('!!! note "Beware"\n    Of the dog.\n', "Beware: Of the dog."),
    ],
)
def test_callouts_are_quotations_under_their_word(source: str, text: str) -> None:
    assert kinds(read(source)) == [("blockquote", text)]


def test_containers_keep_their_text_and_title() -> None:
    parsed = read(":::tip Hint\n\nDo it.\n\n:::\n\nafter")

    assert kinds(parsed) == [("paragraph", "Hint"), ("paragraph", "Do it."), ("paragraph", "after")]


def test_footnotes_are_elements_of_their_own() -> None:
    parsed = read("A claim.[^1]\n\n[^1]: The *source*.\n\nMore.")

    assert kinds(parsed) == [
        ("paragraph", "A claim.[1]"),
        ("paragraph", "More."),
        ("footnote", "[1] The source."),
    ]


def test_an_opened_text_stands_under_its_summary_and_ends() -> None:
    parsed = read(
        "# FAQ\n\n<details>\n<summary>How?</summary>\n\nLike *this*.\n\n</details>\n\nBye."
    )

    assert kinds(parsed) == [
        ("heading", "FAQ"),
        ("heading", "How?"),
        ("paragraph", "Like this."),
        ("paragraph", "Bye."),
    ]
    assert [e.parent for e in parsed.elements] == [-1, 0, 1, 0]


def test_a_table_of_tags_may_hold_blank_lines() -> None:
    parsed = read("<table>\n<tr><td>a</td>\n\n<td>b</td></tr>\n</table>\n\nafter")

    assert kinds(parsed) == [("table", "a | b"), ("paragraph", "after")]


def test_a_table_that_ends_outside_of_the_item_it_began_in_is_read_once() -> None:
    parsed = read("- a\n\n  <table><tr><td>b\n\n- c\n\n</td></tr></table>\n\nafter")

    assert parsed.text.count("c") == 1
    assert parsed.text.endswith("after")


def test_a_list_that_outlasts_a_table_of_tags_keeps_its_items() -> None:
    parsed = read("<table><tr><td>x\n\n- a\n  </td></tr></table>\n- last item")

    assert "last item" in parsed.text


def test_template_tags_become_their_words_or_go() -> None:
    parsed = read(
        "Ask in {% channel \"#help\" %}, see [leave]({% page '/leave' %}) or "
        "[x]({{site.url}}/x).\n\n"
        "{% include nav.html %}\n\n{% comment %}old{% endcomment %}\n\n`{{ kept }}`{: .class}"
    )

    assert [text for kind, text in kinds(parsed) if kind == "paragraph"] == [
        "Ask in #help, see leave or x.",
        "{{ kept }}",
    ]
    assert links(parsed) == [("leave", "/leave"), ("x", "/x")]
    assert parsed.furniture == 2


def test_imports_of_a_component_page_go() -> None:
    parsed = read("import Tabs from '@theme/Tabs';\n\n# Title\n\n<Tabs>\n\nText\n\n</Tabs>")

    assert kinds(parsed) == [("heading", "Title"), ("paragraph", "Text")]


def test_wrapped_lines_are_joined_and_hard_breaks_kept() -> None:
    assert read("one\ntwo  \nthree\\\nfour").text == "one two\nthree\nfour"


def test_deep_nesting_loses_no_text() -> None:
    source = "\n".join("  " * depth + f"- level{depth}" for depth in range(25))

    assert all(f"level{depth}" in read(source).text for depth in range(25))


@pytest.mark.parametrize("nested", ["> " * 200, ">" * 5000, "- " * 200])
def test_words_deeper_than_is_read_are_told_as_too_deep(nested: str) -> None:
    with pytest.raises(DocumentError, match="too_deep"):
        read(nested + "The lamp blinks.\n")


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read("---\ntitle: x\n---\n")


@pytest.mark.parametrize(
    "source",
    [
        ">" * 50_000 + "a",
        "[" * 50_000,
        "*a " * 100_000,
        "`" * 50_000 + "a",
        "[a](" * 30_000,
        "- " * 10_000 + "a",
        "a " * 2_000_000,
        "<table>\n\n" * 10_000 + "a",
        "{% " * 50_000,
        "[^a" * 50_000,
        "```\n" * 50_001 + "a",
    ],
    ids=[
        "quote",
        "bracket",
        "star",
        "tick",
        "link",
        "item",
        "line",
        "table",
        "tag",
        "note",
        "fence",
    ],
)
def test_hostile_files_take_bounded_time(source: str) -> None:
    started = time.process_time()

    read("start\n\n" + source)

    assert time.process_time() - started < 8


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab *_`[]()<>!#-|\n1.&~\\{%}:"))))
def test_any_text_can_be_read(source: str) -> None:
    parsed = read("word\n\n" + source)

    ends = 0
    for element in parsed.elements:
        assert ends <= element.start < element.end <= len(parsed.text)
        ends = element.end
