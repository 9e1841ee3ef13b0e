"""What a reader makes of one document: its canonical text and the elements that are spans of it.

Canonical text is NFC with LF line ends; elements are joined by one blank line, headings stand bare,
list items are lines that begin with `- `, `1. ` or another label as the page shows it (`c) `; two
spaces of indent a level), a table row is a line whose cells are joined by ` | `. Everything else
(items, cells, links, heading paths) is a span of that
text, never a copy, so that every later stage speaks one coordinate: the code point.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an element is; `DROPPED` lists those that reach no product."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    BLOCKQUOTE = "blockquote"
    FORMULA = "formula"
    NOTE = "note"  # speaker notes
    COMMENT = "comment"  # a reviewer's remark, an internal note of a ticket
    QUOTED = "quoted"  # what a mail quotes of earlier ones
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    HIDDEN = "hidden"  # no reader of the page sees it; `detail` says how it is hidden


DROPPED = frozenset(
    {Kind.NOTE, Kind.COMMENT, Kind.QUOTED, Kind.SIGNATURE, Kind.DISCLAIMER, Kind.HIDDEN}
)
TITLE = "title"
# Notes on a file that is broken, though some of it was read: a person should look at it.
BROKEN = frozenset({"damaged", "missing_chapters", "unreadable_pages"})
PAIR = ("record", "faq")  # the property of a record whose title asks and whose text answers


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a table or an item of a list, as a span of the document's text.

    Of a list item, `row` is its place in the list, `column` its depth from 0, and the span leaves
    out the marker; of a cell, the two are its place in the grid.
    """

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the span of its visible text and where it leads."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Element:
    """A block of the document: a span of its text with what is known about it.

    `parent` is the index of the heading it stands under (-1: none), `level` the level of a heading
    (1 is the highest), `page` counts from 1, `box` is left, top, right, bottom in points from the
    page's top left corner, `turn` the index of the message it belongs to (-1: none), `detail` the
    language of code, the way a hidden element is hidden, or `TITLE` of the heading that the document
    itself calls its title.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    parent: int = -1
    page: int | None = None
    box: tuple[float, ...] = ()
    turn: int = -1
    detail: str = ""
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a ticket, mail or chat; who wrote it is a number, names stand in the fields.

    `party` numbers the people of the conversation in order of appearance, `key` and `reply_to` are
    the messages' own ids (a Message-ID, a comment's number), the nearest of those it replies to
    first, `thread` names the conversation, `date` is ISO 8601.
    """

    role: str  # customer, agent, author, system
    party: int
    public: bool = True
    date: str | None = None
    key: str = ""
    reply_to: tuple[str, ...] = ()
    thread: str = ""
    accepted: bool = False  # marked as the solution, thanked, or reacted to with a check mark


@dataclass(frozen=True, slots=True)
class Field:
    """A property of the document outside its text: author, from, to, a ticket's product, a sheet's name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """One document as read: title, language, text, elements, messages, properties.

    `created` and `modified` are ISO dates the document states about itself, `furniture` counts the
    running heads, page numbers and navigation that were left out, `notes` are reason codes of what
    could not be read (`scanned_pages`, `truncated`, those of `BROKEN`), `reader` names the reader and
    its version.
    """

    title: str
    text: str
    elements: tuple[Element, ...]
    turns: tuple[Turn, ...] = ()
    fields: tuple[Field, ...] = ()
    language: str = ""
    created: str | None = None
    modified: str | None = None
    pages: int = 0
    furniture: int = 0
    notes: tuple[str, ...] = ()
    reader: str = ""
