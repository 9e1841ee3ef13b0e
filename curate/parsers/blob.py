"""What a reader is given: the bytes of one record with its name and media type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blob:
    """One record to read; `name` is its file name, a hint only and never trusted as a path."""

    data: bytes
    name: str
    media_type: str
