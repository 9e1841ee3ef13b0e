"""Bodies of records to blocks: HTML, Markdown, Jira's two notations, Slack's mark-up, text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from curate.parsers.mail.blocks import Block, Run, plain
from curate.parsers.mail.fragment import read_fragment
from curate.parsers.mail.openers import unglue
from curate.parsers.records.adf import read_adf
from curate.parsers.records.paths import text_of
from curate.parsers.records.wiki import looks_wiki, read_wiki

if TYPE_CHECKING:
    from curate.parsers.records.paths import Value

_HTML = re.compile(
    r"<(?:p|br|div|span|ul|ol|li|a|b|i|strong|em|table|h[1-6]|pre|code|blockquote|html|body|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"^#{1,6} |^```|\]\(https?:|^\|.+\|\s*$\n^\|[\s:|-]+\||(?<!\*)\*\*[^\s*][^*\n]*\*\*(?!\*)",
    re.MULTILINE,
)
_SLACK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_FENCE = re.compile(r"```(?:\n)?(.*?)```", re.DOTALL)
_LONGEST = 20_000_000


def blocks_of(value: Value, form: str) -> list[Block]:
    """Return the blocks of a body in a format; `auto` looks which one it is."""
    if isinstance(value, Mapping) and value.get("type") == "doc":
        return read_adf(value)
    text = text_of(value)[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    form = _guess(text) if form == "auto" else form
    if form == "html":
        return read_fragment(text) if _HTML.search(text) or "&" in text else [plain(unglue(text))]
    if form == "markdown":
        return read_fragment(_rendered(text))
    if form == "wiki":
        return read_wiki(text)
    return _slack(text) if form == "slack" else [plain(unglue(text))]


def _guess(text: str) -> str:
    if _HTML.search(text):
        return "html"
    if looks_wiki(text):
        return "wiki"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _rendered(text: str) -> str:
    """Return Markdown as HTML; what looks like HTML in it stays text."""
    from markdown_it import MarkdownIt

    rendered: str = (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(text)
    )
    return rendered


def _slack(text: str) -> list[Block]:
    """Return the blocks of Slack's mark-up; people and channels become @ and # with their sign."""
    blocks: list[Block] = []
    for place, piece in enumerate(_FENCE.split(text)):
        if place % 2:
            lines = html.unescape(piece).strip("\n").split("\n")
            blocks.append(Block("code", [[Run(line)] for line in lines]))
        elif piece.strip():
            blocks.append(Block("plain", [_runs(line) for line in piece.split("\n")]))
    return blocks


def _runs(line: str) -> list[Run]:
    runs, end = [], 0
    for match in _SLACK.finditer(line):
        runs.append(Run(html.unescape(line[end : match.start()])))
        runs.append(_reference(*match.groups()))
        end = match.end()
    return [*runs, Run(html.unescape(line[end:]))]


def _reference(sign: str, target: str, label: str | None) -> Run:
    words = html.unescape(label or "")
    if sign == "@":
        return Run(f"@{words or target}")
    if sign == "#":
        return Run(f"#{words or target}")
    if sign == "!":
        return Run(words or f"@{target.partition('^')[0]}")
    address = html.unescape(target)
    return Run(words or address.removeprefix("mailto:"), address)
