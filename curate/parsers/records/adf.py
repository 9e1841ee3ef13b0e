"""Blocks of Atlassian's document format, the JSON in which Jira keeps descriptions and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.mail.blocks import Block, Run
from curate.text.canonical import Cell
from curate.text.inline import Inline

if TYPE_CHECKING:
    from curate.parsers.records.paths import Value

_DEEPEST = 60
_LISTS = frozenset({"bulletList", "orderedList", "taskList", "decisionList"})
_ITEMS = frozenset({"listItem", "taskItem", "decisionItem"})


def read_adf(document: Mapping[str, Value]) -> list[Block]:
    """Return the blocks of a document in reading order."""
    walk = _Walk()
    walk.children(document, depth=0)
    return walk.blocks


@dataclass(slots=True)
class _Walk:
    blocks: list[Block] = field(default_factory=list)
    _quoted: bool = False
    _list: int = -1
    _item: bool = False
    _number: int | None = None

    def children(self, node: Mapping[str, Value], *, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in _content(node):
            self._node(child, depth)

    def _node(self, node: Mapping[str, Value], depth: int) -> None:
        kind = node.get("type")
        if kind in _LISTS:
            self._write_list(node, depth)
        elif kind == "table":
            self.blocks.append(Block("table", rows=[_row(row) for row in _content(node)]))
        elif kind == "blockquote":
            self._quoted = True
            self.children(node, depth=depth + 1)
            self._quoted = False
        elif kind == "codeBlock":
            lines = [[Run(line)] for line in _text(node, 0).split("\n")]
            self.blocks.append(Block("code", lines, detail=str(_attribute(node, "language") or "")))
        elif kind in {"paragraph", "heading"}:
            self._write_text(node)
        else:
            self.children(node, depth=depth + 1)

    def _write_list(self, node: Mapping[str, Value], depth: int) -> None:
        self._list += 1
        start = _attribute(node, "order")
        number = start if isinstance(start, int) and not isinstance(start, bool) else 1
        for place, child in enumerate(_content(node)):
            self._item = child.get("type") in _ITEMS
            self._number = number + place if node.get("type") == "orderedList" else None
            if child.get("type") in {"taskItem", "decisionItem"}:
                self._write_text(child)
            else:
                self.children(child, depth=depth + 1)
        self._list, self._item = self._list - 1, False

    def _write_text(self, node: Mapping[str, Value]) -> None:
        lines = _lines(node)
        level = _attribute(node, "level")
        if node.get("type") == "heading":
            level = level if isinstance(level, int) else 2
            self.blocks.append(Block("heading", lines, level=level))
        elif self._item:
            self._item = False
            self.blocks.append(Block("item", lines, depth=max(self._list, 0), number=self._number))
        else:
            self.blocks.append(Block("paragraph", lines, quoted=self._quoted))


def _content(node: Value) -> list[Mapping[str, Value]]:
    content = node.get("content") if isinstance(node, Mapping) else None
    return (
        [child for child in content if isinstance(child, Mapping)]
        if isinstance(content, list)
        else []
    )


def _attribute(node: Mapping[str, Value], name: str) -> Value:
    attributes = node.get("attrs")
    return attributes.get(name) if isinstance(attributes, Mapping) else None


def _lines(node: Mapping[str, Value]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for child in _content(node):
        if child.get("type") == "hardBreak":
            lines.append([])
        else:
            lines[-1].append(Run(_text(child, 0), _link(child)))
    return lines


def _text(node: Mapping[str, Value], depth: int) -> str:
    """Return the words of a node and of all within it."""
    if depth > _DEEPEST:
        return ""
    text = node.get("text")
    if isinstance(text, str):
        return text
    shown = _attribute(node, "text") or _attribute(node, "shortName") or _attribute(node, "url")
    if isinstance(shown, str):
        return shown
    return "".join(_text(child, depth + 1) for child in _content(node))


def _link(node: Mapping[str, Value]) -> str:
    marks = node.get("marks")
    for mark in marks if isinstance(marks, list) else []:
        href = _attribute(mark, "href") if isinstance(mark, Mapping) else None
        if isinstance(href, str):
            return href
    return ""


def _row(row: Mapping[str, Value]) -> list[Cell]:
    return [
        Cell(
            Inline(" ".join(_text(part, 0) for part in _content(cell))),
            header=cell.get("type") == "tableHeader",
        )
        for cell in _content(row)
    ]
