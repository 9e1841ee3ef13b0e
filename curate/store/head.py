"""Which release is in force: one row that is changed by one conditional update, the commit point.

Everything a release needs is written before; until the row changes, no reader sees any of it. The
same mechanism works on a disk and on an object store.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import BusyError, ContractError
from curate.store.quiet import lance

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


_KEPT_VERSIONS = 10  # a reader that opened one of them a moment ago can still read it


@dataclass(frozen=True, slots=True)
class Head:
    """What is in force: release 0 means that nothing was published yet.

    `state` maps the names of state tables to their files, `manifest` is the digest of the release's
    content.
    """

    sequence: int = 0
    release: int = 0
    corpus_version: int = 0
    manifest: str = ""
    state: Mapping[str, str] = field(default_factory=dict)


def read(address: str) -> Head:
    """Return what is in force; the first head if there is none yet.

    Raises:
        ContractError: if the row cannot be read, or is gone though releases are there.
    """
    if not exists(address):
        if _was_there(Path(address).parent):
            raise _damaged(address, "is gone")
        return Head()
    try:
        row = lance().dataset(address).to_table().to_pylist()[0]
        return Head(**{**row, "state": json.loads(row["state"])})
    except (ValueError, OSError, LookupError, TypeError, RuntimeError):
        raise _damaged(address, "is damaged") from None


def _damaged(address: str, how: str) -> ContractError:
    message = (
        f"{address}: says which release is in force, and {how}. Put the folder back from "
        "a backup, together with private/; without one, start over in a new place with "
        "--workspace FOLDER."
    )
    return ContractError(message)


def _was_there(root: Path) -> bool:
    """Tell whether anything lies in a workspace that only comes after a head.

    A first run that died before its commit point leaves a table and a folder `1`; a tag it never sets.
    """
    tags = root.glob("corpus.lance/_refs/tags/release-*.json")
    later = (path for path in root.glob("releases/[0-9]*") if path.name != "1")
    return any(tags) or any(later) or any(root.glob("releases/retired/*.json"))


def advance(address: str, old: Head, new: Head) -> None:
    """Put a new head in force if the old one still is.

    Raises:
        BusyError: if another run was faster.
    """
    if not exists(address):
        _make(address)
    values = {**asdict(new), "state": json.dumps(dict(new.state), sort_keys=True)}
    updates = {name: _literal(value) for name, value in values.items()}
    result = lance().dataset(address).update(updates, where=f"sequence = {old.sequence}")
    if result["num_rows_updated"] != 1:
        message = f"{address}: another run published meanwhile; run again."
        raise BusyError(message)


def clean(address: str) -> None:
    """Remove what writers that died left, and versions that no reader can be at any more.

    Only under the workspace's lock: a file that another process is writing would go too.
    """
    if exists(address):
        lance().dataset(address).cleanup_old_versions(
            retain_versions=_KEPT_VERSIONS, delete_unverified=True
        )


def _make(address: str) -> None:
    try:
        lance().write_dataset(_row(Head()), address, mode="create", enable_stable_row_ids=True)
    except OSError:
        if not exists(address):  # else another run made it meanwhile
            raise


def exists(address: str) -> bool:
    """Tell whether the row is there; a run that died while making it leaves a folder without it."""
    return any(Path(address, "_versions").glob("*.manifest"))


def _row(head: Head) -> pa.Table:
    import pyarrow as pa

    values = {**asdict(head), "state": json.dumps(dict(head.state))}
    return pa.table({name: [value] for name, value in values.items()})


def _literal(value: str | int) -> str:
    """Return a value as SQL; all of them are ours: numbers, digests, file names."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
