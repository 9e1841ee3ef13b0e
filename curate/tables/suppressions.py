"""What must never come back: addresses and contents of erased documents, as keyed digests."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id

CODE = "erased"  # the reason in the ledger of what is suppressed
NAMELESS = "(erased)"  # the address that it is shown with


@dataclass(frozen=True, slots=True)
class Suppression:
    """One thing that is suppressed: `kind` is address or version (of bytes), `digest` its keyed digest."""

    kind: str
    digest: Id
