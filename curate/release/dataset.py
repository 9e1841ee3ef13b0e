"""The fine-tuning set as a Hugging Face datasets folder: Parquet by split, and a card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate.tables.base import arrow_schema, to_arrow
from curate.tables.examples import Example

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SPLITS = ("train", "validation", "test")
_ROWS_A_FILE = 100_000


def write(examples: Sequence[Example], folder: Path, *, name: str) -> None:
    """Write the folder; `datasets.load_dataset(folder)` reads it back with its splits.

    Args:
        examples: All examples; their order in a split is that of their ids.
        folder: An empty or absent folder.
        name: The pipeline's name, for the card.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    ordered = sorted(examples, key=lambda example: example.example_id)
    for split in SPLITS:
        _write_split([e for e in ordered if e.split == split], data, split)
    (folder / "README.md").write_text(card(ordered, name=name), encoding="utf-8")


def _write_split(examples: Sequence[Example], data: Path, split: str) -> None:
    from datasets import Dataset, Features

    features = Features.from_arrow_schema(arrow_schema(Example))
    count = max(1, -(-len(examples) // _ROWS_A_FILE))
    for number in range(count):
        part = examples[number * _ROWS_A_FILE : (number + 1) * _ROWS_A_FILE]
        table = to_arrow(Example, part)
        dataset = Dataset(table.cast(features.arrow_schema))
        dataset.to_parquet(data / f"{split}-{number:05d}-of-{count:05d}.parquet")


def card(examples: Sequence[Example], *, name: str) -> str:
    """Return the data set's card: how to load it, what it holds, where it comes from."""
    splits = Counter(example.split for example in examples)
    kinds = Counter((example.extractor, example.task) for example in examples)
    languages = sorted({e.language for e in examples if e.language})
    rows = "\n".join(
        f"| {extractor} | {task} | {count:,} |" for (extractor, task), count in sorted(kinds.items())
    )
    tags = "".join(f"\n- {language}" for language in languages) or "\n- und"
    return f"""---
pretty_name: {name}
language:{tags}
task_categories:
- question-answering
- text-generation
size_categories:
- {_size(len(examples))}
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*.parquet
  - split: validation
    path: data/validation-*.parquet
  - split: test
    path: data/test-*.parquet
---

# {name}

{len(examples):,} examples: {splits["train"]:,} to train on, {splits["validation"]:,} for validation, \
{splits["test"]:,} to test with. No document, conversation or group of near copies has examples in two splits.

Each example is mined from a source document without a language model; `evidence` names the chunks of the
corpus of the same release that its answer stands in, with the SHA-256 of each slice. Personal data was
replaced by surrogates before anything was written.

| extractor | task | examples |
|---|---|---:|
{rows}

```python
from datasets import load_dataset

examples = load_dataset("PATH/TO/THIS/FOLDER")
```

Columns: `messages` (role, content), `task`, `extractor`, `template`, `teaches` (knowledge or behaviour),
`evidence`, `quality` (0 to 1), `tokens`, `language`, `source`, `doc_id`, `group`, `split`, `digest`.
"""


def _size(count: int) -> str:
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))
    return next((name for bound, name in bounds if count < bound), "100K<n<1M")
