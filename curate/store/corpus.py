"""The corpus table: one Lance data set whose tags are the releases.

Before a release is written, leftovers of a dead run are taken back; its rows come in one commit of
upserts and deletes, refused if anything was committed meanwhile. Tags are derived from the head and
mended at every opening, so that a tag never shows what no head named.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from curate.errors import BusyError, ContractError
from curate.store.quiet import lance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from lance import LanceDataset

KEY = "chunk_id"


def tag(release: int) -> str:
    """Return the name of a release's tag."""
    return f"release-{release}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The table at an address; it may not exist yet."""

    address: str

    def exists(self) -> bool:
        """Tell whether anything was ever written."""
        return any(Path(self.address, "_versions").glob("*.manifest"))

    def at(self, release: int) -> LanceDataset:
        """Open the table as a release holds it.

        Raises:
            ContractError: if that release has no tag.
        """
        try:
            opened: LanceDataset = lance().dataset(self.address, version=tag(release))
        except ValueError:
            message = f"{self.address}: there is no release {release}. See `curate releases`."
            raise ContractError(message) from None
        return opened

    def base(self, version: int) -> int:
        """Return the version to write on: the head's, restored if a dead run left a later one."""
        if not version:
            return 0
        latest = lance().dataset(self.address)
        if latest.version != version:
            latest = latest.checkout_version(version)
            latest.restore()
        return int(lance().dataset(self.address).version)

    def name(self, *, release: int, version: int) -> None:
        """Tag a version as a release, or move a tag that stands elsewhere."""
        tags = lance().dataset(self.address).tags
        held = {name: entry["version"] for name, entry in tags.list().items()}
        if tag(release) not in held:
            tags.create(tag(release), version)
            _remove_stray(self.address)
        elif held[tag(release)] != version:
            tags.update(tag(release), version)

    def columns(self, release: int, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield some columns of a release, batch by batch; nothing for release 0."""
        if release:
            yield from self.at(release).to_batches(columns=list(names))

    def commit(self, upserts: pa.Table, *, deletes: Sequence[str], expected: int) -> int:
        """Write changed rows and remove others in one commit; return the new version.

        Args:
            upserts: Rows that are new or changed.
            deletes: Keys of rows to remove.
            expected: The version that the changes were computed against (0: no table yet).

        Raises:
            BusyError: if another writer was faster.
        """
        if not expected:
            made = lance().write_dataset(
                upserts, self.address, mode="overwrite", enable_stable_row_ids=True
            )
            return int(made.version)
        dataset = lance().dataset(self.address)
        if dataset.version != expected:
            message = f"{self.address}: another run wrote to the corpus; run again."
            raise BusyError(message)
        if upserts.num_rows or deletes:
            _merge(dataset, upserts, deletes)
        return int(lance().dataset(self.address).version)


def _remove_stray(address: str) -> None:
    """Remove empty folders that Lance makes beside a path whose name is not plain ASCII."""
    encoded = "".join(sign if sign.isascii() else quote(sign) for sign in address)
    stray = Path(encoded) / "_refs" / "tags"
    if encoded != address and stray.is_dir():
        with contextlib.suppress(OSError):
            os.removedirs(stray)


def _merge(dataset: LanceDataset, upserts: pa.Table, deletes: Sequence[str]) -> None:
    builder = dataset.merge_insert(KEY).when_matched_update_all().when_not_matched_insert_all()
    if deletes:
        quoted = ", ".join(f"'{key}'" for key in deletes)
        builder = builder.when_not_matched_by_source_delete(f"{KEY} IN ({quoted})")
    builder.conflict_retries(0).execute(upserts)
