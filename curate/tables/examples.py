"""Examples to learn from: drafts as mined and rendered, and the rows of the fine-tuning set."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id
from curate.tables.values import (
    DocumentId,
    ExampleId,
    GroupId,
    Natural,
    NoChunkId,
    Sha256,
    Share,
    Span,
    Split,
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Evidence as mined: which of the documents, its span there, and the slice of one of its chunks.

    `chunk` is the chunk's place in its document, `start` and `end` count code points of that
    chunk's text, `sha256` is the digest of that slice.
    """

    document: int
    first: int
    last: int
    chunk: int
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A span of a message that stands for something redacted."""

    message: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft rendered: what would be learnt, on what evidence, how good it looks.

    `content_keys` are keyed digests of the normalised canonical evidence; `question_key` and
    `answer_key` those of the rendered sides, to find contradictions and repetitions. `titled` is the
    question led by the document's title, for when several documents ask the same ("" if there is none).
    In `masked`, the question is message 0, the answer 1, the titled question 2. `runs` are hashes of
    the answer's runs of words, to find what two splits share (little-endian 64-bit values, sorted).
    `term_keys` are keyed digests of the names of the term that a definition explains.
    """

    task: str
    extractor: str
    template: str
    messages: tuple[Message, ...]
    evidence: tuple[Anchor, ...]
    content_keys: tuple[bytes, ...]
    question_key: Id
    answer_key: Id
    titled: str
    titled_key: Id
    teaches: str
    score: float
    flaws: tuple[str, ...]
    masked: tuple[Stand, ...]
    tokens: int
    answer_tokens: int = 0
    runs: bytes = b""
    term_keys: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A slice of evidence: which of the documents, its chunk's place there, its span in the document."""

    document: int
    chunk: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft without its words: what is decided by, and where its answer stands.

    `titled_key` is empty where no title could lead the question. `letters` counts those of the messages,
    `titled_letters` those with the question so led; `masked` tells whether any of them stands for something
    redacted. All else is as in `DraftRow`.
    """

    task: str
    extractor: str
    template: str
    sites: tuple[Site, ...]
    content_keys: tuple[bytes, ...]
    question_key: Id
    answer_key: Id
    titled_key: bytes
    score: float
    flaws: tuple[str, ...]
    letters: int
    titled_letters: int
    answer_tokens: int
    masked: bool
    runs: bytes
    term_keys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an example's answer stands: a slice of a chunk of the corpus, and its span in the source.

    `chunk_id` is empty where the corpus holds no chunk of that document; `start` and `end` count
    code points of the chunk's text, `sha256` is the digest of that slice, `span` counts code
    points of the document's canonical text.
    """

    chunk_id: NoChunkId
    start: Natural
    end: Natural
    sha256: Sha256
    doc_id: DocumentId
    span: Span


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the fine-tuning set.

    `teaches` is knowledge or behaviour; `quality` runs from 0 to 1; `group` is what a split never
    divides: documents, threads and clusters that belong together.
    """

    example_id: ExampleId
    messages: tuple[Message, ...]
    task: str
    extractor: str
    template: str
    teaches: str
    evidence: tuple[Evidence, ...]
    quality: Share
    tokens: Natural
    language: str
    source: str
    tenant: str
    doc_id: DocumentId
    group: GroupId
    split: Split
    digest: Sha256
