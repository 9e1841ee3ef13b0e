"""What a refresh costs, what it changes, what must be embedded anew, and what it leaves behind.

    python -m tests.benchmarks.refresh --data FOLDER      # `make bench-refresh` prepares the peer

Four parts, each of which `--parts` may name alone:

costs    a share of made-up documents (`share.py`): a full run, then runs with nothing changed, with
         every file touched, on another day, and with a hundredth of the documents edited, each
         beside the full one; with `--large N` the peak of memory on so many documents as well
history  the real versions of each company's documents, one after the other: the change set beside
         git's, and what became of the chunks
edits    over the same versions: chunks that need a new embedding beside those whose own words
         changed, and beside LangChain's splitters (`edits.py` says what is counted)
growth   the size of the workspace after many refreshes under retention

Times are of whole processes, one run after the other on one machine. Memory is the sum over all
processes of what each holds (PSS), sampled.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.refresh import costs, growth, history, limits, reembedded
from tests.benchmarks.refresh.share import newest, stock

ROOT = Path(__file__).resolve().parents[3]
PEER = ROOT / ".peers/main/bin/python"
OUTPUT = ROOT / "bench-refresh.json"
PARTS = ("costs", "history", "edits", "growth")
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Bench:
    """What to measure, on what, where."""

    data: Path
    place: Path
    peer: Path
    processes: int
    documents: int
    large: int
    small: int
    refreshes: int

    def figures(self, parts: tuple[str, ...]) -> Figures:
        """Measure some parts; print each, return all figures."""
        found: Figures = {}
        if {"history", "edits"} & {*parts}:
            found |= self._history(edits="edits" in parts)
        for name, part in (("growth", self._growth), ("costs", self._costs)):
            if name in parts:
                found |= part()
        return found

    def _history(self, *, edits: bool) -> Figures:
        steps: list[history.Step] = []
        for versions in history.histories(self.data):
            steps += history.replay(versions, self.place, self.processes)
        if not steps:
            print("history, edits: no company_docs/*/v* of two versions is there")
            return {}
        history.shown(steps)
        return history.figures(steps) | (self._edits(steps) if edits else {})

    def _edits(self, steps: list[history.Step]) -> Figures:
        found = [(step.title, reembedded.compared(step, self.peer)) for step in steps]
        reembedded.shown(found)
        return reembedded.figures(reembedded.total([one for _, one in found]))

    def _costs(self) -> Figures:
        place = self._stocked()
        if place is None:
            return {}
        ran = costs.costs(place, self.documents)
        costs.shown(ran)
        found = costs.figures(ran)
        if self.large:
            more = costs.costs(place, self.large)
            costs.shown(more)
            found |= costs.grown(ran, more)
        return found

    def _growth(self) -> Figures:
        place = self._stocked()
        if place is None:
            return {}
        found = growth.grow(place, self.small, self.refreshes)
        growth.shown(found)
        return growth.figures(found)

    def _stocked(self) -> costs.Place | None:
        made_of = stock(newest(self.data))
        if not made_of.sections:
            print("costs, growth: no company_docs/*/v*/**/*.md is there to make documents of")
            return None
        return costs.Place(self.place, self.processes, made_of)


def main() -> None:
    """Measure, print, write the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--peer", type=Path, default=PEER, help="the interpreter with LangChain")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--documents", type=int, default=10_000, help="of the costs")
    parser.add_argument("--large", type=int, default=0, help="documents for memory beside that")
    parser.add_argument("--small", type=int, default=1_000, help="documents of the growth")
    parser.add_argument("--refreshes", type=int, default=20, help="of the growth")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    options = vars(parser.parse_args())
    parts = tuple(options.pop("parts"))
    with tempfile.TemporaryDirectory() as name:
        found = Bench(place=Path(name), **options).figures(parts)
    print("\nAgainst the limits")
    print("\n".join(limits.table(found)))
    named = {f"refresh.{name}": value for name, value in found.items()}
    OUTPUT.write_text(json.dumps(named, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {OUTPUT.name}.")


if __name__ == "__main__":
    main()
