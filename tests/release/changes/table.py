"""What the versioned table itself says of two releases: the rows that came, went and were updated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import lance

from curate.store.corpus import tag

if TYPE_CHECKING:
    from curate.release.reading import Release
    from curate.tables.changes import ReleaseChanges


@dataclass(frozen=True, slots=True)
class TableDiff:
    """Chunk ids by what Lance says became of their rows."""

    inserted: frozenset[str]
    updated: frozenset[str]
    deleted: frozenset[str]


def table_diff(before: Release, after: Release) -> TableDiff:
    """Return Lance's own diff between two releases, the earlier one first."""
    address = after.workspace.corpus
    old, new = (lance.dataset(address, version=tag(r.number)) for r in (before, after))
    delta = new.delta(compared_against=old.version)
    rows = old.to_table(["chunk_id"], with_row_id=True).to_pylist()
    names = {row["_rowid"]: row["chunk_id"] for row in rows}
    gone = delta.get_deleted_row_ids().read_all().column(0).to_pylist()
    return TableDiff(
        inserted=frozenset(delta.get_inserted_rows().read_all().column("chunk_id").to_pylist()),
        updated=frozenset(delta.get_updated_rows().read_all().column("chunk_id").to_pylist()),
        deleted=frozenset(names[row_id] for row_id in gone),
    )


def told(changes: ReleaseChanges) -> TableDiff:
    """Return the same from the release's own change rows."""

    def among(*ops: str) -> frozenset[str]:
        return frozenset(row.chunk_id for row in changes.chunks if row.op in ops)

    return TableDiff(
        inserted=among("add"),
        updated=among("update_text", "update_meta", "moved"),
        deleted=among("delete"),
    )
