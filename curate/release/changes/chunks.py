"""Which rows of the corpus changed between two releases, how, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from curate.release.changes.pairing import Cut, replaced
from curate.tables.changes import ChunkChange, ChunkCounts, LabelChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.release.changes.columns import Held, Ints
    from curate.release.changes.documents import Ledgers
    from curate.tables.changes import ChunkOp

_PLACE = ("page", "span", "previous", "next", "section_id", "address")
_META = (
    "title", "source", "media_type", "kinds", "tokens", "language", "status", "created", "modified",
    "effective", "authority", "owner", "tenant", "access", "labels", "cluster", "heading_path",
)  # fmt: skip
_DIGESTS = ("chunk_id", "doc_id", "digest", "index_digest")
_SAME = (*_DIGESTS, *_PLACE, *_META)  # what tells two rows of one index text apart


@dataclass(frozen=True, slots=True)
class Compared:
    """Places of rows in two versions of the corpus: those of one alone, and pairs that differ."""

    old: Held
    new: Held
    added: Ints
    deleted: Ints
    text: tuple[Ints, Ints]
    same: tuple[Ints, Ints]


@dataclass(slots=True)
class Labels:
    """Labels of documents that differ, gathered while rows stream by."""

    found: dict[tuple[str, str], LabelChange] = field(default_factory=dict)

    def add(self, doc_id: str, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Note what differs between the labels of two rows."""
        was, now = _named(old), _named(new)
        for name in sorted({*was, *now}):
            if was.get(name) != now.get(name):
                change = LabelChange(doc_id, name, was.get(name, ""), now.get(name, ""))
                self.found[doc_id, name] = change

    def rows(self) -> tuple[LabelChange, ...]:
        """Return them by document and name."""
        return tuple(self.found[key] for key in sorted(self.found))


def _named(labels: Sequence[Mapping[str, str]]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for label in labels:
        values.setdefault(label["name"], []).append(label["value"])
    return {name: ", ".join(sorted(held)) for name, held in values.items()}


def compared(old: Held, new: Held) -> Compared:
    """Compare two versions by ids and digests."""
    _, i, j = np.intersect1d(old.chunks, new.chunks, assume_unique=True, return_indices=True)
    differ = old.digests[i] != new.digests[j]
    i, j = i[differ], j[differ]
    text = old.index[i] != new.index[j]
    return Compared(
        old,
        new,
        added=np.flatnonzero(~np.isin(new.chunks, old.chunks)),
        deleted=np.flatnonzero(~np.isin(old.chunks, new.chunks)),
        text=(i[text], j[text]),
        same=(i[~text], j[~text]),
    )


def chunk_changes(found: Compared, documents: Ledgers, labels: Labels) -> Iterator[ChunkChange]:
    """Yield every row that changed: deletes, adds, updates of text, of facts, of places."""
    yield from _one_side(found.old, found.deleted, "delete", documents)
    yield from _added(found, documents)
    yield from _updates(found, found.text, (*_SAME, "text"), labels, text=True)
    yield from _updates(found, found.same, _SAME, labels, text=False)


def _added(found: Compared, documents: Ledgers) -> Iterator[ChunkChange]:
    pairs = _replacements(found)
    fresh = ~np.isin(found.new.index[found.added], found.old.known)
    made = _one_side(found.new, found.added, "add", documents)
    for change, embed in zip(made, fresh.tolist(), strict=True):
        yield ChunkChange(
            change.chunk_id, change.doc_id, "add", change.reason, (), embed,
            pairs.get(change.chunk_id, ""), "", change.digest, "", change.index_digest,
        )  # fmt: skip


def _one_side(held: Held, places: Ints, op: ChunkOp, documents: Ledgers) -> Iterator[ChunkChange]:
    why = documents.came if op == "add" else documents.went
    for rows in held.rows(places, _DIGESTS):
        for row in rows:
            reason = why(row["doc_id"], "corpus")
            digests = row["digest"], row["index_digest"]
            old, new = (("", ""), digests) if op == "add" else (digests, ("", ""))
            yield ChunkChange(
                row["chunk_id"], row["doc_id"], op, reason, (), False, "",
                old[0], new[0], old[1], new[1],
            )  # fmt: skip


def _updates(
    found: Compared, pairs: tuple[Ints, Ints], columns: Sequence[str], labels: Labels, *, text: bool
) -> Iterator[ChunkChange]:
    fresh = ~np.isin(found.new.index[pairs[1]], found.old.known)
    embeds = iter((fresh & text).tolist())
    sides = zip(found.old.rows(pairs[0], columns), found.new.rows(pairs[1], columns), strict=True)
    for before, after in sides:
        for old, new in zip(before, after, strict=True):
            if old["labels"] != new["labels"]:
                labels.add(new["doc_id"], old["labels"], new["labels"])
            yield _update(old, new, embed=next(embeds), text=text)


def _update(
    old: Mapping[str, Any], new: Mapping[str, Any], *, embed: bool, text: bool
) -> ChunkChange:
    fields = tuple(name for name in (*_META, *_PLACE) if old[name] != new[name])
    op: ChunkOp = "update_text" if text else "update_meta"
    if not text and set(fields) <= set(_PLACE):
        op = "moved"
    reason = _rendered(old, new) if text else "facts" if op == "update_meta" else "places"
    return ChunkChange(
        new["chunk_id"], new["doc_id"], op, reason, fields, embed, "",
        old["digest"], new["digest"], old["index_digest"], new["index_digest"],
    )  # fmt: skip


def _rendered(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return why the same words of a source are shown otherwise."""
    if old["text"].split() != new["text"].split():
        return "redaction"
    if old["heading_path"] != new["heading_path"]:
        return "heading"
    return "spacing" if old["text"] != new["text"] else "repeated_header"


def _replacements(found: Compared) -> dict[str, str]:
    """Pair added chunks with deleted ones, in the documents that have both."""
    both = np.intersect1d(found.new.documents[found.added], found.old.documents[found.deleted])
    old, new = _cuts(found.old, both), _cuts(found.new, both)
    pairs: dict[str, str] = {}
    for document, cuts in new.items():
        pairs.update(replaced(old[document], cuts))
    return pairs


def _cuts(held: Held, documents: Any) -> dict[bytes, list[Cut]]:  # noqa: ANN401 - an array
    """Return the chunks of some documents in reading order."""
    places = np.flatnonzero(np.isin(held.documents, documents))
    spans = held.spans[places]
    order = places[np.lexsort((spans[:, 1], spans[:, 0]))]
    found: dict[bytes, list[Cut]] = {}
    sizes = (held.spans[order, 1] - held.spans[order, 0]).tolist()
    names = zip(held.documents[order].tolist(), held.ids(order), sizes, strict=True)
    for document, name, size in names:
        found.setdefault(document, []).append(Cut(name, size))
    return found


def counted(changes: Sequence[ChunkChange], total: int) -> ChunkCounts:
    """Count chunks by operation."""
    ops = Counter(change.op for change in changes)
    return ChunkCounts(
        add=ops["add"],
        delete=ops["delete"],
        update_text=ops["update_text"],
        update_meta=ops["update_meta"],
        moved=ops["moved"],
        replaced=sum(bool(change.replaces) for change in changes),
        embed=sum(change.embed for change in changes),
        total=total,
    )
