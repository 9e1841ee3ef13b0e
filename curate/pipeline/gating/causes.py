"""For which documents a gate refuses a release, and what to write so that it lets it pass.

Documents are called as they are published; nothing is said of what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from curate.pipeline.counts import shared
from curate.pipeline.gating.barred import (
    Barred,
    Row,
    is_barred,
    ledger_of,
    outcomes,
    resting_on,
    row_of,
    withdrawn,
)
from curate.release.reading import Release

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.release.gates import Gate
    from curate.release.publish import Products
    from curate.store.workspace import Workspace
    from curate.tables.ledger import LedgerRow

_MOST_SHOWN = 5
_KEYS = {"chunks_dropped": "yield_drop", "examples_dropped": "yield_drop"}


@dataclass(frozen=True)
class Causes:
    """What a refused release would have held, and the release before it (0: none).

    `held_back` are the documents with personal data that the second scan found.
    """

    rows: Products
    held_back: Sequence[str]
    workspace: Workspace
    parent: int

    def of(self, gate: str) -> list[str]:
        """Return the documents behind a gate's value, each with its reason; what is new comes first."""
        if gate == "pii_found":
            return list(self.held_back)
        if gate == "leaks":
            return sorted(self._leaks())
        if gate in {"rejected", "flagged"}:
            return self._with_outcome(gate)
        product, _, end = gate.partition("_")
        if end == "dropped":
            return self._fewer(product)
        return [
            f"{row.address}: {', '.join(row.reasons)}"
            for row in _in_order(self.rows.ledger)
            if getattr(row, gate.removeprefix("empty_")) != "in"
        ]

    @cached_property
    def before(self) -> Mapping[str, Row]:
        """The ledger of the release before, by document; empty where there is none to read."""
        if not self.parent:
            return {}
        rows = ledger_of(self.workspace.release(self.parent))
        return {row["doc_id"]: row for row in rows}

    @cached_property
    def barred(self) -> Barred:
        """What is out because the pipeline or a source says so."""
        before = list(self.before.values())
        lost = {
            "chunks": sum(self.before[name]["chunks"] for name in self._withdrawn["chunks"]),
            "examples": self._examples(self._withdrawn["examples"]),
        }
        return Barred(outcomes(self._now), outcomes(before), lost)

    @cached_property
    def _now(self) -> list[Row]:
        """The documents that are not kept: of the others nothing is barred or withdrawn."""
        return [row_of(row) for row in self.rows.ledger if row.outcome != "kept"]

    @cached_property
    def _withdrawn(self) -> Mapping[str, set[str]]:
        """The documents of the release before that are no longer offered, by what is made of them."""
        products, before = {"chunks": "corpus", "examples": "finetune"}, list(self.before.values())
        there = {row.doc_id for row in self.rows.ledger}
        return {unit: withdrawn(self._now, there, before, name) for unit, name in products.items()}

    def _examples(self, out: set[str]) -> int:
        """Count the examples of the release before that rest on documents."""
        if not any(self.before[name]["examples"] or self.before[name]["chunks"] for name in out):
            return 0
        try:
            return resting_on(Release(self.workspace, self.parent).examples, out)
        except (OSError, ValueError):
            return sum(self.before[name]["examples"] for name in out)

    def _with_outcome(self, outcome: str) -> list[str]:
        rows = [
            row
            for row in _in_order(self.rows.ledger)
            if row.outcome == outcome and not is_barred(row_of(row))
        ]
        known = {name for name, row in self.before.items() if row["outcome"] == outcome}
        rows.sort(key=lambda row: row.doc_id in known)
        return [f"{row.address}: {', '.join(row.reasons)}" for row in rows]

    def _fewer(self, unit: str) -> list[str]:
        """Return the documents that hold fewer chunks or examples than before, most lost first."""
        now = {row.doc_id: getattr(row, unit) for row in self.rows.ledger}
        lost = [
            (before[unit] - now.get(name, 0), before["address"], name in now)
            for name, before in self.before.items()
            if before[unit] > now.get(name, 0) and name not in self._withdrawn[unit]
        ]
        lost.sort(key=lambda one: (-one[0], one[1]))
        return [
            f"{address}: {count:,} fewer{'' if there else ', it is gone'}"
            for count, address, there in lost
        ]

    def _leaks(self) -> Iterable[str]:
        addresses = {row.doc_id: row.address for row in self.rows.ledger}
        for side, examples in shared(self.rows.examples):
            splits = " and ".join(sorted({example.split for example in examples}))
            named = sorted({addresses.get(example.doc_id, "") for example in examples})
            yield f"{', '.join(named[:_MOST_SHOWN])}: the same {side} in {splits}"


def reasons(refused: Sequence[Gate], causes: Causes, *, file: str) -> str:
    """Return why a release is refused and what to do, a line each.

    Args:
        refused: The gates.
        causes: What stands behind them.
        file: What people call the pipeline file.
    """
    lines = []
    for gate in refused:
        limit = gate.written(gate.limit)
        lines.append(f"  {gate.name}: {gate.written(gate.value)}, limit {limit} ({gate.detail}).")
        named = causes.of(gate.name)
        lines += [f"    {line}" for line in named[:_MOST_SHOWN]]
        more = len(named) - _MOST_SHOWN
        lines += [f"    and {more:,} more"] if more > 0 else []
        held = "What it found is withheld. " if gate.name == "pii_found" else ""
        lines.append(f"    {held}To let it pass, write in {file}:  gates: {{{allowance(gate)}}}")
    lines.append("  Or publish this once all the same with --force; it is recorded.")
    return "\n".join(lines)


def allowance(gate: Gate) -> str:
    """Return the key and the value with which a gate lets its value pass.

    >>> from curate.release.gates import Gate
    >>> allowance(Gate("rejected", "", 1 / 3, 0.05, "", "", fraction=True))
    'rejected: 33.4%'
    """
    if gate.least:
        return f"{gate.name}: false"
    key = _KEYS.get(gate.name, gate.name)
    return (
        f"{key}: {ceil(gate.value * 1000) / 10:g}%" if gate.fraction else f"{key}: {gate.value:g}"
    )


def _in_order(ledger: Iterable[LedgerRow]) -> list[LedgerRow]:
    return sorted(ledger, key=lambda row: row.address)
