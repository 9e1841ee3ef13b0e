"""Opening records: by their bytes as listed, members of containers in any order, after any error."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from curate.errors import DocumentError
from curate.stages.list import version
from curate.stages.opening import Opener, Spec
from curate.tables.sources import Step

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(32)
ZIP = "application/zip"


def spec(path: Path, *numbers: int, data: bytes = b"", most: int = 1 << 20) -> Spec:
    """Return what opens a file, or the member with a number of the archive that it is."""
    steps = tuple(Step(ZIP, number) for number in numbers)
    digest = version(KEY, data) if data else b""
    return Spec(str(path), "{}", steps, path.name, "text/plain", digest, most)


def archive(path: Path, count: int) -> list[bytes]:
    members = [f"member {number}".encode() for number in range(count)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for number, data in enumerate(members):
            file.writestr(f"{number}.txt", data)
    path.write_bytes(buffer.getvalue())
    return members


def test_a_file_is_returned_as_it_was_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"some bytes")

    blob = Opener(KEY).blob(spec(path, data=b"some bytes"), None)

    assert (blob.data, blob.name) == (b"some bytes", "a.txt")


def test_a_file_that_changed_vanished_or_grew_too_large_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"other bytes")
    cases = {
        "changed_while_reading": spec(path, data=b"some bytes"),
        "too_large": spec(path, most=5),
        "vanished": spec(tmp_path / "b.txt"),
        "unreadable": spec(tmp_path),
    }

    for code, wanted in cases.items():
        with pytest.raises(DocumentError) as error:
            Opener(KEY).blob(wanted, None)
        assert error.value.code == code


def test_a_link_or_a_pipe_in_the_place_of_a_file_or_an_archive_is_a_change(tmp_path: Path) -> None:
    archive(tmp_path / "outside.zip", 2)
    (tmp_path / "link").symlink_to(tmp_path / "outside.zip")
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "link", tmp_path / "folder/outside.zip", tmp_path / "pipe"):
        zipped = replace(spec(path), media_type=ZIP)
        for read in (
            partial(Opener(KEY).blob, spec(path), None),
            partial(Opener(KEY).blob, spec(path, 1), None),
            lambda zipped=zipped: list(Opener(KEY).members(zipped, None)),
            partial(Opener(KEY).is_container, replace(zipped, media_type="text/csv"), None),
        ):
            with pytest.raises(DocumentError, match="changed_while_reading"):
                read()


def test_an_archive_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="vanished"):
        list(Opener(KEY).members(replace(spec(tmp_path / "a.zip"), media_type=ZIP), None))


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")

    assert Opener(KEY).blob(spec(path, most=5), None).data == b"12345"


def test_members_of_archives_in_an_archive_are_found_in_any_order(tmp_path: Path) -> None:
    held = {name: archive(tmp_path / name, 3) for name in ("a.zip", "b.zip")}
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as file:
        for name in held:
            file.write(tmp_path / name, name)
    opener = Opener(KEY)

    for outer, inner in ((0, 0), (0, 1), (1, 2), (1, 0), (0, 2), (1, 1), (1, 2)):
        data = list(held.values())[outer][inner]
        wanted = spec(tmp_path / "outer.zip", outer, inner, data=data)
        assert opener.blob(wanted, None).data == data


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 2, 0, 3, 1]])
def test_members_are_found_in_any_order(tmp_path: Path, order: list[int]) -> None:
    members = archive(tmp_path / "a.zip", 4)
    opener = Opener(KEY)

    for number in order:
        wanted = spec(tmp_path / "a.zip", number, data=members[number])
        assert opener.blob(wanted, None).data == members[number]


def test_a_member_that_is_gone_is_a_change(tmp_path: Path) -> None:
    archive(tmp_path / "a.zip", 2)
    opener = Opener(KEY)

    with pytest.raises(DocumentError, match="changed_while_reading"):
        opener.blob(spec(tmp_path / "a.zip", 7), None)

    assert opener.blob(spec(tmp_path / "a.zip", 1), None).data == b"member 1"


def test_an_error_within_a_container_does_not_spoil_the_members_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = archive(tmp_path / "a.zip", 5)
    opener = Opener(KEY)
    opener.blob(spec(tmp_path / "a.zip", 0, data=members[0]), None)
    short_of_memory = iter([MemoryError()])

    class Failing:
        def __iter__(self) -> Failing:
            return self

        def __next__(self) -> object:
            raise next(short_of_memory)

    monkeypatch.setattr(opener, "_forward", Failing())
    with pytest.raises(MemoryError):
        opener.blob(spec(tmp_path / "a.zip", 1), None)

    assert opener.blob(spec(tmp_path / "a.zip", 2, data=members[2]), None).data == members[2]
