"""Which gates a release passes, from its counts and its parent's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curate.pipeline.gating.barred import Barred
from curate.release.gates import Gate

DEFAULTS = {"rejected": 0.05, "flagged": 0.5}
_NOTHING = Barred()

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.pipeline.settings import Gates


def gates_of(
    counts: Mapping[str, Any],
    parent: Mapping[str, Any],
    settings: Gates,
    barred: Barred = _NOTHING,
) -> tuple[Gate, ...]:
    """Return every gate with its value, unjudged.

    Args:
        counts: The counts of the release.
        parent: Those of the release before; empty for the first.
        settings: The limits.
        barred: What is out because the pipeline or a source says so, which no gate counts.
    """
    withheld = counts["corpus"]["withheld"] + counts["finetune"]["withheld"]
    gates = [
        _share("rejected", settings.rejected, counts, parent, barred=barred),
        _share("flagged", settings.flagged, counts, parent, barred=barred),
        Gate(
            "pii_found", "PII left in published text", withheld, settings.pii_found,
            "rows withheld by the second scan", "curate show pii_found",
        ),
        Gate(
            "leaks", "Leaks between splits", counts["leaks"]["left"], settings.leaks,
            "examples shared between splits", "curate show leaks",
        ),
    ]  # fmt: skip
    if settings.empty_corpus:
        chunks, lost = counts["corpus"]["chunks"], barred.lost.get("chunks", 0)
        gates.append(_least("empty_corpus", "Chunks in the corpus", chunks, lost))
    if settings.empty_finetune:
        examples = counts["finetune"]["examples"]
        lost = barred.lost.get("examples", 0)
        gates.append(_least("empty_finetune", "Examples to learn from", examples, lost))
    if parent:
        gates.extend(_drops(counts, parent, settings.yield_drop, barred))
    return tuple(gates)


def _share(
    name: str,
    limit: float | None,
    counts: Mapping[str, Any],
    parent: Mapping[str, Any],
    *,
    barred: Barred,
) -> Gate:
    """Return the gate on the share of documents with an outcome."""
    count, all_of_them = _counted(counts, name, barred.documents)
    more = barred.documents.get(name, 0)
    aside = f"; {more:,} more as the pipeline or a source says" if more else ""
    before = _counted(parent, name, barred.before) if parent else None
    return Gate(
        name, f"{name.capitalize()} documents", count / all_of_them,
        DEFAULTS[name] if limit is None else limit,
        f"{count:,} of {counts['documents']['in']:,}{aside}",
        f"curate show {name}", fraction=True, set=limit is not None,
        parent=before[0] / before[1] if before else None,
    )  # fmt: skip


def _counted(counts: Mapping[str, Any], name: str, barred: Mapping[str, int]) -> tuple[int, int]:
    """Return how many documents a gate counts, and of how many (1: of none)."""
    held = counts["documents"]
    return max(held[name] - barred.get(name, 0), 0), max(held["in"], 1)


def _least(name: str, title: str, value: int, lost: int) -> Gate:
    """Return the gate that wants at least one row; it only warns where some were withdrawn."""
    return Gate(
        name, title, value, 1, f"{value:,} row{'s' * (value != 1)}{_withdrawn(lost)}",
        f"curate show {name}", least=True, lenient=lost > 0,
    )  # fmt: skip


def _withdrawn(lost: int) -> str:
    return f"; {lost:,} withdrawn as the pipeline or a source says" if lost else ""


def _drops(
    counts: Mapping[str, Any], parent: Mapping[str, Any], limit: float, barred: Barred
) -> list[Gate]:
    """Return the gates that compare a release's yield with what its parent has of what is still offered."""
    gates = []
    for name, product, unit in (
        ("chunks_dropped", "corpus", "chunks"),
        ("examples_dropped", "finetune", "examples"),
    ):
        lost = barred.lost.get(unit, 0)
        now, before = counts[product][unit], max(parent[product][unit] - lost, 0)
        drop = max(before - now, 0) / before if before else 0.0
        gates.append(
            Gate(
                name, f"Fewer {unit} than before", drop, limit,
                f"{now:,} after {before:,}{_withdrawn(lost)}",
                f"curate show {name}", fraction=True, parent=0.0,
            )
        )  # fmt: skip
    return gates
