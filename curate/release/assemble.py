"""From what stages know of a text to published rows: whose it is, under which ids.

Results of stages are keyed by content; here they meet the document: its ids, address, access and
dates, so that a move or a change of access runs no stage again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from curate import ids
from curate.release.digests import row_digest
from curate.tables.chunks import Chunk
from curate.tables.examples import Evidence, Example
from curate.tables.left_out import LeftOut
from curate.tables.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from curate.tables.chunks import Body
    from curate.tables.examples import Anchor, Drafted, DraftRow
    from curate.tables.sources import Label


@dataclass(frozen=True, slots=True)
class Names:
    """Ids as written: of a document's chunk by its place ("" where the corpus holds none), of documents."""

    chunk: Callable[[bytes, int], str]
    documents: Mapping[bytes, str]


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
    name: str  # the document's id as written

    def digest(self) -> bytes:
        """Return the SHA-256 of all of it: of what each chunk of the document says of it."""
        return hashlib.sha256(msgspec.json.encode(_ALL_FACTS(self))).digest()


_ALL_FACTS = attrgetter(*(field.name for field in fields(Facts) if field.name != "name"))


def chunks_of(facts: Facts, bodies: Sequence[Body], *, key: bytes) -> list[Chunk]:
    """Return the rows of the corpus for one document, in reading order."""
    whose = _Whose(facts, facts.name, _group(facts.cluster), facts.digest())
    places = _places(facts.doc_id, bodies, key)
    return [_chunk(whose, body, place) for body, place in zip(bodies, places, strict=True)]


def marks_of(facts: Facts, bodies: Sequence[Body], *, key: bytes) -> list[Mark]:
    """Return the marks of the rows that `chunks_of` would return."""
    said = facts.digest()
    places = _places(facts.doc_id, bodies, key)
    return [
        Mark(
            chunk_id=place.key,
            doc_id=facts.doc_id,
            number=number,
            section=place.section,
            digest=place.digest(body, said),
            index_digest=body.index_digest,
            tokens=body.tokens,
            depth=len(body.heading_path),
            heading=body.heading_path[0] if body.heading_path else "",
            kinds=",".join(body.kinds),
            masked=bool(body.masked),
        )
        for number, (body, place) in enumerate(zip(bodies, places, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a chunk stands: its id, those of the chunks before and after it, its section."""

    key: bytes
    before: bytes
    after: bytes
    section: bytes

    def digest(self, body: Body, said: bytes) -> bytes:
        """Return the SHA-256 of the row of a body here, of whose document that much is said."""
        marks = b"\0".join((self.before, self.key, self.after, self.section))
        return hashlib.sha256(body.digest + said + marks).digest()


def _places(doc_id: bytes, bodies: Sequence[Body], key: bytes) -> list[_Place]:
    keys = chunk_keys(doc_id, bodies, key=key)
    sections = {
        k: ids.mac(key, "section-of", doc_id, k) for k in {body.section_key for body in bodies}
    }
    around = zip([b"", *keys], keys, [*keys[1:], b""], strict=False)
    return [
        _Place(name, before, after, sections[body.section_key])
        for body, (before, name, after) in zip(bodies, around, strict=True)
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


def chunk_keys(doc_id: bytes, bodies: Sequence[Body], *, key: bytes) -> list[bytes]:
    """Return the ids of a document's chunks; equal texts in it are numbered."""
    seen: Counter[bytes] = Counter()
    keys = []
    for body in bodies:
        number = seen[body.text_key]
        seen[body.text_key] += 1
        keys.append(ids.mac(key, "chunk", doc_id, body.text_key, str(number)))
    return keys


def _named(key: bytes) -> str:
    return ids.encode(CHUNK, key) if key else ""


def _chunk(whose: _Whose, body: Body, place: _Place) -> Chunk:
    """Return one row."""
    facts = whose.facts
    return Chunk(
        chunk_id=_named(place.key),
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
        section_id=ids.encode(SECTION, place.section),
        previous=_named(place.before),
        next=_named(place.after),
        index_digest=body.index_digest.hex(),
        digest=place.digest(body, whose.digest).hex(),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where drafts have their words: a stage, the key of its result."""

    stage: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Mined:
    """One draft with the documents it was mined from and its id.

    Its words are the row `number` of its origin's result; `led` tells that its question is led by its
    document's title.
    """

    example_id: bytes
    row: Drafted
    documents: tuple[bytes, ...]
    origin: Origin
    number: int
    led: bool = False

    @property
    def home(self) -> bytes:
        """Return the document that its answer stands in."""
        return self.documents[self.row.sites[0].document]

    @property
    def question(self) -> bytes:
        """Return the keyed digest of its question as it is asked."""
        return self.row.titled_key if self.led else self.row.question_key

    @property
    def letters(self) -> int:
        """Return how many letters its messages have."""
        return self.row.titled_letters if self.led else self.row.letters


def mined(
    documents: Sequence[bytes], rows: Iterable[Drafted], origin: Origin, *, tenant: str, key: bytes
) -> list[Mined]:
    """Return drafts with their ids; equal ones in a document are numbered."""
    seen: Counter[bytes] = Counter()
    result = []
    for number, row in enumerate(rows):
        content = [ids.mac(key, "content", tenant, part) for part in row.content_keys]
        home = documents[row.sites[0].document]
        stem = ids.mac(key, "draft", home, row.task, row.extractor, row.template, *content)
        identity = ids.mac(key, "example", stem, str(seen[stem]))
        seen[stem] += 1
        result.append(Mined(identity, row, tuple(documents), origin, number))
    return result


@dataclass(frozen=True, slots=True)
class Chosen:
    """A draft that is to be published, in its words, with what was decided about it."""

    mined: Mined
    draft: DraftRow
    facts: Facts
    group: bytes
    split: str


def example_of(chosen: Chosen, names: Names) -> Example:
    """Return the row of the fine-tuning set."""
    draft = chosen.draft
    documents = chosen.mined.documents
    example = Example(
        example_id=ids.encode(EXAMPLE, chosen.mined.example_id),
        messages=draft.messages,
        task=draft.task,
        extractor=draft.extractor,
        template=draft.template,
        teaches=draft.teaches,
        evidence=tuple(_evidence(anchor, documents, names) for anchor in draft.evidence),
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


def left_out_of(one: Mined, name: str, reason: str, names: Names) -> LeftOut:
    """Return the row of a draft that was left out; `name` is its id as written."""
    site = one.row.sites[0]
    document = one.documents[site.document]
    return LeftOut(
        example_id=name,
        reason=reason,
        doc_id=names.documents[document],
        span=(site.first, site.last),
        chunk_id=names.chunk(document, site.chunk),
        task=one.row.task,
        extractor=one.row.extractor,
        score=round(one.row.score, 4),
    )


def _evidence(anchor: Anchor, documents: Sequence[bytes], names: Names) -> Evidence:
    doc_id = documents[anchor.document]
    return Evidence(
        chunk_id=names.chunk(doc_id, anchor.chunk),
        start=anchor.start,
        end=anchor.end,
        sha256=anchor.sha256,
        doc_id=names.documents[doc_id],
        span=(anchor.first, anchor.last),
    )
