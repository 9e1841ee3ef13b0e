"""From what stages know of a text to published rows: whose it is, under which ids.

Results of stages are keyed by content; here they meet the document: its ids, address, access and
dates, so that a move or a change of access runs no stage again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from curate import ids
from curate.release.digests import row_digest
from curate.tables.chunks import Chunk
from curate.tables.examples import Evidence, Example

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

    def digest(self) -> bytes:
        """Return the SHA-256 of all of it: of what each chunk of the document says of it."""
        said = json.dumps(_ALL_FACTS(self), ensure_ascii=False, default=_plain)
        return hashlib.sha256(said.encode()).digest()


_ALL_FACTS = attrgetter(*(field.name for field in fields(Facts)))


def _plain(value: Label | bytes) -> list[str] | str:
    return value.hex() if isinstance(value, bytes) else [value.name, value.value]


def chunks_of(
    facts: Facts, bodies: Sequence[Body], names: Sequence[str], *, key: bytes
) -> list[Chunk]:
    """Return the rows of the corpus for one document, in reading order; `names` are their ids."""
    whose = _Whose(facts, facts.name, _group(facts.cluster), facts.digest())
    sections = _sections(facts.doc_id, bodies, key)
    around = zip(["", *names], names, [*names[1:], ""], strict=False)
    return [
        _chunk(whose, body, place, section)
        for body, place, section in zip(bodies, around, sections, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Whose:
    """A document as each of its chunks speaks of it."""

    facts: Facts
    name: str
    cluster: str
    digest: bytes


def _group(cluster: bytes) -> str:
    return ids.encode(GROUP, cluster) if cluster else ""


def _sections(doc_id: bytes, bodies: Sequence[Body], key: bytes) -> list[str]:
    keys = [body.section_key for body in bodies]
    known = {k: ids.encode(SECTION, ids.mac(key, "section-of", doc_id, k)) for k in set(keys)}
    return [known[k] for k in keys]


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


def _chunk(whose: _Whose, body: Body, place: tuple[str, str, str], section: str) -> Chunk:
    """Return one row; its place are the ids of the chunk before, of this one and of the next."""
    facts, (before, name, after) = whose.facts, place
    marks = f"{before}\n{name}\n{after}\n{section}".encode()
    return Chunk(
        chunk_id=name,
        doc_id=whose.name,
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
        cluster=whose.cluster,
        section_id=section,
        previous=before,
        next=after,
        index_digest=body.index_digest.hex(),
        digest=hashlib.sha256(body.digest + whose.digest + marks).hexdigest(),
    )


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
        doc_id=chosen.facts.name,
        group=ids.encode(GROUP, chosen.group),
        split=chosen.split,
        digest="",
    )
    return replace(example, digest=row_digest(example, without=("digest", "split", "group")))


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
