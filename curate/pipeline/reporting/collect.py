"""From a run at its end to the value its page is rendered from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.reporting.arrival import intake
from curate.pipeline.reporting.changed import changes, moves
from curate.pipeline.reporting.checked import checked
from curate.pipeline.reporting.corpus import corpus
from curate.pipeline.reporting.finetune import finetune
from curate.pipeline.reporting.found import duplicates, labels, pii
from curate.pipeline.reporting.head import HINTS, history, identity
from curate.pipeline.reporting.left_out import left_out
from curate.pipeline.reporting.points import headline, points
from curate.pipeline.reporting.proof import gates, leaks, times
from curate.pipeline.reporting.samples import chunks, examples
from curate.report.model import Report

if TYPE_CHECKING:
    from curate.pipeline.reporting.material import Material


def collect(material: Material) -> Report:
    """Return all that the page of a release shows."""
    judged, left, doubted = gates(material), left_out(material), labels(material)
    moved = moves(material, material.before) if material.before else None
    report = Report(
        identity=identity(material),
        headline=headline(material),
        points=points(material, judged, left, doubted),
        history=history(material, moved),
        gates=judged,
        intake=intake(material),
        changes=changes(material, moved) if moved else None,
        corpus=corpus(material),
        finetune=finetune(material),
        left_out=left,
        pii=pii(material),
        duplicates=duplicates(material),
        labels=doubted,
        leaks=leaks(material),
        times=times(material),
        chunks=chunks(material),
        examples=examples(material),
        hints=HINTS,
    )
    return checked(report, material.flow)
