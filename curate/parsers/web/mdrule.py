"""Block rules for markdown-it that take common text at little cost and leave the rest to its own.

The parser tries eleven rules on each line and, inside a paragraph, seven more on each line that
follows. None of them can match a line that begins with a letter, unless the next line underlines
it; so paragraphs of such lines are taken at once, and each of the other rules is asked only where
a line begins with a sign that it looks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

_CODE_INDENT = 3
_BEGINNINGS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
_ALTERNATIVES = {
    "fence": _INTERRUPTS,
    "blockquote": _INTERRUPTS,
    "hr": _INTERRUPTS,
    "list": ["paragraph", "reference", "blockquote"],
    "html_block": ["paragraph", "reference", "blockquote"],
    "heading": ["paragraph", "reference", "blockquote"],
}


def hasten(parser: MarkdownIt) -> None:
    """Put the rules of this module into a parser that holds markdown-it's own."""
    from markdown_it import rules_block

    ruler = parser.block.ruler
    own: dict[str, Rule] = {
        "fence": rules_block.fence,
        "blockquote": rules_block.blockquote,
        "hr": rules_block.hr,
        "list": rules_block.list_block,
        "reference": rules_block.reference,
        "html_block": rules_block.html_block,
        "heading": rules_block.heading,
    }
    for name, rule in own.items():
        guarded = _guarded(rule, _BEGINNINGS[name])
        ruler.at(name, guarded, {"alt": _ALTERNATIVES.get(name, [])})
    ruler.before("table", "plain_paragraph", _plain_paragraph)


def _guarded(rule: Rule, beginnings: str) -> Rule:
    """Return a rule that is asked only where a line begins with one of these signs."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        place = state.bMarks[start] + state.tShift[start]
        if state.src[place : place + 1] not in beginnings:
            return False
        return rule(state, start, end, silent)

    return guarded


def _plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Take a paragraph of plain lines; tell whether it was one."""
    source, last = state.src, state.lineMax
    if state.sCount[start] - state.blkIndent > _CODE_INDENT:
        return False
    line, pieces = start, []
    while line < last:
        begin, finish = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if begin >= finish:
            break
        if not source[begin].isalpha() or state.sCount[line] < 0:
            return False
        pieces.append(source[begin:finish])
        line += 1
    state.line = line
    token = state.push("inline", "", 0)
    token.content, token.map = "\n".join(pieces).rstrip(), [start, line]
    return True
