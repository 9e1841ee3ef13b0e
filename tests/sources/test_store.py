"""A storage's fault is an error: never a shorter listing, never an end of a file, never another's error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from curate.errors import ConfigError, ToolError
from curate.sources.around import beside
from curate.sources.store import Stored
from curate.sources.walk import walk


class LineDroppedError(Exception):
    """An error as clients of stores raise them: none of the system's."""


class Torn(LocalFileSystem):  # type: ignore[misc]
    """A disk that lists no folder `torn`, tells nothing of `mute` and opens no `shut` file."""

    protocol = ("tornfs",)
    cachable = False

    def ls(self, path: str, **kwargs: Any) -> Any:
        if path.endswith("/torn"):
            raise OSError(5, "the line dropped")
        return super().ls(path, **kwargs)

    def info(self, path: str, **kwargs: Any) -> Any:
        if Path(path).name in ("mute.md", "mute.md.meta.yaml")[self.mute :]:
            raise LineDroppedError
        return super().info(path, **kwargs)

    def _open(self, path: str, **kwargs: Any) -> Any:
        if path.endswith("shut.md"):
            raise LineDroppedError
        return super()._open(path, **kwargs)

    @property
    def mute(self) -> int:
        """Return 1 where only what lies beside a file is not told, 2 where all is."""
        return int(self.storage_options.get("mute", 0))


fsspec.register_implementation("tornfs", Torn, clobber=True)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    for name in ("a.md", "sub/b.md", "shut.md", "mute.md"):
        path = tmp_path / "share" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    return tmp_path / "share"


def test_a_folder_that_cannot_be_listed_is_no_empty_one(share: Path) -> None:
    place = f"tornfs://{share}"
    found = {entry.path for entry in walk(place, options={"mute": 2})}
    assert found == {"a.md", "sub/b.md", "shut.md", "mute.md"}

    (share / "sub").rename(share / "torn")

    with pytest.raises(ToolError, match="cannot be listed: OSError"):
        list(walk(place, options={"mute": 2}))


def test_an_error_of_a_store_is_one_of_a_disk(share: Path) -> None:
    with Stored(f"tornfs://{share}/a.md", {}) as file:
        assert (file.read(2), file.read()) == (b"wo", b"rds")

    with pytest.raises(OSError, match="LineDroppedError"):
        Stored(f"tornfs://{share}/shut.md", {})
    with pytest.raises(FileNotFoundError):
        Stored(f"tornfs://{share}/nowhere.md", {})


def test_what_a_store_does_not_tell_of_is_there_and_cannot_be_read(share: Path) -> None:
    place = f"tornfs://{share}/mute.md"
    with pytest.raises(ConfigError, match="cannot be listed: LineDroppedError"):
        beside(place, options={})

    found = beside(place, options={"mute": 1})

    assert [(entry.path, entry.problem) for entry in found] == [("mute.md.meta.yaml", "unreadable")]
    assert beside(f"tornfs://{share}/a.md", options={}) == []
