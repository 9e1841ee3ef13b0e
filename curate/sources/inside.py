"""Sidecars that lie inside a container: a worker reads what they say, and it only ever narrows.

Whoever packed the archive need not be whoever may open its place to others, so the archive's place
is the bound: a member is read by those whom both name, and all sidecars on its path. Of such a
sidecar only access counts; one that names another tenant closes what it speaks of.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from curate.errors import ConfigError
from curate.sources.facts import FOLDER_SIDECAR, Sidecar
from curate.sources.settings import Access, narrowed
from curate.sources.sidecars import MOST_BYTES, Statement, heard
from curate.tables.sources import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.sources.sidecars import Beside

_SIDECAR, _ACCESS, _TENANT = "sidecar", "access", "tenant"
ASTRAY = Statement(FOLDER_SIDECAR, None)  # by one whose name climbs: where it belongs nobody knows
_CLOSES, _STATES, _SILENT = "closes", "states", "silent"


def told(path: str, data: bytes, *, problem: str) -> tuple[Label, ...]:
    """Return what a member states as a sidecar, nothing if it is none; see `statement`."""

    def read() -> bytes:
        if problem:
            message = f"{path}: {problem}"
            raise ConfigError(message)
        return data[: MOST_BYTES + 1]

    found = heard(path, read, size=len(data))
    if found is None:
        return ()
    if found.said is None:
        return (Label(_SIDECAR, _CLOSES),)
    tenant = (Label(_TENANT, found.said.tenant),) if found.said.tenant is not None else ()
    if found.said.access is None:
        return (Label(_SIDECAR, _SILENT), *tenant)
    names = (Label(_ACCESS, name) for name in found.said.access.names())
    return (Label(_SIDECAR, _STATES), *tenant, *names)


def statement(path: str, facts: Sequence[Label], *, tenant: str) -> Statement | None:
    """Return what `told` wrote down, None if the member is no sidecar.

    Args:
        path: The member's.
        facts: The member's.
        tenant: That of its container.
    """
    kind = next((fact.value for fact in facts if fact.name == _SIDECAR), "")
    if not kind:
        return None
    others = any(fact.name == _TENANT and fact.value != tenant for fact in facts)
    if others or kind == _CLOSES:
        return Statement(path, None)
    own = tenant if any(fact.name == _TENANT for fact in facts) else None
    if kind == _SILENT:
        return Statement(path, Sidecar(tenant=own))
    names = tuple(fact.value for fact in facts if fact.name == _ACCESS)
    return Statement(path, Sidecar(tenant=own, access=Access(groups=names)))


def access_inside(path: str, beside: Beside) -> tuple[str, ...] | None:
    """Return whom all sidecars of a container that speak of a member name, None if none says who."""
    stated = [said.access.names() for said in beside.chain(path) if said.access is not None]
    return reduce(narrowed, stated) if stated else None
