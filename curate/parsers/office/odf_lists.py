"""Lists of OpenDocument texts, counted and labelled as LibreOffice draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.office.labels import as_number
from curate.parsers.office.odf_names import TABLE, TEXT
from curate.parsers.office.odf_styles import Level, label_of

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.odf_blocks import OdfBody

_LEVELS = 11


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a list an item stands."""

    style: str
    depth: int  # from 1
    counts: list[int]


def write_list(body: OdfBody, node: etree._Element) -> None:
    """Write a list; one that goes on with an earlier one keeps its numbers."""
    body.flush_code()
    style = node.get(TEXT + "style-name", "")
    goes_on = node.get(TEXT + "continue-numbering") == "true" or node.get(TEXT + "continue-list")
    counts = body.lists.get(style) if goes_on else None
    if counts is None:
        counts = [0] * _LEVELS
        body.canonical.end_list()
    body.lists[style] = counts
    _write_items(body, node, _Place(style, 1, counts))


def _write_items(body: OdfBody, node: etree._Element, place: _Place) -> None:
    place = _Place(node.get(TEXT + "style-name") or place.style, place.depth, place.counts)
    for item in node:
        if item.tag == TEXT + "list-item":
            texts = any(child.tag in {TEXT + "p", TEXT + "h"} for child in item)
            if texts:
                _count(body, item, place)
            _write_item(body, item, place, fresh=texts)
        elif item.tag == TEXT + "list-header":
            _write_item(body, item, place, fresh=False)


def _count(body: OdfBody, item: etree._Element, place: _Place) -> None:
    """Count an item; levels below it start anew."""
    counts, depth = place.counts, place.depth
    started = item.get(TEXT + "start-value", "")
    first = body.styles.lists.get(place.style, {}).get(depth, Level()).start
    counts[depth] = counts[depth] + 1 if counts[depth] else first
    if started.isdecimal():
        counts[depth] = int(started[:9])
    counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)


def _write_item(body: OdfBody, item: etree._Element, place: _Place, *, fresh: bool) -> None:
    for child in item:
        if child.tag == TEXT + "h":
            body.header(child)
        elif child.tag == TEXT + "p":
            _write_text(body, child, place, fresh=fresh)
            fresh = False
        elif child.tag == TEXT + "list":
            deeper = _Place(place.style, min(place.depth + 1, _LEVELS - 1), place.counts)
            _write_items(body, child, deeper)
        elif child.tag == TABLE + "table":
            body.block(child)


def _write_text(body: OdfBody, node: etree._Element, place: _Place, *, fresh: bool) -> None:
    """Write a paragraph of an item; all but the first are plain text."""
    runs = body.runs(node)
    levels = body.styles.lists.get(place.style, {})
    rule = levels.get(place.depth, Level(bullet=True))
    if fresh and (rule.bullet or rule.style):
        label = "" if rule.bullet else label_of(levels, place.depth, place.counts)
        number = as_number(label) if label else None
        body.canonical.item(runs.inline, depth=place.depth - 1, number=number, at=body.place())
    else:
        body.flush()
        body.canonical.paragraph(runs.inline, at=body.place())
    body.hang(runs)
