"""Records of JSON files: lines of JSONL, members of arrays, streamed value by value.

An array of objects is a container, also under the one key of an envelope such as `{"tickets":
[...], "count": 2}`, or beside plain values that say nothing of a record; an object with anything
else in it is a record of its own. Messages of a chat are no records: those of one thread come out
as one.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from curate.errors import DocumentError
from curate.parsers.records.paths import no_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1024 * 1024
_WHITE = " \t\n\r"
_DECODER = json.JSONDecoder(parse_constant=no_value)
_PAGING = (
    "count total total_count totalcount next_page previous_page next previous prev page pages "
    "per_page page_size offset limit start startat maxresults expand islast has_more cursor "
    "end_of_stream end_time after_url after_cursor before_url before_cursor links meta _links "
    "pagination response_metadata @odata.context @odata.nextlink @odata.count @odata.deltalink"
)
_SIDE = "users organizations groups admins contacts sharing_agreements metric_sets brands"
_ABOUT = (
    "version exported_at export_date generated_at exported schema object type success ok source"
)
_NAMED = (
    "tickets issues incidents conversations articles results result items data records entries "
    "rows faqs faq questions cases requests threads documents objects value topics posts messages"
)
_RECORDS = frozenset(_NAMED.split())
_CERTAIN = frozenset(
    {"tickets", "issues", "incidents", "cases", "articles", "faqs", "records", "documents"}
)
_ENVELOPE = frozenset(f"{_PAGING} {_SIDE}".split())
_LOOSE = frozenset(_ABOUT.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A value of a JSON file: its text, what it is, and the key of the array it stands in."""

    text: str
    value: object
    array: str = ""


def read_pieces(stream: BinaryIO, longest: int) -> Iterator[Piece]:
    """Yield the members of the arrays of a JSON file, and the other values of an envelope.

    A member of the file's own array has the key empty; a value of the envelope is its own array's
    key with an equals sign in front, so that nobody takes it for a member.

    Raises:
        DocumentError: `bad_json`, `too_large` for a value longer than `longest` characters.
    """
    text = _Text(stream, longest)
    opening = text.peek()
    if opening == "[":
        text.skip()
        yield from _array(text, "")
    elif opening == "{":
        text.skip()
        yield from _envelope(text)
    else:
        value, words = text.value()
        yield Piece(words, value, "=")


def is_value(piece: Piece) -> bool:
    """Tell whether a piece is a value of the envelope and no member of an array."""
    return piece.array.startswith("=")


def is_envelope_key(key: str, array: str = "") -> bool:
    """Tell whether a key of an object says something about an export and not about a record.

    Args:
        key: The key.
        array: The key of the array that may hold the records; beside one that is called as such
            arrays are, less certain keys count as well.
    """
    folded = key.casefold()
    return folded in _ENVELOPE or (folded in _LOOSE and array.casefold() in _RECORDS)


def names_records(array: str, *, known: bool) -> bool:
    """Tell whether a key says that its array holds records and not the parts of one.

    Args:
        array: The key; `items` may as well be those of an invoice.
        known: Whether its objects have the shape of known records.
    """
    return array.casefold() in (_RECORDS if known else _CERTAIN)


def _envelope(text: _Text) -> Iterator[Piece]:
    while text.peek() != "}":
        key, _ = text.value()
        if not isinstance(key, str):
            raise DocumentError("bad_json")
        text.expect(":")
        if text.peek() == "[":
            text.skip()
            yield from _array(text, key)
        else:
            value, words = text.value()
            yield Piece(words, value, f"={key}")
        if text.peek() != "}":
            text.expect(",")


def _array(text: _Text, key: str) -> Iterator[Piece]:
    while text.peek() != "]":
        value, words = text.value()
        yield Piece(words, value, key)
        if text.peek() != "]":
            text.expect(",")
    text.skip()


class _Text:
    """The text of a stream, of which only the part around one value is kept."""

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._decoder = codecs.getincrementaldecoder(_encoding(stream))()
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no white space.

        Raises:
            DocumentError: `bad_json` at the end.
        """
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _WHITE:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                raise DocumentError("bad_json")

    def skip(self) -> None:
        """Go past the character that `peek` returned."""
        self._at += 1

    def expect(self, sign: str) -> None:
        """Go past a sign.

        Raises:
            DocumentError: `bad_json` if it is another.
        """
        if self.peek() != sign:
            raise DocumentError("bad_json")
        self._at += 1

    def value(self) -> tuple[object, str]:
        """Return the next value and its text.

        Raises:
            DocumentError: `bad_json`, `too_large`.
        """
        self.peek()
        size = _CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                if not self._more(size):
                    raise DocumentError("bad_json") from error
            else:
                if end < len(self._buffer) or not self._more(size):
                    words = self._buffer[self._at : end]
                    self._at = end
                    return value, words
            size = len(self._buffer)

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        if len(self._buffer) - self._at > self._longest:
            raise DocumentError("too_large")
        data = self._stream.read(size)
        self._ended = not data
        try:
            decoded = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise DocumentError("bad_json") from error
        self._buffer = self._buffer[self._at :] + decoded
        self._at = 0
        return bool(decoded) or not self._ended


def _encoding(stream: BinaryIO) -> str:
    head = stream.read(4)
    stream.seek(-len(head), 1)
    return json.detect_encoding(head)
