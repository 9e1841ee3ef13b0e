"""Paragraphs of slides: which are list items, with which mark, and what in them is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.drawing import A
from curate.parsers.office.labels import as_number, number_text, typed_bullet
from curate.parsers.office.mathematics import to_latex
from curate.parsers.office.slide_shapes import P, is_body
from curate.parsers.office.wordprocessing import MC, R, chosen
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from curate.parsers.office.package import Relation
    from curate.parsers.office.slide_shapes import Shape

_TINY = 200  # hundredths of a point
_LEVELS = 9
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_ALTERNATE: Final = MC + "AlternateContent"
_WITH_FORMULAS: Final = frozenset(
    {_ALTERNATE, "{http://schemas.microsoft.com/office/drawing/2010/main}m"}
)
_STYLES = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "arabic": "decimal", "circleNum": "decimalEnclosedCircle",
}  # fmt: skip
_FORMS = {"ParenR": "{})", "ParenBoth": "({})", "Period": "{}.", "Plain": "{}"}


@dataclass(slots=True)
class Line:
    """A paragraph of a shape; `marker` is None for plain text, empty for a bullet."""

    inline: Inline
    depth: int = 0
    marker: int | str | None = None
    item: bool = False
    hidden: list[tuple[str, str]] = field(default_factory=list)  # text, how


@dataclass(slots=True)
class Bullets:
    """Which levels of a shape carry bullets, as its ancestors say, and where numbers stand."""

    shape: Shape
    styles: list[etree._Element]
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)

    def mark(self, properties: etree._Element | None, depth: int) -> tuple[bool, int | str | None]:
        """Return whether a paragraph is an item, and its number if it has one."""
        for source in (properties, *(style.find(f"{A}lvl{depth + 1}pPr") for style in self.styles)):
            for child in source if source is not None else ():
                if child.tag == A + "buNone":
                    return False, None
                if child.tag in {A + "buChar", A + "buBlip"}:
                    self.counts[depth:] = [0] * (_LEVELS - depth)
                    return True, None
                if child.tag == A + "buAutoNum":
                    return True, self._number(child, depth)
        return is_body(self.shape) and not self.styles, None

    def _number(self, node: etree._Element, depth: int) -> int | str | None:
        start = node.get("startAt", "1")
        self.counts[depth] += 1
        self.counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        number = self.counts[depth] + (int(start[:6]) if start[:6].isdecimal() else 1) - 1
        kind = node.get("type", "arabicPeriod")
        style = next((drawn for name, drawn in _STYLES.items() if kind.startswith(name)), "decimal")
        form = next((form for name, form in _FORMS.items() if kind.endswith(name)), "{}.")
        return as_number(form.format(number_text(number, style)))


def read_lines(
    body: etree._Element, bullets: Bullets, relations: dict[str, Relation]
) -> Iterator[Line]:
    """Return the paragraphs of a shape's text."""
    for paragraph in body.iterfind(A + "p"):
        properties = paragraph.find(A + "pPr")
        level = properties.get("lvl", "0") if properties is not None else "0"
        depth = min(int(level), _LEVELS - 1) if level.isdecimal() else 0
        line = read_line(paragraph, relations)
        text, _ = line.inline.finish()
        if text:
            line.item, line.marker = bullets.mark(properties, depth)
            line.depth = depth if line.item else 0
            _typed(line, text)
        yield line


def read_line(paragraph: etree._Element, relations: dict[str, Relation]) -> Line:
    """Return the text of a paragraph with its links."""
    line = Line(Inline())
    _runs(paragraph, line, relations)
    return line


def plain_text(body: etree._Element) -> str:
    """Return the text of all paragraphs, a line each."""
    return "\n".join(read_line(p, {}).inline.finish()[0] for p in body.iter(A + "p"))


def _runs(node: etree._Element, line: Line, relations: dict[str, Relation]) -> None:
    for child in node:
        tag = child.tag
        if tag in {A + "r", A + "fld"}:
            _run(child, line, relations)
        elif tag == A + "br":
            line.inline.add("\n")
        elif tag == A + "tab":
            line.inline.add("\t")
        elif tag in _WITH_FORMULAS:
            shown = chosen(child) if tag == _ALTERNATE else child
            formulas = shown.iter(_MATH) if shown is not None else ()
            line.inline.add("".join(f"${to_latex(formula)}$" for formula in formulas))


def _run(run: etree._Element, line: Line, relations: dict[str, Relation]) -> None:
    text, properties = run.findtext(A + "t") or "", run.find(A + "rPr")
    text = text.replace("_x000B_", "\n")
    if properties is None:
        line.inline.add(text)
        return
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) < _TINY:
        line.hidden.append((text, "tiny_font"))
        return
    click = properties.find(A + "hlinkClick")
    relation = relations.get(click.get(R + "id", "")) if click is not None else None
    line.inline.add(text, url=relation.target if relation is not None and relation.external else "")


def _typed(line: Line, text: str) -> None:
    """Take a bullet typed by hand for one."""
    cut = typed_bullet(text)
    if cut and not line.item:
        line.item, line.inline = True, Inline(text[cut:])


def bullet_styles(shape: Shape, master: etree._Element | None) -> list[etree._Element]:
    """Return the list styles that speak for a shape, its own first."""
    found = [
        style
        for node in (shape.node, *shape.ancestors)
        for style in node.iterfind(f"{P}txBody/{A}lstStyle")
    ]
    if is_body(shape) and master is not None:
        found.extend(master.iterfind(f"{P}txStyles/{P}bodyStyle"))
    return found
