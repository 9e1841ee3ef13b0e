"""From an id back to file, version, page and span: told by the newest release that holds it.

Nothing but releases is read, so that it is true of rows that are long gone from the one in force.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError
from curate.release.manifest import is_whole
from curate.release.reading import Release
from curate.release.retention import published, tag_kept, tombstones
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.tables.chunks import Count
from curate.tables.trace import Copy, Origin, Passage, Trace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from curate.store.workspace import Workspace

Row = dict[str, Any]

_KINDS = {"c": "chunk", "e": "example", "d": "document"}
_IS_ID = re.compile(r"[cde]_[0-9a-z]{26}")
_MASK = re.compile(r"<([A-Z][A-Z_]+)>")
_DATES = ("effective", "modified", "created")


def trace(workspace: Workspace, identity: str) -> Trace:
    """Return where something comes from.

    Raises:
        ConfigError: if it is no id of a chunk, an example or a document, or no kept release holds it.
    """
    if not _IS_ID.fullmatch(identity):
        message = f"{identity}: is no id of a chunk (c_…), an example (e_…) or a document (d_…)."
        raise ConfigError(message)
    head = heads.read(workspace.head)
    tag_kept(workspace, head)
    numbers = (n for n in published(workspace) if n <= head.release)
    kept = [Release(workspace, n) for n in numbers if is_whole(workspace.release(n))]
    holds = [release for release in kept if _holds(release, identity)]
    retired = tuple(stone.release for stone in tombstones(workspace))
    if not holds:
        raise ConfigError(_unknown(workspace, identity, retired))
    return _traced(kept, holds, identity, retired, now=head.release)


def _unknown(workspace: Workspace, identity: str, retired: Sequence[int]) -> str:
    gone = f" Those retired can no longer be asked: {list(retired)}." if retired else ""
    return f"{workspace.root}: {identity}: no release that is kept holds such an id.{gone}"


def _holds(release: Release, identity: str) -> bool:
    kind = identity[0]
    if kind == "c":
        held = Corpus(release.workspace.corpus).at(release.number)
        return bool(held.count_rows(filter=f"chunk_id = '{identity}'"))
    if kind == "d":
        return bool(_rows(release.folder / "ledger.parquet", "doc_id", [identity], ["doc_id"]))
    return bool(_example(release, identity, ["example_id"]))


def _example(release: Release, identity: str, columns: list[str] | None = None) -> Row | None:
    for path in sorted((release.folder / "finetune" / "data").glob("*.parquet")):
        rows = _rows(path, "example_id", [identity], columns)
        if rows:
            return rows[0]
    return None


def _rows(
    path: Path, column: str, values: Sequence[str], columns: list[str] | None = None
) -> list[Row]:
    """Read the rows of a file whose column holds one of some values."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=columns, filters=[(column, "in", list(values))])
    rows: list[Row] = table.to_pylist()
    return rows


def _traced(
    kept: Sequence[Release],
    holds: Sequence[Release],
    identity: str,
    retired: tuple[int, ...],
    *,
    now: int,
) -> Trace:
    release = holds[-1]
    example = _example(release, identity) if identity[0] == "e" else None
    chunks = _chunks_of(release, identity, example)
    homes = {row["doc_id"] for row in chunks}
    homes |= {part["doc_id"] for part in example["evidence"]} if example else set()
    homes |= {example["doc_id"]} if example else set()
    homes |= {identity} if identity[0] == "d" else set()
    origins = _origins(kept, release, sorted(homes))
    types = {count.type for origin in origins for count in origin.redacted}
    return Trace(
        id=identity,
        kind=_KINDS[identity[0]],  # type: ignore[arg-type]
        release=release.number,
        current=release.number == now,
        releases=tuple(held.number for held in holds),
        retired=retired,
        split=example["split"] if example else "",
        extractor=example["extractor"] if example else "",
        dates=_dates(chunks),
        evidence=tuple(_evidence(identity, chunks, example, types)),
        documents=tuple(origins),
        decisions=(),
    )


