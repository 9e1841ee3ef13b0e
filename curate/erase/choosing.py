"""What an erasure takes: the documents that are meant, and the releases that hold anything of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from curate.errors import ConfigError
from curate.release.reading import Release, is_readable
from curate.release.retention import published
from curate.store.corpus import Corpus
from curate.tables.erasures import Doomed, ErasurePlan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from curate.store.workspace import Workspace

Row = dict[str, Any]

_COLUMNS = ["doc_id", "address", "version", "place", "chunks", "examples", "copy_of", "cluster"]
_INSIDE = " › "


@dataclass(slots=True)
class Meant:
    """The documents to erase: their rows by release, why each was chosen, and what is suppressed.

    `broken` are releases whose files are damaged: nobody can tell what they hold, so they go too.
    """

    rows: dict[int, list[Row]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)


def meant(workspace: Workspace, name: str) -> Meant:
    """Find the documents that an id or an address, as the ledger shows it, means.

    What lies inside one (a mail's attachments, an archive's members) and what has the same bytes
    elsewhere is meant too.

    Raises:
        ConfigError: if no release that is kept holds it.
    """
    numbers = published(workspace)
    found = Meant(broken={n for n in numbers if not is_readable(workspace, n)})
    ledgers = {n: _ledger(Release(workspace, n)) for n in numbers if n not in found.broken}
    for row in (row for rows in ledgers.values() for row in rows):
        if name in (row["doc_id"], row["address"]):
            found.why.setdefault(row["doc_id"], "named")
        elif row["address"].startswith(f"{name}{_INSIDE}"):
            found.why.setdefault(row["doc_id"], "inside")
    if not found.why:
        message = f"{workspace.root}: {name}: no release that is kept holds such a document."
        raise ConfigError(message)
    _gather(found, ledgers)
    return found


def _ledger(release: Release) -> list[Row]:
    path = release.folder / "ledger.parquet"
    rows: list[Row] = pq.read_table(path, columns=_COLUMNS).to_pylist()
    return rows


def _gather(found: Meant, ledgers: dict[int, list[Row]]) -> None:
    """Take in every row of what was chosen, and copies of the same bytes, until nothing is added."""
    every = [row for rows in ledgers.values() for row in rows]
    before = -1
    while before != len(found.why):
        before = len(found.why)
        mine = [row for row in every if row["doc_id"] in found.why]
        found.versions = {row["version"] for row in mine if row["version"]}
        found.places = {row["place"] for row in mine if row["place"]}
        for row in every:
            if row["version"] in found.versions:
                found.why.setdefault(row["doc_id"], "same bytes")
    for number, rows in ledgers.items():
        found.rows[number] = [row for row in rows if row["doc_id"] in found.why]


def planned(workspace: Workspace, found: Meant, now: int) -> ErasurePlan:
    """Return what an erasure would take; `now` is the release in force."""
    holders = {n for n, rows in found.rows.items() if rows}
    retires = sorted({*holders, *_physical(workspace, found, holders), *found.broken})
    return ErasurePlan(
        documents=tuple(_doomed(found, doc_id, now) for doc_id in sorted(found.why)),
        retires=tuple(retires),
        alike=tuple(sorted(_alike(Release(workspace, now), found))),
    )


def _doomed(found: Meant, doc_id: str, now: int) -> Doomed:
    held = {n: row for n, rows in found.rows.items() for row in rows if row["doc_id"] == doc_id}
    last = held[max(held)]
    current = held.get(now, {})
    return Doomed(
        doc_id=doc_id,
        address=last["address"],
        why=found.why[doc_id],
        releases=tuple(sorted(held)),
        chunks=current.get("chunks", 0),
        examples=current.get("examples", 0),
    )


def _alike(release: Release, found: Meant) -> Iterator[str]:
    """Yield the addresses of documents with the same words in other bytes."""
    rows = _ledger(release)
    mine = [row for row in rows if row["doc_id"] in found.why]
    words = {row["copy_of"] or row["doc_id"] for row in mine}
    for row in rows:
        if row["doc_id"] not in found.why and (row["copy_of"] or row["doc_id"]) in words:
            yield row["address"]


def _physical(workspace: Workspace, found: Meant, holders: Collection[int]) -> set[int]:
    """Return the releases that read a file in which rows of these documents lie, deleted or not."""
    corpus = Corpus(workspace.corpus)
    files: set[str] = set()
    for number in holders:
        files |= corpus.files_of(number, documents(found))
    return {n for n in found.rows if files & corpus.files(n).keys()} if files else set()


def documents(found: Meant) -> Sequence[str]:
    """Return the ids of the documents, sorted."""
    return sorted(found.why)
