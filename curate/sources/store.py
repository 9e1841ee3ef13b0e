"""Storage behind fsspec, read so that a fault of it is an error and never looks like an absent file.

Each storage raises errors of its own; here all of them become `OSError`, as those of a disk are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

Details = dict[str, dict[str, Any]]


class Stored:
    """A file of a storage, open for reading."""

    def __init__(self, location: str, options: Mapping[str, Any]) -> None:
        """Open it.

        Raises:
            OSError: if the storage does not let it be opened; FileNotFoundError if it is not there.
        """
        import fsspec

        try:
            self._held = fsspec.open(
                location, "rb", **options
            )  # a storage in a file closes it when let go
            self._file = self._held.open()
        except Exception as error:  # noqa: BLE001 - each storage raises errors of its own
            raise as_of_a_disk(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            OSError: if the storage does not deliver them.
        """
        try:
            data: bytes = self._file.read(size)
        except Exception as error:  # noqa: BLE001 - each storage raises errors of its own
            raise as_of_a_disk(error) from None
        return data


def as_of_a_disk(error: Exception) -> OSError:
    """Return an error of a storage as one of a disk; its message is left out, it may quote a name."""
    return error if isinstance(error, OSError) else OSError(type(error).__name__)


def opened_by(files: Any, name: str, place: str) -> str:  # noqa: ANN401 - fsspec has no types
    """Return how a file is opened that was found below a place, through all links of its chain.

    The first link of `zip://::s3://a/b.zip` is a storage inside the rest, that of
    `simplecache::s3://a` only something on the way.
    """
    first, chained, rest = place.partition("::")
    if not chained:
        return str(files.unstrip_protocol(name))
    if "://" in first:
        return f"{files.unstrip_protocol(name)}::{rest}"
    return f"{first}::{opened_by(files.fs, name, rest)}"


def find(files: Any, root: str) -> Details:  # noqa: ANN401 - fsspec says nothing of its types
    """Return all files below a root with what is known of them, or the root if it is a file.

    Where fsspec goes from folder to folder, it leaves out those that it could not list, and an error
    in one below the root is told to nobody: there the way is gone here.

    Raises:
        OSError: if a part of it cannot be listed; other errors are the storage's.
    """
    if not _goes_by_folders(files):
        whole: Details = files.find(root, detail=True)
        return whole
    found: Details = {}
    folders, seen = [root], {root.rstrip("/")}
    while folders:
        for info in _listed(files, folders.pop()):
            name = info["name"].rstrip("/")
            if info["type"] != "directory":
                found[info["name"]] = info
            elif name not in seen:
                seen.add(name)
                folders.append(name)
    return found or ({root: files.info(root)} if files.isfile(root) else {})


def _listed(files: Any, folder: str) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    """Return what lies in a folder; nothing if it has gone meanwhile."""
    try:
        listed: list[dict[str, Any]] = files.ls(folder, detail=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return listed


def _goes_by_folders(files: Any) -> bool:  # noqa: ANN401 - fsspec says nothing of its types
    from fsspec.asyn import AsyncFileSystem
    from fsspec.spec import AbstractFileSystem

    own = type(files)
    if isinstance(files, AsyncFileSystem):
        return own._find is AsyncFileSystem._find  # noqa: SLF001 - what `find` runs
    return own.find is AbstractFileSystem.find
