"""Plain Parquet: the examples by split and the chunks of the corpus, for whatever reads Parquet."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from curate.release.dataset import Shards
from curate.release.exports.exporter import Exporter, Written
from curate.release.front import configs, front_matter
from curate.release.tally import SPLITS
from curate.tables.chunks import Chunk
from curate.tables.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write both products and a card by which `load_dataset` finds them."""
    examples, corpus = folder / "examples", folder / "corpus"
    examples.mkdir()
    corpus.mkdir()
    copies = [
        shutil.copyfile(shard, examples / shard.name)
        for split in SPLITS
        for shard in release.shards(split)
    ]
    with Shards(corpus, "corpus", arrow_schema(Chunk)) as shards:
        for table in release.chunks():
            shards.write(table)
    data = (*copies, *sorted(corpus.iterdir()))
    card = folder / "README.md"
    card.write_text(_card(release, data), encoding="utf-8", newline="\n")
    return Written((card, *data))


def _card(release: ReleaseFiles, data: Sequence[Path]) -> str:
    import pyarrow.parquet as pq

    held = [path for path in data if pq.read_metadata(path).num_rows]
    names = dict.fromkeys((path.parent.name, path.name.partition("-")[0]) for path in held)
    found: dict[str, dict[str, str]] = {}
    for folder, split in names:
        found.setdefault(folder, {})[split] = f"{folder}/{split}-*.parquet"
    values = {"pretty_name": release.name, **({"configs": configs(found)} if found else {})}
    return f"""{front_matter(values)}
# {release.name}

`examples/` is the fine-tuning set by split, `corpus/` the chunks to search, by document and place in it. An
example's `evidence` names the chunks that its answer stands in.

```python
import polars as pl

chunks = pl.scan_parquet("PATH/TO/THIS/FOLDER/corpus/*.parquet")
```
"""


EXPORTER = Exporter("parquet", write)
