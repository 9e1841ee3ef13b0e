"""Liken: the sketch by which a file is known again after it was moved and edited.

Of text formats it is taken of the bytes, as git does; of all others of the canonical text, because
the bytes of two unrelated files made from one template are nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from curate import duplicates, ids
from curate.stage import stage
from curate.stages.chunk import IdKey
from curate.stages.opening import Opener, Spec
from curate.tables.parsed import Parsed
from curate.tables.signatures import Outline

_TEXT = ("application/json", "application/xml", "application/yaml", "message/rfc822")


@stage(version=1, grain="record")
def liken(spec: Spec, parsed: Parsed, *, opener: Opener, ids_key: IdKey) -> Iterator[Outline]:
    """Sketch one record."""
    if is_text(spec.media_type):
        data = opener.blob(spec, None).data
    else:
        data = parsed.text.encode("utf-8", "surrogatepass")
    seed = int.from_bytes(ids.mac(ids_key.key, "likeness")[:4], "little")
    yield Outline(duplicates.outline(data, seed=seed))


def is_text(media_type: str) -> bool:
    """Tell whether a file's bytes are what its author wrote."""
    return media_type.startswith("text/") or media_type in _TEXT
