"""Parse: one record's bytes to canonical text, by the reader of its media type.

The reader chosen is part of the memo key (its route), so that a new version of one reader does
again only what it read. Where a reader finds a file corrupt, unstructured has a second try at the
formats it knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import field_validator

from curate.config import Settings
from curate.errors import DocumentError
from curate.mistakes import SettingError
from curate.parsers.readers import another_type, read
from curate.parsers.records import Shape
from curate.stage import stage
from curate.stages.opening import Opener, Spec
from curate.tables.parsed import Parsed


class Parse(Settings):
    """`unstructured` lists media types that unstructured reads first instead of our own reader."""

    unstructured: tuple[str, ...] = ()

    @field_validator("unstructured")
    @classmethod
    def _can_be_read(cls, media_types: tuple[str, ...]) -> tuple[str, ...]:
        for number, media_type in enumerate(media_types):
            hint = another_type(media_type)
            if hint:
                message = f"{media_type!r} is no media type that unstructured reads. {hint}"
                raise SettingError(message, number)
        return media_types


@dataclass(frozen=True, slots=True)
class Route:
    """How one record is read: whether unstructured comes first. The rest follows its media type."""

    preferred: bool = False


@stage(version=4, grain="record")
def parse(spec: Spec, shape: Shape, way: Route, *, opener: Opener) -> Iterator[Parsed]:
    """Read one record."""
    own_shape = shape if shape.name else None
    blob = opener.blob(spec, own_shape)
    if not blob.data:
        raise DocumentError("empty")
    parsed = read(blob, own_shape, preferred=way.preferred)
    if not parsed.text.strip():
        raise DocumentError("no_text")
    yield parsed
