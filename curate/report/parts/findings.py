"""What was left out, found or doubted, as values: reasons, personal data, copies, labels."""

from dataclasses import dataclass
from datetime import date

from curate.report.parts.shared import Quote


@dataclass(frozen=True, slots=True)
class ReasonSample:
    """One real case.

    Attributes:
        quote: a sentence of the document, masked; None where nothing could be read.
        fact: what is known where there is no quote: `12 pages of images`.
        explanation: why this one, or what to do.

    """

    address: str = ""
    quote: Quote | None = None
    fact: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why documents or drafts were left out or doubted.

    Attributes:
        code: the stable reason code; `reason-CODE` is its anchor.
        words: the same in plain words.
        count: documents (or drafts), each counted once under its weightiest reason.
        out_of_corpus: how many of them the corpus leaves out.
        out_of_finetune: how many of them the fine-tuning set leaves out.

    """

    code: str
    words: str
    count: int
    out_of_corpus: int = 0
    out_of_finetune: int = 0
    sample: ReasonSample | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """What became of mined drafts; what `reasons` do not explain was chosen."""

    mined: int
    chosen: int
    reasons: tuple[Reason, ...] = ()

    @property
    def left_out(self) -> int:
        """Drafts not chosen."""
        return self.mined - self.chosen


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Reasons, the weightiest first; `neither` counts documents in no product."""

    flagged: tuple[Reason, ...] = ()
    rejected: tuple[Reason, ...] = ()
    drafts: Drafts | None = None
    neither: int = 0
    commands: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """Flagged and rejected documents."""
        return sum(reason.count for reason in (*self.flagged, *self.rejected))


@dataclass(frozen=True, slots=True)
class PiiRow:
    """Finds of one type, one count per column."""

    type: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pii:
    """Personal data found, by type and by source or document kind; counts only.

    Attributes:
        columns: names of the sources or document kinds.
        documents_with: documents with any find, one count per column.
        documents: documents searched.
        by: what a column is: `source`, `document kind`.
        withheld: rows in which a second scan of what is published found something; None if
            none was made.
        mask: a type as an example of a mask; empty if the corpus is not masked.
        surrogate: an invented name as an example; empty if there are none.
        kept_in_corpus: types that the corpus publishes as they were written.
        kept_in_finetune: types that the fine-tuning set publishes as they were written.

    """

    columns: tuple[str, ...]
    rows: tuple[PiiRow, ...]
    documents_with: tuple[int, ...]
    documents: int
    by: str = "source"
    withheld: int | None = None
    mask: str = ""
    surrogate: str = ""
    commands: tuple[str, ...] = ()
    kept_in_corpus: tuple[str, ...] = ()
    kept_in_finetune: tuple[str, ...] = ()

    @property
    def keeps(self) -> bool:
        """Whether a product publishes some of it as it was written."""
        return bool(self.kept_in_corpus or self.kept_in_finetune)

    @property
    def found(self) -> int:
        """All finds."""
        return sum(sum(row.counts) for row in self.rows)


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Documents of one source before, and what left as a copy or an older version."""

    name: str
    before: int
    copies: int
    superseded: int

    @property
    def after(self) -> int:
        """What remains."""
        return self.before - self.copies - self.superseded


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document."""

    since: date
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Versions of one document in time; `ground` is what says so: `revision table, page 2`."""

    name: str
    versions: tuple[Version, ...]
    ground: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Copies and versions; `note` is a sentence on what leaves the corpus for other reasons."""

    rows: tuple[DuplicateRow, ...]
    near: int = 0
    near_clusters: int = 0
    note: str = ""
    families: tuple[Family, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def gone(self) -> int:
        """Documents that left as copies or older versions."""
        return sum(row.copies + row.superseded for row in self.rows)


@dataclass(frozen=True, slots=True)
class LabelSample:
    """One doubted label; `score` from 0 to 1."""

    quote: Quote
    given: str
    suggested: str
    score: float
    command: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Given labels against what the words suggest.

    Attributes:
        names: the labels, in the order of rows and columns.
        cells: `cells[given][suggested]`; the diagonal counts those that agree.
        what: what is labelled, in the plural: `ticket categories`.
        estimate: the share believed wrong, from 0 to 1, or None.

    """

    names: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    what: str = "labels"
    estimate: float | None = None
    samples: tuple[LabelSample, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All labels judged."""
        return sum(map(sum, self.cells))

    @property
    def doubted(self) -> int:
        """Labels off the diagonal."""
        return self.total - sum(row[i] for i, row in enumerate(self.cells))
