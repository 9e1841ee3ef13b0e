"""Sign: one text to what group stages need of it, so that none of them reads it again."""

from __future__ import annotations

from collections.abc import Iterator

from curate import duplicates, ids
from curate.stage import stage
from curate.stages.chunk import IdKey
from curate.tables.parsed import DROPPED, Parsed
from curate.tables.signatures import Signature
from curate.text.noise import NOISE, is_noise
from curate.text.unfinished import is_draft

_NO_ID = bytes(ids.ID_BYTES)


@stage(version=3, grain="record")
def sign(parsed: Parsed, *, ids_key: IdKey) -> Iterator[Signature]:
    """Return digests, sketch and counts of one text."""
    shown = visible_text(parsed)
    words = duplicates.words(shown)
    yield Signature(
        exact=ids.mac(ids_key.key, "exact", " ".join(words)),
        minhash=duplicates.sketch(duplicates.shingles(words)),
        characters=len(shown),
        words=len(words),
        visible=bool(words),
        language=parsed.language,
        created=parsed.created or "",
        modified=parsed.modified or "",
        thread=_thread(parsed, ids_key.key),
        pages=parsed.pages,
        furniture=parsed.furniture,
        reader=parsed.reader,
        notes=(*parsed.notes, NOISE) if is_noise(shown) else parsed.notes,
        draft=is_draft(parsed),
    )


def visible_text(parsed: Parsed) -> str:
    """Return the text of all elements that a product may show, a line each."""
    return "\n".join(
        parsed.text[element.start : element.end]
        for element in parsed.elements
        if element.kind not in DROPPED
    )


def _thread(parsed: Parsed, key: bytes) -> bytes:
    """Return the digest of the conversation a mail belongs to; records hold theirs whole."""
    names = [turn.thread for turn in parsed.turns if turn.thread]
    if len(parsed.turns) != 1 or not names:
        return _NO_ID
    return ids.mac(key, "thread", names[0])
