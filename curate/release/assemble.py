"""From what stages know of a text to published rows: whose it is, under which ids.

Results of stages are keyed by content; here they meet the document: its ids, address, access and
dates, so that a move or a change of access runs no stage again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate import ids
from curate.release.digests import row_digest
from curate.tables.chunks import Chunk
from curate.tables.examples import Evidence, Example
from curate.tables.left_out import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.tables.chunks import Body
    from curate.tables.examples import Anchor, DraftRow
    from curate.tables.sources import Label

CHUNK, DOCUMENT, EXAMPLE, SECTION, GROUP = "c", "d", "e", "s", "g"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is published of a document beside its text; `address` has personal data masked."""

    doc_id: bytes
    address: str
    source: str
    media_type: str
    language: str
    created: str
    modified: str
    effective: str
    authority: int
    owner: str
    tenant: str
    access: tuple[str, ...]
    labels: tuple[Label, ...]
    cluster: bytes

    @property
    def name(self) -> str:
        """Return the document's id as written."""
        return ids.encode(DOCUMENT, self.doc_id)


def chunks_of(facts: Facts, bodies: Sequence[Body], *, key: bytes) -> list[Chunk]:
    """Return the rows of the corpus for one document, in reading order."""
    names = chunk_ids(facts.doc_id, bodies, key=key)
    around = ["", *names, ""]
    return [
        _chunk(facts, body, (around[place], name, around[place + 2]), key)
        for place, (body, name) in enumerate(zip(bodies, names, strict=True))
    ]


def chunk_ids(doc_id: bytes, bodies: Sequence[Body], *, key: bytes) -> list[str]:
    """Return the ids of a document's chunks; equal texts in it are numbered."""
    seen: Counter[bytes] = Counter()
    names = []
    for body in bodies:
        number = seen[body.text_key]
        seen[body.text_key] += 1
        identity = ids.mac(key, "chunk", doc_id, body.text_key, str(number))
        names.append(ids.encode(CHUNK, identity))
    return names


def _chunk(facts: Facts, body: Body, names: tuple[str, str, str], key: bytes) -> Chunk:
    """Return one row; the names are the ids of the chunk before, of this one and of the next."""
    before, name, after = names
    section = ids.mac(key, "section-of", facts.doc_id, body.section_key)
    chunk = Chunk(
        chunk_id=name,
        doc_id=facts.name,
        text=body.text,
        index_text=body.index_text,
        title=body.title,
        address=facts.address,
        source=facts.source,
        media_type=facts.media_type,
        span=(body.start, body.end),
        page=body.page,
        heading_path=body.heading_path,
        kinds=body.kinds,
        tokens=body.tokens,
        language=facts.language,
        status="current",
        created=facts.created,
        modified=facts.modified,
        effective=facts.effective,
        authority=facts.authority,
        owner=facts.owner,
        tenant=facts.tenant,
        access=facts.access,
        labels=facts.labels,
        cluster=ids.encode(GROUP, facts.cluster) if facts.cluster else "",
        section_id=ids.encode(SECTION, section),
        previous=before,
        next=after,
        index_digest=ids.sha256(body.index_text),
        digest="",
    )
    return replace(chunk, digest=row_digest(chunk, without=("digest",)))


@dataclass(frozen=True, slots=True)
class Mined:
    """One draft with the documents it was mined from and its id."""

    example_id: bytes
    row: DraftRow
    documents: tuple[bytes, ...]

    @property
    def home(self) -> bytes:
        """Return the document that its answer stands in."""
        return self.documents[self.row.evidence[0].document]


def mined(
    documents: Sequence[bytes], rows: Iterable[DraftRow], *, tenant: str, key: bytes
) -> list[Mined]:
    """Return drafts with their ids; equal ones in a document are numbered."""
    seen: Counter[bytes] = Counter()
    result = []
    for row in rows:
        content = [ids.mac(key, "content", tenant, part) for part in row.content_keys]
        home = documents[row.evidence[0].document]
        stem = ids.mac(key, "draft", home, row.task, row.extractor, row.template, *content)
        identity = ids.mac(key, "example", stem, str(seen[stem]))
        seen[stem] += 1
        result.append(Mined(identity, row, tuple(documents)))
    return result


@dataclass(frozen=True, slots=True)
class Chosen:
    """A draft that is to be published, with what was decided about it."""

    mined: Mined
    facts: Facts
    group: bytes
    split: str


def example_of(chosen: Chosen, chunks: Mapping[bytes, Sequence[str]]) -> Example:
    """Return the row of the fine-tuning set; `chunks` are the ids of each document's chunks."""
    draft = chosen.mined.row
    documents = chosen.mined.documents
    example = Example(
        example_id=ids.encode(EXAMPLE, chosen.mined.example_id),
        messages=draft.messages,
        task=draft.task,
        extractor=draft.extractor,
        template=draft.template,
        teaches=draft.teaches,
        evidence=tuple(_evidence(anchor, documents, chunks) for anchor in draft.evidence),
        quality=round(draft.score, 4),
        tokens=draft.tokens,
        language=chosen.facts.language,
        source=chosen.facts.source,
        tenant=chosen.facts.tenant,
        doc_id=chosen.facts.name,
        group=ids.encode(GROUP, chosen.group),
        split=chosen.split,
        digest="",
    )
    return replace(example, digest=row_digest(example, without=("digest", "split", "group")))


def left_out_of(one: Mined, reason: str, chunks: Mapping[bytes, Sequence[str]]) -> LeftOut:
    """Return the row of a draft that was left out; `chunks` are the ids of each document's chunks."""
    anchor = one.row.evidence[0]
    place = _evidence(anchor, one.documents, chunks)
    return LeftOut(
        example_id=ids.encode(EXAMPLE, one.example_id),
        reason=reason,
        doc_id=place.doc_id,
        span=place.span,
        chunk_id=place.chunk_id,
        task=one.row.task,
        extractor=one.row.extractor,
        score=round(one.row.score, 4),
    )


def _evidence(
    anchor: Anchor, documents: Sequence[bytes], chunks: Mapping[bytes, Sequence[str]]
) -> Evidence:
    doc_id = documents[anchor.document]
    held = chunks.get(doc_id, ())
    return Evidence(
        chunk_id=held[anchor.chunk] if 0 <= anchor.chunk < len(held) else "",
        start=anchor.start,
        end=anchor.end,
        sha256=anchor.sha256,
        doc_id=ids.encode(DOCUMENT, doc_id),
        span=(anchor.first, anchor.last),
    )
