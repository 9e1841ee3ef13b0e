"""The chunks of a replayed history that need a new embedding, curate's beside LangChain's.

Both are asked at the same limit of tokens about the same edits. LangChain sees Markdown alone, so it
is compared with curate on edited Markdown documents; the ratio to the chunks whose own words
changed is that over all edited documents. What LangChain embeds is Markdown as it is written, with
marks and targets of links; a chunk of curate's holds what a reader sees.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curate.chunking import ChunkSettings
from curate.release.reading import open_release
from curate.store.corpus import Corpus
from tests.benchmarks.refresh.edits import Counted, Piece, Pieces, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.refresh.history import Step

SPLITTERS = Path(__file__).parents[1] / "peers/markdown_splitters.py"
_COLUMNS = ["address", "span", "index_digest", "heading_path", "text"]
_MARKDOWN = ".md"


@dataclass(frozen=True, slots=True)
class Compared:
    """What was counted in one step, or in all; `peer` is none where it is not installed."""

    ours: Counted
    markdown: Counted
    peer: Counted | None


def compared(step: Step, python: Path, script: Path = SPLITTERS) -> Compared:
    """Count the chunks of one step on both sides."""
    edited = [(r.old_address, r.address) for r in step.changes.documents if r.edited]
    markdown = [pair for pair in edited if all(name.endswith(_MARKDOWN) for name in pair)]
    old, new = (_ours(step, number) for number in (step.changes.before, step.changes.after))
    peer = None
    if python.exists():
        before, after = (_peers(folder, python, script) for folder in (step.before, step.after))
        peer = counted(before, after, markdown)
    return Compared(counted(old, new, edited), counted(old, new, markdown), peer)


def _ours(step: Step, number: int) -> Pieces:
    """Return the corpus of a release; a digest of the index text stands for it."""
    workspace = open_release(Path(step.ran.said["workspace"]), number).workspace
    dataset = Corpus(workspace.corpus).at(number)
    assert dataset is not None, "a replayed version has text"
    rows = dataset.to_table(columns=_COLUMNS).to_pylist()
    found: Pieces = {}
    for row in sorted(rows, key=lambda row: (row["address"], row["span"])):
        piece = Piece(row["index_digest"], tuple(row["heading_path"]), row["text"])
        found.setdefault(row["address"], []).append(piece)
    return found


def _peers(folder: Path, python: Path, script: Path) -> Pieces:
    command = [str(python), str(script), str(folder), str(ChunkSettings().size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {
        name: [Piece("\n".join([*path, text]), tuple(path), text) for path, text in pieces]
        for name, pieces in json.loads(done.stdout).items()
    }


def total(steps: Sequence[Compared]) -> Compared:
    """Add up the steps."""
    peers = [step.peer for step in steps if step.peer is not None]
    return Compared(
        sum((step.ours for step in steps), Counted()),
        sum((step.markdown for step in steps), Counted()),
        sum(peers, Counted()) if peers else None,
    )


def figures(found: Compared) -> dict[str, float]:
    """Return the ratios and the counts they are made of."""
    ours = found.ours
    ratios = {
        "reembedded_vs_needed": ratio(ours.anew, ours.changed),
        "reembedded_vs_shortened_too": ratio(ours.anew, ours.changed + ours.shortened),
    }
    sides = {"ours": ours, "markdown": found.markdown}
    if found.peer is not None:
        sides["langchain"] = found.peer
        ratios["reembedded_vs_langchain"] = ratio(found.markdown.anew, found.peer.anew)
        ratios["reembedded_vs_langchain_all"] = ratio(found.markdown.embedded, found.peer.embedded)
    counts = {
        f"edits.{side}.{name}": getattr(held, name)
        for side, held in sides.items()
        for name in _NAMES
    }
    return ratios | counts


_NAMES = ("documents", "pieces", "embedded", "renamed", "changed", "shortened")


def ratio(part: float, whole: float) -> float:
    """Return a ratio with four digits; 0 of nothing is 0."""
    return round(part / whole, 4) if whole else 0.0


def shown(found: Sequence[tuple[str, Compared]]) -> None:
    """Print the counts of each step and of all."""
    rows = [*found, ("in all", total([one for _, one in found]))]
    print("\nChunks of edited documents")
    print(" " * 30 + "".join(f"{name:>10}" for name in _NAMES))
    for title, one in rows:
        print(title)
        sides = (("curate", one.ours), ("curate, Markdown", one.markdown), ("LangChain", one.peer))
        for side, held in sides:
            numbers = (
                [f"{getattr(held, name):>10,}" for name in _NAMES] if held else ["  not there"]
            )
            print(f"  {side:<28}" + "".join(numbers))
