"""Rows as bytes: how results travel from workers and lie in private storage.

MessagePack by msgspec, compressed by zstd behind the length that it unpacks to. Equal rows give
equal bytes, whatever process wrote them.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any, TypeVar

import msgspec

Row = TypeVar("Row")

_LENGTH = struct.Struct("<I")
_ENCODE = msgspec.msgpack.Encoder().encode


class TooLargeError(ValueError):
    """Rows have more bytes than their length can say."""


def encoded(rows: tuple[Any, ...]) -> bytes:
    """Return rows (dataclasses) as bytes that are not compressed.

    Raises:
        UnicodeEncodeError: if a text holds half of a pair of surrogates.
        TypeError: if a value is of no type that a table may have.
    """
    return _ENCODE(rows)


def packed(data: bytes) -> bytes:
    """Return encoded rows as they are stored.

    Raises:
        TooLargeError: if they have 4 GiB or more.
    """
    if len(data) >> 32:
        raise TooLargeError
    compressed: bytes = _codec().compress(data, asbytes=True)
    return _LENGTH.pack(len(data)) + compressed


def unpacked(row: type[Row], data: bytes) -> tuple[Row, ...]:
    """Return the rows that were stored; none for no bytes.

    Raises:
        ValueError: if the bytes are no rows of this type.
    """
    if not data:
        return ()
    kind: type = row
    rows: tuple[Row, ...] = _decoder(kind).decode(plain(data))
    return rows


def plain(data: bytes) -> bytes:
    """Return the encoded rows that were packed; none for no bytes."""
    if not data:
        return b""
    (length,) = _LENGTH.unpack_from(data)
    unzipped: bytes = _codec().decompress(
        data[_LENGTH.size :], decompressed_size=length, asbytes=True
    )
    return unzipped


@cache
def _codec() -> Any:  # noqa: ANN401 - Arrow has no types
    import pyarrow as pa

    return pa.Codec("zstd", compression_level=1)


@cache
def _decoder(row: type) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(tuple[row, ...])  # type: ignore[valid-type]
