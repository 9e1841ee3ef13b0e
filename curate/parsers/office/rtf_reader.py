"""RTF read token by token: groups nest states, destinations divert text.

The text of most destinations is collected and used when their group ends: notes, comments, headers,
labels, links, fonts' and styles' names, properties. Everything else flows on or is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from curate.errors import DocumentError
from curate.parsers.office.fields import link_of
from curate.parsers.office.rtf_flow import Flow
from curate.parsers.office.rtf_text import ESCAPES, SIGNS, TOKEN, Decoder
from curate.tables.parsed import Field, Kind

if TYPE_CHECKING:
    import re

    from curate.parsers.office.rtf_flow import Paragraph
    from curate.text.inline import Inline

BODY: Final = "body"
SKIP: Final = "skip"
_MOST_GROUPS = 2000  # open at once
HEADERS: Final = frozenset(
    ["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"]
)
INFO: Final = {
    "author": "author", "operator": "last_modified_by", "subject": "subject",
    "keywords": "keywords", "doccomm": "comments", "company": "company", "manager": "manager",
    "category": "category", "title": "title",
}  # fmt: skip


@dataclass(slots=True)
class State:
    """What a group inherits and may change."""

    destination: str = BODY
    opens: str = ""  # what began with this group and ends with it
    encoding: str = "cp1252"
    skip: int = 1  # substitutes after a Unicode number
    hidden: bool = False
    deleted: bool = False
    white: bool = False
    tiny: bool = False
    filled: bool = False
    start: int = 0  # where the result of a field begins

    def how_hidden(self) -> str:
        """Return in which way text is hidden, or nothing."""
        if self.deleted:
            return "deleted_revision"
        if self.hidden:
            return "vanish"
        if self.white and not self.filled:
            return "white_text"
        return "tiny_font" if self.tiny else ""


@dataclass(slots=True)
class Facts:
    """What a document says outside its text."""

    info: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    margins: list[tuple[str, str]] = field(default_factory=list)  # header or footer, words
    moments: dict[str, dict[str, int]] = field(default_factory=dict)
    furniture: int = 0
    pages: int = 0
    property: str = ""  # or date, whose value comes next

    def note(self, destination: str, words: str) -> None:
        """Keep a property."""
        if destination in INFO:
            self.info[INFO[destination]] = words
        elif destination == "propname":
            self.property = words
        elif destination == "staticval" and self.property:
            self.fields.append(Field(f"custom.{self.property}", words))
        elif destination == "atnauthor" and words:
            self.fields.append(Field("comment_author", words))


class WordHandler(Protocol):
    """Acts on a control word and tells whether it is known; see `rtf_words`."""

    def __call__(self, reader: Reader, word: str, number: int | None, /) -> bool:
        """Act on a control word."""
        ...


@dataclass(slots=True)
class Reader:
    """One document under reading."""

    text: str
    words: WordHandler
    state: State = field(default_factory=State)
    facts: Facts = field(default_factory=Facts)
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    colours: list[list[int]] = field(default_factory=lambda: [[0, 0, 0]])
    usual: str = "cp1252"  # encoding of fonts that name none
    font: int = 0  # under definition, as is the style
    style: int = 0
    codes: list[str] = field(default_factory=list)  # of open fields
    flow: Flow = field(init=False)
    _stack: list[State] = field(default_factory=list)
    _collected: list[list[str]] = field(default_factory=list)
    _hidden: dict[str, list[str]] = field(default_factory=dict)
    _boxes: list[tuple[Inline, Paragraph, str] | None] = field(default_factory=list)
    _decoder: Decoder = field(default_factory=Decoder)
    _left: int = 0  # substitutes still to be skipped
    _star: bool = False

    def __post_init__(self) -> None:
        self.flow = Flow(self.styles)

    def read(self) -> None:
        """Go through all tokens."""
        place, size = 0, len(self.text)
        while place < size:
            token = TOKEN.match(self.text, place)
            if token is None:
                place += 1
                continue
            place = token.end()
            if token[1] == "bin":
                place += max(int(token[2] or 0), 0)
            else:
                self._take(token)
        self._settle()
        self.end_paragraph()
        self.flow.close()

    @property
    def is_cut(self) -> bool:
        """Tell whether the text ends before its groups do."""
        return bool(self._stack)

    def _take(self, token: re.Match[str]) -> None:
        word, number, byte, escape, brace, plain = token.groups()
        if word is not None:
            self._word(word, None if number is None else int(number))
        elif plain is not None:
            self._plain(plain)
        elif byte is not None:
            self._byte(int(byte, 16))
        elif brace is not None:
            self._brace(brace)
        elif escape is not None:
            self._escape(escape)

    def _plain(self, text: str) -> None:
        if self._left:
            skipped = min(self._left, len(text))
            self._left -= skipped
            text = text[skipped:]
        if text and self.state.destination != SKIP:
            self.write(self._decoder.plain(text, self.state.encoding))

    def _byte(self, value: int) -> None:
        if self._left:
            self._left -= 1
        elif self.state.destination != SKIP:
            self.write(self._decoder.byte(value, self.state.encoding))

    def _brace(self, brace: str) -> None:
        self._settle()
        self._left = 0
        if brace == "{":
            if len(self._stack) >= _MOST_GROUPS:
                raise DocumentError("corrupt")
            self._stack.append(self.state)
            self.state = replace(self.state, opens="")
        elif self._stack:
            if self.state.opens:
                self._close(self.state.opens)
            self.state = self._stack.pop()

    def _escape(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif self._left:
            self._left -= 1
        elif sign in "\r\n":
            self._word("par", None)
        else:
            self._settle()
            self.write(ESCAPES.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._star = self._star, False
        if word == "u":
            if self.state.destination != SKIP:
                self.write(self._decoder.unit(number or 0))
            self._left = self.state.skip
        elif self._left and word in SIGNS:
            self._left -= 1
        else:
            self._settle()
            known = self.words(self, word, number)
            if starred and not known:
                self.state.destination = SKIP

    def _settle(self) -> None:
        """Write what the decoder still holds."""
        text = self._decoder.flush()
        if text:
            self.write(text)

    def write(self, text: str) -> None:
        """Send text where the destination wants it."""
        destination = self.state.destination
        if not text or destination == SKIP:
            return
        if destination != BODY:
            self._keep(destination, text)
            return
        how = self.state.how_hidden()
        if how:
            self._hidden.setdefault(how, []).append(text)
        else:
            self.flow.add(text)

    def _keep(self, destination: str, text: str) -> None:
        """Collect text; names and colours of tables end with a semicolon."""
        if self._collected:
            self._collected[-1].append(text)
        if destination == "colortbl":
            self.colours.extend([0, 0, 0] for _ in range(text.count(";")))
        elif destination == "stylesheet" and ";" in text:
            self.styles.setdefault(self.style, self.taken().strip("; \r\n"))
            self.style = 0

    def collect(self, destination: str) -> None:
        """Begin a destination whose text is used when its group ends."""
        self.state.destination = self.state.opens = destination
        self._collected.append([])

    def open_box(self) -> None:
        """Begin a text box."""
        if self.state.destination == BODY:
            self.state.opens = "box"
            self._boxes.append(self.flow.open_box())

    def end_paragraph(self) -> None:
        """Close a paragraph of the body and what hangs on it."""
        for state in (*self._stack, self.state):
            if state.opens == "result":
                self._link(state)
                state.start = 0
        for how, pieces in sorted(self._hidden.items()):
            self.flow.aside("".join(pieces), Kind.HIDDEN, how)
        self._hidden = {}
        self.flow.end_paragraph()

    def uncover(self) -> None:
        """Go back to the destination outside a skipped group."""
        outside = [s.destination for s in self._stack if s.destination != SKIP]
        self.state.destination = outside[-1] if outside else BODY

    def taken(self) -> str:
        """Return what the destination has collected so far, and begin anew."""
        text = "".join(self._collected[-1]) if self._collected else ""
        if self._collected:
            self._collected[-1] = []
        return text

    def _link(self, state: State) -> None:
        url = link_of(self.codes[-1]) if self.codes else ""
        if url and state.destination == BODY:
            self.flow.inline.link(min(state.start, self.flow.inline.mark()), url)

    def _close(self, opened: str) -> None:
        """Use what a group has opened, now that it ends."""
        if opened == "result":
            self._link(self.state)
        elif opened == "field":
            if self.codes:
                self.codes.pop()
        elif opened == "box":
            self._hang_hidden()
            self.flow.close_box(self._boxes.pop())
        elif self._collected:
            self._use(opened, "".join(self._collected.pop()))

    def _hang_hidden(self) -> None:
        for how, pieces in sorted(self._hidden.items()):
            self.flow.aside("".join(pieces), Kind.HIDDEN, how)
        self._hidden = {}

    def _use(self, destination: str, text: str) -> None:
        """Use the text of a destination."""
        words = text.strip()
        if destination == "footnote":
            self.flow.aside(text, Kind.FOOTNOTE)
        elif destination == "annotation":
            self.flow.aside(text, Kind.COMMENT)
        elif destination in {"listtext", "pntext"}:
            self.flow.label = " ".join(words.split())
            self.flow.paragraph.listed = True
        elif destination == "fldinst":
            self.codes[-1:] = [code + text for code in self.codes[-1:]]
        elif destination in HEADERS:
            self._margin("header" if "header" in destination else "footer", text)
        else:
            self.facts.note(destination, words)

    def _margin(self, kind: str, text: str) -> None:
        for line in filter(None, map(str.strip, text.split("\n"))):
            self.facts.furniture += 1
            self.facts.margins.append((kind, line))
