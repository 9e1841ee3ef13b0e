"""The inside of a Word paragraph: what is seen, what is hidden and what hangs on it.

Runs nest in links, insertions, content controls and fields; fields may reach over several paragraphs.
`Runs` gathers the visible text of one block with its links, and apart from it hidden text, text boxes,
pictures' descriptions, charts, and the notes and comments that the text refers to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.parsers.office.mathematics import to_latex
from curate.parsers.office.word_drawings import Shown, find_shown
from curate.parsers.office.word_styles import Styles, is_dark, is_white
from curate.parsers.office.wordprocessing import MC, VAL, R, W, chosen, is_on
from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from curate.parsers.office.package import Relation

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_URL = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)"?')
_TINY = 4  # half points
_PRIVATE_USE = 0xF000
# What the signs of Wingdings and Symbol look like, of those that carry meaning in documents.
_SIGNS = {
    0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "☐", 0xF0E0: "→",
    0xF0DF: "←", 0xF0AE: "→", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0B3: "≥", 0xF0A3: "≤",
    0xF0B1: "±", 0xF0B0: "°", 0xF0B4: "×", 0xF0D2: "®", 0xF0D3: "©", 0xF0D4: "™", 0xF06D: "µ",
    0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF064: "δ", 0xF06C: "λ", 0xF070: "π", 0xF073: "σ",
    0xF057: "Ω", 0xF044: "Δ", 0xF053: "Σ", 0xF0A5: "∞", 0xF0BB: "≈", 0xF0B9: "≠", 0xF0D6: "√",
}  # fmt: skip


@dataclass(slots=True)
class OpenField:
    """A field whose end has not come yet."""

    code: str = ""
    shown: bool = False  # past its separator
    start: int = 0  # where its result begins in the block's text

    def url(self) -> str:
        """Return where the field leads, if it is a link to the outside."""
        found = _URL.match(self.code)
        return found[1] if found else ""


@dataclass(slots=True)
class Story:
    """What all paragraphs of one part share: styles, relations, open fields, the page."""

    styles: Styles
    relations: dict[str, Relation]
    page: int = 1
    rendered: bool = False  # the file says where pages broke when it was last shown
    fields: list[OpenField] = field(default_factory=list)
    dark: bool = False  # white text shows here
    deleted: int = 0


@dataclass(slots=True)
class Runs:
    """What one paragraph or cell holds."""

    inline: Inline = field(default_factory=Inline)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    shown: Shown = field(default_factory=Shown)
    notes: list[tuple[str, str]] = field(default_factory=list)  # part and number
    comments: list[str] = field(default_factory=list)
    page: int = 0  # where its first visible text stands
    plain: int = 0  # signs that are not bold
    mathematics: int = 0  # formulas
    words: int = 0  # signs outside formulas

    def hide(self, text: str, detail: str) -> None:
        """Keep text that no reader sees, by the way it is hidden."""
        self.hidden.setdefault(detail, []).append(text)


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run's look."""

    hidden: str = ""
    bold: bool = False


PLAIN_LOOK: Final = Look()


def gather(node: etree._Element, runs: Runs, story: Story) -> None:
    """Add the content of a paragraph, or of whatever wraps runs."""
    for child in node:
        handler = _WRAPPERS.get(child.tag)
        if handler is not None:
            handler(child, runs, story)


def begin(story: Story) -> None:
    """Let open fields count from the start of a new block."""
    for open_field in story.fields:
        open_field.start = 0


def finish(runs: Runs, story: Story) -> None:
    """Close the links that go on in the next block."""
    for open_field in story.fields:
        if open_field.shown and open_field.url():
            runs.inline.link(open_field.start, open_field.url())


def _run(run: etree._Element, runs: Runs, story: Story) -> None:
    look = PLAIN_LOOK
    for child in run:
        tag = child.tag
        if tag == _T:
            _write(child.text or "", look, (runs, story))
        elif tag == _RPR:
            look = _look(child, story)
        else:
            handler = _CONTENTS.get(tag)
            if handler is not None:
                _write(handler(child, runs, story), look, (runs, story))


def _write(text: str, look: Look, where: tuple[Runs, Story]) -> None:
    runs, story = where
    if not text or (story.fields and not story.fields[-1].shown):
        return
    if story.deleted:
        runs.hide(text, "deleted_revision")
    elif look.hidden:
        runs.hide(text, look.hidden)
    else:
        if not runs.page and not text.isspace():
            runs.page = story.page
        signs = len(text.strip())
        runs.words += signs
        if not look.bold:
            runs.plain += signs
        runs.inline.add(text)


def _look(properties: etree._Element, story: Story) -> Look:
    hidden, bold, filled = "", False, story.dark
    colour = size = None
    for child in properties:
        tag = child.tag
        if tag in _VANISHING and is_on(child):
            hidden = "vanish"
        elif tag == _B:
            bold = is_on(child)
        elif tag == _COLOR:
            colour = child
        elif tag == _SZ:
            size = child.get(VAL, "")
        elif tag in _FILLS:
            filled = filled or is_dark(child) or tag == _HIGHLIGHT
        elif tag == _RSTYLE and story.styles.character(child.get(VAL, "")).hidden:
            hidden = "vanish"
    if not hidden and colour is not None and not filled and is_white(colour.get(VAL, "")):
        hidden = "white_text"
    if not hidden and size is not None and size.isdecimal() and int(size) < _TINY:
        hidden = "tiny_font"
    return Look(hidden, bold) if hidden or bold else PLAIN_LOOK


