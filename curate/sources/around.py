"""What speaks of a source and lies outside it: beside one that is a single file, and in folders above.

Where a source is reached by a link, both count: what lies around the link, and around what it leads to.
Nothing else is looked at there. Above a source only `_meta.yaml` and `_meta.yml` of this machine's
disk count, in small letters or capitals; of a store, beside a single file, only the names that a
sidecar ought to have.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.sources.facts import FILE_SIDECAR, FOLDER_SIDECAR
from curate.sources.sidecars import speaks_of
from curate.sources.store import opened_by
from curate.sources.walk import Entry, entry_of, is_remote, shown, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_USUAL = (FOLDER_SIDECAR, FOLDER_SIDECAR.replace(".yaml", ".yml"))
_ABOVE = tuple(
    f"_{name}.{ending}"
    for name in ("meta", "Meta", "META")
    for ending in ("yaml", "yml", "YAML", "YML", "Yaml", "Yml")
)  # a folder above may hold very much and is not listed
# A store says with these that something is not there, or not for us to know; others are its faults.
_UNSAID = (FileNotFoundError, NotADirectoryError, PermissionError)


def beside(place: str, *, options: Mapping[str, Any]) -> list[Entry]:
    """Return the files that may speak of a place that is one file; none if it is a folder."""
    if is_remote(place):
        return list(_stored(place, options))
    path = Path(place)
    try:
        single = stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return []
    names = _names_in(path) if single else ()
    folder = path.parent.resolve()
    return [entry_of(folder / name, name) for name in names if speaks_of(name, path.name)]


def above(place: str) -> list[Entry]:
    """Return the sidecars of the folders above a place, by their whole paths, the farthest first."""
    if is_remote(place):
        return []
    path = Path(place)
    folder = path if path.is_dir() else path.parent
    places = [higher / name for higher in reversed(folder.parents) for name in _ABOVE]
    return [entry_of(one, str(one)) for one in places if os.path.lexists(one)]


def around_link(link: str) -> list[Entry]:
    """Return what speaks of a link that a source is reached by, by whole paths: it stands in folders too."""
    path = Path(link)
    places = [higher / name for higher in reversed(path.parents) for name in _ABOVE]
    names = () if path.is_dir() else _names_in(path)
    places += [path.parent / name for name in names if speaks_of(name, path.name)]
    return [entry_of(one, str(one)) for one in dict.fromkeys(places) if os.path.lexists(one)]


def _names_in(path: Path) -> list[str]:
    """Return the names of the files beside one; of a folder that cannot be listed, the usual ones."""
    try:
        with os.scandir(path.parent) as found:
            return sorted(e.name for e in found if not e.is_dir(follow_symlinks=False))
    except OSError:
        return [name for name in _usual(path.name) if os.path.lexists(path.parent / name)]


def _usual(name: str) -> list[str]:
    return [name + FILE_SIDECAR, name + FILE_SIDECAR.replace(".yaml", ".yml"), *_USUAL]


def _stored(place: str, options: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the usual names beside a single file of a store, as far as it tells.

    One that the store fails on may be there and narrow access: it is an entry with a problem.

    Raises:
        ConfigError: if the store does not say what lies at the place.
    """
    import fsspec

    files, root = fsspec.core.url_to_fs(place, **options)
    folder, _, last = root.rpartition("/")
    try:
        if files.info(root)["type"] != "file":
            return
    except _UNSAID:
        return
    except Exception as error:  # noqa: BLE001 - each storage raises errors of its own
        raise unlisted(place, error) from None
    for name in _usual(last):
        path = f"{folder}/{name}"
        try:
            detail = files.info(path)
        except _UNSAID:
            continue
        except Exception:  # noqa: BLE001 - the same
            yield Entry(shown(name), opened_by(files, path, place), 0, "", problem="unreadable")
            continue
        stamp = str(detail.get("ETag") or detail.get("mtime") or detail.get("LastModified") or "")
        size = int(detail.get("size") or 0)
        yield Entry(shown(name), opened_by(files, path, place), size, stamp)
