"""Personal data, copies and doubted labels, as counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate import ids
from curate.labels.noise import LEAST_OF_A_CLASS
from curate.pipeline.gating.cautions import kept_in
from curate.pipeline.making.drafts import words_of
from curate.pipeline.reporting.kinds import kind
from curate.pipeline.reporting.passages import beginning, text_of
from curate.report.model import (
    NO_DATA,
    Absent,
    DuplicateRow,
    Duplicates,
    Labels,
    LabelSample,
    Pii,
    PiiRow,
    command,
)
from curate.report.words import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.pipeline.making.products import LabelDoubt
    from curate.pipeline.reporting.material import Material

_MOST_COLUMNS = 8
_OTHER = "other"
_RESTRICTED = "restricted"
_SAMPLES = 2
_LABEL = 40
_COPIES = ("copy", "near_copy")


def pii(material: Material) -> Pii:
    """Return what was replaced in the corpus, by type and kind of document."""
    kinds = {row.doc_id: kind(row.media_type) for row in material.rows.ledger if row.corpus == "in"}
    totals: Counter[str] = Counter()
    held_in = [
        (ids.encode("d", s.doc_id), s.redactions) for s in material.chunks.shown if s.redactions
    ]
    for name, found in held_in:
        totals[kinds[name]] += sum(one.count for one in found)
    columns = _columns(totals)
    cells: Counter[tuple[str, str]] = Counter()
    having: Counter[str] = Counter()
    for name, found in held_in:
        column = kinds[name] if kinds[name] in columns else _OTHER
        cells.update({(one.type, column): one.count for one in found})
        having[column] += 1
    types = material.counts["redactions"]
    held = material.counts
    settings = material.flow.settings.pii
    return Pii(
        columns=columns,
        rows=tuple(PiiRow(t, tuple(cells[t, c] for c in columns)) for t in types),
        documents_with=tuple(having[c] for c in columns),
        documents=len(kinds),
        by="kind of document, in the corpus",
        withheld=held["corpus"]["withheld"] + held["finetune"]["withheld"],
        mask=_mask(material),
        surrogate=_surrogate(material),
        commands=(command("show", "pii"),) if held["findings"].get("pii") else (),
        kept_in_corpus=tuple(kept_in(settings, settings.corpus)),
        kept_in_finetune=tuple(kept_in(settings, settings.finetune)),
    )


def _columns(totals: Counter[str]) -> tuple[str, ...]:
    ranked = sorted(totals, key=lambda name: (-totals[name], name))
    if len(ranked) <= _MOST_COLUMNS:
        return tuple(ranked)
    return (*ranked[: _MOST_COLUMNS - 1], _OTHER)


def _mask(material: Material) -> str:
    types = material.counts["redactions"]
    masked = material.flow.settings.pii.corpus == "mask"
    return next(iter(types), "") if masked else ""


def _surrogate(material: Material) -> str:
    """Return an invented value that stands in an example, as an example of one."""
    if material.flow.settings.pii.finetune != "surrogate":
        return ""
    chosen = material.made.choice.chosen
    held = (one for one in material.made.mined if one.row.masked and one.example_id in chosen)
    for one in sorted(held, key=lambda one: one.example_id):
        draft = words_of(material.flow, one)
        sides = len(draft.messages)  # a titled question not used is a side of its own
        short = (s for s in draft.masked if s.end - s.start <= _LABEL and s.message < sides)
        if stand := next(short, None):
            return draft.messages[stand.message].content[stand.start : stand.end]
    return ""


def duplicates(material: Material) -> Duplicates | Absent:
    """Return how many documents left the corpus as copies."""
    before: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for row in material.rows.ledger:
        if row.outcome != "rejected":
            before[material.place(row)] += 1
            copies[material.place(row)] += row.corpus in _COPIES
    if not before:
        return NO_DATA
    ranked = sorted(before, key=lambda name: (-copies[name], -before[name], name))
    stay = [d.cluster for d in material.documents if d.near_copy_of and not (d.copy_of or d.corpus)]
    codes = [code for code in _COPIES if code in material.counts["reasons"]]
    return Duplicates(
        rows=tuple(DuplicateRow(name, before[name], copies[name], 0) for name in ranked),
        near=len(stay),
        near_clusters=len(set(stay)),
        commands=tuple(command("show", code) for code in codes),
    )


def labels(material: Material) -> Labels | Absent:
    """Return given labels against suggested ones, of all names that were judged."""
    judged = {name: n for name, (n, _) in material.made.judged.items() if n}
    if not judged:
        return _no_labels(material)
    cells = _cells(material)
    names = sorted({name for pair in cells for name in pair})
    total = sum(judged.values())
    wrong = sum(n * material.made.judged[name][1] for name, n in judged.items())
    doubts = material.made.doubts
    return Labels(
        names=tuple(clipped(_written(material, name, names), _LABEL) for name in names),
        cells=tuple(tuple(cells[given, other] for other in names) for given in names),
        what="labels" if len(judged) > 1 else f"labels of {next(iter(judged)).replace('_', ' ')}",
        estimate=wrong / total,
        samples=tuple(_samples(material)),
        commands=(command("show", "label"), *_by_name(doubts)) if doubts else (),
    )


def _no_labels(material: Material) -> Absent:
    if not any(document.source.labels for document in material.documents):
        return Absent()
    least = material.flow.settings.labels.least
    return Absent(f"Too few labels to judge: it takes {least} documents and two values.")


def _by_name(doubts: list[LabelDoubt]) -> Iterator[str]:
    counts = Counter(doubt.name for doubt in doubts)
    if len(counts) > 1:
        (first, _), *_ = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        yield command("show", f"label_doubted:{first}")


Label = tuple[str, str]


def _cells(material: Material) -> Counter[tuple[Label, Label]]:
    """Return how often a label was given and another suggested; the diagonal holds what agrees."""
    given: Counter[tuple[Label, bool]] = Counter()
    for document in material.documents:
        signature = document.signature
        if not document.rejected and signature and signature.visible:
            stated = {(label.name, label.value) for label in document.source.labels}
            given.update((label, document.is_record) for label in stated)
    cells: Counter[tuple[Label, Label]] = Counter()
    for (label, among), count in given.items():
        if count >= LEAST_OF_A_CLASS and (label[0], among) in material.made.compared:
            cells[label, label] += count
    for doubt in material.made.doubts:
        own = doubt.name, doubt.given
        cells[own, (doubt.name, doubt.suggested)] += 1
        cells[own, own] -= 1
    return cells


def _written(material: Material, label: Label, names: list[Label]) -> str:
    """Return a label's value, with its name where another name has that value too."""
    name, value = label
    alike = sum(other == value for _, other in names) > 1
    shown = _shown(material, label)
    return f"{shown} ({name.replace('_', ' ')})" if alike else shown


