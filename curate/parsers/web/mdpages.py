"""Pieces of a page inside of Markdown: read as pages, also where blank lines cut them in several.

A piece that opens a text under a summary leaves the rest to the Markdown that follows; the piece
that closes it ends the section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.parsers.web.html import add_fragment

if TYPE_CHECKING:
    from markdown_it.token import Token

    from curate.parsers.web.mdwriter import Writer

_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_WRAPPER = re.compile(r"\s*<(table|ul|ol|dl)\b", re.IGNORECASE)


def page_piece(writer: Writer, token: Token) -> int:
    """Read a piece of a page; return the line up to which it reaches."""
    html = token.content
    comment = _COMMENT.fullmatch(html)
    if comment and "-->" not in comment[1]:
        writer.hide("html_comment", comment[1])
        return -1
    writer.settle()
    start, end = token.map or [0, 0]
    wrapper = _WRAPPER.match(html)
    if wrapper and f"</{wrapper[1]}" not in html:
        end = _closing_line(writer, wrapper[1].lower(), end)
        html = "\n".join(writer.source[start:end])
    _opened_and_closed(writer, html)
    writer.marker = False
    return end


def _closing_line(writer: Writer, tag: str, start: int) -> int:
    if tag in writer.unclosed:
        return start
    closing, lines = f"</{tag}", range(start, len(writer.source))
    found = next((n + 1 for n in lines if closing in writer.source[n].lower()), None)
    if found is None:
        writer.unclosed.add(tag)
    return found or start


def _opened_and_closed(writer: Writer, html: str) -> None:
    """Read a piece that may open a text under a summary, or close one opened before."""
    opens, closes = html.lower().count("<details"), html.lower().count("</details")
    summary = _SUMMARY.search(html)
    if opens > closes and summary:
        _fragment(writer, html[: summary.start()])
        writer.opened.append(writer.level)
        writer.title(summary[1].strip(), level=writer.level + 1)
        html = html[summary.end() :]
    _fragment(writer, html)
    for _ in range(min(closes - opens, len(writer.opened))):
        writer.level = writer.opened.pop()
        writer.canonical.leave(level=writer.level + 1)


def _fragment(writer: Writer, html: str) -> None:
    if not html.strip():
        return
    writer.level = add_fragment(writer.canonical, html, level=writer.level)
