"""Charts and diagrams, which Word, PowerPoint and Excel keep in parts of the same two shapes.

A chart becomes a table of its cached values (what the picture shows), a diagram the list of its
points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.office.attributes import whole
from curate.parsers.office.numbers import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from curate.parsers.office.package import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_R_DM = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_MOST_POINTS = 20_000  # of one series
_MANY_CATEGORIES = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says: its titles and its values as rows, the first the header."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_chart(root: etree._Element) -> Chart:
    """Read the cached values of a chart part."""
    titles = tuple(filter(None, (_words(title) for title in root.iter(_C + "title"))))
    series = [_series(node) for node in root.iter(_C + "ser")]
    categories: dict[int, str] = {}
    for _, names, _ in series:
        categories = {**names, **categories}
    values = [dict.fromkeys(range(len(found)), "") | found for _, _, found in series]
    places = sorted(set(categories).union(*values))
    header = ("", *(categories.get(place, "") for place in places))
    rows = [
        (name, *(found.get(place, "") for place in places))
        for (name, _, _), found in zip(series, values, strict=True)
    ]
    grid = [row for row in (header, *rows) if any(row)]
    if len(places) > _MANY_CATEGORIES:
        grid = list(zip(*(header, *rows), strict=True))
    return Chart(titles, tuple(grid))


def read_diagram(root: etree._Element) -> list[str]:
    """Return the texts of a diagram's points in the order they were drawn up."""
    return [words for point in root.iter(_DGM + "t") if (words := _words(point))]


def linked_part(node: etree._Element) -> tuple[str, str]:
    """Return kind (`chart`, `diagram`) and relation of the part a drawing shows, or nothing."""
    for chart in node.iter(_C + "chart"):
        return "chart", chart.get(_R_ID, "")
    for points in node.iter(_DGM + "relIds"):
        return "diagram", points.get(_R_DM, "")
    return "", ""


def linked_tree(package: Package, part: str, relation: str) -> etree._Element | None:
    """Return the root of a part by the relation that points to it."""
    found = package.relations(part).get(relation)
    return None if found is None or found.external else package.xml(found.target)


def _series(node: etree._Element) -> tuple[str, dict[int, str], dict[int, str]]:
    name = node.find(_C + "tx")
    names: dict[int, str] = {}
    values: dict[int, str] = {}
    for tag in ("cat", "xVal"):
        names.update(_points(node.find(_C + tag)))
    for tag in ("val", "yVal"):
        values.update(_points(node.find(_C + tag)))
    title = " ".join(_points(name).values()) or (_words(name) if name is not None else "")
    return title, names, values


def _points(node: etree._Element | None) -> dict[int, str]:
    """Return cached points by their place; of categories in several levels the nearest first."""
    found: dict[int, list[str]] = {}
    for point in _some(node):
        place, value = point.get("idx", ""), point.findtext(_C + "v") or ""
        if place.isdecimal() and whole(place, most=_MOST_POINTS) < _MOST_POINTS:
            parent = point.getparent()
            number = parent is not None and str(parent.tag).startswith(_C + "num")
            found.setdefault(int(place), []).append(plain_number(value) if number else value)
    return {place: " / ".join(reversed(texts)) for place, texts in found.items()}


def _some(node: etree._Element | None) -> Iterator[etree._Element]:
    if node is not None:
        yield from node.iter(_C + "pt")


def _words(node: etree._Element) -> str:
    paragraphs = (
        "".join(text.text or "" for text in paragraph.iter(A + "t"))
        for paragraph in node.iter(A + "p")
    )
    return " ".join(filter(None, (words.strip() for words in paragraphs)))
