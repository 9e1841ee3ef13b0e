"""Erased documents stay away: what lies at their address, or has their bytes, is a row without words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate import ids
from curate.tables.suppressions import CODE, NAMELESS, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.store.state import State
    from curate.tables.sources import Source

_NO_ID = bytes(ids.ID_BYTES)


@dataclass(frozen=True, slots=True)
class Erased:
    """The keyed digests of addresses and of bytes that are suppressed."""

    addresses: frozenset[bytes] = field(default_factory=frozenset)
    versions: frozenset[bytes] = field(default_factory=frozenset)

    def hidden(self, sources: Iterable[Source]) -> list[Source]:
        """Return sources, those that were erased without anything they say."""
        if not (self.addresses or self.versions):
            return list(sources)
        return [_blank(s) if self._holds(s) else s for s in sources]

    def _holds(self, source: Source) -> bool:
        return source.address in self.addresses or source.version in self.versions


NOTHING = Erased()


def erased(state: State) -> Erased:
    """Return what the state says was erased."""
    rows = state.rows("suppressions", Suppression)
    kinds = {kind: {r.digest for r in rows if r.kind == kind} for kind in ("address", "version")}
    return Erased(frozenset(kinds["address"]), frozenset(kinds["version"] - {_NO_ID}))


def _blank(source: Source) -> Source:
    return replace(
        source,
        path=NAMELESS,
        member="",
        record="",
        size=0,
        version=_NO_ID,
        media_type="",
        owner="",
        labels=(),
        created="",
        modified="",
        effective="",
        problem=CODE,
    )
