"""What a record says of itself, and how far it counts against what is said of its file.

A column of the pipeline file names where a record says who may read it and whose it is. What it says
takes the place of what the pipeline file says of the whole source, and only narrows what a sidecar
or a pattern says of the file. A value that cannot be understood names nobody: whoever wrote it meant
to restrict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from curate.sources.settings import Access, listed_names, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.tables.sources import Label, Source

ACCESS, TENANT = "access", "tenant"
BAD_TENANT = "bad_tenant"
UNMATCHED = "unmatched"
_NAMES = ("name", "displayName", "display_name", "display_value", "title", "label", "value")
_ABOUT = {"id", "groupId", "sys_id", "key", "slug", "self", "link", "url", "href", "description"}
_KNOWN = frozenset({*_NAMES, *_ABOUT})
_DEEPEST = 4


class _StrangeError(ValueError):
    """Part of a value is not understood: it may take away what another part names."""


def readers_in(value: object) -> tuple[str, ...]:
    """Return whom a value of a record names: a text, objects with names, the form of a sidecar.

    >>> readers_in("hr; law"), readers_in([{"name": "hr"}]), readers_in({"users": ["jo"]})
    (('hr', 'law'), ('hr',), ('user:jo',))
    >>> readers_in({"group": "hr"}), readers_in(True), readers_in({"name": "hr", "deny": True})
    ((), (), ())
    """
    if isinstance(value, str):
        return listed_names(value)
    try:
        return tuple(sorted(_named(value, _DEEPEST) - {""}))
    except _StrangeError:
        return ()


def _named(value: object, deepest: int) -> set[str]:
    """Return the names in a value; of a list they are whole, since it parts them already.

    Raises:
        _StrangeError: for whatever is no name, list or object that is understood.
    """
    if value is None:
        return set()
    if isinstance(value, str | int) and not isinstance(value, bool):
        return {str(value).strip()}
    if isinstance(value, list) and deepest:
        return {name for member in value for name in _named(member, deepest - 1)}
    if isinstance(value, Mapping) and deepest:
        return {_of_object(value)} if value.keys() <= _KNOWN else _of_sidecar(value)
    raise _StrangeError


def _of_object(value: Mapping[str, object]) -> str:
    """Return the name of an object that holds nothing but names and what tells it from others."""
    named = next((value[key] for key in _NAMES if value.get(key) not in (None, "")), None)
    if not isinstance(named, str):
        raise _StrangeError
    return named.strip()


def _of_sidecar(value: Mapping[str, object]) -> set[str]:
    if not {"groups", "users"} & value.keys():
        raise _StrangeError
    try:
        return set(Access.model_validate(dict(value)).names())
    except ValidationError:
        raise _StrangeError from None


def with_own(source: Source, facts: Sequence[Label]) -> Source:
    """Return a source with what its record says of itself.

    Args:
        source: What is said of the file.
        facts: Several of one name for `access`, an empty one where nobody else may read it.
    """
    said = {fact.name: fact.value for fact in facts}
    tenant = said.get(TENANT, source.tenant)
    strange = not tenant or (TENANT in source.firm and tenant != source.tenant)
    own = replace(
        source,
        owner=said.get("owner", source.owner),
        created=said.get("created", source.created),
        modified=said.get("modified", source.modified),
        effective=said.get("effective", source.effective),
    )
    if TENANT in said and strange:
        return replace(own, problem=source.problem or BAD_TENANT)
    own = replace(own, tenant=tenant)
    names = {fact.value for fact in facts if fact.name == ACCESS}
    return _read_by(own, names - {""}) if names else own


def _read_by(source: Source, names: Iterable[str]) -> Source:
    firm = ACCESS in source.firm
    access = narrowed(source.access, tuple(names)) if firm else tuple(sorted(names))
    return replace(source, stated=True, access=access)


def shut(source: Source) -> Source:
    """Return a source that nobody may read: no record of its file has the column that says who may."""
    return replace(source, stated=True, access=(), shut=UNMATCHED)
