"""What an erasure would take, and the signed record of one that was done; neither holds text."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.values import DocumentId, Natural


@dataclass(frozen=True, slots=True)
class Doomed:
    """One document that is to be erased: `releases` hold it, `why` says how it was found."""

    doc_id: DocumentId
    address: str
    why: str
    releases: tuple[int, ...]
    chunks: Natural
    examples: Natural


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What goes: documents, and every release that holds one, or whose files hold deleted rows of it.

    `alike` are documents that say the same in other bytes: they stay unless they are named too.
    Counts are of the release in force.
    """

    documents: tuple[Doomed, ...]
    retires: tuple[int, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """The record of an erasure; `signature` is the keyed digest of all the rest.

    `searched` passages that no other document held were looked for afterwards in everything that the
    workspace holds, decoded and raw; `found` of them were still there.
    """

    number: Natural
    date: str
    documents: tuple[DocumentId, ...]
    chunks: Natural
    examples: Natural
    suppressed: Natural
    retired: tuple[int, ...]
    successor: Natural
    searched: Natural
    found: Natural
    signature: str
