"""Identify: which document an address holds.

A known address keeps its id. A new one takes over the id of a vanished address of its tenant that
held the same file, moved and perhaps edited (`duplicates.renames`); else it gets the first id of
its own that no other address owns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from curate import duplicates, ids
from curate.tables.sources import Identity

_NEVER_READ = bytes(ids.ID_BYTES)


@dataclass(frozen=True, slots=True)
class Found:
    """An address of this listing: who may own its id, and what it holds.

    `outline` is the sketch of a file; empty where it could not be read, and for records with a key.
    """

    address: bytes
    tenant: str
    version: bytes
    path: str = ""
    outline: bytes = b""


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
        result.append(_at(identity, item))
    return result


def _moves(new: Sequence[Found], vanished: Sequence[Identity]) -> dict[bytes, Identity]:
    """Return which vanished identity each new address takes over, tenant by tenant."""
    gone, come = _by_tenant(vanished), _by_tenant(new)
    old = {identity.address: identity for identity in vanished}
    pairs = [duplicates.renames(gone[tenant], come[tenant]) for tenant in gone.keys() & come.keys()]
    return {fresh: old[held] for part in pairs for fresh, held in part.items()}


def _by_tenant(
    files: Iterable[Found | Identity],
) -> dict[str, dict[bytes, duplicates.Held]]:
    """Return by tenant and address what was read there."""
    found: dict[str, dict[bytes, duplicates.Held]] = defaultdict(dict)
    for one in files:
        if one.version != _NEVER_READ:
            held = duplicates.Held(one.path, one.version, one.outline)
            found[one.tenant][one.address] = held
    return found


def _make(item: Found, owned: set[bytes], key: bytes) -> Identity:
    number = 0
    while (doc_id := ids.mac(key, "document", item.address, bytes([number]))) in owned:
        number += 1
    held = item.address, item.tenant, item.version
    return Identity(doc_id, *held, number, item.path, item.outline)


def _at(identity: Identity, item: Found) -> Identity:
    """Return an identity with where it is now and what it holds, or held when it was last read."""
    if item.version == _NEVER_READ:
        return replace(identity, address=item.address)
    return replace(
        identity,
        address=item.address,
        version=item.version,
        path=item.path,
        outline=item.outline,
    )
