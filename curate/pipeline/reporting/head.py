"""The head of the page: which release it is, and how its numbers moved over the releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from curate.pipeline import current
from curate.pipeline.words import visible
from curate.release import manifest as manifests
from curate.report.model import Hint, HistoryRow, Identity

if TYPE_CHECKING:
    from curate.pipeline.reporting.changed import Moves
    from curate.pipeline.reporting.material import Material

Counts = Mapping[str, Any]

HINTS = (
    Hint("curate show ID", "opens any id of this page"),
    Hint("curate show NAME", "any list: an outcome, a reason's code, an extractor, a split"),
    Hint("curate report", "writes this page anew"),
)
_MOST_RELEASES = 12
_FROM_SOURCE = "source"


def identity(material: Material) -> Identity:
    """Return which release it is."""
    version = current.versions().get("curate", "").replace(_FROM_SOURCE, "")
    refused = any(gate.verdict == "refuse" for gate in material.gates)
    return Identity(
        pipeline=material.words.named(material.flow.settings.name),
        release=material.release,
        as_of=date.fromisoformat(material.flow.as_of),
        manifest=f"{material.content[:4]}·{material.content[4:8]}",
        parent=material.parent or None,
        in_force=material.release,
        tool=f"curate {version}".strip(),
        written_from=visible(material.words.masked(material.flow.origin)),
        folder=f"releases/{material.release}",
        forced=material.forced and refused,
    )


def history(material: Material, moved: Moves | None) -> tuple[HistoryRow, ...]:
    """Return the main numbers over the releases that are kept, this one last."""
    held = [*_earlier(material), material.counts]
    documents = _gained(material, moved)
    chunks = (len(material.changes.added), len(material.changes.removed)) if moved else None
    examples = (moved.examples.new, moved.examples.gone) if moved else None
    rows = [_row("Documents", [c["documents"]["in"] for c in held], documents, "intake")]
    for name, target in (("kept", "intake"), ("flagged", "left-out"), ("rejected", "left-out")):
        series = [c["documents"][name] for c in held]
        rows.append(_row(name, series, _net(series) if moved else None, target, within=True))
    found = [sum(c["findings"].values()) for c in held]
    return (
        *rows,
        _row("Chunks", [c["corpus"]["chunks"] for c in held], chunks, "corpus"),
        _row("Examples", [c["finetune"]["examples"] for c in held], examples, "finetune"),
        _row("Findings open", found, moved.findings if moved else None, "left-out"),
    )


def _earlier(material: Material) -> list[Counts]:
    workspace = material.flow.workspace
    numbers = range(max(1, material.parent - _MOST_RELEASES + 2), material.parent + 1)
    folders = (workspace.release(number) for number in numbers)
    return [counts for folder in folders if (counts := manifests.counts(folder))]


def _row(
    name: str,
    series: Sequence[int],
    moved: tuple[int, int] | None,
    target: str,
    *,
    within: bool = False,
) -> HistoryRow:
    gained, lost = moved or (None, None)
    return HistoryRow(name, tuple(series), gained, lost, within=within, target=target)


def _net(series: Sequence[int]) -> tuple[int, int]:
    change = series[-1] - series[-2] if len(series) > 1 else 0
    return max(change, 0), max(-change, 0)


def _gained(material: Material, moved: Moves | None) -> tuple[int, int] | None:
    if moved is None:
        return None
    new = sum(name not in moved.was for name in material.ledger)
    gone = sum(name not in material.ledger for name in moved.was)
    return new, gone
