"""The corpus table: one Lance data set whose tags are the releases.

Before a release is written, leftovers of a dead run are taken back; its rows come in one commit of
upserts and deletes, refused if anything was committed meanwhile, then a compaction where one is due.
Tags are derived from the head and mended at every opening, so that a tag never shows what no head
named. What is left of dead commits is cleaned away by whoever holds the workspace's lock, and by
nobody else.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from curate.errors import BusyError, ContractError, DamagedReleaseError
from curate.store.compaction import compact_if_due, purge
from curate.store.quiet import lance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa
    from lance import LanceDataset

KEY = "chunk_id"
_LAST = (1 << 64) - 1
_COMPACTS = {
    "Rewrite",
    "BaseOperation",
}  # what reserves numbers of fragments has no name of its own


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
            DamagedReleaseError: if the table cannot be read as it was then.
        """
        try:
            opened: LanceDataset = lance().dataset(self.address, version=tag(release))
        except (OSError, ValueError):
            if self.version(release):
                raise self.damaged(release) from None
            message = f"{self.address}: there is no release {release}. See `curate releases`."
            raise ContractError(message) from None
        return opened

    def damaged(self, release: int) -> DamagedReleaseError:
        """Return the error that tells of files that a release needs and that are gone or cut."""
        message = (
            f"{self.address}: files of the table that release {release} reads are gone or cut. Put the "
            "folder back from a backup. Without one, `curate run` publishes a whole release in place "
            "of the one in force, and `curate rollback N` brings back an older one that is whole."
        )
        return DamagedReleaseError(message)

    def has(self, version: int) -> bool:
        """Tell whether a version can be opened."""
        if not version:
            return False
        try:
            lance().dataset(self.address, version=version)
        except (OSError, ValueError):
            return False
        return True

    def base(self, version: int) -> int:
        """Return the version to write on: the head's, restored if a dead run left a later one."""
        if not version:
            return 0
        latest = lance().dataset(self.address)
        if latest.version != version and not _restores(latest, version):
            latest.checkout_version(version).restore()
        return int(lance().dataset(self.address).version)

    def version(self, release: int) -> int:
        """Return the version that a release's tag stands at (0: there is no tag, or none to read)."""
        try:
            return int(json.loads(self._tag(release).read_text(encoding="utf-8"))["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def name(self, *, release: int, version: int) -> None:
        """Tag a version as a release, or move a tag that stands elsewhere; readers may do so too.

        Raises:
            ContractError: if the tag is not there and cannot be written.
            DamagedReleaseError: if that version is lost.
        """
        if self.version(release) == version:
            return
        if not self.has(version):
            raise self.damaged(release)
        try:
            self._name(release, version)
        except (OSError, ValueError) as error:
            if self.version(release) != version:  # else another process was faster
                message = (
                    f"{self.address}: the tag {tag(release)} cannot be written: {_reason(error)}. "
                    f"Release {release} is published and whole; open the workspace once where it can "
                    "be written, and its tag is there."
                )
                raise ContractError(message) from None

    def _name(self, release: int, version: int) -> None:
        if not self.version(release):
            self._tag(release).unlink(missing_ok=True)  # it may be there and damaged
            lance().dataset(self.address).tags.create(tag(release), version)
            _remove_stray(self.address)
        else:
            lance().dataset(self.address).tags.update(tag(release), version)

    def _tag(self, release: int) -> Path:
        return Path(self.address, "_refs", "tags", f"{tag(release)}.json")

    def tagged(self) -> list[int]:
        """Return the releases that have a tag, whether it can be read or not."""
        found = Path(self.address, "_refs", "tags").glob("release-*.json")
        numbers = (path.stem.removeprefix("release-") for path in found)
        return sorted(int(number) for number in numbers if number.isdecimal())

    def forget(self, release: int) -> None:
        """Remove a release's tag; what it alone needs goes with the next clean-up."""
        self._tag(release).unlink(missing_ok=True)

    def files(self, release: int) -> dict[str, int]:
        """Return the files that a release reads, by their paths in the table, with their sizes in bytes.

        There are none if it has no tag or cannot be read.
        """
        if not self.has(self.version(release)):
            return {}
        dataset = self.at(release)
        names = {name for one in dataset.get_fragments() for name in _paths(one)}
        names |= {f"_versions/{n}.manifest" for n in (dataset.version, _LAST - dataset.version)}
        found = {name: self._size(name) for name in sorted(names)}
        return {name: size for name, size in found.items() if size >= 0}

    def lacks(self, release: int) -> bool:
        """Tell whether a release's tag, or a file of the table that it reads, is gone or cut."""
        if not self.has(self.version(release)):
            return True
        fragments = self.at(release).get_fragments()
        held = (file for fragment in fragments for file in fragment.data_files())
        return any(
            file.file_size_bytes and self._size(_in_data(file)) != file.file_size_bytes
            for file in held
        ) or not all(map(_can_delete, fragments))

    def give_up(self) -> None:
        """Let go of versions that cannot be read, and of their tags.

        Lance neither writes after a latest version nor cleans beside one that it cannot read, and
        gives the number of one that is lost to another.
        """
        for manifest in Path(self.address, "_versions").glob("*.manifest"):
            if not self.has(_number(manifest)):
                manifest.unlink()
        for release in self.tagged():
            if not self.has(self.version(release)):
                self.forget(release)

    def holds(self, files: Mapping[str, int]) -> bool:
        """Tell whether files of the table are there in their sizes; nothing is loaded for it."""
        return all(self._size(name) == size for name, size in files.items())

    def _size(self, name: str) -> int:
        """Return the size of a file of the table in bytes, -1 where there is none."""
        try:
            return Path(self.address, name).stat().st_size
        except OSError:
            return -1

    def files_of(self, release: int, documents: Sequence[str]) -> set[str]:
        """Return the data files in which a release has rows of some documents."""
        dataset = self.at(release)
        wanted = _among("doc_id", documents)
        table = dataset.scanner(["doc_id"], filter=wanted, with_row_address=True).to_table()
        held = {address >> 32 for address in table.column("_rowaddr").to_pylist()}
        return {
            _in_data(file)
            for fragment in dataset.get_fragments()
            if fragment.fragment_id in held
            for file in fragment.data_files()
        }

    def clean(self) -> None:
        """Remove what no release needs: versions without a tag, and files of commits that died.

        Only under the workspace's lock, when the tag of the release in force stands: a file that
        another process is writing would go too.
        """
        if self.exists():
            lance().dataset(self.address).cleanup_old_versions(
                timedelta(0), delete_unverified=True, error_if_tagged_old_versions=False
            )

    def columns(self, release: int, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield some columns of a release, batch by batch; nothing for release 0."""
        if release:
            yield from self.at(release).to_batches(columns=list(names))

    def commit(
        self,
        upserts: pa.Table | pa.RecordBatchReader,
        *,
        deletes: Sequence[str],
        expected: int,
        purged: bool = False,
        anew: bool = False,
    ) -> int:
        """Write changed rows and remove others in one commit; return the new version.

        Args:
            upserts: Rows that are new or changed, as a table or as a stream of batches.
            deletes: Keys of rows to remove.
            expected: The version that the changes were computed against (0: no table yet).
            purged: Write every file anew that holds a deleted row.
            anew: The upserts are all rows there are; what the table held is not read.

        Raises:
            BusyError: if another writer was faster.
        """
        import pyarrow as pa

        if not expected or anew:
            made = lance().write_dataset(
                upserts, self.address, mode="overwrite", enable_stable_row_ids=True
            )
            return int(made.version)
        dataset = lance().dataset(self.address)
        if dataset.version != expected:
            raise self._busy()
        if deletes or not (isinstance(upserts, pa.Table) and not upserts.num_rows):
            self._merge(dataset, upserts, deletes)
            expected += 1
            compact_if_due(dataset)
        if purged:
            purge(dataset)
        if not _only_rewritten(dataset, since=expected):
            raise self._busy()
        return int(dataset.version)

    def _merge(
        self,
        dataset: LanceDataset,
        upserts: pa.Table | pa.RecordBatchReader,
        deletes: Sequence[str],
    ) -> None:
        """Upsert and delete in one commit, on nothing but the version that was opened.

        Lance lets two writers insert one key where both began at the same version: the later commit
        is put upon the earlier. Its number tells; what it wrote is then for nobody and is taken back.
        """
        before = dataset.version
        builder = dataset.merge_insert(KEY).when_matched_update_all().when_not_matched_insert_all()
        if deletes:
            builder = builder.when_not_matched_by_source_delete(_among(KEY, deletes))
        try:
            builder.conflict_retries(0).execute(upserts)
        except OSError:
            if lance().dataset(self.address).version == before:
                raise
            raise self._busy() from None
        if dataset.version != before + 1:
            raise self._busy()

    def _busy(self) -> BusyError:
        return BusyError(f"{self.address}: another run wrote to the corpus; run again.")


def _in_data(file: Any) -> str:  # noqa: ANN401 - lance is not typed
    return f"data/{file.path}"


def _paths(fragment: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the files of a fragment, by their paths in the table."""
    yield from map(_in_data, fragment.data_files())
    if deletions := fragment.metadata.deletion_file:
        yield str(deletions.path(fragment.fragment_id))


def _can_delete(fragment: Any) -> bool:  # noqa: ANN401
    """Tell whether the file that says which rows are deleted can be read, if there is one."""
    if not fragment.metadata.deletion_file:
        return True
    try:
        fragment.scanner(columns=[KEY], limit=1).to_table()
    except (OSError, ValueError):
        return False
    return True


def _number(manifest: Path) -> int:
    """Return the version that a manifest is of; newer tables count down, so that the last is first."""
    number = int(manifest.stem)
    return _LAST - number if number > _LAST // 2 else number


def _restores(dataset: LanceDataset, version: int) -> bool:
    """Tell whether the latest version is nothing but an earlier one, restored."""
    try:
        transaction = dataset.read_transaction(dataset.version)
    except (OSError, ValueError):
        return False
    return getattr(getattr(transaction, "operation", None), "version", 0) == version


def _reason(error: Exception) -> str:
    return str(error).partition(", /")[0]


def _remove_stray(address: str) -> None:
    """Remove empty folders that Lance makes beside a path whose name is not plain ASCII."""
    encoded = "".join(sign if sign.isascii() else quote(sign) for sign in address)
    stray = Path(encoded) / "_refs" / "tags"
    if encoded != address and stray.is_dir():
        with contextlib.suppress(OSError):
            os.removedirs(stray)


def _only_rewritten(dataset: LanceDataset, *, since: int) -> bool:
    """Tell whether all versions after one are compactions, and no other writer's rows among them."""
    later = (dataset.read_transaction(v) for v in range(since + 1, dataset.version + 1))
    return all(one and type(one.operation).__name__ in _COMPACTS for one in later)


def _among(column: str, ids: Sequence[str]) -> str:
    """Return the condition that a column holds one of some ids."""
    quoted = ", ".join(f"'{one}'" for one in ids)
    return f"{column} IN ({quoted})"
