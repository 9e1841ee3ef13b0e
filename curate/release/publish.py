"""Publish: everything written first, then one commit point, then the tag.

Order: the corpus in one commit, the release's folder, the state files, then the conditional update of
`head`, which makes all of it the release in force, then the tag, which is derived from it. A run
that dies anywhere before `head` leaves what no reader sees and the next run takes back, whether it
publishes or not.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.release import dataset
from curate.release.assemble import CHUNK, DOCUMENT
from curate.release.card import about
from curate.release.manifest import file_digests
from curate.release.retention import bury, history_of, published, retire_due, tag_kept
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.store.files import SHARED, write_parquet
from curate.tables.chunks import Chunk
from curate.tables.ledger import Finding, LedgerRow
from curate.tables.left_out import LeftOut
from curate.tables.schema import arrow_schema, to_arrow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from curate.release.manifest import Manifest
    from curate.release.retention import Keeping
    from curate.store.head import Head
    from curate.store.state import State
    from curate.store.workspace import Workspace
    from curate.tables.examples import Example

_COMPARED = ["chunk_id", "digest", "index_digest"]


@dataclass(frozen=True, slots=True)
class Products:
    """Everything a release publishes beside its corpus, as rows."""

    examples: Sequence[Example]
    ledger: Sequence[LedgerRow]
    findings: Sequence[Finding]
    left_out: Sequence[LeftOut]


@dataclass(frozen=True, slots=True)
class ChunkChanges:
    """What a vector store has to do, and what changed beside it; keys are chunk ids."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    text: tuple[str, ...]
    meta: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.removed or self.text or self.meta)

    @property
    def upserts(self) -> int:
        """Return how many rows have to be written."""
        return len(self.added) + len(self.text) + len(self.meta)

    def counts(self) -> dict[str, int]:
        """Return the number of changes by operation."""
        return {
            "add": len(self.added),
            "delete": len(self.removed),
            "update_text": len(self.text),
            "update_meta": len(self.meta),
        }


def chunk_changes(
    corpus: Corpus, release: int, marks: pl.DataFrame, *, carried: Collection[bytes]
) -> ChunkChanges:
    """Compare the marks of new rows with the rows of a release (0: none).

    Args:
        corpus: The table.
        release: The release.
        marks: The marks (`Mark`) of all documents but the carried ones.
        carried: Documents whose rows are the same as there.
    """
    import polars as pl

    if not release:
        names = ids.encode_all(CHUNK, marks["chunk_id"].sort().to_list())
        return ChunkChanges(added=tuple(names), removed=(), text=(), meta=())
    new = _written(marks)
    same = pl.Series(ids.encode_all(DOCUMENT, list(carried)), dtype=pl.String)
    parts = [
        pl.DataFrame(batch).filter(~pl.col("doc_id").is_in(same.implode())).select(_COMPARED)
        for batch in corpus.columns(release, [*_COMPARED, "doc_id"])
    ]
    old = pl.concat([new.clear(), *parts])
    both = new.join(old, on="chunk_id", suffix="_before")
    changed = both.filter(pl.col("digest") != pl.col("digest_before"))
    same_text = pl.col("index_digest") == pl.col("index_digest_before")
    return ChunkChanges(
        added=_keys(new.join(old, on="chunk_id", how="anti")),
        removed=_keys(old.join(new, on="chunk_id", how="anti")),
        text=_keys(changed.filter(~same_text)),
        meta=_keys(changed.filter(same_text)),
    )


def _written(marks: pl.DataFrame) -> pl.DataFrame:
    """Return the compared columns of marks as the corpus writes them."""
    import polars as pl

    values = {
        "chunk_id": ids.encode_all(CHUNK, marks["chunk_id"].to_list()),
        "digest": [digest.hex() for digest in marks["digest"].to_list()],
        "index_digest": [digest.hex() for digest in marks["index_digest"].to_list()],
    }
    return pl.DataFrame(values, schema=dict.fromkeys(_COMPARED, pl.String))


def _keys(rows: pl.DataFrame) -> tuple[str, ...]:
    return tuple(rows["chunk_id"].sort().to_list())


