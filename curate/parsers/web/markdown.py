"""Markdown: blocks by markdown-it, running text by `spans`, what is no text by `front`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.web.charset import decode
from curate.parsers.web.front import taken_apart
from curate.parsers.web.html import add_fragment
from curate.parsers.web.mdrule import hasten
from curate.parsers.web.spans import running_text
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical, Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from curate.parsers.blob import Blob
    from curate.parsers.web.front import Front
    from curate.tables.parsed import Parsed
    from curate.text.inline import Inline

READER = "markdown 1"
_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)\n?")
_CONTAINER = re.compile(r"[ \t]*:{3,}[ \t]*(?:\{[^}]*\}|\[?([\w-]*)\]?)[ \t]*(\"?)(.*?)\2[ \t]*")
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_WRAPPER = re.compile(r"\s*<(table|ul|ol|dl)\b", re.IGNORECASE)
_LONGEST_HEADING = 300
_DEEPEST = 60


@dataclass(slots=True)
class _List:
    number: int | None


@dataclass(slots=True)
class _Writer:
    """The document under construction; an item waits until it is known what follows in it."""

    parser: MarkdownIt
    source: list[str]
    env: dict[str, object] = field(default_factory=dict)
    canonical: Canonical = field(default_factory=Canonical)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    level: int = 0
    opened: list[int] = field(default_factory=list)  # levels in force where a text opens
    heading_level: int = 0
    marker: bool = False  # the item's marker is yet to be written
    waiting: str | None = None
    cells: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    cell_is_head: bool | None = None
    hidden: list[tuple[str, str]] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)  # tags that no later line closes

    def text(self, content: str) -> Inline:
        """Return a run of Markdown as text with links."""
        return running_text(content, self.parser, env=self.env, hide=self.hide)

    def hide(self, detail: str, text: str) -> None:
        """Set text aside that no reader sees."""
        if text.strip():
            self.hidden.append((detail, text))

    def settle(self) -> None:
        """Write the item that waits."""
        if self.waiting is not None:
            number = self.lists[-1].number if self.lists and self.marker else None
            text = self.text(self.waiting)
            self.canonical.item(text, depth=max(len(self.lists) - 1, 0), number=number)
            self.waiting, self.marker = None, False

    def show_hidden(self) -> None:
        """Write what was set aside."""
        for detail, text in self.hidden:
            self.canonical.paragraph(text, kind=Kind.HIDDEN, detail=detail)
        self.hidden = []


def read_markdown(blob: Blob) -> Parsed:
    """Read a Markdown file.

    Raises:
        DocumentError: `not_text` for bytes that are no text, `no_text` for a file without words.
    """
    front = taken_apart(decode(blob.data).replace("\r\n", "\n").replace("\r", "\n"))
    writer = _Writer(_parser(), front.text.split("\n"))
    _walk(writer, _parser().parse(front.text, writer.env))
    parsed = _built(writer.canonical, front, writer)
    if not parsed.elements:
        raise DocumentError("no_text")
    return parsed


def _built(canonical: Canonical, front: Front, writer: _Writer) -> Parsed:
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


def _walk(writer: _Writer, tokens: list[Token]) -> None:
    until = -1  # line before which everything was read as one piece of a page
    for token in tokens:
        if token.map and token.map[0] < until and token.nesting >= 0:
            continue
        if token.type == "html_block":
            until = max(until, _page_piece(writer, token))
        elif token.type in _STEPS:
            _STEPS[token.type](writer, token)
    writer.settle()


def _inline(writer: _Writer, token: Token) -> None:
    """Place a run where the blocks around it say."""
    content = token.content
    if writer.cell_is_head is not None:
        writer.cells.append(Cell(writer.text(content), header=writer.cell_is_head))
    elif writer.heading_level:
        _title(writer, content)
    elif content.startswith(":::"):
        _container(writer, content)
    elif writer.lists:
        _item_text(writer, content)
    else:
        _paragraph(writer, content)


def _paragraph(writer: _Writer, content: str) -> None:
    callout = _CALLOUT.match(content) if writer.quotes else None
    if callout:
        name = callout[2].strip() or callout[1].replace("-", " ").capitalize()
        content = f"{name}: {content[callout.end() :]}".rstrip(": ")
    kind = Kind.BLOCKQUOTE if writer.quotes else Kind.PARAGRAPH
    writer.canonical.paragraph(writer.text(content), kind=kind)
    writer.show_hidden()


def _title(writer: _Writer, content: str) -> None:
    if len(content) > _LONGEST_HEADING:
        _paragraph(writer, content)
        return
    writer.settle()
    title = writer.text(content)
    if title.finish()[0]:
        writer.canonical.heading(title, level=writer.heading_level)
        writer.level = writer.heading_level
    writer.marker = False
    if not writer.lists:
        writer.show_hidden()


def _container(writer: _Writer, content: str) -> None:
    """Read text between `:::` lines, whose title stays."""
    for line in content.split("\n"):
        found = _CONTAINER.fullmatch(line)
        words = found[3] if found else line
        if words.strip():
            _paragraph(writer, words)


def _item_text(writer: _Writer, content: str) -> None:
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


def _open_list(writer: _Writer, token: Token) -> None:
    writer.settle()
    start = token.attrGet("start")
    ordered = token.type == "ordered_list_open"
    number = int(start) if start is not None else 1
    writer.lists.append(_List(number - 1 if ordered else None))


def _close_list(writer: _Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    writer.lists.pop()
    if not writer.lists:
        writer.canonical.end_list()
        writer.show_hidden()


def _open_item(writer: _Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    around = writer.lists[-1]
    around.number = around.number + 1 if around.number is not None else None
    writer.marker = True


def _close_item(writer: _Writer, token: Token) -> None:  # noqa: ARG001 (a step among others)
    writer.settle()
    writer.marker = False


def _code(writer: _Writer, token: Token) -> None:
    writer.settle()
    language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
    writer.canonical.code(token.content, language=language.strip("{}.").split("{")[0].lower())
    writer.marker = False


def _open_quote(writer: _Writer, token: Token) -> None:
    writer.settle()
    writer.quotes += token.nesting


def _open_heading(writer: _Writer, token: Token) -> None:
    writer.heading_level = int(token.tag[1]) if token.nesting > 0 else 0


def _cell(writer: _Writer, token: Token) -> None:
    writer.cell_is_head = token.tag == "th" if token.nesting > 0 else None


def _row(writer: _Writer, token: Token) -> None:
    if token.nesting < 0:
        writer.rows.append(writer.cells)
        writer.cells = []


def _table(writer: _Writer, token: Token) -> None:
    if token.nesting > 0:
        writer.settle()
        return
    writer.canonical.table(writer.rows)
    writer.rows = []
    if not writer.lists:
        writer.show_hidden()


_STEPS: Mapping[str, Callable[[_Writer, Token], None]] = {
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


def _page_piece(writer: _Writer, token: Token) -> int:
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


def _closing_line(writer: _Writer, tag: str, start: int) -> int:
    if tag in writer.unclosed:
        return start
    closing, lines = f"</{tag}", range(start, len(writer.source))
    found = next((n + 1 for n in lines if closing in writer.source[n].lower()), None)
    if found is None:
        writer.unclosed.add(tag)
    return found or start


def _opened_and_closed(writer: _Writer, html: str) -> None:
    """Read a piece that may open a text under a summary, or close one opened before."""
    opens, closes = html.lower().count("<details"), html.lower().count("</details")
    summary = _SUMMARY.search(html)
    if opens > closes and summary:
        _fragment(writer, html[: summary.start()])
        writer.opened.append(writer.level)
        writer.heading_level = writer.level + 1
        _title(writer, summary[1].strip())
        writer.heading_level = 0
        html = html[summary.end() :]
    _fragment(writer, html)
    for _ in range(min(closes - opens, len(writer.opened))):
        writer.level = writer.opened.pop()
        writer.canonical.leave(level=writer.level + 1)


def _fragment(writer: _Writer, html: str) -> None:
    if not html.strip():
        return
    writer.level = add_fragment(writer.canonical, html, level=writer.level)