def _chunks_of(release: Release, identity: str, example: Row | None) -> list[Row]:
    if identity[0] != "e":
        column = "chunk_id" if identity[0] == "c" else "doc_id"
        return sorted(release.chunks(column, identity), key=lambda row: row["span"])
    assert example is not None, "a release that holds it has its row"
    names = dict.fromkeys(part["chunk_id"] for part in example["evidence"] if part["chunk_id"])
    return [row for name in names for row in release.chunks("chunk_id", name)]


def _evidence(
    identity: str, chunks: Sequence[Row], example: Row | None, types: Collection[str]
) -> list[Passage]:
    """Return the words that something rests on; a document rests on itself.

    Masks of `types` are counted: what else looks like one stands in the source.
    """
    if identity[0] == "d":
        return []
    if example is None:
        return [_passage(row, row["text"], row["span"], types) for row in chunks]
    held = {row["chunk_id"]: row for row in chunks}
    return [_slice(part, held.get(part["chunk_id"]), types) for part in example["evidence"]]


def _passage(row: Row, text: str, span: Sequence[int], types: Collection[str]) -> Passage:
    return Passage(
        doc_id=row["doc_id"],
        chunk_id=row["chunk_id"],
        page=row["page"],
        span=tuple(span),
        heading_path=tuple(row["heading_path"]),
        text=text,
        redacted=_counts(kind for kind in _MASK.findall(text) if kind in types),
    )


def _slice(part: Row, row: Row | None, types: Collection[str]) -> Passage:
    if row is None:
        return Passage(part["doc_id"], "", None, tuple(part["span"]), (), "", ())
    return _passage(row, row["text"][part["start"] : part["end"]], part["span"], types)


def _counts(types: Iterable[str]) -> tuple[Count, ...]:
    return tuple(Count(kind, count) for kind, count in sorted(Counter(types).items()))


def _dates(chunks: Sequence[Row]) -> tuple[str, ...]:
    row = chunks[0] if chunks else {}
    effective, modified, created = (row.get(name, "") for name in _DATES)
    return effective, modified, created


def _origins(kept: Sequence[Release], release: Release, homes: Sequence[str]) -> list[Origin]:
    ledger = release.folder / "ledger.parquet"
    rows = _rows(ledger, "doc_id", homes)
    clusters = [row["cluster"] for row in rows if row["cluster"]]
    alike = _rows(ledger, "cluster", clusters) if clusters else []
    numbers = _numbers([r for r in kept if r.number <= release.number], homes)
    return [_origin(row, alike, numbers[row["doc_id"]]) for row in rows]


def _numbers(kept: Sequence[Release], homes: Sequence[str]) -> dict[str, int]:
    """Count the different versions of each document in some releases."""
    seen: dict[str, set[str]] = {name: set() for name in homes}
    for release in kept:
        path = release.folder / "ledger.parquet"
        for row in _rows(path, "doc_id", homes, ["doc_id", "version"]):
            seen[row["doc_id"]].add(row["version"])
    return {name: len(versions) for name, versions in seen.items()}


def _origin(row: Row, alike: Sequence[Row], number: int) -> Origin:
    names = ("doc_id", "source", "address", "media_type", "version", "outcome", "corpus",
             "finetune", "cluster", "chunks", "examples")  # fmt: skip
    return Origin(
        **{name: row[name] for name in names},
        number=number,
        reasons=tuple(row["reasons"]),
        redacted=tuple(Count(**count) for count in row["redacted"]),
        copies=tuple(_copies(row, alike)),
    )


def _copies(row: Row, alike: Sequence[Row]) -> list[Copy]:
    return [
        Copy(other["doc_id"], other["address"], "same_words" if _same(row, other) else "near_copy")
        for other in alike
        if other["cluster"] == row["cluster"] and other["doc_id"] != row["doc_id"]
    ]


def _same(one: Row, other: Row) -> bool:
    first, second = (row["copy_of"] or row["doc_id"] for row in (one, other))
    return bool(first == second)
