"""TRL's conversational format: Parquet files of `messages` by split, which `load_dataset` finds by the card.

Only `messages` is in them: a template is applied by the trainer, and no other column can be mistaken for one
of its own. Ids, evidence and quality lie in `metadata/`.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from curate.errors import ContractError
from curate.release.dataset import Shards
from curate.release.exports.exporter import Exporter, Written
from curate.release.exports.json_rows import write_metadata
from curate.release.exports.openai import problem, row_of
from curate.release.front import configs, features, front_matter
from curate.release.tally import SPLITS
from curate.tables.examples import Example
from curate.tables.schema import arrow_schema, from_arrow

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from curate.release.exports.products import ReleaseFiles


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write messages and metadata.

    Raises:
        ContractError: if a conversation is none to learn from.
    """
    (folder / "data").mkdir()
    (folder / "metadata").mkdir()
    counts = {split: _write_split(release, split, folder) for split in SPLITS}
    card = folder / "README.md"
    card.write_text(_card(release, counts), encoding="utf-8", newline="\n")
    data = sorted((folder / "data").iterdir())
    return Written((card, *data, *sorted((folder / "metadata").iterdir())))


def _write_split(release: ReleaseFiles, split: str, folder: Path) -> int:
    count = 0
    with ExitStack() as stack:
        shards = stack.enter_context(Shards(folder / "data", split, _schema()))
        for table in release.tables(split):
            _check(from_arrow(Example, table), split, count)
            shards.write(table.select(["messages"]))
            count += table.num_rows
    write_metadata(folder / "metadata" / f"{split}.jsonl", release.examples(split), key="index")
    return count


def _check(examples: list[Example], split: str, before: int) -> None:
    for number, example in enumerate(examples, start=before + 1):
        if reason := problem(row_of(example)):
            message = f"{split}, row {number} ({example.example_id}): {reason}."
            raise ContractError(message)


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([arrow_schema(Example).field("messages")])


def _card(release: ReleaseFiles, counts: dict[str, int]) -> str:
    files = {split: f"data/{split}-*.parquet" for split in release.splits() or SPLITS}
    values = {
        "pretty_name": release.name,
        "configs": configs({"default": files}),
        "dataset_info": {"config_name": "default", "features": features(_schema())},
    }
    sizes = ", ".join(f"{counts[split]:,} in `{split}`" for split in SPLITS)
    return f"""{front_matter(values)}
# {release.name}

Conversations for TRL's `SFTTrainer`: {sizes}. Line `index` of `metadata/SPLIT.jsonl` says what is known of
row `index`, counted from 0.

```python
from datasets import load_dataset

conversations = load_dataset("PATH/TO/THIS/FOLDER", split="train")
```
"""


EXPORTER = Exporter("trl", write)
