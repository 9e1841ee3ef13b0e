"""Which split a document's examples belong to, remembered for ever."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id


@dataclass(frozen=True, slots=True)
class Assignment:
    """A document's split: train, validation or test."""

    doc_id: Id
    split: str
