"""The head: one row, one conditional update, one winner."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.errors import BusyError, ContractError
from curate.store import head as heads
from curate.store.head import Head

if TYPE_CHECKING:
    from pathlib import Path

NEXT = Head(1, 1, 7, "digest", {"identities": "identities-ab.parquet"})


def test_before_anything_was_published_there_is_the_first_head(tmp_path: Path) -> None:
    assert heads.read(str(tmp_path / "head.lance")) == Head()


def test_an_advanced_head_is_read_back(tmp_path: Path) -> None:
    address = str(tmp_path / "head.lance")

    heads.advance(address, Head(), NEXT)
    heads.advance(address, NEXT, replace(NEXT, sequence=2, release=2, manifest="it's"))

    assert heads.read(address) == replace(NEXT, sequence=2, release=2, manifest="it's")


def test_of_two_advances_from_one_head_one_wins_and_the_other_says_so(tmp_path: Path) -> None:
    address = str(tmp_path / "head.lance")
    heads.advance(address, Head(), NEXT)

    with pytest.raises(BusyError):
        heads.advance(address, Head(), replace(NEXT, release=9))

    assert heads.read(address) == NEXT


def test_of_many_advances_at_one_moment_one_wins(tmp_path: Path) -> None:
    address = str(tmp_path / "head.lance")
    heads.advance(address, Head(), NEXT)
    news = [replace(NEXT, sequence=2, release=10 + number) for number in range(6)]

    def tried(new: Head) -> bool:
        try:
            heads.advance(address, NEXT, new)
        except BusyError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(tried, news))

    assert [new for new, ok in zip(news, won, strict=True) if ok] == [heads.read(address)]


@pytest.mark.parametrize("inside", ["", "data", "_versions", "_transactions"])
def test_a_folder_that_a_dead_run_left_without_a_head_is_no_head(
    tmp_path: Path, inside: str
) -> None:
    address = tmp_path / "head.lance"
    (address / inside).mkdir(parents=True)

    assert heads.read(str(address)) == Head()
    heads.advance(str(address), Head(), NEXT)

    assert heads.read(str(address)) == NEXT


@pytest.mark.parametrize("folder", ["data", "_versions"])
def test_a_damaged_head_is_an_error_that_names_it_and_what_to_do(
    tmp_path: Path, folder: str
) -> None:
    address = tmp_path / "head.lance"
    heads.advance(str(address), Head(), NEXT)
    for path in (address / folder).iterdir():
        path.write_bytes(b"rubbish")

    with pytest.raises(ContractError, match="from a backup") as error:
        heads.read(str(address))

    assert str(address) in str(error.value)


def test_old_versions_and_files_of_dead_writers_are_cleaned_away(tmp_path: Path) -> None:
    address = tmp_path / "head.lance"
    head = Head()
    for number in range(1, 31):
        head, old = replace(NEXT, sequence=number, release=number), head
        heads.advance(str(address), old, head)
    stray = address / "data" / f"{'01' * 12}cd.lance"
    stray.write_bytes(b"half")

    heads.clean(str(address))

    assert heads.read(str(address)) == head
    assert not stray.exists()
    assert len(list((address / "_versions").glob("*.manifest"))) <= 10
