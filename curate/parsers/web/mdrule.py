"""A block rule for markdown-it: paragraphs whose lines begin with a letter, at little cost.

The parser tries eleven rules on each line and, inside a paragraph, seven more on each line that
follows. None of them can match a line that begins with a letter, unless the next line underlines
it; so most text is taken here at once, and any other paragraph is left to the parser's own rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_CODE_INDENT = 3


def plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001, PLR0917
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
