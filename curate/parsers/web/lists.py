"""Lists of a page: numbers as the page shows them, nesting, and lists of terms.

A list of terms is either a glossary (a term and a few words: one item each) or questions with
answers, which become headings with text below, so that an answer stands under its question like any
other section.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.web.walker import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.web.dom import Node
    from curate.parsers.web.walker import Flow, Walker

_BLOCKS = ("p", "ul", "ol", "table", "pre", "div", "blockquote")
_LONGEST_GLOSS = 160  # characters; a longer definition is prose
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def listing(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a list; a new one outside of any other begins a new element."""
    if flow.role == "inline":
        walker.flush(flow)
        for number, item in _numbered(node):
            _inline_item(walker, item, flow, number=number)
        return
    walker.flush(flow)
    inside = replace(flow, role="item", depth=flow.depth + 1)
    for number, item in _numbered(node):
        if item.tag == "li":
            walker.element(item, replace(inside, item=Item(inside.depth, number)))
        else:
            walker.element(item, replace(inside, item=Item(inside.depth)))
    if flow.depth < 0:
        walker.canonical.end_list()
        walker.show_hidden()


def item(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a list item."""
    if flow.item is None and flow.role != "inline":
        flow = replace(flow, role="item", depth=0, item=Item(0))
    walker.flush(flow)
    walker.children(node, flow)
    walker.flush(flow)


def _inline_item(walker: Walker, node: Node, flow: Flow, *, number: int | str | None) -> None:
    walker.flush(flow)
    marker = "- " if number is None else f"{number}. " if isinstance(number, int) else f"{number} "
    if node.size:
        walker.run.add(marker)
    walker.element(node, flow)


def _numbered(node: Node) -> Iterator[tuple[int | str | None, Node]]:
    """Yield the elements of a list with the number that the page shows."""
    items = [child for child in node.children if child.tag[0] != "#"]
    if node.tag != "ol":
        yield from ((None, child) for child in items)
        return
    backwards = "reversed" in node.attributes
    number = _whole(node.get("start"), len(items) if backwards else 1)
    for child in items:
        number = _whole(child.get("value"), number)
        yield (_label(number, node.get("type")) if child.tag == "li" else None), child
        number += (-1 if backwards else 1) if child.tag == "li" else 0


def _whole(text: str, default: int) -> int:
    text = text.strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 9 else default  # noqa: PLR2004


def _label(number: int, kind: str) -> int | str:
    if kind in {"a", "A"} and 0 < number <= 26:  # noqa: PLR2004 (letters)
        return chr(ord(kind) + number - 1) + "."
    if kind in {"i", "I"} and 0 < number < 400:  # noqa: PLR2004 (the numerals below)
        roman = _roman(number)
        return (roman if kind == "i" else roman.upper()) + "."
    return number


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def terms(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a list of terms: questions as headings over their answers, a glossary as items."""
    walker.flush(flow)
    pairs = list(_entries(node))
    if flow.role == "inline" or not pairs:
        walker.children(node, flow)
    elif _is_prose(pairs) and flow.depth < 0:
        _sections(walker, pairs, flow)
    else:
        _glossary(walker, pairs, replace(flow, role="item", depth=flow.depth + 1))
        if flow.depth < 0:
            walker.canonical.end_list()
    walker.flush(flow)


def _entries(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag in {"dt", "dd"}:
            yield child
        elif child.tag == "div":
            yield from (below for below in child.children if below.tag in {"dt", "dd"})


def _is_prose(pairs: list[Node]) -> bool:
    """Tell whether the definitions are texts rather than a few words."""
    asked = [entry for entry in pairs if entry.tag == "dt"]
    told = [entry for entry in pairs if entry.tag == "dd"]
    if not asked or not told or any(entry.find("dl") for entry in told):
        return False
    if any(entry.inner_text().rstrip().endswith("?") for entry in asked):
        return True
    long = sum(1 for e in told if e.size > _LONGEST_GLOSS or e.find(*_BLOCKS) is not None)
    return 2 * long > len(told)


def _sections(walker: Walker, pairs: list[Node], flow: Flow) -> None:
    before = walker.level
    for entry in pairs:
        if entry.tag == "dt":
            walker.flush(flow)
            walker.canonical.heading(walker.collect(entry, flow), level=before + 1)
            walker.level = before + 1
        else:
            walker.element(entry, flow)
            walker.flush(flow)
    walker.canonical.leave(level=before + 1)
    walker.level = before


def _glossary(walker: Walker, pairs: list[Node], flow: Flow) -> None:
    current = Item(flow.depth)
    for entry in pairs:
        if entry.tag == "dt":
            walker.flush(replace(flow, item=current))
            current = Item(flow.depth)
        elif current.spent:
            walker.flush(replace(flow, item=current))
            current = Item(flow.depth + 1)
        elif walker.filled and entry.size:
            walker.run.add("" if walker.last in ":.?!" else ":")
            walker.run.add(" ")
        walker.children(entry, replace(flow, item=current))
        if entry.tag == "dd":
            walker.flush(replace(flow, item=current))
    walker.flush(replace(flow, item=current))
