"""Results by content: whole or not at all, resumed, pruned, and redone when damaged."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate import ids
from curate.store.memo import DamagedError, Memo, digest_rows, load
from curate.tables.base import to_lists

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIMITS, OTHER = ids.digest("limits", "a"), ids.digest("limits", "b")


@dataclass(frozen=True, slots=True)
class Word:
    """A row of a result."""

    text: str


def key(name: str) -> bytes:
    return ids.digest("test", name)


def results(names: Iterable[str], *, code: str = "") -> pa.Table:
    """Return results as an engine gives them: a row or two for each name."""
    listed = list(names)
    rows: list[tuple[Word, ...]] = [
        () if code else (Word(name), Word(name * 2))[: len(name)] for name in listed
    ]
    return pa.table(
        {
            "key": pa.array([key(name) for name in listed], pa.binary(16)),
            "code": pa.array([code] * len(listed), pa.string()),
            "digest": pa.array([digest_rows(Word, r) for r in rows], pa.binary(16)),
            "count": pa.array([len(r) for r in rows], pa.int64()),
            "rows": to_lists(Word, rows),
        }
    )


def opened(folder: Path, *, limits: bytes = LIMITS, retry: bool = False) -> Memo:
    return Memo(folder, Word, limits=limits, retry=retry)


def test_what_was_written_is_known_at_once_and_when_opened_again(tmp_path: Path) -> None:
    memo = opened(tmp_path / "m")
    memo.write(results(["a", "bb"]))

    for held in (memo, opened(tmp_path / "m")):
        assert key("a") in held
        assert key("c") not in held
        assert held.rows(key("bb")) == (Word("bb"), Word("bbbb"))
        assert (held[key("bb")].code, held[key("bb")].count) == ("", 2)
        assert held[key("a")].digest == digest_rows(Word, (Word("a"),))


def test_rows_are_found_beyond_the_first_group_of_a_segment(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    names = [f"w{number}" for number in range(700)]
    memo.write(results(names))

    found = dict(memo.scan(key(name) for name in names))

    assert [found[key(name)][0] for name in names] == [Word(name) for name in names]
    assert load(memo[key("w699")].ref, Word) == memo.rows(key("w699"))


def test_a_file_that_a_dead_run_was_writing_is_ignored_and_removed(tmp_path: Path) -> None:
    opened(tmp_path).write(results(["a"]))
    leftover = tmp_path / ".0123.parquet.77.tmp"
    leftover.write_bytes(b"PAR1 half")

    memo = opened(tmp_path)

    assert key("a") in memo
    assert not leftover.exists()


@pytest.mark.parametrize("damage", ["truncated", "emptied", "zeroed", "rubbish"])
def test_a_damaged_segment_is_missing_and_done_again(tmp_path: Path, damage: str) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b"]))
    memo.write(results(["c"]))
    segment = next(p for p in tmp_path.glob("*.parquet") if str(p) == memo[key("a")].ref.segment)
    data = segment.read_bytes()
    damaged = {
        "truncated": data[:-40],
        "emptied": b"",
        "zeroed": data[:8] + bytes(len(data) - 8),
        "rubbish": b"\xff" * len(data),
    }
    segment.write_bytes(damaged[damage])

    again = opened(tmp_path)
    assert again.damaged == 1
    assert key("a") not in again
    assert key("c") in again
    again.write(results(["a", "b"]))

    assert opened(tmp_path).rows(key("b")) == (Word("b"),)


def test_rows_damaged_within_a_sound_file_are_noticed_and_removed(tmp_path: Path) -> None:
    opened(tmp_path).write(results([f"word{number}" for number in range(50)]))
    segment = next(tmp_path.glob("*.parquet"))
    _spoil_rows(segment)
    memo = opened(tmp_path)

    with pytest.raises(DamagedError, match="run again") as error:
        memo.rows(key("word7"))

    assert error.value.exit_code == 75
    assert not segment.exists()
    assert key("word7") not in opened(tmp_path)


def test_a_failure_is_known_only_under_the_limits_it_met(tmp_path: Path) -> None:
    opened(tmp_path).write(results(["a"], code="timeout"))

    assert opened(tmp_path)[key("a")].code == "timeout"
    assert key("a") not in opened(tmp_path, limits=OTHER)
    assert key("a") not in opened(tmp_path, retry=True)


@pytest.mark.parametrize("limits", [LIMITS, OTHER])
def test_a_success_counts_for_ever_whatever_failed_before_or_after_it(
    tmp_path: Path, limits: bytes
) -> None:
    for number in range(12):  # in whatever order the segments' names fall
        name = f"n{number}"
        opened(tmp_path).write(results([name], code="timeout"))
        opened(tmp_path, limits=OTHER).write(results([name]))

        assert opened(tmp_path, limits=limits)[key(name)].code == ""


def test_trying_again_replaces_failures_only(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a"]))
    memo.write(results(["b"], code="crashed"))

    retried = opened(tmp_path, retry=True)
    assert (key("a") in retried, key("b") in retried) == (True, False)
    retried.write(results(["b"]))

    assert retried.rows(key("b")) == (Word("b"),)
    assert opened(tmp_path).rows(key("b")) == (Word("b"),)


def test_pruning_keeps_what_is_kept_and_drops_segments_that_hold_nothing_else(
    tmp_path: Path,
) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b", "c", "d"]))
    memo.write(results(["e"]))

    memo.prune({key("b")})
    left = opened(tmp_path)

    assert key("b") in left
    assert left.rows(key("b")) == (Word("b"),)
    assert not any(key(name) in left for name in "acde")
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_pruning_twice_changes_nothing_more(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b", "c", "d"]))
    memo.prune({key("b")})
    names = sorted(p.name for p in tmp_path.iterdir())

    opened(tmp_path).prune({key("b")})

    assert sorted(p.name for p in tmp_path.iterdir()) == names


def test_an_empty_batch_writes_nothing(tmp_path: Path) -> None:
    opened(tmp_path / "m").write(results([]))

    assert not (tmp_path / "m").exists()


def test_a_digest_tells_rows_apart_and_not_who_made_them() -> None:
    assert digest_rows(Word, (Word("a"),)) == digest_rows(Word, (Word("a"),))
    assert digest_rows(Word, (Word("a"),)) != digest_rows(Word, (Word("a"), Word("")))
    assert digest_rows(Word, ()) == bytes(16)
    assert digest_rows(Word, (Word("\ud800"),)) != digest_rows(Word, (Word("\ud801"),))


def _spoil_rows(segment: Path) -> None:
    """Flip a byte of the column of rows."""
    group = pq.read_metadata(segment).row_group(0)
    column = group.column(group.num_columns - 1)
    start = column.dictionary_page_offset or column.data_page_offset
    data = bytearray(segment.read_bytes())
    data[start + column.total_compressed_size - 5] ^= 0xFF
    segment.write_bytes(bytes(data))


def words(folder: Path) -> set[str]:
    """Return every word that any segment of a folder holds."""
    tables = [pq.read_table(path) for path in folder.glob("*.parquet")]
    rows = [row for table in tables for row in table.column("rows").to_pylist()]
    return {word["text"] for row in rows for word in row}


def test_a_single_row_that_is_not_kept_is_gone_from_every_segment(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    names = [f"w{number}" for number in range(600)]
    memo.write(results(names))
    memo.write(results(["other"]))

    memo.prune({key(name) for name in [*names, "other"] if name != "w77"})

    assert words(tmp_path) == {*names, *(name * 2 for name in names), "other", "otherother"} - {
        "w77", "w77w77",
    }  # fmt: skip
    assert opened(tmp_path).rows(key("w599")) == (Word("w599"), Word("w599w599"))


def test_what_is_kept_can_be_read_at_once_after_pruning(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b"]))
    memo.write(results(["c", "d"]))

    memo.prune({key("b"), key("c")})

    assert (memo.rows(key("b")), memo.rows(key("c"))) == ((Word("b"),), (Word("c"),))
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_segments_from_which_nothing_goes_are_not_written_again(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b"]))
    memo.write(results(["c"]))
    before = {path: path.stat().st_ino for path in tmp_path.iterdir()}

    memo.prune({key(name) for name in "abc"})

    assert {path: path.stat().st_ino for path in tmp_path.iterdir()} == before


def test_a_damaged_segment_does_not_stop_the_pruning_of_others(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    memo.write(results([f"word{number}" for number in range(50)]))
    _spoil_rows(next(tmp_path.glob("*.parquet")))
    memo.write(results(["a", "b"]))

    memo.prune({key("a"), key("word7")})

    assert words(tmp_path) == {"a"}


@pytest.mark.parametrize("seed", range(60))
def test_a_segment_with_damaged_data_or_cut_anywhere_is_read_right_or_not_at_all(
    tmp_path: Path, seed: int
) -> None:
    opened(tmp_path).write(results([f"word{number}" for number in range(40)]))
    segment = next(tmp_path.glob("*.parquet"))
    chance = random.Random(seed)
    data = bytearray(segment.read_bytes())
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")  # where the footer begins
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(end)] = chance.randrange(256)
    segment.write_bytes(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))

    memo = opened(tmp_path)
    for number in range(40):
        name = f"word{number}"
        if key(name) in memo:
            with suppress(DamagedError):
                assert memo.rows(key(name)) == (Word(name), Word(name * 2))
