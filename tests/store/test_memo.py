"""Results by content: whole or not at all, resumed, pruned, and redone when damaged."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pytest

from curate import ids
from curate.store.memo import DamagedError, Memo, digest_rows, load
from curate.tables.wire import encoded, packed
from tests.store.frames import frames

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMITS, OTHER = ids.digest("limits", "a"), ids.digest("limits", "b")


@dataclass(frozen=True, slots=True)
class Word:
    """A row of a result."""

    text: str


def key(name: str) -> bytes:
    return ids.digest("test", name)


def digest_of(rows: tuple[Word, ...]) -> bytes:
    return digest_rows(Word, encoded(rows) if rows else b"")


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
            "digest": pa.array([digest_of(r) for r in rows], pa.binary(16)),
            "count": pa.array([len(r) for r in rows], pa.int64()),
            "data": pa.array([packed(encoded(r)) if r else b"" for r in rows], pa.binary()),
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
        assert held[key("a")].digest == digest_of((Word("a"),))


def test_rows_are_found_beyond_the_first_group_of_a_segment(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    names = [f"w{number}" for number in range(700)]
    memo.write(results(names))

    found = dict(memo.scan(key(name) for name in names))

    assert [found[key(name)][0] for name in names] == [Word(name) for name in names]
    assert load(memo[key("w699")].ref, Word) == memo.rows(key("w699"))


def test_a_file_that_a_dead_run_was_writing_is_ignored_and_removed(tmp_path: Path) -> None:
    opened(tmp_path).write(results(["a"]))
    leftover = tmp_path / ".0123.rows.77.tmp"
    leftover.write_bytes(b"half")

    memo = opened(tmp_path)

    assert key("a") in memo
    assert not leftover.exists()


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        *((".index", damage) for damage in ("truncated", "emptied", "zeroed", "rubbish", "gone")),
        *((".rows", damage) for damage in ("truncated", "emptied", "gone")),
    ],
)
def test_a_damaged_segment_is_missing_and_done_again(
    tmp_path: Path, file: str, damage: str
) -> None:
    memo = opened(tmp_path)
    memo.write(results(["a", "b"]))
    memo.write(results(["c"]))
    segment = Path(memo[key("a")].ref.segment).with_suffix(file)
    data = segment.read_bytes()
    damaged = {
        "truncated": data[:-40],
        "emptied": b"",
        "zeroed": data[:8] + bytes(len(data) - 8),
        "rubbish": b"\xff" * len(data),
    }
    if damage == "gone":
        segment.unlink()
    else:
        segment.write_bytes(damaged[damage])

    again = opened(tmp_path)
    assert again.damaged == (damage != "gone")
    assert key("a") not in again
    assert key("c") in again
    again.write(results(["a", "b"]))

    assert opened(tmp_path).rows(key("b")) == (Word("b"),)


def test_rows_damaged_within_a_sound_file_are_noticed_and_removed(tmp_path: Path) -> None:
    opened(tmp_path).write(results([f"word{number}" for number in range(50)]))
    segment = next(tmp_path.glob("*.rows"))
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
    assert len(list(tmp_path.glob("*.rows"))) == 1


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
    assert digest_of((Word("a"),)) == digest_of((Word("a"),))
    assert digest_of((Word("a"),)) != digest_of((Word("a"), Word("")))
    assert digest_of(()) == bytes(16)


def _spoil_rows(segment: Path) -> None:
    """Flip a bit of every byte but the first few, which hold lengths."""
    data = bytearray(segment.read_bytes())
    data[10::7] = bytes(byte ^ 1 for byte in data[10::7])
    segment.write_bytes(bytes(data))


def words(folder: Path) -> set[str]:
    """Return every word that any segment of a folder holds, wherever in it."""
    found: set[str] = set()
    for data in (data for path in folder.glob("*.rows") for data in frames(path)):
        with suppress(ValueError):  # spoilt
            found.update(word["text"] for word in msgspec.msgpack.decode(data))
    return found


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


def test_segments_that_are_mostly_holes_are_put_together(tmp_path: Path) -> None:
    memo = opened(tmp_path)
    for letter in "abc":
        memo.write(results(f"{letter}{number}" for number in range(10)))

    memo.prune({key("a1"), key("b2"), key("c3")})

    assert len(list(tmp_path.glob("*.rows"))) == 1
    assert [memo.rows(key(name))[0] for name in ("a1", "b2", "c3")] == [
        Word("a1"), Word("b2"), Word("c3"),
    ]  # fmt: skip


def test_small_segments_are_put_together_before_they_are_many(tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(40)]
    for name in names:
        memo = opened(tmp_path)
        memo.write(results([name]))
        memo.prune({key(one) for one in names})

    assert len(list(tmp_path.glob("*.rows"))) < 10
    assert all(opened(tmp_path).rows(key(name))[0] == Word(name) for name in names)


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
    _spoil_rows(next(tmp_path.glob("*.rows")))
    memo.write(results(["a", "b"]))

    memo.prune({key("a"), key("word7")})

    assert words(tmp_path) == {"a"}


@pytest.mark.parametrize("seed", range(60))
def test_a_segment_with_damaged_data_or_cut_anywhere_is_read_right_or_not_at_all(
    tmp_path: Path, seed: int
) -> None:
    opened(tmp_path).write(results([f"word{number}" for number in range(40)]))
    chance = random.Random(seed)
    segment = next(tmp_path.glob(chance.choice(["*.rows", "*.index"])))
    data = bytearray(segment.read_bytes())
    end = len(data)
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(end)] = chance.randrange(256)
    segment.write_bytes(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))

    memo = opened(tmp_path)
    for number in range(40):
        name = f"word{number}"
        if key(name) in memo:
            with suppress(DamagedError):
                assert memo.rows(key(name)) == (Word(name), Word(name * 2))
