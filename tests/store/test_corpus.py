"""The corpus table: one commit a release, leftovers taken back, tags mended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from curate.errors import BusyError, ContractError
from curate.store.corpus import KEY, Corpus

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(str(tmp_path / "corpus.lance"))


def rows(words: Mapping[str, str]) -> pa.Table:
    schema = pa.schema([("chunk_id", pa.string()), ("text", pa.string())])
    listed = [{"chunk_id": name, "text": text} for name, text in words.items()]
    return pa.Table.from_pylist(listed, schema=schema)


def held(corpus: Corpus, release: int) -> dict[str, str]:
    return {row["chunk_id"]: row["text"] for row in corpus.at(release).to_table().to_pylist()}


def publish(corpus: Corpus, release: int, base: int, words: Mapping[str, str], *gone: str) -> int:
    version = corpus.commit(rows(words), deletes=gone, expected=corpus.base(base))
    corpus.name(release=release, version=version)
    return version


def test_each_release_stays_as_it_was(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1", "b": "1"})
    publish(corpus, 2, one, {"b": "2", "c": "2"}, "a")

    assert held(corpus, 1) == {"a": "1", "b": "1"}
    assert held(corpus, 2) == {"b": "2", "c": "2"}


def test_a_release_of_deletions_alone_is_one_commit(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1", "b": "1"})
    publish(corpus, 2, one, {}, "a")

    assert held(corpus, 2) == {"b": "1"}


def test_a_release_that_changes_nothing_makes_no_version(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1"})

    assert publish(corpus, 2, one, {}) == one
    assert held(corpus, 2) == {"a": "1"}


def test_an_empty_first_release_can_be_opened(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {})
    publish(corpus, 2, one, {"a": "2"})

    assert (held(corpus, 1), held(corpus, 2)) == ({}, {"a": "2"})


def test_changes_computed_against_another_version_are_refused(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1"})
    corpus.commit(rows({"b": "other"}), deletes=(), expected=one)

    with pytest.raises(BusyError):
        corpus.commit(rows({"c": "2"}), deletes=(), expected=one)


def test_what_a_dead_run_committed_is_taken_back_before_the_next_commit(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1", "b": "1"})
    corpus.commit(rows({"dead": "x", "a": "x"}), deletes=("b",), expected=one)

    publish(corpus, 2, one, {"c": "2"})

    assert held(corpus, 1) == {"a": "1", "b": "1"}
    assert held(corpus, 2) == {"a": "1", "b": "1", "c": "2"}


def test_what_a_dead_first_run_wrote_is_no_part_of_the_first_release(corpus: Corpus) -> None:
    corpus.commit(rows({"dead": "x"}), deletes=(), expected=0)

    publish(corpus, 1, 0, {"a": "1"})

    assert held(corpus, 1) == {"a": "1"}


def test_a_folder_that_holds_no_table_yet_is_no_corpus(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "corpus.lance/data").mkdir(parents=True)
    assert not corpus.exists()

    publish(corpus, 1, 0, {"a": "1"})

    assert corpus.exists()
    assert held(corpus, 1) == {"a": "1"}


def test_a_tag_that_is_missing_or_stands_elsewhere_is_mended(corpus: Corpus) -> None:
    one = corpus.commit(rows({"a": "1"}), deletes=(), expected=0)
    with pytest.raises(ContractError, match="no release 1"):
        corpus.at(1)

    corpus.name(release=1, version=one)
    two = corpus.commit(rows({"b": "2"}), deletes=(), expected=one)
    corpus.name(release=1, version=two)
    assert held(corpus, 1) == {"a": "1", "b": "2"}
    corpus.name(release=1, version=one)

    assert held(corpus, 1) == {"a": "1"}


def test_columns_are_read_batch_by_batch_and_none_of_release_zero(corpus: Corpus) -> None:
    publish(corpus, 1, 0, {"a": "1", "b": "2"})

    found = [row for batch in corpus.columns(1, ["chunk_id"]) for row in batch.to_pylist()]

    assert sorted(row["chunk_id"] for row in found) == ["a", "b"]
    assert all(list(row) == ["chunk_id"] for row in found)
    assert list(corpus.columns(0, ["chunk_id"])) == []


def files(corpus: Corpus, folder: str) -> set[str]:
    return {path.name for path in Path(corpus.address, folder).iterdir()}


def test_files_of_a_commit_that_died_are_cleaned_away_and_nothing_else(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1", "b": "1"})
    publish(corpus, 2, one, {"b": "2"})
    before = files(corpus, "data")
    Path(corpus.address, "data", f"{'01' * 12}ab.lance").write_bytes(b"half a file")

    corpus.clean()

    assert files(corpus, "data") == before
    assert held(corpus, 1) == {"a": "1", "b": "1"}
    assert held(corpus, 2) == {"a": "1", "b": "2"}


def test_a_commit_that_no_head_named_is_taken_back_with_its_rows(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1"})
    before = files(corpus, "data")
    corpus.commit(rows({"dead": "x"}), deletes=("a",), expected=one)

    corpus.base(one)
    corpus.clean()

    assert files(corpus, "data") == before
    assert held(corpus, 1) == {"a": "1"}


def test_taking_back_twice_makes_no_further_version(corpus: Corpus) -> None:
    one = publish(corpus, 1, 0, {"a": "1"})
    corpus.commit(rows({"dead": "x"}), deletes=(), expected=one)

    first = corpus.base(one)
    corpus.clean()

    assert corpus.base(one) == first


def test_cleaning_what_was_never_written_does_nothing(corpus: Corpus) -> None:
    corpus.clean()

    assert not corpus.exists()


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '{"version": "x"}'])
def test_a_damaged_tag_is_mended(corpus: Corpus, text: str) -> None:
    one = publish(corpus, 1, 0, {"a": "1"})
    place = Path(corpus.address, "_refs/tags/release-1.json")
    place.write_text(text)

    assert corpus.version(1) == 0
    corpus.name(release=1, version=one)

    assert held(corpus, 1) == {"a": "1"}


def test_of_many_that_mend_a_tag_at_one_moment_none_fails(corpus: Corpus) -> None:
    one = corpus.commit(rows({"a": "1"}), deletes=(), expected=0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: corpus.name(release=1, version=one), range(16)))

    assert held(corpus, 1) == {"a": "1"}


def test_a_tag_that_cannot_be_written_is_an_error_that_says_what_to_do(corpus: Corpus) -> None:
    one = corpus.commit(rows({"a": "1"}), deletes=(), expected=0)
    Path(corpus.address, "_refs").write_text("no folder")

    with pytest.raises(ContractError, match=r"release-1 cannot be written.*open the workspace"):
        corpus.name(release=1, version=one)


def test_of_writers_that_began_at_one_version_one_wins_and_no_key_stands_twice(
    corpus: Corpus,
) -> None:
    version = publish(corpus, 1, 0, {"a": "1", "b": "1"})
    for turn in range(8):
        gate = Barrier(3)
        both = {"a": "of both"} if turn % 2 else {}  # a row that is there is another conflict
        words = [{f"new-{turn}": f"{n}", f"own-{turn}-{n}": "", **both} for n in range(3)]

        def write(own: dict[str, str], gate: Barrier = gate, base: int = version) -> int:
            gate.wait()
            try:
                return corpus.commit(rows(own), deletes=(), expected=base)
            except BusyError:
                return 0

        with ThreadPoolExecutor(3) as pool:
            won = [(v, own) for v, own in zip(pool.map(write, words), words, strict=True) if v]

        assert len(won) <= 1
        version = won[0][0] if won else corpus.base(version)
        corpus.name(release=turn + 2, version=version)
        keys = corpus.at(turn + 2).to_table([KEY]).column(0).to_pylist()
        assert len(keys) == len(set(keys))
        if won:
            assert held(corpus, turn + 2).items() >= won[0][1].items()
        version = corpus.base(version)
    assert len(keys) > 2
