"""What the fine-tuning set holds: extractors by split, lengths, what it teaches, what it touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING

from curate.report.model import Count, ExtractorRow, Finetune, Histogram, Lengths, Touch, command
from curate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.pipeline.reporting.material import Material
    from curate.tables.examples import Example

_BINS = 16
_WIDTHS = (5, 10, 20, 25, 50, 100, 200)
_NEARLY_ALL = 0.95
_MOST_TASKS = 6


def finetune(material: Material) -> Finetune:
    """Return what the fine-tuning set holds."""
    examples = material.rows.examples
    if not examples:
        return Finetune((), commands=_why(material))
    return Finetune(
        rows=_rows(examples),
        lengths=_lengths(material),
        teaches_note="Knowledge goes stale with its source; behaviour does not.",
        touch=_touch(material),
        commands=_commands(examples),
    )


def _why(material: Material) -> tuple[str, ...]:
    reasons = material.counts["reasons"]
    name = next((n for n in ("not_for_audience", "flagged", "rejected") if n in reasons), "flagged")
    return (command("show", name),)


def _rows(examples: Sequence[Example]) -> tuple[ExtractorRow, ...]:
    splits: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    teaches: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    tasks: Counter[str] = Counter()
    for example in examples:
        key = example.task, example.extractor
        splits[key][example.split] += 1
        teaches[key][example.teaches] += 1
        tasks[example.task] += 1
    ranked = sorted(splits, key=lambda k: (-tasks[k[0]], k[0], -splits[k].total(), k[1]))
    return tuple(
        ExtractorRow(
            task=task,
            extractor=extractor,
            train=splits[task, extractor]["train"],
            validation=splits[task, extractor]["validation"],
            test=splits[task, extractor]["test"],
            teaches=tuple(Count(name, n) for name, n in sorted(teaches[task, extractor].items())),
        )
        for task, extractor in ranked
    )


def _lengths(material: Material) -> tuple[Lengths, ...]:
    chosen = material.made.choice.chosen
    by_task: dict[str, list[int]] = defaultdict(list)
    for one in material.made.mined:
        if one.example_id in chosen:
            by_task[one.row.task].append(one.row.answer_tokens)
    counts = [count for found in by_task.values() for count in found]
    long = sorted(counts)[min(int(len(counts) * _NEARLY_ALL), len(counts) - 1)]
    width = next((w for w in _WIDTHS if w * _BINS >= long), _WIDTHS[-1])
    ranked = sorted(by_task, key=lambda task: (-len(by_task[task]), task))[:_MOST_TASKS]
    return tuple(_histogram(task, by_task[task], width) for task in ranked)


def _histogram(task: str, counts: Sequence[int], width: int) -> Lengths:
    bins = [0] * _BINS
    for count in counts:
        bins[min(count // width, _BINS - 1)] += 1
    middle = min(round(median(counts)), width * _BINS)
    return Lengths(task, len(counts), Histogram(width, tuple(bins), median=middle))


def _touch(material: Material) -> Touch | None:
    """Return how many sections of the corpus an example was made from."""
    cited = {p.chunk_id for example in material.rows.examples for p in example.evidence}
    everywhere = material.chunks.marks["section"].n_unique()
    touched = material.chunks.among(cited - {""})["section"].n_unique()
    if not everywhere:
        return None
    largest = max(Counter(example.doc_id for example in material.rows.examples).values())
    most = material.flow.settings.finetune.choose.per_document
    note = f"One document gives at most {plural(most, 'example')}; the largest gives {largest:,}."
    return Touch(touched, everywhere - touched, note)


def _commands(examples: Sequence[Example]) -> tuple[str, ...]:
    (first, _), *_ = Counter(example.extractor for example in examples).most_common(1)
    return command("show", first), command("export", "--to", "trl", "--output", "out")