def write_folder(folder: Path, products: Products, manifest: Manifest, *, name: str) -> Manifest:
    """Write a release's files into an empty folder; return the manifest with their digests."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tenants = manifest.counts.get("finetune", {}).get("tenants", 0)
    handling = about(manifest.settings, tenants=tenants)
    dataset.write(products.examples, folder / "finetune", name=name, about=handling)
    write_parquet(to_arrow(LedgerRow, products.ledger), folder / "ledger.parquet", mode=SHARED)
    write_parquet(to_arrow(Finding, products.findings), folder / "findings.parquet", mode=SHARED)
    write_parquet(to_arrow(LeftOut, products.left_out), folder / "left_out.parquet", mode=SHARED)
    full = replace(manifest, digests={**manifest.digests, **file_digests(folder)})
    (folder / "manifest.json").write_text(full.written(), encoding="utf-8")
    return full


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as written, before it is in force: its folder, manifest, changes of the corpus.

    `rows` yields the rows of the corpus that are new or changed, in batches.
    """

    folder: Path
    manifest: Manifest
    changes: ChunkChanges
    rows: Iterable[Sequence[Chunk]]


def commit(
    workspace: Workspace,
    old: Head,
    draft: Draft,
    *,
    state: State,
    history: Mapping[str, Any],
    anew: bool = False,
) -> Head:
    """Put a written release in force and return the new head; `anew`: with rows that are all there are."""
    changes = draft.changes
    upserts = _stream(draft.rows) if changes.upserts else arrow_schema(Chunk).empty_table()
    content = draft.manifest.content()
    written = Written(draft.folder, content, upserts, changes.removed, anew=anew)
    return put_in_force(workspace, old, written, state=state, history=history)


@dataclass(frozen=True, slots=True)
class Written:
    """A release as written, before it is in force: its folder, content, and what the corpus needs.

    `purged` asks that no file of the corpus that it reads holds a deleted row; `anew` says that the
    upserts are all rows, and that what the corpus holds cannot be read.
    """

    folder: Path
    content: str
    upserts: pa.Table | pa.RecordBatchReader
    deletes: Sequence[str]
    purged: bool = False
    anew: bool = False


def put_in_force(
    workspace: Workspace, old: Head, written: Written, *, state: State, history: Mapping[str, Any]
) -> Head:
    """Change the corpus, move the folder, advance the head, set the tag; return the new head.

    Raises:
        BusyError: if another writer was faster.
    """
    corpus, number = Corpus(workspace.corpus), old.release + 1
    base = 0 if written.anew else corpus.base(old.corpus_version)
    if written.anew:
        _bury_lost(workspace, old.release)
    version = corpus.commit(
        written.upserts,
        deletes=written.deletes,
        expected=base,
        purged=written.purged,
        anew=written.anew,
    )
    told = {"release": number, "parent": old.release or None, "corpus_version": version}
    _write_history(written.folder, {**history, **told})
    _put(written.folder, workspace.release(number))
    new = replace(
        old,
        sequence=old.sequence + 1,
        release=number,
        corpus_version=version,
        manifest=written.content,
        state=state.names,
    )
    heads.advance(workspace.head, old, new)
    corpus.name(release=number, version=version)
    return new


def _bury_lost(workspace: Workspace, last: int) -> None:
    """Bury releases before the last whose table cannot be read, before their versions' numbers come again."""
    corpus = Corpus(workspace.corpus)
    corpus.give_up()
    for number in published(workspace):
        version = history_of(workspace.release(number)).get("corpus_version", 0)
        if number < last and not corpus.has(corpus.version(number) or version):
            bury(workspace, number, why="damaged", by=last)


def _stream(rows: Iterable[Sequence[Chunk]]) -> pa.RecordBatchReader:
    """Return rows as Arrow reads them: batch by batch, never all in memory."""
    import pyarrow as pa

    batches = (batch for part in rows for batch in to_arrow(Chunk, part).to_batches())
    return pa.RecordBatchReader.from_batches(arrow_schema(Chunk), batches)


def settle(workspace: Workspace, head: Head, keeping: Keeping | None = None) -> None:
    """Take back what runs that died left and no head names; only under the workspace's lock.

    Args:
        workspace: Where.
        head: What is in force.
        keeping: Which releases stay; None: all of them.
    """
    corpus = Corpus(workspace.corpus)
    corpus.base(head.corpus_version)
    tag_kept(workspace, head)
    retire_due(workspace, head, keeping)
    try:
        corpus.clean()
    except (OSError, ValueError):
        _bury_lost(workspace, head.release)
        corpus.clean()
    heads.clean(workspace.head)
    for folder in workspace.release(0).parent.glob("[0-9]*"):
        if int(folder.name) > head.release:
            shutil.rmtree(folder)


def _write_history(folder: Path, history: Mapping[str, Any]) -> None:
    text = json.dumps(history, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / "history.json").write_text(text, encoding="utf-8")


def _put(draft: Path, place: Path) -> None:
    """Move a written folder into place; one that a dead run left there is replaced."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    for path in _files(draft):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    draft.replace(place)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
