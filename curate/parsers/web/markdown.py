"""Markdown: blocks by markdown-it, running text by `spans`, what is no text by `front`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web.charset import decode
from curate.parsers.web.front import taken_apart
from curate.parsers.web.mdpages import page_piece
from curate.parsers.web.mdrule import hasten
from curate.parsers.web.mdwriter import OpenList, Writer
from curate.tables.parsed import Kind
from curate.text.canonical import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from curate.parsers.blob import Blob
    from curate.parsers.web.front import Front
    from curate.tables.parsed import Parsed

READER = "markdown 2"
_CONTAINER = re.compile(r"[ \t]*:{3,}[ \t]*(?:\{[^}]*\}|\[?([\w-]*)\]?)[ \t]*(\"?)(.*?)\2[ \t]*")
_DEEPEST = 60


def read_markdown(blob: Blob) -> Parsed:
    """Read a Markdown file.

    Raises:
        DocumentError: `not_text` for bytes that are no text, `no_text` for a file without words,
            `too_deep` where they stand deeper than is read.
    """
    front = taken_apart(decode(blob.data).replace("\r\n", "\n").replace("\r", "\n"))
    writer = Writer(_parser(), front.text.split("\n"))
    tokens = _parser().parse(front.text, writer.env)
    _walk(writer, tokens)
    parsed = _built(writer, front)
    if not parsed.elements:
        stopped = any(token.level >= _DEEPEST - 1 for token in tokens)
        raise DocumentError("too_deep" if stopped else "no_text")
    return parsed


def _built(writer: Writer, front: Front) -> Parsed:
    canonical = writer.canonical
    for name, text in front.footnotes:
        note = writer.text(text)
        canonical.paragraph(f"[{name}] {note.finish()[0]}", kind=Kind.FOOTNOTE)
    for text in front.hidden:
        writer.hide("html_comment", text)
    writer.show_hidden()
    canonical.furniture += front.furniture
    parsed = canonical.build(title=front.title, fields=front.fields, language=front.language)
    return replace(parsed, created=front.created, modified=front.modified, reader=READER)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    hasten(parser)
    return parser.enable(["table", "strikethrough"]).disable("inline")


def _walk(writer: Writer, tokens: list[Token]) -> None:
    until, inside = -1, 0  # the line up to which a piece of a page reaches; what it swallowed opens
    for token in tokens:
        if inside or (token.map and token.map[1] <= until):
            inside += token.nesting
        elif token.type == "html_block":
            until = max(until, page_piece(writer, token))
        elif token.type in _STEPS:
            _STEPS[token.type](writer, token)
    writer.settle()


def _inline(writer: Writer, token: Token) -> None:
    """Place a run where the blocks around it say."""
    content = token.content
    if writer.cell_is_head is not None:
        writer.cells.append(Cell(writer.text(content), header=writer.cell_is_head))
    elif writer.heading_level:
        writer.title(content, level=writer.heading_level)
    elif content.startswith(":::"):
        _container(writer, content)
    elif writer.lists:
        _item_text(writer, content)
    else:
        writer.paragraph(content)


def _container(writer: Writer, content: str) -> None:
    """Read text between `:::` lines, whose title stays."""
    for line in content.split("\n"):
        found = _CONTAINER.fullmatch(line)
        words = found[3] if found else line
        if words.strip():
            writer.paragraph(words)


def _item_text(writer: Writer, content: str) -> None:
    """Let the paragraphs of an item be one, unless the first asks and the rest answers."""
    if writer.waiting is not None:
        if not writer.waiting.rstrip("*_ ").endswith("?"):
            writer.waiting += "  \n" + content
            return
        writer.settle()
    if writer.marker:
        writer.waiting = content
    else:
        writer.canonical.paragraph(writer.text(content))


def _open_list(writer: Writer, token: Token) -> None:
    writer.settle()
    start = token.attrGet("start")
    ordered = token.type == "ordered_list_open"
    number = int(start) if start is not None else 1
    writer.lists.append(OpenList(number - 1 if ordered else None))


def _close_list(writer: Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    writer.lists.pop()
    if not writer.lists:
        writer.canonical.end_list()
        writer.show_hidden()


def _open_item(writer: Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    around = writer.lists[-1]
    around.number = around.number + 1 if around.number is not None else None
    writer.marker = True


def _close_item(writer: Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    writer.marker = False


def _code(writer: Writer, token: Token) -> None:
    writer.settle()
    language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
    writer.canonical.code(token.content, language=language.strip("{}.").split("{")[0].lower())
    writer.marker = False


def _open_quote(writer: Writer, token: Token) -> None:
    writer.settle()
    writer.quotes += token.nesting


def _open_heading(writer: Writer, token: Token) -> None:
    writer.heading_level = int(token.tag[1]) if token.nesting > 0 else 0


def _cell(writer: Writer, token: Token) -> None:
    writer.cell_is_head = token.tag == "th" if token.nesting > 0 else None


def _row(writer: Writer, token: Token) -> None:
    if token.nesting < 0:
        writer.rows.append(writer.cells)
        writer.cells = []


def _table(writer: Writer, token: Token) -> None:
    if token.nesting > 0:
        writer.settle()
        return
    writer.canonical.table(writer.rows)
    writer.rows = []
    if not writer.lists:
        writer.show_hidden()


_STEPS: Mapping[str, Callable[[Writer, Token], None]] = {
    "inline": _inline,
    "bullet_list_open": _open_list,
    "ordered_list_open": _open_list,
    "bullet_list_close": _close_list,
    "ordered_list_close": _close_list,
    "list_item_open": _open_item,
    "list_item_close": _close_item,
    "fence": _code,
    "code_block": _code,
    "blockquote_open": _open_quote,
    "blockquote_close": _open_quote,
    "heading_open": _open_heading,
    "heading_close": _open_heading,
    "th_open": _cell,
    "th_close": _cell,
    "td_open": _cell,
    "td_close": _cell,
    "tr_close": _row,
    "table_open": _table,
    "table_close": _table,
}
