"""What vouches for a release: its gates, what was kept apart, what it took."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from curate.pipeline.reporting.misses import nearest
from curate.report.model import (
    NO_DATA,
    Absent,
    Cost,
    Gate,
    LeakRow,
    Leaks,
    Sense,
    StageTime,
    Times,
    Unit,
    Verdict,
    command,
)
from curate.report.words import number, plural
from curate.stages.separate import PAIRS, RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from curate.pipeline.reporting.material import Material
    from curate.release.gates import Gate as Judged
    from curate.tables.examples import Example

_VERDICTS = {"pass": Verdict.PASS, "warn": Verdict.WARN, "refuse": Verdict.REFUSE}
_REST = "start and publish"


def gates(material: Material) -> tuple[Gate, ...]:
    """Return every gate with its limit and its value in the release before."""
    parents: dict[str, float] = {}
    if material.before is not None:
        held = material.before.history.get("gates", ())
        parents = {gate["name"]: gate["value"] for gate in held}
    return tuple(_gate(gate, parents.get(gate.name)) for gate in material.gates)


def _gate(gate: Judged, parent: float | None) -> Gate:
    return Gate(
        name=gate.title,
        detail=gate.detail,
        value=gate.value,
        limit=gate.limit,
        verdict=_VERDICTS[gate.verdict],
        sense=Sense.AT_LEAST if gate.least else Sense.AT_MOST,
        unit=Unit.SHARE if gate.fraction else Unit.COUNT,
        parent=parent,
        command=gate.show,
    )


def leaks(material: Material) -> Leaks | Absent:
    """Return what was alike across splits and left out, and what is left, counted on the set."""
    examples = material.rows.examples
    if len({example.split for example in examples}) < 2:  # noqa: PLR2004 - nothing to leak into
        return Absent("All examples are in one split.") if examples else NO_DATA
    found = material.counts["leaks"]["found"]
    together = Counter(material.made.grouping.groups.values())
    groups = sum(count > 1 for count in together.values())
    rows = (
        LeakRow(
            "Same document, thread or near copy", "by group", groups, _shared(examples, _group)
        ),
        LeakRow("Same evidence", "by document", 0, _shared(examples, _documents)),
        _alike("Same question", found["question"], examples, _question),
        _alike("Same answer", found["answer"], examples, _answer),
        LeakRow(
            f"{RUN} words in a row", _said("of the answer", found["ngram13"]), 0, _runs(material)
        ),
    )
    splits = material.counts["finetune"]["splits"]
    typed = tuple(command("show", name) for name in ("validation", "test") if splits.get(name))
    return Leaks(tuple(f"{one} – {other}" for one, other in PAIRS), rows, typed)


def _alike(
    measure: str,
    found: Mapping[str, int],
    examples: Sequence[Example],
    text: Callable[[Example], Sequence[str]],
) -> LeakRow:
    """Return the row of a side of the examples, with how alike the nearest miss is."""
    miss = nearest([(example.split, text(example)[0]) for example in examples])
    left = f"{miss:.2f}".removeprefix("0") + " of the words" if miss else ""
    return LeakRow(measure, _said("", found), 0, _shared(examples, text), left)


def _said(what: str, found: Mapping[str, int]) -> str:
    total = sum(found.values())
    gone = f"{number(total)} found and left out" if total else "none found"
    return f"{what}; {gone}" if what else gone


def _runs(material: Material) -> tuple[int, ...]:
    """Count the examples that share a run of words with another split and are still there."""
    kept = material.made.choice.chosen
    left = [leak for leak in material.made.separation.leaks if leak.example_id in kept]
    return tuple(sum(leak.measure == "ngram13" and leak.pair == p for leak in left) for p in PAIRS)


def _shared(
    examples: Sequence[Example], marks: Callable[[Example], Iterable[str]]
) -> tuple[int, ...]:
    """Count the marks that two splits share, pair by pair."""
    splits: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for mark in marks(example):
            splits[mark].add(example.split)
    return tuple(sum({one, other} <= held for held in splits.values()) for one, other in PAIRS)


def _group(example: Example) -> Iterable[str]:
    return (example.group,)


def _documents(example: Example) -> Iterable[str]:
    return {evidence.doc_id for evidence in example.evidence}


def _question(example: Example) -> Sequence[str]:
    return (" ".join(example.messages[0].content.casefold().split()),)


def _answer(example: Example) -> Sequence[str]:
    return (" ".join(example.messages[-1].content.casefold().split()),)


def times(material: Material) -> Times:
    """Return the time of each stage, and what the products cost whoever uses them."""
    spent = material.spent
    stages = [_stage(material, stage, seconds) for stage, seconds in spent.seconds.items()]
    rest = max(spent.total - sum(spent.seconds.values()), 0.0)
    rows = len(material.chunks) + len(material.rows.examples)
    stages.append(StageTime(_REST, rows, round(rest, 3)))
    known = sum(known for _, known in spent.pieces.values())
    note = f"{plural(known, 'result was', 'results were')} known from before." if known else ""
    return Times(tuple(stages), tuple(_costs(material)), note)


def _stage(material: Material, stage: str, seconds: float) -> StageTime:
    total, known = material.spent.pieces.get(stage, (0, 0))
    total = total or len(material.documents)  # what has no pieces looks at every document
    again = None if total and not known else total - known
    return StageTime(stage, total, round(seconds, 3), again)


def _costs(material: Material) -> Iterator[Cost]:
    tokens = int(material.chunks.marks["tokens"].sum())
    fresh = material.chunks.among([*material.changes.added, *material.changes.text])
    embed = int(fresh["tokens"].sum())
    if tokens:
        yield Cost("To embed", f"{number(embed)} tokens", f"of {number(tokens)}")
    train = [example.tokens for example in material.rows.examples if example.split == "train"]
    if train:
        detail = plural(len(train), "example")
        yield Cost("To train, one epoch", f"{number(sum(train))} tokens", detail)
