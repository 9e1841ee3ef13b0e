"""What lies in a file of packed rows, whatever its index says of it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FRAME = re.compile(rb"\x28\xb5\x2f\xfd")  # how zstd begins


def frames(path: Path) -> Iterator[bytes]:
    """Yield everything in a file that unpacks, each as MessagePack."""
    data = path.read_bytes()
    for start in (match.start() for match in _FRAME.finditer(data)):
        with suppress(OSError):  # spoilt
            stream = pa.CompressedInputStream(pa.BufferReader(data[start:]), "zstd")
            yield bytes(stream.read(int.from_bytes(data[start - 4 : start], "little")))
