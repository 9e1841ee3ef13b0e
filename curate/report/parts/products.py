"""The two products as values: what the corpus and the fine-tuning set hold, and samples to read."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from curate.report.parts.shared import Columns, Count, Histogram, Passage, Quote, Ranking


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the corpus holds; a panel that is None is not shown.

    Attributes:
        sources: chunks by source or document kind.
        sections: by first-level heading.
        kinds: what chunks are made of: paragraphs, lists, tables.
        since: chunks by the year from which they are in force.
        depth: chunks by the number of headings above them.
        access: by who may read them.
        removed: elements of repeated text taken out, by kind.

    """

    chunks: int
    documents: int
    lengths: Histogram | None = None
    sources: Ranking | None = None
    sections: Ranking | None = None
    since: Columns | None = None
    languages: Ranking | None = None
    kinds: Ranking | None = None
    depth: Columns | None = None
    access: Ranking | None = None
    removed: Ranking | None = None
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractorRow:
    """Examples of one extractor, by split.

    Attributes:
        reviewed: how many of them people looked at; 0 for none.
        approved: how many of those they approved.
        teaches: examples by what they teach: knowledge, behaviour.

    """

    task: str
    extractor: str
    train: int
    validation: int
    test: int
    held_out: int = 0
    approved: int = 0
    reviewed: int = 0
    teaches: tuple[Count, ...] = ()

    @property
    def examples(self) -> int:
        """Examples of all splits."""
        return self.train + self.validation + self.test + self.held_out


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens of the responses of one task or extractor; all of a set share one bin width."""

    name: str
    examples: int
    tokens: Histogram


@dataclass(frozen=True, slots=True)
class Touch:
    """Sections of the corpus from which an example was made, and without one."""

    sections: int
    without: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finetune:
    """The fine-tuning set.

    Attributes:
        rows: grouped by task; tasks and rows in the order to be shown.
        held_out: what is held out whole, as it reads after `of`: `the calibration lab`.
        teaches_note: one sentence under the bar of what it teaches.

    """

    rows: tuple[ExtractorRow, ...]
    held_out: str = ""
    lengths: tuple[Lengths, ...] = ()
    teaches_note: str = ""
    touch: Touch | None = None
    commands: tuple[str, ...] = ()

    @property
    def examples(self) -> int:
        """All examples."""
        return sum(row.examples for row in self.rows)


@dataclass(frozen=True, slots=True)
class ChunkSample:
    """A chunk of the corpus beside its source; `facts` stand beside its id: who may read it."""

    chunk_id: str
    tokens: int
    quote: Quote
    source: Passage
    heading: tuple[str, ...] = ()
    header: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of an example; `role` as in the file: `user`, `assistant`."""

    role: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class ExampleSample:
    """An example of the fine-tuning set beside its evidence, one passage or several."""

    example_id: str
    task: str
    split: str
    tokens: int
    quality: float
    messages: tuple[Message, ...]
    evidence: tuple[Passage, ...]
    extractor: str = ""
    teaches: str = ""
    chunk_ids: tuple[str, ...] = ()


Sample = TypeVar("Sample", ChunkSample, ExampleSample)


@dataclass(frozen=True, slots=True)
class Samples(Generic[Sample]):
    """Samples to read, and one sentence on how they were drawn."""

    rows: tuple[Sample, ...]
    drawn: str = ""
    commands: tuple[str, ...] = ()
