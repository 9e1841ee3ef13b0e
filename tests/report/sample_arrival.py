"""What came in and what changed, of the invented report."""

from curate.report.model import (
    Changes,
    Containers,
    Count,
    Edit,
    ExampleChange,
    Flow,
    Intake,
    Operation,
    Outcome,
    Piece,
    PieceKind,
    Place,
    Quote,
    Source,
    SourceChange,
    State,
    Transition,
    command,
)

INTAKE = Intake(
    sources=(
        Source("tickets", 4135, 245, 0, "JSONL, Zendesk"),
        Source("manuals", 1210, 456, 21, "PDF"),
        Source("help centre", 1100, 114, 0, "HTML"),
        Source("wiki", 818, 86, 1, "Markdown"),
        Source("contracts", 218, 494, 31, "PDF, DOCX"),
        Source("policies", 435, 171, 6, "DOCX, PDF"),
        Source("mail", 303, 57, 0, "mbox"),
        Source("sheets", 87, 29, 4, "XLSX, CSV"),
    ),
    flows=(
        Flow(Outcome.KEPT, Place.BOTH, 8306),
        Flow(Outcome.FLAGGED, Place.BOTH, 180),
        Flow(Outcome.FLAGGED, Place.CORPUS, 513),
        Flow(Outcome.FLAGGED, Place.NEITHER, 959),
        Flow(Outcome.REJECTED, Place.NEITHER, 63),
    ),
    containers=Containers(
        5073, (Count("archives", 3), Count("mailboxes", 2), Count("ticket export", 1)), 4954
    ),
    reasons="Most of what was flagged is a copy, or not for everyone’s eyes.",
    commands=(command("show", "flagged"), command("show", "contracts/rejected")),
)

KEPT, FLAGGED, REJECTED, ABSENT = State
CHANGES = Changes(
    transitions=(
        Transition(KEPT, KEPT, 8277),
        Transition(KEPT, FLAGGED, 9),
        Transition(KEPT, ABSENT, 3),
        Transition(FLAGGED, KEPT, 18),
        Transition(FLAGGED, FLAGGED, 1640),
        Transition(FLAGGED, ABSENT, 1),
        Transition(REJECTED, KEPT, 2),
        Transition(REJECTED, REJECTED, 63),
        Transition(ABSENT, KEPT, 9),
        Transition(ABSENT, FLAGGED, 3),
    ),
    sources=(
        SourceChange("help centre", 3, 9, 1),
        SourceChange("manuals", 2, 6, 2, 1),
        SourceChange("tickets", 4, 7),
        SourceChange("policies", 1, 4, 1, 1),
        SourceChange("contracts", 1, 2),
        SourceChange("wiki", 1, 3),
    ),
    operations=(
        Operation("add", 155, "58 new, 97 edits", 155),
        Operation("delete", 119, "22 gone, 97 edits"),
        Operation("update_text", 11, "same words, new heading", 11),
        Operation("update_meta", 204, "access, date or status"),
        Operation("moved", 61, "another page, nothing to apply"),
        Operation("unchanged", 23879),
    ),
    chunks_now=24310,
    examples=(
        ExampleChange("new", 19, "from 9 documents"),
        ExampleChange("stale", 7, "their source changed; 3 were written by people and wait"),
        ExampleChange("same", 5855, "no example changed its split"),
    ),
    edits=(
        Edit(
            "help-centre/seals.html",
            Quote(
                (
                    Piece("Shaft seals up to "),
                    Piece("40", PieceKind.DROPPED),
                    Piece(" "),
                    Piece("60", PieceKind.ADDED),
                    Piece(" mm are sent from stock on the same day."),
                )
            ),
            "Seals › Delivery",
            "+2 −2 chunks, 1 example stale",
        ),
        Edit(
            "policies/site-visits.docx",
            Quote(
                (
                    Piece("Visits of more than one day are agreed with the customer "),
                    Piece("in writing", PieceKind.ADDED),
                    Piece(" before a technician travels."),
                )
            ),
            "Site visits › Before the visit",
            "+1 −1 chunk",
        ),
        Edit(
            "wiki/runbooks/dry-run.md",
            Quote(
                (
                    Piece("Start the pump again "),
                    Piece("when it has cooled", PieceKind.DROPPED),
                    Piece(" "),
                    Piece(
                        "after thirty minutes. Write the casing’s temperature into the log; it is"
                        " read at the next service",
                        PieceKind.ADDED,
                    ),
                    Piece("."),
                )
            ),
            "After a dry run",
            "+1 −1 chunk, 2 examples stale",
        ),
    ),
    commands=(
        command("diff", "3", "4"),
        command("show", "edited/manuals"),
        command("show", "update_text"),
    ),
)