def _link(node: etree._Element, runs: Runs, story: Story) -> None:
    relation = story.relations.get(node.get(R + "id", ""))
    start = runs.inline.mark()
    gather(node, runs, story)
    if relation is not None and relation.external:
        anchor = node.get(W + "anchor")
        runs.inline.link(start, relation.target + (f"#{anchor}" if anchor else ""))


def _simple_field(node: etree._Element, runs: Runs, story: Story) -> None:
    start, url = runs.inline.mark(), OpenField(node.get(W + "instr", "")).url()
    gather(node, runs, story)
    if url:
        runs.inline.link(start, url)


def _deletion(node: etree._Element, runs: Runs, story: Story) -> None:
    story.deleted += 1
    gather(node, runs, story)
    story.deleted -= 1


def _alternate(node: etree._Element, runs: Runs, story: Story) -> None:
    shown = chosen(node)
    if shown is not None:
        gather(shown, runs, story)


def _ruby(node: etree._Element, runs: Runs, story: Story) -> str:
    base = node.find(W + "rubyBase")
    if base is not None:
        gather(base, runs, story)
    return ""


def _formula(node: etree._Element, runs: Runs, story: Story) -> None:
    for formula in (node,) if node.tag == _M + "oMath" else node.iterfind(_M + "oMath"):
        latex = to_latex(formula)
        if latex and not story.deleted:
            runs.page = runs.page or story.page
            runs.mathematics += 1
            runs.inline.add(f"${latex}$ " if node.tag != _M + "oMath" else f"${latex}$")


def _field_mark(node: etree._Element, runs: Runs, story: Story) -> str:
    kind = node.get(W + "fldCharType")
    if kind == "begin":
        story.fields.append(OpenField())
        return _form_value(node)
    if not story.fields:
        return ""
    if kind == "separate":
        story.fields[-1].shown = True
        story.fields[-1].start = runs.inline.mark()
    elif kind == "end":
        ended = story.fields.pop()
        if ended.shown and ended.url():
            runs.inline.link(ended.start, ended.url())
    return ""


def _form_value(node: etree._Element) -> str:
    """Return what a form field without a result shows: a choice, or whether a box is ticked."""
    box = node.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = box.find(W + "checked")
        return "☒" if is_on(ticked if ticked is not None else box.find(W + "default")) else "☐"
    return ""


def _instruction(node: etree._Element, _runs: Runs, story: Story) -> str:
    if story.fields and not story.fields[-1].shown:
        story.fields[-1].code += node.text or ""
    return ""


def _break(node: etree._Element, _runs: Runs, story: Story) -> str:
    if node.get(W + "type") == "page" and not story.rendered:
        story.page += 1
    return "\n"


def _page_break(_node: etree._Element, _runs: Runs, story: Story) -> str:
    story.page += story.rendered
    return ""


def _sign(node: etree._Element, _runs: Runs, _story: Story) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    code = code if code >= _PRIVATE_USE else code + _PRIVATE_USE
    return _SIGNS.get(code, "")


def _note(node: etree._Element, runs: Runs, _story: Story) -> str:
    kind = "footnotes" if node.tag == W + "footnoteReference" else "endnotes"
    runs.notes.append((kind, node.get(W + "id", "")))
    return ""


def _comment(node: etree._Element, runs: Runs, _story: Story) -> str:
    runs.comments.append(node.get(W + "id", ""))
    return ""


def _drawing(node: etree._Element, runs: Runs, story: Story) -> str:
    if story.deleted:
        found = Shown()
        find_shown(node, found)
        for text in found.pictures:
            runs.hide(text, "deleted_revision")
    else:
        find_shown(node, runs.shown)
    return ""


def _alternate_content(node: etree._Element, runs: Runs, story: Story) -> str:
    shown = chosen(node)
    for child in shown if shown is not None else ():
        handler = _CONTENTS.get(child.tag)
        if handler is not None:
            _write(handler(child, runs, story), PLAIN_LOOK, (runs, story))
    return ""


_T: Final = W + "t"
_RPR: Final = W + "rPr"
_B: Final = W + "b"
_COLOR: Final = W + "color"
_SZ: Final = W + "sz"
_RSTYLE: Final = W + "rStyle"
_HIGHLIGHT: Final = W + "highlight"
_VANISHING: Final = frozenset({W + "vanish", W + "specVanish"})
_FILLS: Final = frozenset({W + "shd", _HIGHLIGHT})
_WRAPPERS: Final[dict[str, Callable[[etree._Element, Runs, Story], None]]] = {
    W + "r": _run,
    W + "hyperlink": _link,
    W + "fldSimple": _simple_field,
    W + "del": _deletion,
    W + "moveFrom": _deletion,
    MC + "AlternateContent": _alternate,
    _M + "oMath": _formula,
    _M + "oMathPara": _formula,
    **dict.fromkeys(
        (
            W + name
            for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
        ),
        gather,
    ),
}
_CONTENTS: Final[dict[str, Callable[[etree._Element, Runs, Story], str]]] = {
    W + "tab": lambda *_: "\t",
    W + "ptab": lambda *_: "\t",
    W + "br": _break,
    W + "cr": lambda *_: "\n",
    W + "noBreakHyphen": lambda *_: "-",
    W + "delText": lambda node, *_: node.text or "",
    W + "sym": _sign,
    W + "fldChar": _field_mark,
    W + "instrText": _instruction,
    W + "lastRenderedPageBreak": _page_break,
    W + "footnoteReference": _note,
    W + "endnoteReference": _note,
    W + "commentReference": _comment,
    W + "drawing": _drawing,
    W + "pict": _drawing,
    W + "object": _drawing,
    W + "ruby": _ruby,
    MC + "AlternateContent": _alternate_content,
}
