"""The inside of a Word paragraph: what is seen, what is hidden and what hangs on it.

Runs nest in links, insertions, content controls and fields; fields may reach over several
paragraphs. `Runs` gathers the visible text of one block with its links, and apart from it hidden
text, text boxes, pictures' descriptions, charts, and the notes and comments that the text refers
to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.parsers.office.mathematics import to_latex
from curate.parsers.office.word_marks import CONTENTS
from curate.parsers.office.word_story import OpenField, Runs, Story
from curate.parsers.office.word_styles import is_dark, is_white
from curate.parsers.office.wordprocessing import MC, VAL, R, W, chosen, is_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TINY = 4  # half points


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run's look."""

    hidden: str = ""
    bold: bool = False


PLAIN_LOOK: Final = Look()
_BOLD_LOOK: Final = Look(bold=True)


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
            handler = CONTENTS.get(tag)
            if tag == _RUBY:
                _ruby(child, runs, story)
            elif handler is not None:
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
    white = False
    for child in properties:
        tag = child.tag
        if tag == _B:
            bold = is_on(child)
        elif tag == _COLOR:
            white = is_white(child.get(VAL, ""))
        elif tag in _FILLS:
            filled = filled or tag == _HIGHLIGHT or is_dark(child)
        elif tag in _HIDING:
            hidden = hidden or _hidden_by(child, story)
    if white and not filled and not hidden:
        hidden = "white_text"
    if hidden:
        return Look(hidden, bold)
    return _BOLD_LOOK if bold else PLAIN_LOOK


def _hidden_by(node: etree._Element, story: Story) -> str:
    """Return in which way a property hides a run, or nothing."""
    value = node.get(VAL, "")
    if node.tag == _SZ:
        return "tiny_font" if value.isdecimal() and int(value) < _TINY else ""
    if node.tag == _RSTYLE:
        return "vanish" if story.styles.get(value).hidden else ""
    return "vanish" if is_on(node) else ""


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


def _ruby(node: etree._Element, runs: Runs, story: Story) -> None:
    """Add the text that a reading aid stands over, not the aid."""
    base = node.find(W + "rubyBase")
    if base is not None:
        gather(base, runs, story)


def _formula(node: etree._Element, runs: Runs, story: Story) -> None:
    for formula in (node,) if node.tag == _M + "oMath" else node.iterfind(_M + "oMath"):
        latex = to_latex(formula)
        if latex and not story.deleted:
            runs.page = runs.page or story.page
            runs.mathematics += 1
            runs.inline.add(f"${latex}$ " if node.tag != _M + "oMath" else f"${latex}$")


_RUBY: Final = W + "ruby"
_T: Final = W + "t"
_RPR: Final = W + "rPr"
_B: Final = W + "b"
_COLOR: Final = W + "color"
_SZ: Final = W + "sz"
_RSTYLE: Final = W + "rStyle"
_HIGHLIGHT: Final = W + "highlight"
_HIDING: Final = frozenset({W + "vanish", W + "specVanish", _SZ, _RSTYLE})
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
            for name in (
                "ins",
                "moveTo",
                "smartTag",
                "customXml",
                "sdt",
                "sdtContent",
                "dir",
                "bdo",
            )
        ),
        gather,
    ),
}
