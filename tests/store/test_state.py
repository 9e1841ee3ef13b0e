"""State: immutable files that a head names; a damaged one is an error that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from curate.errors import ContractError
from curate.store.state import State

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Split:
    """A row of state."""

    name: str
    number: int


ROWS = [Split(f"word{number}", number) for number in range(300)]


def written(folder: Path) -> State:
    state = State(folder, {})
    state.write("splits", Split, ROWS)
    return state


def test_what_was_written_is_read_by_whoever_knows_its_name(tmp_path: Path) -> None:
    names = written(tmp_path).names

    assert State(tmp_path, names).rows("splits", Split) == ROWS
    assert State(tmp_path, {}).rows("splits", Split) == []


def test_equal_rows_give_the_same_file(tmp_path: Path) -> None:
    assert written(tmp_path).names == written(tmp_path).names
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", ["truncated", "emptied", "zeroed", "rubbish", "missing"])
def test_a_damaged_file_is_an_error_that_names_it_and_what_to_do(
    tmp_path: Path, damage: str
) -> None:
    state = written(tmp_path)
    path = next(tmp_path.iterdir())
    data = path.read_bytes()
    damaged = {
        "truncated": data[:-40],
        "emptied": b"",
        "zeroed": data[:8] + bytes(len(data) - 8),
        "rubbish": b"\xff" * len(data),
    }
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(damaged[damage])

    with pytest.raises(ContractError, match="from a backup") as error:
        state.rows("splits", Split)

    assert str(path) in str(error.value)


def test_files_that_no_head_names_are_swept_with_what_was_half_written(tmp_path: Path) -> None:
    state = written(tmp_path)
    state.write("splits", Split, ROWS[:5])
    (tmp_path / ".splits-01.parquet.77.tmp").write_bytes(b"PAR1")

    state.sweep(())

    assert [path.name for path in tmp_path.iterdir()] == list(state.names.values())
