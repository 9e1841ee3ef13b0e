"""Split: one container to its records, by number and digest; their bytes are opened again when parsed."""

from __future__ import annotations

from collections.abc import Iterator

from curate import ids
from curate.parsers.records import Shape
from curate.stage import stage
from curate.stages.chunk import IdKey
from curate.stages.list import version
from curate.stages.opening import Opener, Spec
from curate.tables.sources import Member

_NO_ID = bytes(ids.ID_BYTES)


@stage(version=1, grain="record")
def split(spec: Spec, shape: Shape, *, opener: Opener, ids_key: IdKey) -> Iterator[Member]:
    """Yield a container's members; each that cannot be read has its reason."""
    for number, found in enumerate(opener.members(spec, shape if shape.name else None)):
        yield Member(
            number=number,
            path=found.path,
            key=found.key,
            size=len(found.data),
            version=_NO_ID if found.problem else version(ids_key.key, found.data),
            media_type=found.media_type,
            labels=(),
            access=(),
            problem=found.problem,
        )
