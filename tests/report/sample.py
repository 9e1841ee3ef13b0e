"""An invented report, full in every part; its numbers add up."""

from dataclasses import replace
from datetime import date

from curate.report.model import (
    NO_DATA,
    Absent,
    Gate,
    Hint,
    HistoryRow,
    Identity,
    Point,
    Report,
    Sense,
    Unit,
    Verdict,
    command,
)

from .sample_arrival import CHANGES, INTAKE
from .sample_findings import DUPLICATES, LABELS, LEFT_OUT, PII
from .sample_products import CORPUS, FINETUNE
from .sample_run import LEAKS, TIMES
from .sample_texts import CHUNKS, EXAMPLES

IDENTITY = Identity(
    pipeline="pump-desk",
    title="Halvorsen Pumps",
    release=4,
    parent=3,
    in_force=4,
    as_of=date(2026, 11, 20),
    manifest="7c41·e09b",
    tool="curate 0.1",
    written_from="pump-desk.yaml",
    folder="releases/4",
)

POINTS = (
    Point(
        "27 tickets marked Fault read like Priming; 118 labels are doubted in all.",
        "curate review serve",
        link="27 tickets",
        target="labels",
    ),
    Point(
        "17 conflicts keep 34 documents out of the fine-tuning set. Does a seal last 2 or 3 years?",
        command("show", "conflict"),
        link="17 conflicts",
        target="reason-conflict",
    ),
    Point(
        "17 scans gave no text, 13 of them contracts.",
        "pip install 'curate[ocr]'",
        link="17 scans",
        target="reason-no_text",
    ),
    Point(
        "Search is the gate nearest its limit: 91.4 %, it was 91.6 %.",
        "curate evaluate 4 --tune",
        link="Search",
        target="gates",
    ),
)

HISTORY = (
    HistoryRow("Documents", (9790, 9930, 10013, 10021), 12, 4, target="intake"),
    HistoryRow("kept", (8101, 8225, 8289, 8306), 17, within=True, target="intake"),
    HistoryRow("flagged", (1704, 1695, 1659, 1652), None, 7, within=True, target="left-out"),
    HistoryRow("rejected", (80, 72, 65, 63), None, 2, within=True, target="left-out"),
    HistoryRow("Chunks", (23100, 23900, 24274, 24310), 155, 119, target="corpus"),
    HistoryRow("Examples", (5500, 5760, 5862, 5874), 19, 7, target="finetune"),
    HistoryRow("Findings open", (300, 255, 231, 209), None, 22, target="left-out"),
)

GATES = (
    Gate(
        "Leaks between splits", "six measures, all pairs of splits", 0, 0, Verdict.PASS,
        unit=Unit.COUNT, parent=0, command="curate show leaks",
    ),
    Gate(
        "PII left in published text", "second scan, 30,184 rows", 0, 0, Verdict.PASS,
        unit=Unit.COUNT, parent=0, command="curate show pii_found",
    ),
    Gate(
        "Flagged documents", "1,652 of 10,021", 0.1649, 0.2, Verdict.PASS,
        parent=0.1657, command="curate show flagged",
    ),
    Gate(
        "Search finds the passage", "recall at 1,000 tokens, 412 questions", 0.914, 0.9,
        Verdict.PASS, sense=Sense.AT_LEAST, parent=0.916, command="curate evaluate 4",
    ),
    Gate(
        "Labels believed wrong", "estimate over 4,279 tickets", 0.034, 0.05, Verdict.PASS,
        parent=0.039, command="curate show label_doubted",
    ),
    Gate(
        "Text that reached no chunk", "by characters", 0.008, 0.02, Verdict.PASS,
        parent=0.009, command="curate show uncovered",
    ),
    Gate(
        "Rejected documents", "63 of 10,021", 0.0063, 0.02, Verdict.PASS,
        parent=0.0065, command="curate show rejected",
    ),
    Gate(
        "Gone since release 3", "4 of 10,013", 0.0004, 0.05, Verdict.PASS,
        parent=0.0015, command="curate diff 3 4",
    ),
)  # fmt: skip

REPORT = Report(
    identity=IDENTITY,
    points=POINTS,
    history=HISTORY,
    gates=GATES,
    gate_commands=("curate explain gates",),
    intake=INTAKE,
    changes=CHANGES,
    corpus=CORPUS,
    finetune=FINETUNE,
    left_out=LEFT_OUT,
    pii=PII,
    duplicates=DUPLICATES,
    labels=LABELS,
    leaks=LEAKS,
    times=TIMES,
    chunks=CHUNKS,
    examples=EXAMPLES,
    hints=(
        Hint("curate show PERSON/contracts", "names its row and column"),
        Hint("curate show ID", "opens any id"),
        Hint("curate trace ID", "leads back to its source"),
    ),
)

REFUSED = replace(
    REPORT,
    identity=replace(IDENTITY, in_force=3),
    gates=(
        *GATES[:6],
        Gate(
            "Rejected documents", "263 of 10,021", 0.0262, 0.02, Verdict.REFUSE,
            parent=0.0065, command="curate show rejected",
        ),
        GATES[7],
    ),
)  # fmt: skip

FIRST = replace(
    REPORT,
    identity=replace(IDENTITY, release=1, parent=None, in_force=1, folder="releases/1"),
    history=tuple(replace(row, series=row.series[-1:], gained=None, lost=None) for row in HISTORY),
    gates=(
        *(replace(gate, parent=None) for gate in (*GATES[:2], *GATES[3:7])),
        Gate("Flagged documents", "2,610 of 10,021", 0.2604, 0.2, Verdict.WARN),
    ),
    changes=None,
)

BARE = Report(identity=Identity("handbook", 1, date(2026, 1, 2), ""))

EMPTY = replace(
    FIRST,
    corpus=replace(CORPUS, chunks=0, documents=0, commands=("curate show flagged",)),
    finetune=replace(FINETUNE, rows=(), commands=("curate show below_quality",)),
    labels=Absent("Tickets were given no category.", "curate init"),
    leaks=NO_DATA,
)
