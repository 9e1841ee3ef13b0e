"""Which documents changed between two releases, read from their ledgers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.tables.changes import DocumentChange, DocumentCounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COLUMNS = ("doc_id", "version", "place", "address", "outcome", "corpus", "finetune")
_DECIDED = ("outcome", "corpus", "finetune")


@dataclass(frozen=True, slots=True)
class Record:
    """What a ledger says of one document, as far as two releases are compared."""

    version: str
    place: str
    address: str
    outcome: str
    corpus: str
    finetune: str


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The documents of two releases by id."""

    old: Mapping[str, Record]
    new: Mapping[str, Record]

    def edited(self, doc_id: str) -> bool:
        """Tell whether a document that is in both has other bytes."""
        both = doc_id in self.old and doc_id in self.new
        return both and self.old[doc_id].version != self.new[doc_id].version

    def came(self, doc_id: str, product: str) -> str:
        """Return why rows of a document are new in a product, as a code."""
        if doc_id not in self.old:
            return "new_document"
        if getattr(self.old[doc_id], product) != "in":
            return "let_in"
        return "edited" if self.edited(doc_id) else "made_anew"

    def went(self, doc_id: str, product: str) -> str:
        """Return why rows of a document are gone from a product, as a code."""
        if doc_id not in self.new:
            return "document_gone"
        now = getattr(self.new[doc_id], product)
        if now != "in":
            return f"left_out:{now}"
        return "edited" if self.edited(doc_id) else "made_anew"


def ledgers(before: Path, after: Path) -> Ledgers:
    """Read the ledgers of two releases' folders."""
    return Ledgers(_records(before), _records(after))


def _records(folder: Path) -> dict[str, Record]:
    import pyarrow.parquet as pq

    found: dict[str, Record] = {}
    with pq.ParquetFile(folder / "ledger.parquet") as file:
        for batch in file.iter_batches(columns=list(_COLUMNS)):
            names, *rest = (batch.column(name).to_pylist() for name in _COLUMNS)
            records = (Record(*values) for values in zip(*rest, strict=True))
            found.update(zip(names, records, strict=True))
    return found


def document_changes(held: Ledgers) -> list[DocumentChange]:
    """Return every document that changed, by id."""
    return [change for name in sorted({*held.old, *held.new}) for change in _change(held, name)]


def _change(held: Ledgers, doc_id: str) -> Iterator[DocumentChange]:
    old, new = held.old.get(doc_id), held.new.get(doc_id)
    if old is None:
        assert new is not None, "an id of the union is in one of both"
        yield DocumentChange(doc_id, "added", False, "", new.address, "", new.version, "")
    elif new is None:
        yield DocumentChange(doc_id, "deleted", False, old.address, "", old.version, "", "")
    elif old != new:
        yield from _of_both(doc_id, old, new)


def _of_both(doc_id: str, old: Record, new: Record) -> Iterator[DocumentChange]:
    edited, renamed = old.version != new.version, old.place != new.place
    decided = ",".join(_decisions(old, new))
    if not (edited or renamed or decided):
        return  # its address is only shown otherwise
    op = "renamed" if renamed else "modified" if edited else "decided"
    sides = (old.address, new.address, old.version, new.version)
    yield DocumentChange(doc_id, op, edited, *sides, decided)  # type: ignore[arg-type]


def _decisions(old: Record, new: Record) -> Iterator[str]:
    for name in _DECIDED:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{name}:{was}>{now}"


def counted(changes: list[DocumentChange], total: int) -> DocumentCounts:
    """Count documents by what happened to them."""
    ops = Counter(change.op for change in changes)
    return DocumentCounts(
        added=ops["added"],
        modified=ops["modified"],
        deleted=ops["deleted"],
        renamed=ops["renamed"],
        moved=sum(change.op == "renamed" and not change.edited for change in changes),
        decided=ops["decided"],
        total=total,
    )
