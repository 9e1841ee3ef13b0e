"""Tell a vector store what changed.  python examples/what_changed.py WORKSPACE [OLD NEW]."""

import sys

import polars as pl

import curate


def main(workspace: str = "examples/company", old: str = "", new: str = "") -> None:
    """Print how many chunks to add, to remove, to embed again and to update in their columns alone.

    A chunk needs a new embedding only where its `index_digest` differs.
    """
    now = curate.open(workspace, int(new) if new else None)
    parent = int(old) if old else now.history["parent"]
    columns = ("chunk_id", "index_digest", "digest")
    after = now.corpus.select(columns)
    before = curate.open(workspace, parent).corpus.select(columns) if parent else after.clear()

    both = before.join(after, on="chunk_id", suffix="_new")
    embed = pl.col("index_digest") != pl.col("index_digest_new")
    row = pl.col("digest") != pl.col("digest_new")
    frames = {
        "add": after.join(before, on="chunk_id", how="anti"),
        "remove": before.join(after, on="chunk_id", how="anti"),
        "embed again": both.filter(embed),
        "update columns": both.filter(row & ~embed),
    }
    for name, frame in frames.items():
        print(f"{name:<16}{frame.collect().height:>8,}")


if __name__ == "__main__":
    main(*sys.argv[1:])
