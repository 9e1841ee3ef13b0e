"""Members of JSONL, JSON and tables: each record with its key, the messages of a chat by thread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from curate.errors import DocumentError
from curate.parsers.containers.layout import layout_of
from curate.parsers.containers.member import Member, failed
from curate.parsers.containers.names import Names
from curate.parsers.containers.objects import Piece, read_pieces
from curate.parsers.records import record_key, rows_as_records, unique_key
from curate.parsers.records.paths import first, no_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.parsers.blob import Blob
    from curate.parsers.containers.layout import Layout
    from curate.parsers.containers.member import ContainerLimits
    from curate.parsers.records import Shape
    from curate.parsers.records.shape import Paths

_JSON = "application/json"
_BOM = b"\xef\xbb\xbf"


def bare_lines(stream: BinaryIO, limits: ContainerLimits) -> Iterator[Member]:
    """Yield the lines of a JSONL file as they are, as many as `line_members` yields."""
    for line in _raw_lines(stream, limits):
        yield Member("", "", line, _JSON) if line else failed("too_large")


def line_members(
    stream: BinaryIO, limits: ContainerLimits, shape: Shape | None
) -> Iterator[Member]:
    """Yield the lines of a JSONL file; a line that is no object is a problem of its own."""
    unmapped = "" if shape is not None else _unmapped(value for _, value in _lines(stream, limits))
    stream.seek(0)
    keys = _Keys(shape, unmapped, limits.name)
    for line, value in _lines(stream, limits):
        if isinstance(value, Mapping):
            yield Member("", keys.of(value), line, _JSON)
        else:
            yield failed(value)


class _Keys:
    """Gives each record of a container its key."""

    def __init__(self, shape: Shape | None, unmapped: str, longest: int) -> None:
        self._shape = shape
        self._unmapped = unmapped
        self._names = Names(longest)

    def of(self, record: Mapping[str, object]) -> str:
        return self._names.key(record_key(record, self._shape, unmapped=self._unmapped))


def _lines(
    stream: BinaryIO, limits: ContainerLimits
) -> Iterator[tuple[bytes, Mapping[str, object] | str]]:
    """Yield each line that is not blank with its object, or with the reason why it has none."""
    for line in _raw_lines(stream, limits):
        yield line, _object(line) if line else "too_large"


def _raw_lines(stream: BinaryIO, limits: ContainerLimits) -> Iterator[bytes]:
    """Yield each line that is not blank, an empty one for a line that is too large."""
    first = True
    while line := stream.readline(limits.member + 1):
        line = line.removeprefix(_BOM) if first else line
        first = False
        if len(line) > limits.member:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.member)
            yield b""
        elif line.strip():
            yield line.strip()


def _object(line: bytes) -> Mapping[str, object] | str:
    try:
        value = json.loads(line, parse_constant=no_value)
    except (ValueError, RecursionError):
        return "bad_json"
    return value if isinstance(value, Mapping) else "not_a_record"


def _unmapped(values: Iterable[object]) -> str:
    return unique_key(value for value in values if isinstance(value, Mapping))


def array_members(
    stream: BinaryIO, limits: ContainerLimits, shape: Shape | None
) -> Iterator[Member]:
    """Yield the records of a JSON file; a file that is one record yields it whole.

    Raises:
        DocumentError: `bad_json`, `too_large`.
    """
    layout = layout_of(stream, limits, shape)
    stream.seek(0)
    if layout.array is None or layout.chat:
        yield _whole(stream, limits, layout)
        return
    pieces = partial(_values, stream, limits, layout.array)
    if layout.group:
        yield from _grouped(pieces(), limits, layout.group)
    else:
        unmapped = "" if shape is not None else _unmapped(piece.value for piece in pieces())
        yield from _listed(pieces(), _Keys(shape, unmapped, limits.name))


def _whole(stream: BinaryIO, limits: ContainerLimits, layout: Layout) -> Member:
    data = stream.read(limits.member + 1)
    if len(data) > limits.member:
        return failed("too_large")
    if layout.array == "":
        data = b'{"messages": ' + json.dumps(json.loads(data), ensure_ascii=False).encode() + b"}"
    return Member("", "", data, _JSON)


def _values(stream: BinaryIO, limits: ContainerLimits, array: str) -> Iterator[Piece]:
    """Yield the members of one array."""
    stream.seek(0)
    for piece in read_pieces(stream, limits.member):
        if piece.array == array:
            yield piece


def _listed(pieces: Iterator[Piece], keys: _Keys) -> Iterator[Member]:
    for piece in pieces:
        if isinstance(piece.value, Mapping):
            yield Member("", keys.of(piece.value), _bytes(piece.text), _JSON)
        else:
            yield failed("not_a_record")


def _grouped(pieces: Iterator[Piece], limits: ContainerLimits, group: Paths) -> Iterator[Member]:
    """Yield one record a thread, in the order in which the threads begin."""
    threads: dict[str, list[str]] = {}
    size = 0
    for piece in pieces:
        size += len(piece.text)
        if size > limits.member:
            raise DocumentError("too_large")
        if isinstance(piece.value, Mapping):
            threads.setdefault(text_of(first(piece.value, group)), []).append(piece.text)
        else:
            yield failed("not_a_record")
    names = Names(limits.name)
    for thread, texts in threads.items():
        name = json.dumps(thread, ensure_ascii=False)
        record = f'{{"{_thread_key(group)}": {name}, "messages": [{", ".join(texts)}]}}'
        yield Member("", names.key(thread), _bytes(record), _JSON)


def _thread_key(group: Paths) -> str:
    return group[0] if group[0] == "thread_ts" else "thread_id"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def row_members(blob: Blob, limits: ContainerLimits, shape: Shape) -> Iterator[Member]:
    """Yield the rows of a table as records.

    Raises:
        DocumentError: `corrupt`.
    """
    keys = _Keys(shape, "", limits.name)
    for data in rows_as_records(blob):
        yield Member("", keys.of(json.loads(data)), data, _JSON)
