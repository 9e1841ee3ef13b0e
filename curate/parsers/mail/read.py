"""Turn a letter into canonical text: subject, own words and what surrounds them, by kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.mail.blocks import Block, Run, demoted, plain, write
from curate.parsers.mail.closings import mark_closings
from curate.parsers.mail.fragment import read_fragment
from curate.parsers.mail.headers import date_of, fields_of, is_forward, sender_name, turn_of
from curate.parsers.mail.openers import unglue
from curate.parsers.mail.quotes import Line, Mark, is_marked, mark_questions, mark_quotes, unquoted
from curate.tables.parsed import Kind
from curate.text.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.mail.letter import Body, Letter
    from curate.tables.parsed import Parsed

_READER = "mail/1"
_LONGEST = 20_000_000  # characters of a mail's text
_MARKED = frozenset({Mark.QUOTED, Mark.QUESTION, Mark.FORWARDED})
_SHAPED = frozenset({"table", "item", "code", "heading"})
_KINDS = {
    Mark.REPLY: (Kind.PARAGRAPH, ""),
    Mark.QUOTED: (Kind.QUOTED, ""),
    Mark.QUESTION: (Kind.BLOCKQUOTE, "quoted"),
    Mark.FORWARDED: (Kind.BLOCKQUOTE, "forwarded"),
    Mark.SIGNATURE: (Kind.SIGNATURE, ""),
    Mark.DISCLAIMER: (Kind.DISCLAIMER, ""),
    Mark.HIDDEN: (Kind.HIDDEN, ""),
}


def read_letter_text(letter: Letter) -> Parsed:
    """Return a letter as a document with one turn."""
    canonical = Canonical()
    subject = letter.header("subject")
    canonical.heading(subject, level=1)
    canonical.turn(turn_of(letter))
    blocks = [block for body in letter.bodies for block in _blocks(body)]
    write_blocks(canonical, blocks, sender=sender_name(letter), forward=is_forward(subject))
    parsed = canonical.build(title=subject, fields=fields_of(letter))
    created = date_of(letter.header("date"))
    return replace(parsed, created=created, notes=letter.notes, reader=_READER)


def write_blocks(
    canonical: Canonical, blocks: Sequence[Block], *, sender: str = "", forward: bool = False
) -> None:
    """Add the blocks of a message, each line by kind: own words, quotation, signature, notice.

    Args:
        canonical: Takes the blocks.
        blocks: The message's blocks in order.
        sender: The name of who wrote it, by which a signature is known.
        forward: Whether the subject calls it a forwarded message.
    """
    lines, places = _lines(blocks)
    marks = _cued(lines, mark_quotes(lines, forward=forward))
    marks = mark_questions(lines, mark_closings([line.text for line in lines], marks, sender))
    by_block: list[list[Mark]] = [[] for _ in blocks]
    for mark, place in zip(marks, places, strict=True):
        if place >= 0:
            by_block[place].append(mark)
    for block, its_marks in zip(demoted(blocks), by_block, strict=True):
        _write_marked(canonical, block, its_marks)


def _blocks(body: Body) -> list[Block]:
    text = body.text[:_LONGEST]
    if body.html:
        return read_fragment(text)
    return [plain(unglue(_unflowed(text) if body.flowed else text))]


def _unflowed(text: str) -> str:
    """Return text with the soft line breaks of RFC 3676 undone."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        stuffed = line.removeprefix(" ")
        if soft and not is_marked(line) and stuffed != "-- ":
            lines[-1] += stuffed
        else:
            lines.append(stuffed)
        soft = stuffed.endswith(" ") and stuffed != "-- " and not is_marked(lines[-1])
    return "\n".join(lines)


def _lines(blocks: Sequence[Block]) -> tuple[list[Line], list[int]]:
    """Return all lines with the numbers of their blocks, a blank line (-1) between blocks."""
    lines: list[Line] = []
    places: list[int] = []
    for number, block in enumerate(blocks):
        if number and not (block.shape == "item" and blocks[number - 1].shape == "item"):
            lines.append(Line(""))
            places.append(-1)
        for text in block.texts():
            lines.append(Line(text, block.quoted, block.cue))
            places.append(number)
    return lines, places


def _cued(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Mark]:
    """Let what the mark-up hides or signs stand as that, unless it is quoted."""
    cues = {"hidden": Mark.HIDDEN, "signature": Mark.SIGNATURE}
    own = (Mark.REPLY,)
    return [
        cues[line.cue] if line.cue in cues and (mark in own or line.cue == "hidden") else mark
        for line, mark in zip(lines, marks, strict=True)
    ]


def _write_marked(canonical: Canonical, block: Block, marks: Sequence[Mark]) -> None:
    if not marks:
        return
    if block.shape in _SHAPED or len(set(marks)) == 1:
        _write(canonical, block, marks[0])
        return
    start = 0
    for end in range(1, len(marks) + 1):
        if end == len(marks) or marks[end] is not marks[start]:
            _write(canonical, replace(block, lines=block.lines[start:end]), marks[start])
            start = end


def _write(canonical: Canonical, block: Block, mark: Mark) -> None:
    kind, detail = _KINDS[mark]
    if mark in _MARKED and block.shape == "plain":
        lines = [[Run(unquoted(text))] for text in block.texts()]
        block = replace(block, lines=lines)
    if mark is Mark.HIDDEN:
        detail = block.detail
    write(canonical, block, kind=kind, detail=detail)
