"""What changed since the release before: documents, chunks, examples, real edits."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate import ids
from curate.pipeline.reporting.edits import edits
from curate.pipeline.reporting.places import REST
from curate.report.model import (
    Changes,
    ExampleChange,
    Operation,
    SourceChange,
    State,
    Transition,
    command,
)
from curate.report.words import listed, number
from curate.store.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from curate.pipeline.reporting.material import Material
    from curate.release.reading import Release
    from curate.tables.ledger import LedgerRow

_COLUMNS = ("doc_id", "source", "address", "outcome", "version", "place")
Was = tuple[
    str, str, str, str, str
]  # source, address, outcome, version of its bytes, address as a digest


@dataclass(frozen=True, slots=True)
class Learnt:
    """What became of examples; `rested` are those before whose documents changed since or are gone."""

    new: int
    reworded: int
    gone: int
    same: int
    rested: int

    @property
    def before(self) -> int:
        """How many there were."""
        return self.reworded + self.gone + self.same


@dataclass(frozen=True, slots=True)
class Moves:
    """What moved between two releases.

    `chunks` counts the chunks a document gained and lost, `findings` those that came and went.
    """

    was: Mapping[str, Was]
    chunks: Mapping[str, tuple[int, int]]
    examples: Learnt
    findings: tuple[int, int]


def moves(material: Material, before: Release) -> Moves:
    """Compare the rows of a run with the release before."""
    was = _ledger(before)
    return Moves(
        was=was,
        chunks=_chunks(material),
        examples=_examples(material, before, was),
        findings=_findings(material, before),
    )


def _columns(path: Path, names: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=list(names)):
            columns = {n: batch.column(n).to_pylist() for n in names}
            yield from zip(*(columns[n] for n in names), strict=True)


def _ledger(before: Release) -> dict[str, Was]:
    rows = _columns(before.folder / "ledger.parquet", _COLUMNS)
    return {str(name): rest for name, *rest in map(tuple, rows)}  # type: ignore[misc]


def _chunks(material: Material) -> dict[str, tuple[int, int]]:
    """Return how many chunks each document gained and lost."""
    removed = set(material.changes.removed)
    added = material.chunks.among(material.changes.added)["doc_id"].to_list()
    gained = Counter(ids.encode("d", doc_id) for doc_id in added)
    lost: Counter[str] = Counter()
    if removed:
        corpus = Corpus(material.flow.workspace.corpus)
        for batch in corpus.columns(material.parent, ["chunk_id", "doc_id"]):
            chunks, documents = (batch.column(i).to_pylist() for i in range(2))
            pairs = zip(chunks, documents, strict=True)
            lost.update(name for chunk, name in pairs if chunk in removed)
    return {name: (gained[name], lost[name]) for name in sorted({*gained, *lost})}


def _examples(material: Material, before: Release, was: Mapping[str, Was]) -> Learnt:
    now = {row.doc_id: row.version for row in material.rows.ledger}
    changed = {name for name, said in was.items() if now.get(name) != said[3]}
    old: dict[object, object] = {}
    rested = 0
    for path in sorted((before.folder / "finetune" / "data").glob("*.parquet")):
        for name, digest, evidence in _columns(path, ("example_id", "digest", "evidence")):
            old[name] = digest
            rested += any(one["doc_id"] in changed for one in evidence)  # type: ignore[attr-defined]
    new = {example.example_id: example.digest for example in material.rows.examples}
    both = new.keys() & old.keys()
    reworded = sum(new[name] != old[name] for name in both)
    come, gone = len(new) - len(both), len(old) - len(both)
    return Learnt(come, reworded, gone, len(both) - reworded, rested)


def _findings(material: Material, before: Release) -> tuple[int, int]:
    rows = _columns(before.folder / "findings.parquet", ("finding_id",))
    old = {str(name) for (name,) in rows}
    new = {finding.finding_id for finding in material.rows.findings}
    return len(new - old), len(old - new)


def changes(material: Material, moved: Moves) -> Changes:
    """Return what changed."""
    ledger = material.ledger
    states = Counter((_was(moved, name), State(row.outcome)) for name, row in ledger.items())
    gone = [name for name in moved.was if name not in ledger]
    states.update((State(moved.was[name][2]), State.ABSENT) for name in gone)
    found = edits(material, moved.chunks)
    return Changes(
        transitions=tuple(Transition(*key, count) for key, count in sorted(states.items())),
        sources=tuple(_sources(material, moved)),
        operations=tuple(_operations(material, moved)),
        chunks_now=len(material.chunks),
        examples=tuple(_example_changes(moved)),
        edits=tuple(edit for _, edit in found),
        commands=tuple(command("show", name) for name, _ in found[:2]),
    )


def _was(moved: Moves, name: str) -> State:
    return State(moved.was[name][2]) if name in moved.was else State.ABSENT


def _sources(material: Material, moved: Moves) -> Iterator[SourceChange]:
    """Yield what moved by source, those without a change left out."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in material.rows.ledger:
        for what in _fates(moved, row):
            counts[material.place(row)][what] += 1
    for name, was in moved.was.items():
        if name not in material.ledger:
            counts[material.places.place(was[0], was[1])]["gone"] += 1
    ranked = sorted(counts, key=lambda name: (name == REST, -counts[name].total(), name))
    for name in ranked:
        held = counts[name]
        yield SourceChange(name, held["new"], held["edited"], held["gone"], held["moved"])


def _edited(moved: Moves, row: LedgerRow) -> bool:
    """Tell whether a document itself changed; one that a product let in or left out did not."""
    return row.doc_id in moved.was and moved.was[row.doc_id][3] != row.version


def _fates(moved: Moves, row: LedgerRow) -> Iterator[str]:
    """Yield the one thing that happened to a document, if anything did."""
    was = moved.was.get(row.doc_id)
    if was is None:
        yield "new"
    elif _edited(moved, row):
        yield "edited"
    elif row.place != was[4]:
        yield "moved"


def _operations(material: Material, moved: Moves) -> Iterator[Operation]:
    made = material.changes
    edited = {row.doc_id for row in material.rows.ledger if _edited(moved, row)}
    came, went = Counter[str](), Counter[str]()
    for name, (gained, lost) in moved.chunks.items():
        own = "by edits" if name in edited else ""
        came[own or ("in new documents" if name not in moved.was else "let in")] += gained
        went[own or ("gone" if name not in material.ledger else "left out")] += lost
    yield Operation("add", len(made.added), _parts(came), len(made.added))
    yield Operation("delete", len(made.removed), _parts(went))
    yield Operation(
        "update_text", len(made.text), "same words, new heading or mask", len(made.text)
    )
    yield Operation("update_meta", len(made.meta), "address, access, date or neighbour")
    touched = len(made.added) + len(made.text) + len(made.meta)
    yield Operation("unchanged", len(material.chunks) - touched)


def _parts(counts: Counter[str]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed(tuple(f"{number(count)} {what}" for what, count in ranked if count))


def _example_changes(moved: Moves) -> Iterator[ExampleChange]:
    made = moved.examples
    yield ExampleChange("new", made.new)
    yield ExampleChange(
        "reworded", made.reworded, "same evidence, other words" * bool(made.reworded)
    )
    yield ExampleChange("gone", made.gone, "their source changed or went" * bool(made.gone))
    yield ExampleChange("same", made.same)
    rested = f"of {number(made.before)} before rested on documents that changed or went"
    yield ExampleChange("sources changed", made.rested, rested)
