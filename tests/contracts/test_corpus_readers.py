"""The corpus opens at every release with the tools that people have, and shows each the same rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import lance
import lancedb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from curate.errors import ContractError
from curate.release.digests import row_digest
from curate.store.corpus import Corpus, tag
from curate.tables.chunks import Chunk
from curate.tables.schema import arrow_schema, from_arrow, to_arrow
from tests.release.rows import chunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _digested(row: Chunk) -> Chunk:
    return replace(row, digest=row_digest(row, without=("digest",)))


FIRST = [chunk(document, place) for document in range(6) for place in range(4)]
GONE, EDITED, MOVED = FIRST[3], FIRST[8], FIRST[12]
NEW = chunk(9, 0, "A chunk of the second release: été, naïve, 漢字, \N{WAVING HAND SIGN}.")
CHANGES = [_digested(replace(EDITED, text="Said anew.")), _digested(replace(MOVED, page=7)), NEW]
KEPT = [row for row in FIRST if row not in (GONE, EDITED, MOVED)]
HELD = {1: FIRST, 2: [*KEPT, *CHANGES], 3: [NEW]}


@pytest.fixture(name="corpus", scope="module")
def _corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return a corpus with three releases: all new, some changed, nearly all gone."""
    corpus = Corpus(str(tmp_path_factory.mktemp("workspace") / "corpus.lance"))
    first = corpus.commit(to_arrow(Chunk, FIRST), deletes=(), expected=0)
    corpus.name(release=1, version=first)
    second = corpus.commit(to_arrow(Chunk, CHANGES), deletes=[GONE.chunk_id], expected=first)
    corpus.name(release=2, version=second)
    gone = [row.chunk_id for row in HELD[2] if row != NEW]
    third = corpus.commit(to_arrow(Chunk, []), deletes=gone, expected=second)
    corpus.name(release=3, version=third)
    return corpus


def _with_lance(corpus: Corpus, release: int) -> pa.Table:
    return lance.dataset(corpus.address, version=tag(release)).to_table()


def _with_lancedb(corpus: Corpus, release: int) -> pa.Table:
    folder, _, name = corpus.address.removesuffix(".lance").rpartition("/")
    table = lancedb.connect(folder).open_table(name)
    table.checkout(tag(release))
    return table.to_arrow()


def _with_polars(corpus: Corpus, release: int) -> pa.Table:
    return pl.scan_pyarrow_dataset(corpus.at(release)).collect().to_arrow()


def _with_duckdb(corpus: Corpus, release: int) -> pa.Table:
    with duckdb.connect() as connection:
        connection.register("corpus", corpus.at(release))
        return connection.sql("SELECT * FROM corpus").to_arrow_table()


READERS: dict[str, Callable[[Corpus, int], pa.Table]] = {
    "lance": _with_lance,
    "lancedb": _with_lancedb,
    "polars": _with_polars,
    "duckdb": _with_duckdb,
}


@pytest.mark.parametrize("release", HELD)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_sees_the_rows_of_a_release(corpus: Corpus, reader: str, release: int) -> None:
    table = READERS[reader](corpus, release)

    rows = from_arrow(Chunk, table.cast(arrow_schema(Chunk)))
    assert _by_id(rows) == _by_id(HELD[release])


def test_polars_pushes_a_filter_into_the_corpus(corpus: Corpus) -> None:
    frame = pl.scan_pyarrow_dataset(corpus.at(2))

    found = frame.filter(pl.col("doc_id") == NEW.doc_id).select("chunk_id", "text").collect()

    assert found.rows() == [(NEW.chunk_id, NEW.text)]


def test_duckdb_asks_in_sql_across_two_releases(corpus: Corpus) -> None:
    with duckdb.connect() as connection:
        connection.register("old", corpus.at(1))
        connection.register("new", corpus.at(2))
        changed = connection.sql(
            "SELECT new.chunk_id FROM old JOIN new USING (chunk_id) WHERE old.digest <> new.digest"
        ).fetchall()

    assert {row[0] for row in changed} == {EDITED.chunk_id, MOVED.chunk_id}


def test_lancedb_lists_releases_by_their_tags(corpus: Corpus) -> None:
    folder, _, name = corpus.address.removesuffix(".lance").rpartition("/")

    found = lancedb.connect(folder).open_table(name).tags.list()

    assert sorted(found) == [tag(release) for release in HELD]


def test_rows_keep_their_row_ids_over_releases(corpus: Corpus) -> None:
    first, second = (_row_ids(corpus, release) for release in (1, 2))

    assert {row.chunk_id: second[row.chunk_id] for row in [*KEPT, EDITED, MOVED]} == {
        row.chunk_id: first[row.chunk_id] for row in [*KEPT, EDITED, MOVED]
    }
    assert second[NEW.chunk_id] not in first.values()


def test_a_later_commit_changes_no_earlier_release(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "corpus.lance"))
    version = corpus.commit(to_arrow(Chunk, FIRST), deletes=(), expected=0)
    corpus.name(release=1, version=version)
    opened, before = corpus.at(1), corpus.at(1).to_table()

    later = corpus.commit(to_arrow(Chunk, CHANGES), deletes=[GONE.chunk_id], expected=version)

    assert corpus.at(1).to_table() == before == opened.to_table()
    assert corpus.at(1).version == version < later


def test_an_untagged_commit_is_no_release(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "corpus.lance"))
    version = corpus.commit(to_arrow(Chunk, FIRST), deletes=(), expected=0)
    corpus.name(release=1, version=version)

    corpus.commit(to_arrow(Chunk, CHANGES), deletes=(), expected=version)

    with pytest.raises(ContractError, match="there is no release 2"):
        corpus.at(2)


def test_leftovers_of_a_dead_run_are_taken_back(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "corpus.lance"))
    first = corpus.commit(to_arrow(Chunk, FIRST), deletes=(), expected=0)
    corpus.name(release=1, version=first)
    corpus.commit(to_arrow(Chunk, [NEW]), deletes=(), expected=first)

    base = corpus.base(first)
    second = corpus.commit(to_arrow(Chunk, []), deletes=[GONE.chunk_id], expected=base)
    corpus.name(release=2, version=second)

    rows = from_arrow(Chunk, corpus.at(2).to_table())
    assert _by_id(rows) == _by_id([row for row in FIRST if row != GONE])


def _by_id(rows: list[Chunk]) -> list[Chunk]:
    return sorted(rows, key=lambda row: row.chunk_id)


def _row_ids(corpus: Corpus, release: int) -> dict[str, int]:
    table = corpus.at(release).to_table(columns=["chunk_id"], with_row_id=True)
    assert pc.count_distinct(table.column("_rowid")).as_py() == table.num_rows
    return dict(
        zip(*(table.column(name).to_pylist() for name in ("chunk_id", "_rowid")), strict=True)
    )
