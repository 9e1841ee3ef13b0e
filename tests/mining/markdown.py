"""Markdown to canonical text, as plainly as the tests of mining need it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from curate.text.canonical import Canonical
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from curate.tables.parsed import Parsed

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def document(markdown: str, *, language: str = "en") -> Parsed:
    """Return the document that a Markdown text is."""
    front = _FRONT.match(markdown)
    title = re.search(r"^title: *(.+)$", front.group(1), re.MULTILINE) if front else None
    canonical = Canonical()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown[front.end() if front else 0 :])
    _walk(iter(tokens), canonical)
    return canonical.build(title=title.group(1).strip("\"'") if title else "", language=language)


def _walk(tokens: Iterator[Token], canonical: Canonical) -> None:
    lists: list[int | None] = []
    item = False
    level, quote, skip = 0, 0, False
    rows: list[list[str]] = []
    for token in tokens:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            start = int(token.attrs.get("start", 1)) if kind[0] == "o" else None
            lists.append(start)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
            if not lists:
                canonical.end_list()
        elif kind == "list_item_open":
            item = True
        elif kind == "heading_open":
            level = int(token.tag[1])
        elif kind == "tr_open":
            rows.append([])
        elif kind in {"th_open", "td_open"}:
            skip = True
        elif kind == "table_close":
            canonical.table(rows, header_rows=1)
            rows, skip = [], False
        elif kind in {"fence", "code_block"}:
            canonical.code(token.content, language=token.info)
        elif kind == "inline":
            text = _inline(token)
            if skip:
                rows[-1].append(text.finish()[0])
            elif level:
                canonical.heading(text, level=level)
                level = 0
            elif lists and item:
                number = lists[-1]
                canonical.item(text, depth=len(lists) - 1, number=number)
                if number is not None:
                    lists[-1] = number + 1
                item = False
            else:
                canonical.paragraph(text)
        del quote
        quote = 0


def _inline(token: Token) -> Inline:
    text, url = Inline(), ""
    for child in token.children or []:
        if child.type == "link_open":
            url = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            url = ""
        elif child.type in {"softbreak", "hardbreak"}:
            text.add("\n" if child.type == "hardbreak" else " ")
        elif child.type in {"text", "code_inline"}:
            text.add(child.content, url=url) if url else text.add(child.content)
    return text
