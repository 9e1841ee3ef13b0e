"""What Lance asks of us, held as measured: a new version of it that behaves otherwise shows here first."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

import lance
import pyarrow as pa
import pytest

from curate.errors import BusyError
from curate.release.digests import content_digest
from curate.store import head as heads
from curate.store.compaction import MANY, purge
from curate.store.corpus import Corpus, tag
from curate.store.head import Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NAME = "Zebulon Quarkington"
KEY = "chunk_id"


def rows(numbers: Iterable[int], said: str = "row") -> pa.Table:
    listed = [{KEY: f"c{n:06d}", "text": f"{said} {n}"} for n in numbers]
    return pa.Table.from_pylist(listed, pa.schema([(KEY, pa.string()), ("text", pa.string())]))


def written(folder: Path, table: pa.Table, *, stable: bool = True) -> str:
    address = str(folder / "x.lance")
    lance.write_dataset(table, address, enable_stable_row_ids=stable)
    return address


def upsert(dataset: Any, table: pa.Table, *, gone: Sequence[str] = ()) -> None:
    builder = dataset.merge_insert(KEY).when_matched_update_all().when_not_matched_insert_all()
    if gone:
        listed = ", ".join(f"'{key}'" for key in gone)
        builder = builder.when_not_matched_by_source_delete(f"{KEY} IN ({listed})")
    builder.conflict_retries(0).execute(table)


def diff(address: str, since: int) -> tuple[int, int, int]:
    delta = lance.dataset(address).delta(compared_against=since)
    parts = (delta.get_inserted_rows, delta.get_updated_rows, delta.get_deleted_row_ids)
    inserted, updated, deleted = (part().read_all().num_rows for part in parts)
    return inserted, updated, deleted


def keys(address: str) -> list[str]:
    found: list[str] = lance.dataset(address).to_table([KEY]).column(0).to_pylist()
    return sorted(found)


def test_1_with_stable_row_ids_the_diff_is_exact_after_deletes_and_compaction(
    tmp_path: Path,
) -> None:
    address = written(tmp_path, rows(range(5000)))
    upsert(lance.dataset(address), rows([*range(500), *range(5000, 5050)], "new"))
    assert diff(address, 1) == (50, 500, 0)

    gone = [f"c{n:06d}" for n in [*range(5000, 5008), *range(4000, 4003)]]
    lance.dataset(address).delete(f"{KEY} IN ({', '.join(map(repr, gone))})")
    assert diff(address, 1) == (42, 500, 3)

    lance.dataset(address).optimize.compact_files(materialize_deletions_threshold=0.0)
    assert diff(address, 1) == (42, 500, 3)


def test_1_without_them_the_diff_is_silently_empty(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(100)), stable=False)
    upsert(lance.dataset(address), rows([*range(10), 200], "new"))

    delta = lance.dataset(address).delta(compared_against=1)
    assert delta.get_inserted_rows().read_all().num_rows == 0
    assert delta.get_updated_rows().read_all().num_rows == 0


def test_1_the_corpus_and_the_head_are_made_with_stable_row_ids(tmp_path: Path) -> None:
    corpus, head = Corpus(str(tmp_path / "c.lance")), str(tmp_path / "h.lance")
    corpus.commit(rows(range(3)), deletes=(), expected=0)
    heads.advance(head, Head(), Head(1))

    assert lance.dataset(corpus.address).has_stable_row_ids
    assert lance.dataset(head).has_stable_row_ids


def test_2_a_stale_update_is_refused_only_without_retries(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(100)))
    one, other = lance.dataset(address), lance.dataset(address)
    upsert(one, rows([1], "first"))

    with pytest.raises((OSError, RuntimeError, ValueError)):
        upsert(other, rows([1], "second"))


def test_2_two_stale_writers_can_insert_one_key_twice(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(3)))
    one, other = lance.dataset(address), lance.dataset(address)
    upsert(one, rows([9]))
    upsert(other, rows([9]))

    assert keys(address).count("c000009") == 2, "no longer: then the lock guards less"


def test_2_an_overwrite_from_a_stale_version_is_accepted_silently(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(3)))
    stale = lance.dataset(address)
    upsert(lance.dataset(address), rows([9]))
    lance.write_dataset(rows([5]), stale, mode="overwrite")

    assert keys(address) == ["c000005"]


def test_2_so_the_corpus_refuses_whoever_computed_against_another_version(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "c.lance"))
    first = corpus.commit(rows(range(3)), deletes=(), expected=0)
    corpus.commit(rows([9]), deletes=(), expected=first)

    with pytest.raises(BusyError):
        corpus.commit(rows([9]), deletes=(), expected=first)
    assert keys(corpus.address).count("c000009") == 1


def _at_once(count: int, call: Callable[[int], None]) -> list[int]:
    """Call a function in threads at the same moment; return the numbers of those that succeeded."""
    gate = Barrier(count)

    def one(number: int) -> int | None:
        gate.wait()
        try:
            call(number)
        except (BusyError, OSError, ValueError, RuntimeError):
            return None
        return number

    with ThreadPoolExecutor(count) as pool:
        return [n for n in pool.map(one, range(count)) if n is not None]


def test_3_of_heads_advanced_at_once_one_wins(tmp_path: Path) -> None:
    address = str(tmp_path / "h.lance")
    heads.advance(address, Head(), Head(sequence=1))
    for turn in range(1, 6):
        old = heads.read(address)
        news = [replace(old, sequence=turn + 1, release=100 * turn + n) for n in range(4)]

        won = _at_once(4, lambda n, old=old, news=news: heads.advance(address, old, news[n]))  # type: ignore[misc]

        assert len(won) == 1
        assert heads.read(address) == news[won[0]]


def test_3_of_tags_created_at_once_one_wins_on_a_disk(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(3)))
    for turn in range(10):
        name = tag(turn)
        won = _at_once(4, lambda _, name=name: lance.dataset(address).tags.create(name, 1))  # type: ignore[misc]
        assert len(won) == 1


def test_4_an_upsert_and_its_deletes_are_one_commit(tmp_path: Path) -> None:
    address = written(tmp_path, rows(range(3000)))
    upsert(lance.dataset(address), rows([*range(25), 9000], "new"), gone=["c000100", "c000101"])

    assert lance.dataset(address).version == 2
    assert diff(address, 1) == (1, 25, 2)


def test_5_two_equal_writes_differ_in_files_and_not_in_content(tmp_path: Path) -> None:
    addresses = [written(tmp_path / name, rows(range(100))) for name in ("a", "b")]
    names = [{path.name for path in Path(a, "data").iterdir()} for a in addresses]
    digests = [
        content_digest((r[KEY], r["text"]) for r in lance.dataset(a).to_table().to_pylist())
        for a in addresses
    ]

    assert names[0].isdisjoint(names[1])
    assert digests[0] == digests[1]


def test_6_many_small_commits_stay_few_fragments_and_every_tag_readable(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "c.lance"))
    version = corpus.commit(rows(range(4000)), deletes=(), expected=0)
    corpus.name(release=1, version=version)
    for number in range(2, MANY + 12):
        table = rows([number, 4000 + number], f"turn {number}")
        version = corpus.commit(table, deletes=(), expected=version)
        corpus.name(release=number, version=version)

    last = lance.dataset(corpus.address)
    assert len(last.get_fragments()) <= MANY
    assert last.count_rows() == 4000 + MANY + 10
    assert corpus.at(5).count_rows() == 4004
    assert diff(corpus.address, corpus.version(1)) == (MANY + 10, MANY + 10, 0)


def test_6_a_fragment_is_written_anew_when_most_of_it_is_dead(tmp_path: Path) -> None:
    corpus = Corpus(str(tmp_path / "c.lance"))
    version = corpus.commit(rows(range(4000)), deletes=(), expected=0)
    corpus.commit(rows([]), deletes=[f"c{n:06d}" for n in range(2500)], expected=version)

    fragments = lance.dataset(corpus.address).get_fragments()
    assert [(f.physical_rows, f.num_deletions) for f in fragments] == [(1500, 0)]


def _named(folder: Path) -> str:
    """Return a table with a name in one row of many alike, so that its page is compressed."""
    table = rows(range(2000), f"a long sentence that says the same of {NAME}, ticket")
    return written(folder, table)


def _raw(address: str, word: str) -> set[str]:
    """Return the folders below a table in which bytes hold a word."""
    files = [p for p in Path(address).rglob("*") if p.is_file()]
    return {p.parent.name for p in files if word.encode() in p.read_bytes()}


def _decoded(address: str) -> str:
    dataset = lance.dataset(address)
    versions = [lance.dataset(address, version=v["version"]) for v in dataset.versions()]
    return "\n".join(text for v in versions for text in v.to_table(["text"]).column(0).to_pylist())


def test_7_a_delete_by_its_text_leaves_the_name_in_the_transaction(tmp_path: Path) -> None:
    address = _named(tmp_path)
    lance.dataset(address).delete(f"text LIKE '%{NAME}%'")

    assert "_transactions" in _raw(address, NAME)


def test_7_deleted_by_id_a_row_is_gone_only_after_compaction_tags_and_clean_up(
    tmp_path: Path,
) -> None:
    table = pa.concat_tables([rows(range(2000)), rows([7777], NAME)])
    corpus = Corpus(written(tmp_path, table))
    corpus.name(release=1, version=1)
    lance.dataset(corpus.address).delete(f"{KEY} = 'c007777'")
    assert NAME in _decoded(corpus.address)

    purge(lance.dataset(corpus.address))
    corpus.clean()
    assert NAME in _decoded(corpus.address), "the tag still holds it"

    corpus.forget(1)
    corpus.clean()
    assert NAME not in _decoded(corpus.address)
    assert _raw(corpus.address, NAME) == set()
    assert lance.dataset(corpus.address).count_rows() == 2000


def test_7_clean_up_refuses_while_an_old_version_is_tagged_unless_told_otherwise(
    tmp_path: Path,
) -> None:
    address = written(tmp_path, rows(range(3)))
    lance.dataset(address).tags.create("release-1", 1)
    upsert(lance.dataset(address), rows([9]))

    with pytest.raises((OSError, ValueError)):
        lance.dataset(address).cleanup_old_versions(timedelta(0), delete_unverified=True)
    Corpus(address).clean()
    assert lance.dataset(address, version="release-1").count_rows() == 3


def test_8_the_version_is_pinned_to_one_that_these_hold_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    pinned = next(d for d in project["project"]["dependencies"] if d.startswith("pylance"))

    assert pinned == "pylance>=14.0,<15"
    assert lance.__version__.startswith("14.")
