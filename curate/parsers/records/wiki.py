"""Blocks of Jira's wiki notation: headings, lists, tables, code, quotations, links."""

from __future__ import annotations

import re

from curate.parsers.mail.blocks import Block, Run, Runs
from curate.text.canonical import Cell

_HEADING = re.compile(r"^h([1-6])\.\s+(.*)$")
_ITEM = re.compile(r"^\s*([*#-]{1,6})\s+(\S.*)$")
_FENCE = re.compile(r"\{(code|noformat)(?::([\w.-]*)[^}]*)?\}(.*?)\{\1\}", re.DOTALL)
_QUOTE = re.compile(r"\{quote\}(.*?)\{quote\}", re.DOTALL)
_LINK = re.compile(r"\[(?:([^\[\]|]+)\|)?((?:https?|mailto|ftp):[^\[\]|\s]+)(?:\|[^\]]*)?\]")
_MENTION = re.compile(r"\[~(?:accountid:)?([^\]]+)\]")
_STYLE = re.compile(
    r"\{(?:color|panel|quote|anchor)(?::[^}]*)?\}|!\S+?\.(?:png|jpe?g|gif)(?:\|[^!]*)?!"
)
_STRONG = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")
_CUES = re.compile(
    r"^h[1-6]\. |\{(?:code|noformat|quote|panel)(?::[^}]*)?\}|^\|\||\[[^\[\]|\n]+\|https?:|\[~",
    re.MULTILINE,
)


def looks_wiki(text: str) -> bool:
    """Tell whether a text uses the notation."""
    return bool(_CUES.search(text))


def read_wiki(text: str) -> list[Block]:
    """Return the blocks of a text in the notation."""
    blocks: list[Block] = []
    end = 0
    for fence in _FENCE.finditer(text):
        blocks += _prose(text[end : fence.start()])
        lines = [[Run(line)] for line in fence.group(3).strip("\n").split("\n")]
        blocks.append(Block("code", lines, detail=fence.group(2) or ""))
        end = fence.end()
    return blocks + _prose(text[end:])


def _prose(text: str) -> list[Block]:
    blocks: list[Block] = []
    for place, piece in enumerate(_QUOTE.split(text)):
        for block in _lines(piece):
            block.quoted = place % 2 == 1
            blocks.append(block)
    return blocks


def _lines(text: str) -> list[Block]:
    blocks: list[Block] = []
    counters: dict[int, int] = {}
    for line in text.split("\n"):
        counters = counters if _ITEM.match(line) else {}
        block = _line(line, counters)
        if block.shape == "table" and blocks and blocks[-1].shape == "table":
            blocks[-1].rows += block.rows
        elif block.shape == "plain" and blocks and blocks[-1].shape == "plain":
            blocks[-1].lines += block.lines
        else:
            blocks.append(block)
    return blocks


def _line(line: str, counters: dict[int, int]) -> Block:
    if heading := _HEADING.match(line):
        return Block("heading", [_runs(heading.group(2))], level=int(heading.group(1)))
    if item := _ITEM.match(line):
        return _item(item.group(1), item.group(2), counters)
    if line.startswith("|") and line.count("|") > 1:
        return Block("table", rows=[_row(line)])
    return Block("plain", [_runs(line)])


def _item(marks: str, words: str, counters: dict[int, int]) -> Block:
    depth = len(marks) - 1
    number = None
    if marks[-1] == "#":
        number = counters[depth] = counters.get(depth, 0) + 1
    return Block("item", [_runs(words)], depth=depth, number=number)


def _row(line: str) -> list[Cell]:
    header = line.startswith("||")
    cells = re.split(r"\|\|?", line.strip().strip("|"))
    return [Cell("".join(run.text for run in _runs(cell)), header=header) for cell in cells]


def _runs(line: str) -> Runs:
    line = _MENTION.sub(r"@\1", _STYLE.sub("", _STRONG.sub(r"\1", line)))
    runs, end = [], 0
    for link in _LINK.finditer(line):
        runs += [Run(line[end : link.start()]), Run(link.group(1) or link.group(2), link.group(2))]
        end = link.end()
    return [*runs, Run(line[end:])]
