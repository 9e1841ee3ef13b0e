"""What the commands about releases answer, one of each kind, made of their tables."""

from __future__ import annotations

from curate import ids
from curate.tables.changes import (
    Because,
    ChunkChange,
    ChunkCounts,
    DocumentChange,
    DocumentCounts,
    ExampleChange,
    ExampleCounts,
    FindingChange,
    LabelChange,
    ReleaseChanges,
    ValueChange,
)
from curate.tables.chunks import Count
from curate.tables.erasures import Doomed, Erasure, ErasurePlan
from curate.tables.found import FoundSource, PipelineWritten
from curate.tables.releases import ReleaseLine, Releases, RolledBack, Tombstone
from curate.tables.trace import Copy, Decision, Origin, Passage, Trace
from tests.release.rows import name

_SHA = ids.sha256("")
_DOC, _CHUNK, _EXAMPLE = name("d", 1), name("c", 1), name("e", 1)
_MASKS = (Count("PHONE_NUMBER", 2),)

ANSWERS: dict[str, object] = {
    "init": PipelineWritten(
        "/mnt/share.yaml",
        "curate run share.yaml",
        (FoundSource("share", "share", 3, 1, 20, 1, (Count("md", 3),)),),
    ),
    "changes": ReleaseChanges(
        before=1,
        after=2,
        document_counts=DocumentCounts(0, 1, 0, 0, 0, 0, 7),
        chunk_counts=ChunkCounts(1, 1, 0, 0, 0, 1, 1, 31),
        example_counts=ExampleCounts(0, 0, 0, 1, 0, 12),
        because=(Because("chunk", "add", "edited", 1),),
        documents=(
            DocumentChange(_DOC, "modified", True, "a.md", "a.md", name("v", 1), name("v", 2), ""),
        ),
        chunks=(
            ChunkChange(_CHUNK, _DOC, "add", "edited", (), True, name("c", 2), "", _SHA, "", _SHA),
        ),
        examples=(ExampleChange(_EXAMPLE, _DOC, "stale", "source_changed", _SHA, "", "train", ""),),
        labels=(LabelChange(_DOC, "team", "", "desk"),),
        findings=(FindingChange(name("f", 1), "gone", _DOC, "risk", "hidden_style"),),
        settings=(ValueChange("chunks.size", "250", "300"),),
        versions=(ValueChange("lxml", '"6.0"', '"6.1"'),),
    ),
    "releases": Releases(
        workspace=".curate",
        in_force=2,
        bytes=900,
        releases=(
            ReleaseLine(1, "2026-03-31", "retired", None, 7, 30, 12, False, 0, 0, None),
            ReleaseLine(2, "2026-04-01", "in_force", 1, 7, 31, 12, False, 900, 400, 1),
        ),
    ),
    "trace": Trace(
        id=_EXAMPLE,
        kind="example",
        release=2,
        current=True,
        releases=(1, 2),
        retired=(),
        split="train",
        extractor="question_headings",
        dates=("2026-03-01", "", ""),
        evidence=(Passage(_DOC, _CHUNK, 3, (10, 40), ("Leave",), "Ask <PHONE_NUMBER>.", _MASKS),),
        documents=(
            Origin(
                doc_id=_DOC,
                source="handbook",
                address="a.md",
                media_type="text/markdown",
                version=name("v", 2),
                number=2,
                outcome="kept",
                reasons=(),
                corpus="in",
                finetune="in",
                redacted=_MASKS,
                cluster=name("g", 1),
                copies=(Copy(name("d", 2), "b.md", "near_copy"),),
                chunks=3,
                examples=1,
            ),
        ),
        decisions=(Decision(_EXAMPLE, "example", "jo", "approved"),),
    ),
    "erasure-plan": ErasurePlan(
        documents=(Doomed(_DOC, "a.md", "named", (1, 2), 3, 1),), retires=(1, 2), alike=("b.md",)
    ),
    "erasure": Erasure(1, "2026-04-09", (_DOC,), 3, 1, 2, (1, 2), 3, 4, 0, "00" * 16),
    "rollback": RolledBack(3, 1, 2, True, 1, 1, 0),
    "tombstone": Tombstone(1, "2026-03-31", None, 7, 30, 12, False, "retention", "2026-04-09", 12),
}
