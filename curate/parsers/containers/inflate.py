"""Inflate piece by piece, so that no member is in memory before it was counted.

The standard library's own zip reader hands a whole block of bzip2 or LZMA to its decoder at once,
which a bomb of some kilobytes answers with gigabytes. Here every call to a decoder says how much
may come back.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

from curate.errors import DocumentError

if TYPE_CHECKING:
    from curate.parsers.containers.member import Intake

_STEP = 256 * 1024
BROKEN = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, struct.error)

_MOST_MEMORY = 256 * 1024 * 1024  # of a decoder, whatever its stream asks for

Pieces = Iterator[bytes]


class TrailingError(DocumentError):
    """Behind a packed stream stands what is none."""


class Decoder(Protocol):
    """What the standard library's decoders have in common."""

    @property
    def eof(self) -> bool:
        """Tell whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Tell whether it gave out all that its input holds."""

    @property
    def unused_data(self) -> bytes:
        """Return what stands behind the end."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return at most `max_length` bytes more."""


class _Zlib:
    """Zlib's decoder with the manners of the other two."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def chunks(stream: BinaryIO, size: int) -> Pieces:
    """Yield the next `size` bytes of a stream.

    Raises:
        DocumentError: `corrupt` when the stream ends before.
    """
    while size > 0:
        chunk = stream.read(min(size, _STEP))
        if not chunk:
            raise DocumentError("corrupt")
        size -= len(chunk)
        yield chunk


def stored(pieces: Pieces) -> Pieces:
    """Yield what was never deflated."""
    yield from pieces


def deflated(pieces: Pieces) -> Pieces:
    """Yield what raw deflate data inflate to."""
    yield from _bounded(_Zlib(-zlib.MAX_WBITS), pieces)


def bzipped(pieces: Pieces) -> Pieces:
    """Yield what bzip2 data inflate to."""
    yield from _bounded(bz2.BZ2Decompressor(), pieces)


def lzma_zipped(pieces: Pieces) -> Pieces:
    """Yield what a zip member's LZMA data inflate to; its properties stand in front."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) > 4 and len(head) >= 4 + _property_size(head):  # noqa: PLR2004
            break
    size = _property_size(head)
    decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_lzma_filter(head[4 : 4 + size])])

    def rest() -> Pieces:
        yield head[4 + size :]
        yield from pieces

    yield from _bounded(decoder, rest(), must_end=False)


def _property_size(head: bytes) -> int:
    return int(struct.unpack_from("<2xH", head)[0])


def _lzma_filter(properties: bytes) -> dict[str, int]:
    bits, size = struct.unpack("<BI", properties)
    return {
        "id": lzma.FILTER_LZMA1,
        "lc": bits % 9,
        "lp": bits // 9 % 5,
        "pb": bits // 45,
        "dict_size": min(size, 64 * 1024 * 1024),
    }


def _bounded(decoder: Decoder, pieces: Pieces, *, must_end: bool = True) -> Pieces:
    for piece in pieces:
        if decoder.eof:
            break
        yield from _drained(decoder, piece)
    if must_end and not decoder.eof:
        raise DocumentError("corrupt")


def gather(pieces: Pieces, intake: Intake, *, packed: int) -> bytes:
    """Return all pieces as one.

    Args:
        pieces: What was inflated.
        intake: Counts it.
        packed: How many bytes it was inflated from.

    Raises:
        DocumentError: `bomb`, `too_large`, `corrupt`.
    """
    gathered = bytearray()
    try:
        for piece in pieces:
            gathered += piece
            intake.count(len(piece))
            intake.check(len(gathered), packed)
            if len(gathered) > intake.limits.member:
                raise DocumentError("too_large")
    except BROKEN as error:
        raise DocumentError("corrupt") from error
    return bytes(gathered)


class Metered:
    """Pieces read by the byte, with a count of them and of what they were inflated from."""

    def __init__(self, pieces: Pieces, intake: Intake, position: Callable[[], int]) -> None:
        """Read the pieces; `position` tells how far the stored bytes were read."""
        self._pieces = pieces
        self._intake = intake
        self._position = position
        self._ahead = bytearray()
        self._inflated = 0
        self.trailing = False  # whether something that cannot be unpacked stands behind the end

    def peek(self, size: int) -> bytes:
        """Return the next bytes without going past them.

        Raises:
            DocumentError: `bomb`, `corrupt`.
        """
        self._fill(size)
        return bytes(self._ahead[:size])

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end.

        Raises:
            DocumentError: `bomb`, `corrupt`.
        """
        data = self.peek(size)
        del self._ahead[:size]
        return data

    def _fill(self, size: int) -> None:
        try:
            while len(self._ahead) < size and (piece := next(self._pieces, None)) is not None:
                self._ahead += piece
                self._inflated += len(piece)
                self._intake.count(len(piece))
                self._intake.check(self._inflated, self._position())
        except TrailingError:
            self.trailing = True
        except BROKEN as error:
            raise DocumentError("corrupt") from error


def unpacked(stream: BinaryIO, packing: str) -> Pieces:
    """Yield what a packed stream holds; one without packing holds itself.

    Raises:
        DocumentError: `corrupt`, `unsupported` if this Python cannot unpack it.
        TrailingError: if something else than padding stands behind the last stream.
    """
    if packing == "zst":
        stream = _zstd(stream)
    if packing not in _PACKINGS:
        while piece := stream.read(_STEP):
            yield piece
        return
    first, make = _PACKINGS[packing]
    decoder: Decoder | None = None
    data = stream.read(_STEP)
    while data:
        decoder = decoder or make()
        yield from _drained(decoder, data)
        rest = decoder.unused_data if decoder.eof else b""
        decoder = None if decoder.eof else decoder
        data = rest or stream.read(_STEP)
        if decoder is None:
            data = _behind_padding(data, stream)
            if data and data[:1] not in first:
                raise TrailingError("corrupt")
    if decoder is not None:
        raise DocumentError("corrupt")


def _behind_padding(data: bytes, stream: BinaryIO) -> bytes:
    """Return what is read without the zeros at its beginning, empty at the end."""
    data = data.lstrip(b"\0")
    while not data and (data := stream.read(_STEP)):
        data = data.lstrip(b"\0")
    return data


def _drained(decoder: Decoder, data: bytes) -> Pieces:
    yield decoder.decompress(data, _STEP)
    while not (decoder.needs_input or decoder.eof):
        yield decoder.decompress(b"", _STEP)


def _zstd(stream: BinaryIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdFile

        return ZstdFile(stream)
    raise DocumentError("unsupported")


_PACKINGS: dict[str, tuple[tuple[bytes, ...], Callable[[], Decoder]]] = {
    "gz": ((b"\x1f",), lambda: _Zlib(16 + zlib.MAX_WBITS)),
    "bz2": ((b"B",), bz2.BZ2Decompressor),
    "xz": ((b"\xfd",), lambda: lzma.LZMADecompressor(memlimit=_MOST_MEMORY)),
}
