"""Erased documents stay away: what lies at their address, or has their bytes, is a row without words."""

from __future__ import annotations

from collections import Counter
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
    """The keyed digests of addresses and of bytes that are suppressed; `found` are those a run met."""

    addresses: frozenset[bytes] = field(default_factory=frozenset)
    versions: frozenset[bytes] = field(default_factory=frozenset)
    found: set[Suppression] = field(default_factory=set)

    def hidden(self, sources: Iterable[Source]) -> list[Source]:
        """Return sources, those that were erased without anything they say.

        Where they lie and what they hold now is noted in `found`, so that they stay away when they are
        moved after an edit, or edited after a move. What others hold as well is no mark of theirs.
        """
        sources = list(sources)
        if not (self.addresses or self.versions):
            return sources
        held = Counter(s.version for s in sources)
        for source in sources:
            if source.version in self.versions:
                self.found.add(Suppression("address", source.address))
            elif source.address in self.addresses and held[source.version] == 1:
                self.found.add(Suppression("version", source.version))
        return [_blank(s) if self._holds(s) else s for s in sources]

    def _holds(self, source: Source) -> bool:
        return source.address in self.addresses or source.version in self.versions

    def remember(self, state: State) -> None:
        """Write what is suppressed from now on, if that is more than before."""
        known = set(state.rows("suppressions", Suppression))
        found = {one for one in self.found if one.digest != _NO_ID}
        if found - known:
            merged = sorted(known | found, key=lambda row: (row.kind, row.digest))
            state.write("suppressions", Suppression, merged)


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
