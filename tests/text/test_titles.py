"""Which part of a document its title is the title of."""

from __future__ import annotations

import pytest

from curate.parsers.blob import Blob
from curate.parsers.web import read_html, read_markdown
from curate.text.titles import titled

BESIDE = "# Replace a filter\n\nTurn it.\n\n## Parts\n\nOne.\n\n# Order paper\n\nAsk the office."


def _part(markdown: str) -> str:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    first, behind = titled(parsed)
    return parsed.text[first:behind]


def test_a_heading_among_equals_titles_its_own_section_alone() -> None:
    assert _part(BESIDE) == "Replace a filter\n\nTurn it.\n\nParts\n\nOne.\n\n"


@pytest.mark.parametrize(
    "markdown",
    [
        "Before.\n\n# Filters\n\nTurn it.\n\n## Parts\n\nOne.\n\n## Paper\n\nAsk the office.",
        f"---\ntitle: Household\n---\n{BESIDE}",
        f"---\ntitle: Replace a filter\n---\n{BESIDE}",
        "No heading at all.",
    ],
    ids=["one above all", "its own title", "its own title again", "none"],
)
def test_any_other_title_is_that_of_everything(markdown: str) -> None:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))

    assert _part(markdown) == parsed.text


def test_a_higher_heading_further_down_is_not_under_the_first() -> None:
    assert _part("## Filters\n\nTurn it.\n\n# Paper\n\nAsk.") == "Filters\n\nTurn it.\n\n"


def test_a_page_that_calls_its_first_heading_its_title_is_titled_whole() -> None:
    body = "<h1>Household</h1><p>All of it.</p><h1>Paper</h1><p>Ask the office.</p>"
    named = f"<html><head><title>Household</title></head><body>{body}</body></html>"

    pages = [
        read_html(Blob(page.encode(), "page.html", "text/html"))
        for page in (named, f"<html><body>{body}</body></html>")
    ]

    assert [titled(page)[1] > len(page.text) for page in pages] == [True, False]
