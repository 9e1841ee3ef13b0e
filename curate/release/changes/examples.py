"""Which examples changed between two releases; those gone with their source are stale."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from curate.tables.changes import ExampleChange, ExampleCounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from curate.release.changes.documents import Ledgers

Row = dict[str, Any]


def example_changes(before: Path, after: Path, documents: Ledgers) -> list[ExampleChange]:
    """Return every example that differs between two releases' folders, by id."""
    import polars as pl

    old, new = _frame(before), _frame(after)
    gone = old.join(new, on="example_id", how="anti").to_dicts()
    come = new.join(old, on="example_id", how="anti").to_dicts()
    both = new.join(old, on="example_id", suffix="_old").filter(
        (pl.col("digest") != pl.col("digest_old")) | (pl.col("split") != pl.col("split_old"))
    )
    rows = [_gone(row, documents) for row in gone]
    rows += [_new(row, documents) for row in come]
    rows += [_same(row, documents) for row in both.to_dicts()]
    return sorted(rows, key=lambda row: row.example_id)


def _frame(folder: Path) -> pl.DataFrame:
    """Return ids, digests, splits and the documents that evidence stands in; no text is read."""
    import polars as pl

    homes = pl.element().struct.field("doc_id")
    return (
        pl.scan_parquet(folder / "finetune" / "data" / "*.parquet")
        .select("example_id", "doc_id", "digest", "split", pl.col("evidence").list.eval(homes))
        .collect()
    )


def _why_gone(row: Row, documents: Ledgers) -> str:
    """Return what became of the sources of an example, "" if nothing did."""
    reasons = [documents.went(name, "finetune") for name in _homes(row)]
    for reason in reasons:
        if reason == "document_gone":
            return "source_vanished"
    left_out = next((r for r in reasons if r.startswith("left_out:")), "")
    return left_out or ("source_changed" if "edited" in reasons else "")


def _homes(row: Row) -> list[str]:
    return sorted({row["doc_id"], *row["evidence"]})


def _gone(row: Row, documents: Ledgers) -> ExampleChange:
    reason = _why_gone(row, documents)
    op = "stale" if reason else "gone"
    return ExampleChange(
        row["example_id"], row["doc_id"], op, reason or "not_chosen",  # type: ignore[arg-type]
        row["digest"], "", row["split"], "",
    )  # fmt: skip


def _new(row: Row, documents: Ledgers) -> ExampleChange:
    reasons = {documents.came(name, "finetune") for name in _homes(row)}
    reason = next((r for r in ("new_document", "let_in", "edited") if r in reasons), "chosen")
    return ExampleChange(
        row["example_id"], row["doc_id"], "new", reason, "", row["digest"], "", row["split"]
    )


def _same(row: Row, documents: Ledgers) -> ExampleChange:
    reworded = row["digest"] != row["digest_old"]
    edited = any(documents.edited(name) for name in _homes(row))
    reason = ("source_changed" if edited else "made_anew") if reworded else "regrouped"
    return ExampleChange(
        row["example_id"], row["doc_id"], "reworded" if reworded else "resplit", reason,
        row["digest_old"], row["digest"], row["split_old"], row["split"],
    )  # fmt: skip


def counted(changes: Sequence[ExampleChange], total: int) -> ExampleCounts:
    """Count examples by what happened to them."""
    ops = Counter(change.op for change in changes)
    return ExampleCounts(
        new=ops["new"],
        gone=ops["gone"],
        reworded=ops["reworded"],
        stale=ops["stale"],
        resplit=ops["resplit"],
        total=total,
    )


def total_of(folder: Path) -> int:
    """Return how many examples a release's folder holds."""
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "finetune" / "data").glob("*.parquet"))
