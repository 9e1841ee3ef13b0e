"""When each document changed: one row a change, as long as it may matter."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id


@dataclass(frozen=True, slots=True)
class Change:
    """A document whose bytes were other ones than in the release before; `date` is the run's."""

    doc_id: Id
    date: str
