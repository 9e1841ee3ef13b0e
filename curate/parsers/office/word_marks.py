"""What stands in a Word run beside its text: breaks, fields, notes, signs, drawings.

Each reader of a mark returns the text that the mark shows, if any, and notes the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.parsers.office.word_drawings import Shown, find_shown
from curate.parsers.office.word_story import OpenField, Runs, Story
from curate.parsers.office.wordprocessing import MC, W, chosen, is_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_PRIVATE_USE = 0xF000
# What the signs of Wingdings and Symbol look like, of those that carry meaning in documents.
_SIGNS = {
    0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "☐", 0xF0E0: "→",
    0xF0DF: "←", 0xF0AE: "→", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0B3: "≥", 0xF0A3: "≤",
    0xF0B1: "±", 0xF0B0: "°", 0xF0B4: "×", 0xF0D2: "®", 0xF0D3: "©", 0xF0D4: "™", 0xF06D: "µ",
    0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF064: "δ", 0xF06C: "λ", 0xF070: "π", 0xF073: "σ",
    0xF057: "Ω", 0xF044: "Δ", 0xF053: "Σ", 0xF0A5: "∞", 0xF0BB: "≈", 0xF0B9: "≠", 0xF0D6: "√",
}  # fmt: skip


def _field_mark(node: etree._Element, runs: Runs, story: Story) -> str:
    kind = node.get(W + "fldCharType")
    if kind == "begin":
        runs.inline.add(_form_value(node))
        story.fields.append(OpenField())
        return ""
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
        handler = CONTENTS.get(child.tag)
        if handler is not None:
            handler(child, runs, story)
    return ""


CONTENTS: Final[dict[str, Callable[[etree._Element, Runs, Story], str]]] = {
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
    MC + "AlternateContent": _alternate_content,
}