def _shown(material: Material, label: Label) -> str:
    """Return a label's value as the page shows it: only if a document that everybody may read has it."""
    return material.words.masked(label[1]) if label in material.open_labels else _RESTRICTED


def _samples(material: Material) -> Iterator[LabelSample]:
    """Yield the surest doubts about documents that everybody may read, of different labels."""
    findings = {(f.doc_id, f.reason): f.finding_id for f in material.rows.findings}
    names = {document.doc_id: name for name, document in material.by_name.items()}
    seen: set[Label] = set()
    ranked = sorted(material.made.doubts, key=lambda d: (-d.score, d.document.doc_id))
    for doubt in ranked:
        name = names[doubt.document.doc_id]
        if (doubt.name, doubt.given) in seen or not material.is_open(name):
            continue
        shown = text_of(material.flow, doubt.document)
        quote = beginning(shown) if shown else None
        if quote is not None:
            seen.add((doubt.name, doubt.given))
            typed = command("show", findings[name, f"label_doubted:{doubt.name}"])
            pair = (doubt.name, doubt.given), (doubt.name, doubt.suggested)
            values = [clipped(_shown(material, label), _LABEL) for label in pair]
            yield LabelSample(quote, values[0], values[1], doubt.score, typed)
        if len(seen) == _SAMPLES:
            return
