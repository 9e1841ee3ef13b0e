"""What is out of a release because the pipeline or a source says so: no fault, and no ground to refuse it.

A gate that counted it would keep the release before in force, which more people may read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.store.files import read_parquet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curate.tables.ledger import LedgerRow

Row = dict[str, Any]

_SAID = frozenset({"not_for_audience", "use_corpus_only", "use_finetune_only", "settings_file"})
_UNTOLD = frozenset({"bad_sidecar", "bad_tenant"})  # nobody can tell who may read it
COLUMNS = (
    "doc_id", "source", "address", "outcome", "reasons", "corpus", "finetune", "chunks", "examples",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Barred:
    """What gates leave out of their figures.

    `documents` are those of the release by outcome, `before` those of its parent, `lost` the
    parent's chunks and examples of documents that are no longer offered to that product.
    """

    documents: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)


def is_barred(row: Row) -> bool:
    """Tell whether a row of a ledger has its outcome only because the pipeline or a source says so."""
    if row["outcome"] == "rejected":
        return set(row["reasons"]) <= _UNTOLD
    left_out = {row["corpus"], row["finetune"]} - {"in"}
    return row["outcome"] == "flagged" and "finding" not in row["reasons"] and left_out <= _SAID


def row_of(row: LedgerRow) -> Row:
    """Return what counts here of a row of a ledger."""
    return {name: getattr(row, name) for name in COLUMNS}


def ledger_of(folder: Path) -> list[Row]:
    """Return what counts here of a release's ledger; nothing where there is none to read."""
    try:
        rows: list[Row] = read_parquet(folder / "ledger.parquet", COLUMNS).to_pylist()
    except (OSError, ValueError):
        return []
    return rows


def outcomes(rows: Iterable[Row]) -> dict[str, int]:
    """Count by outcome the documents that no gate counts."""
    return dict(Counter(row["outcome"] for row in rows if is_barred(row)))


def withdrawn(
    now: Sequence[Row], there: Collection[str], before: Sequence[Row], product: str
) -> set[str]:
    """Return the documents of a release that are no longer offered to a product, as somebody said.

    What lies in a container of which nobody can tell who may read it has no row of its own any more.

    Args:
        now: The rows of the run's documents, those of kept ones left away.
        there: All its documents.
        before: The rows of the release before.
        product: Which one.
    """
    out = {row["doc_id"] for row in now if _is_out(row, product)}
    shut = {(row["source"], row["address"]) for row in now if _is_untold(row)}
    for row in before:
        if row["doc_id"] not in there and not shut.isdisjoint(_holders(row)):
            out.add(row["doc_id"])
    return {row["doc_id"] for row in before if row["doc_id"] in out}


def resting_on(examples: Iterable[Row], documents: Collection[str]) -> int:
    """Count the examples that rest on any of some documents."""
    rests = ({e["doc_id"], *(part["doc_id"] for part in e["evidence"])} for e in examples)
    return sum(not one.isdisjoint(documents) for one in rests)


def _is_out(row: Row, product: str) -> bool:
    return _is_untold(row) or row[product] in _SAID


def _is_untold(row: Row) -> bool:
    return row["outcome"] == "rejected" and is_barred(row)


def _holders(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the addresses of the containers in which a document may lie."""
    source, address = row["source"], row["address"]
    for end, sign in enumerate(address):
        if sign == "/" or address.startswith(" › ", end):
            yield source, address[:end]
