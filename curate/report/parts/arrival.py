"""What came in and what changed since the parent, as values."""

from dataclasses import dataclass
from enum import StrEnum

from curate.report.parts.shared import Count, Quote


class Outcome(StrEnum):
    """What became of a document."""

    KEPT = "kept"
    FLAGGED = "flagged"
    REJECTED = "rejected"


class Place(StrEnum):
    """Which products hold a document."""

    BOTH = "both products"
    CORPUS = "corpus only"
    FINETUNE = "fine-tuning only"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Source:
    """One source and what became of its documents; `formats` is a short list: `PDF, DOCX`."""

    name: str
    kept: int
    flagged: int
    rejected: int
    formats: str = ""

    @property
    def total(self) -> int:
        """All documents of the source."""
        return self.kept + self.flagged + self.rejected


@dataclass(frozen=True, slots=True)
class Flow:
    """How many documents of an outcome are in which products."""

    outcome: Outcome
    place: Place
    documents: int


@dataclass(frozen=True, slots=True)
class Containers:
    """What files there were beside the documents.

    Attributes:
        files: all files listed.
        kinds: containers among them by kind, named in the plural: `archives`, `mailboxes`.
        documents: what the containers hold.

    """

    files: int
    kinds: tuple[Count, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in; in = kept + flagged + rejected.

    Attributes:
        sources: in the order to be shown, the largest first.
        flows: outcome to products; they sum up to all documents.
        reasons: why most of the flagged are flagged, as a sentence; may be empty.

    """

    sources: tuple[Source, ...]
    flows: tuple[Flow, ...] = ()
    containers: Containers | None = None
    reasons: str = ""
    commands: tuple[str, ...] = ()

    @property
    def kept(self) -> int:
        """Kept documents of all sources."""
        return sum(source.kept for source in self.sources)

    @property
    def flagged(self) -> int:
        """Flagged documents of all sources."""
        return sum(source.flagged for source in self.sources)

    @property
    def rejected(self) -> int:
        """Rejected documents of all sources."""
        return sum(source.rejected for source in self.sources)

    @property
    def total(self) -> int:
        """All documents."""
        return sum(source.total for source in self.sources)


class State(StrEnum):
    """Where a document stood in a release."""

    KEPT = "kept"
    FLAGGED = "flagged"
    REJECTED = "rejected"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Transition:
    """How many documents went from one state to another (or stayed) since the parent."""

    was: State
    now: State
    documents: int


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What moved in one source."""

    name: str
    new: int = 0
    edited: int = 0
    gone: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One change operation: its code (`update_text`), chunks, and how many to embed."""

    code: str
    chunks: int
    detail: str = ""
    to_embed: int = 0


@dataclass(frozen=True, slots=True)
class ExampleChange:
    """What became of examples: `new`, `stale`, `same`."""

    code: str
    examples: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A real edit as pieces (plain, dropped, added), and what it did: `+2 −2 chunks`."""

    address: str
    quote: Quote
    heading: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the parent.

    Attributes:
        operations: all, `unchanged` included.
        chunks_now: chunks of this release.

    """

    transitions: tuple[Transition, ...]
    sources: tuple[SourceChange, ...] = ()
    operations: tuple[Operation, ...] = ()
    chunks_now: int = 0
    examples: tuple[ExampleChange, ...] = ()
    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """Documents that are new, edited, gone or moved."""
        return sum(one.new + one.edited + one.gone + one.moved for one in self.sources)

    @property
    def to_embed(self) -> int:
        """Embeddings needed."""
        return sum(operation.to_embed for operation in self.operations)
