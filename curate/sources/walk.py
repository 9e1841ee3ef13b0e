"""Every file below a place, with its size and a stamp that changes when it does.

Links are never followed, so that nothing outside the place is read and no circle is walked: each
is an entry with a problem, as are sockets and folders that cannot be opened. A folder marked as a
workspace is not entered. Names that are no UTF-8 are written with their bytes escaped and opened
as they are.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError, ToolError, closest
from curate.marks import MARKER, is_marked
from curate.sources.plain import NotPlainError, in_folder
from curate.sources.store import find, opened_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.errors import CurateError

_ON_DISK = ("file://", "local://")
_PROTOCOL = re.compile(
    r"^Protocol not known: ([\w+.-]+)$"
)  # so fsspec says it, with no class of its own
_MOST_LINKS = 40  # systems follow no more
_TO_BE_SET_RIGHT = (FileNotFoundError, PermissionError, NotADirectoryError, IsADirectoryError)
_FOR_NOW = frozenset(
    {"ConnectionError", "TimeoutError", "HTTPClientError", "ClientConnectionError"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its relative path as people read it, and how storage opens it."""

    path: str
    location: str
    size: int
    stamp: str
    modified: float = 0.0
    problem: str = ""


def is_remote(path: str) -> bool:
    """Tell whether a path is an fsspec address with a protocol."""
    return "://" in path or "::" in path


def place_of(path: str, base: Path) -> str:
    """Return where a source lies: an address of a store as it is, else an absolute path of the disk.

    >>> place_of("file:///mnt/share", Path("/")), place_of("s3://share", Path("/"))
    ('/mnt/share', 's3://share')
    """
    on_disk = next((path[len(one) :] for one in _ON_DISK if path.startswith(one)), path)
    return path if is_remote(on_disk) else str((base / Path(on_disk).expanduser()).resolve())


def links_to(path: str, base: Path) -> tuple[str, ...]:
    """Return the links on the way to a source of this machine's disk, by the real paths of their folders."""
    on_disk = next((path[len(one) :] for one in _ON_DISK if path.startswith(one)), path)
    if is_remote(on_disk):
        return ()
    at, *ahead = (base / Path(on_disk).expanduser()).absolute().parts
    here, found = Path(at), list[str]()
    while ahead and len(found) < _MOST_LINKS:
        step = here / ahead.pop(0)
        if step.name == "..":
            here = here.parent
        elif step.is_symlink():
            found.append(str(step))
            target = step.readlink()
            here = Path(target.anchor or here)
            ahead = [*target.relative_to(target.anchor).parts, *ahead]
        else:
            here = step
    return tuple(found)


def walk(place: str, *, options: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the files of a place, in no order that matters.

    Raises:
        ConfigError: if the place cannot be listed.
        ToolError: if its storage does not answer now.
    """
    return _remote(place, options) if is_remote(place) else _local(Path(place))


def shown(name: str) -> str:
    r"""Return a path as people read it: NFC, undecodable bytes escaped.

    >>> shown("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    if name.isascii():
        return name
    readable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", readable)


def _local(place: Path) -> Iterator[Entry]:
    try:
        mode = place.lstat().st_mode
    except OSError as error:
        message = (
            f"{place}: cannot be listed: {error.strerror}. Check `path`: a relative one starts at "
            "the folder of the pipeline file."
        )
        raise ConfigError(message) from None
    if stat.S_ISREG(mode):
        yield entry_of(place.parent.resolve() / place.name, place.name)
        return
    yield from _below(place.resolve())


def _below(root: Path) -> Iterator[Entry]:
    folders = [(root, "")]
    while folders:
        folder, relative = folders.pop()
        here = os.path.join(folder, "")  # noqa: PTH118 - a path for each file costs more than its name
        try:
            found = in_folder(str(folder))
        except OSError as error:
            problem = error.code if isinstance(error, NotPlainError) else "unreadable_folder"
            yield Entry(shown(relative), str(folder), 0, "", problem=problem)
            continue
        if any(name == MARKER for name, _ in found) and is_marked(folder):
            continue
        for name, holds_more in found:
            path = f"{relative}/{name}" if relative else name
            if holds_more:
                folders.append((folder / name, path))
            else:
                yield entry_of(f"{here}{name}", path)


def entry_of(path: Path | str, relative: str) -> Entry:
    """Return the entry of a file of this machine's disk, which is not opened."""
    name = shown(relative)
    try:
        status = os.lstat(path)
    except OSError:
        return Entry(name, str(path), 0, "", problem="unreadable")
    problem = ""
    if stat.S_ISLNK(status.st_mode):
        problem = "link"
    elif not stat.S_ISREG(status.st_mode):
        problem = "special_file"
    stamp = f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    return Entry(name, str(path), status.st_size, stamp, status.st_mtime, problem)


def unlisted(place: str, error: Exception) -> CurateError:
    """Return the error that a storage is not listed, or does not say what lies at a place.

    One that did not answer, or has a fault of its own, may do so later; all else is to be set right.
    """
    unknown = _PROTOCOL.search(str(error)) if isinstance(error, ValueError) else None
    if unknown:
        return ConfigError(f"{place}: cannot be listed: {_unknown(unknown[1])}")
    said = f"{place}: cannot be listed: {type(error).__name__}."
    if _may_pass(error):
        return ToolError(f"{said} The storage may be back later; try again.", retryable=True)
    return ConfigError(
        f"{said} Check the address, the credentials in the environment, or `options` of this source."
    )


def _unknown(protocol: str) -> str:
    """Return what to do about a protocol that fsspec does not know."""
    from fsspec.registry import known_implementations

    near = closest(protocol, known_implementations)
    hint = f" Did you mean {near}://?" if near else ""
    return (
        f"the protocol {protocol} is not known.{hint} A folder or file of this machine needs none, "
        "s3:// comes with pip install 'curate[s3]', any other with a package that brings it to fsspec."
    )


def _may_pass(error: Exception) -> bool:
    """Tell whether a storage failed for now; clients name what is no `OSError` much alike."""
    if isinstance(error, OSError):
        return not isinstance(error, _TO_BE_SET_RIGHT)
    return any(kind.__name__ in _FOR_NOW for kind in type(error).mro())


def _remote(place: str, options: Mapping[str, Any]) -> Iterator[Entry]:
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(place, **options)
        found = find(files, root)
    except ImportError as error:
        s3 = " For S3: pip install 'curate[s3]'." if "s3" in str(error).lower() else ""
        message = f"{place}: cannot be listed: {error}.{s3}"
        raise ConfigError(message) from None
    except Exception as error:  # noqa: BLE001 - each storage raises errors of its own
        raise unlisted(place, error) from None
    for name, detail in sorted(found.items()):
        path = shown(name[len(root) :].lstrip("/") or name.rsplit("/", 1)[-1])
        stamp = str(detail.get("ETag") or detail.get("mtime") or detail.get("LastModified") or "")
        yield Entry(path, opened_by(files, name, place), int(detail.get("size") or 0), stamp)
