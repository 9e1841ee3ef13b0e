"""Which gates a release passes, from its counts and its parent's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curate.release.gates import Gate

_DEFAULTS = {"rejected": 0.05, "flagged": 0.5}

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.pipeline.settings import Gates


def gates_of(
    counts: Mapping[str, Any], parent: Mapping[str, Any], settings: Gates
) -> tuple[Gate, ...]:
    """Return every gate with its value, unjudged.

    Args:
        counts: The counts of the release.
        parent: Those of the release before; empty for the first.
        settings: The limits.
    """
    withheld = counts["corpus"]["withheld"] + counts["finetune"]["withheld"]
    gates = [
        _share("rejected", settings.rejected, counts, parent),
        _share("flagged", settings.flagged, counts, parent),
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
        gates.append(_least("empty_corpus", "Chunks in the corpus", counts["corpus"]["chunks"]))
    if settings.empty_finetune:
        examples = counts["finetune"]["examples"]
        gates.append(_least("empty_finetune", "Examples to learn from", examples))
    if parent:
        gates.extend(_drops(counts, parent, settings.yield_drop))
    return tuple(gates)


def _share(
    name: str, limit: float | None, counts: Mapping[str, Any], parent: Mapping[str, Any]
) -> Gate:
    """Return the gate on the share of documents with an outcome."""
    held = counts["documents"]
    return Gate(
        name, f"{name.capitalize()} documents", held[name] / max(held["in"], 1),
        _DEFAULTS[name] if limit is None else limit, f"{held[name]:,} of {held['in']:,}",
        f"curate show {name}", fraction=True, set=limit is not None,
        parent=parent["documents"][name] / max(parent["documents"]["in"], 1) if parent else None,
    )  # fmt: skip


def _least(name: str, title: str, value: int) -> Gate:
    return Gate(
        name,
        title,
        value,
        1,
        f"{value:,} row{'s' * (value != 1)}",
        f"curate show {name}",
        least=True,
    )


def _drops(counts: Mapping[str, Any], parent: Mapping[str, Any], limit: float) -> list[Gate]:
    """Return the gates that compare a release's yield with its parent's."""
    gates = []
    for name, product, unit in (
        ("chunks_dropped", "corpus", "chunks"),
        ("examples_dropped", "finetune", "examples"),
    ):
        now, before = counts[product][unit], parent[product][unit]
        drop = max(before - now, 0) / before if before else 0.0
        gates.append(
            Gate(
                name, f"Fewer {unit} than before", drop, limit, f"{now:,} after {before:,}",
                f"curate show {name}", fraction=True, parent=0.0,
            )
        )  # fmt: skip
    return gates
