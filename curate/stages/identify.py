"""Identify: which document an address holds.

A known address keeps its id. A new one takes over the id of a vanished address of its tenant that
held equal bytes, if both are the only ones; else it gets the first id of its own that no other
address owns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from curate import ids
from curate.tables.sources import Identity

_NEVER_READ = bytes(ids.ID_BYTES)


@dataclass(frozen=True, slots=True)
class Found:
    """An address of this listing: who may own its id, and what it holds."""

    address: bytes
    tenant: str
    version: bytes


def identify(found: Sequence[Found], known: Iterable[Identity], *, key: bytes) -> list[Identity]:
    """Return the identity of every address, in the order of addresses.

    Args:
        found: The addresses of this listing.
        known: The identities that the last release left.
        key: The workspace's key for ids.
    """
    held = {identity.address: identity for identity in known}
    new = [f for f in found if f.address not in held]
    here = {f.address for f in found}
    vanished = [i for address, i in held.items() if address not in here]
    moved = _moves(new, vanished)
    owned = {identity.doc_id for identity in held.values()}
    result = []
    for item in sorted(found, key=lambda f: f.address):
        identity = held.get(item.address) or moved.get(item.address)
        if identity is None:
            identity = _make(item, owned, key)
            owned.add(identity.doc_id)
        result.append(replace(identity, address=item.address, version=item.version))
    return result


def _moves(new: Sequence[Found], vanished: Sequence[Identity]) -> dict[bytes, Identity]:
    """Pair new and vanished addresses of a tenant that hold equal bytes and are alone in that."""
    gone = Counter((i.tenant, i.version) for i in vanished if i.version != _NEVER_READ)
    come = Counter((f.tenant, f.version) for f in new)
    single = {k for k, count in come.items() if count == 1 and gone[k] == 1}
    old = {(i.tenant, i.version): i for i in vanished}
    return {f.address: old[f.tenant, f.version] for f in new if (f.tenant, f.version) in single}


def _make(item: Found, owned: set[bytes], key: bytes) -> Identity:
    number = 0
    while (doc_id := ids.mac(key, "document", item.address, bytes([number]))) in owned:
        number += 1
    return Identity(doc_id, item.address, item.tenant, item.version, number)
