"""The value a release report is rendered from; a collector fills this and nothing else.

`Report` is the whole, its parts stand in `parts`, and all names can be imported from here. Numbers
are facts, never formatted: shares are fractions from 0 to 1, times are seconds, dates are dates.
Sums, shares, the order of gates and the sentences in the margin are made by the renderer, so that
a collector cannot state them wrongly. A part without data is an `Absent`, with its reason where
there is a better one than the renderer's. Text that comes from documents must be masked before
it comes here; escaping is the renderer's business.
"""

from dataclasses import dataclass

from curate.report.parts.arrival import (
    Changes,
    Containers,
    Edit,
    ExampleChange,
    Flow,
    Intake,
    Operation,
    Outcome,
    Place,
    Source,
    SourceChange,
    State,
    Transition,
)
from curate.report.parts.findings import (
    Drafts,
    DuplicateRow,
    Duplicates,
    Family,
    Labels,
    LabelSample,
    LeftOut,
    Pii,
    PiiRow,
    Reason,
    ReasonSample,
    Version,
)
from curate.report.parts.head import (
    Hint,
    HistoryRow,
    Identity,
    Point,
)
from curate.report.parts.products import (
    ChunkSample,
    Corpus,
    ExampleSample,
    ExtractorRow,
    Finetune,
    Lengths,
    Message,
    Samples,
    Touch,
)
from curate.report.parts.proof import (
    Cost,
    Gate,
    LeakRow,
    Leaks,
    Sense,
    StageTime,
    Times,
    Unit,
    Verdict,
)
from curate.report.parts.shared import (
    Absent,
    Columns,
    Count,
    Histogram,
    Passage,
    Piece,
    PieceKind,
    Quote,
    Ranking,
    Voice,
    command,
)

__all__ = [
    "NO_DATA",
    "Absent",
    "Changes",
    "ChunkSample",
    "Columns",
    "Containers",
    "Corpus",
    "Cost",
    "Count",
    "Drafts",
    "DuplicateRow",
    "Duplicates",
    "Edit",
    "ExampleChange",
    "ExampleSample",
    "ExtractorRow",
    "Family",
    "Finetune",
    "Flow",
    "Gate",
    "Hint",
    "Histogram",
    "HistoryRow",
    "Identity",
    "Intake",
    "LabelSample",
    "Labels",
    "LeakRow",
    "Leaks",
    "LeftOut",
    "Lengths",
    "Message",
    "Operation",
    "Outcome",
    "Passage",
    "Piece",
    "PieceKind",
    "Pii",
    "PiiRow",
    "Place",
    "Point",
    "Quote",
    "Ranking",
    "Reason",
    "ReasonSample",
    "Report",
    "Samples",
    "Sense",
    "Source",
    "SourceChange",
    "StageTime",
    "State",
    "Times",
    "Touch",
    "Transition",
    "Unit",
    "Verdict",
    "Version",
    "Voice",
    "command",
]

NO_DATA = Absent()


@dataclass(frozen=True, slots=True)
class Report:
    """All that one release report says, in the order it says it.

    Attributes:
        headline: the answer as a sentence; empty lets the renderer say it from the gates.
        points: what to look at first, the most urgent first; about four.
        gates: in any order; the renderer puts the one nearest to its limit first.
        changes: None for a first release, which has no such section.

    """

    identity: Identity
    headline: str = ""
    points: tuple[Point, ...] = ()
    history: tuple[HistoryRow, ...] = ()
    gates: tuple[Gate, ...] = ()
    gate_commands: tuple[str, ...] = ()
    intake: Intake | Absent = NO_DATA
    changes: Changes | Absent | None = None
    corpus: Corpus | Absent = NO_DATA
    finetune: Finetune | Absent = NO_DATA
    left_out: LeftOut | Absent = NO_DATA
    pii: Pii | Absent = NO_DATA
    duplicates: Duplicates | Absent = NO_DATA
    labels: Labels | Absent = NO_DATA
    leaks: Leaks | Absent = NO_DATA
    times: Times | Absent = NO_DATA
    chunks: Samples[ChunkSample] | Absent = NO_DATA
    examples: Samples[ExampleSample] | Absent = NO_DATA
    hints: tuple[Hint, ...] = ()
