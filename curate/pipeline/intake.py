"""From sources to documents with their texts: list, split, parse, identify."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from curate import ids
from curate.engine.work import Given, Item, Tool
from curate.parsers.readers import RECORD, route
from curate.parsers.records import Shape
from curate.pipeline.documents import Document
from curate.pipeline.erased import NOTHING, Erased
from curate.pipeline.settings import shape_of
from curate.sources.facts import with_labels
from curate.sources.inside import access_inside, narrowed, statement
from curate.sources.settings import listed_names
from curate.sources.sidecars import Beside, together
from curate.sources.walk import is_remote
from curate.stages.chunk import IdKey
from curate.stages.identify import Found, identify
from curate.stages.list import NO_PRODUCT, Place, Seen, address, list_sources
from curate.stages.opening import Opener, Spec
from curate.stages.parse import Route, parse
from curate.stages.split import MAILS, Columns, may_hold, split
from curate.tables.sources import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.pipeline.flow import Flow, Results
    from curate.tables.sources import Identity, Listed, Member, Source

NO_SHAPE = Shape("")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing found, and what to remember of it."""

    sources: list[Source]
    listed: list[Listed]
    read: int


@dataclass(frozen=True, slots=True)
class Intake:
    """Records on their way, with the shapes of the sources they came from."""

    flow: Flow
    places: Mapping[str, Place]
    shapes: Mapping[str, Shape]
    erased: Erased = NOTHING


def places_of(flow: Flow) -> dict[str, Place]:
    """Return the sources by name, their paths made absolute."""
    found = {}
    for settings in flow.settings.sources:
        path = settings.path
        if not is_remote(path):
            path = str((flow.base / Path(path).expanduser()).resolve())
        sections = frozenset(type(flow.settings).model_fields)
        found[settings.title()] = Place(settings, path, sections)
    return found


def shapes_of(flow: Flow) -> dict[str, Shape]:
    """Return the shape of each source's records, where the pipeline file names or maps one."""
    shapes = ((settings.title(), shape_of(settings)) for settings in flow.settings.sources)
    return {title: shape for title, shape in shapes if shape is not None}


def listing(
    places: Iterable[Place], *, known: Mapping[bytes, Listed], key: bytes, since: float
) -> Listing:
    """List all sources."""
    seen = sorted(
        list_sources(list(places), known=known, key=key, since=since),
        key=lambda one: (one.source.address, one.source.location),
    )
    files = [one for _, group in groupby(seen, key=_address) for one in _told_apart(group, key)]
    listed = sorted((one.listed for one in files), key=lambda row: row.address)
    sources = sorted((one.source for one in files), key=lambda source: source.address)
    return Listing(sources, listed, sum(one.read for one in files))


def _address(seen: Seen) -> bytes:
    return seen.source.address


def _told_apart(group: Iterable[Seen], key: bytes) -> Iterator[Seen]:
    """Yield files of one address, which differ in how their names are composed, under numbers."""
    for number, one in enumerate(group):
        if number == 0:
            yield one
            continue
        source = one.source
        path = f"{source.path}~{number + 1}"
        where = address(key, source.tenant, source.source, path, "", "")
        yield Seen(
            replace(source, path=path, address=where), replace(one.listed, address=where), one.read
        )


def documents(intake: Intake, sources: Sequence[Source]) -> list[Document]:
    """Split containers, all the way down, and parse what is in them."""
    records = intake.erased.hidden(_records(intake, intake.erased.hidden(sources)))
    found = [Document(source) for source in sorted(records, key=lambda s: s.address)]
    for document in found:
        if document.source.problem:
            document.reject("list", document.source.problem)
    _parse(intake, [d for d in found if not d.rejected])
    return found


def _records(intake: Intake, sources: Sequence[Source]) -> Iterator[Source]:
    """Yield leaf records: files, members of containers, containers that fail."""
    level = list(sources)
    while level:
        holders = [s for s in level if not s.problem and _may_hold(intake, s)]
        inside = {s.address for s in holders}
        yield from (s for s in level if s.address not in inside)
        level = []
        for holder, code, members in _split(intake, holders):
            if code:
                yield replace(holder, problem=code)
            elif holder.media_type in MAILS or not members:
                yield holder
            level.extend(_inside(intake, holder, members))


def _may_hold(intake: Intake, source: Source) -> bool:
    shaped = intake.shapes.get(source.source, NO_SHAPE) is not NO_SHAPE
    return source.media_type != RECORD and may_hold(source.media_type, shaped=shaped)


def _split(
    intake: Intake, holders: Sequence[Source]
) -> Iterator[tuple[Source, str, Sequence[Member]]]:
    """Yield each container with its reason code, if it failed, and its members."""
    flow = intake.flow
    made = flow.recipe(split, tools=_tools(flow))
    keys = {}
    items = []
    for holder in holders:
        shape, columns = intake.shapes.get(holder.source, NO_SHAPE), _columns(intake, holder)
        key = made.key(holder.version, holder.media_type, repr(shape), repr(columns))
        keys[holder.address] = key
        spec = _spec(intake, holder)
        items.append(Item(key, (Given(spec), Given(shape), Given(columns)), holder.size))
    results = flow.run(made, items)
    rows = dict(results.rows(list(keys.values())))
    for holder in holders:
        key = keys[holder.address]
        yield holder, results.code(key), rows.get(key, ())


def _columns(intake: Intake, source: Source) -> Columns:
    settings = intake.places[source.source].settings
    labels = settings.labels if isinstance(settings.labels, tuple) else ()
    return Columns(labels, tuple(sorted(settings.columns.items())))


def _inside(intake: Intake, holder: Source, members: Sequence[Member]) -> Iterator[Source]:
    """Yield a container's members as its sidecars bound them."""
    told = (statement(m.path, m.facts, tenant=holder.tenant) for m in members if m.path)
    statements = {one.path: one for one in told if one is not None}
    beside = together(statements.values(), {m.path for m in members} if statements else ())
    for member in members:
        source = _member_source(intake, holder, member)
        if member.path in statements:
            yield replace(source, use=NO_PRODUCT)
        elif statements and member.path:
            yield _bounded(source, member.path, beside)
        else:
            yield source


def _bounded(source: Source, path: str, beside: Beside) -> Source:
    """Return a member with whom its container's sidecars leave of those who may read it."""
    if beside.closes(path):
        return replace(source, problem=source.problem or "bad_sidecar")
    access = access_inside(path, beside)
    if access is None:
        return source
    both = narrowed(source.access, access) if source.stated else access
    return replace(source, stated=True, access=both)


def _member_source(intake: Intake, holder: Source, member: Member) -> Source:
    path = "/".join(part for part in (holder.member, member.path) if part)
    facts = {} if member.path else {fact.name: fact.value for fact in member.facts}
    tenant = facts.get("tenant", holder.tenant)
    where = address(intake.flow.keys.ids, tenant, holder.source, holder.path, path, member.key)
    access = listed_names(facts.get("access", ""))
    labels = {label.name: label.value for label in member.labels}
    return replace(
        holder,
        address=where,
        member=path,
        record=member.key,
        steps=(*holder.steps, Step(holder.media_type, member.number)),
        size=member.size,
        version=member.version,
        media_type=member.media_type,
        tenant=tenant,
        owner=facts.get("owner", holder.owner),
        stated=holder.stated or "access" in facts,
        access=access if "access" in facts else holder.access,
        labels=with_labels(holder.labels, labels),
        created=facts.get("created", holder.created),
        modified=facts.get("modified", holder.modified),
        effective=facts.get("effective", holder.effective),
        problem=member.problem,
    )


def _tools(flow: Flow) -> dict[str, Tool]:
    key = flow.keys.ids
    return {"opener": Tool(Opener, (key,), "1"), "ids_key": Tool(IdKey, (key,), "1")}


def _spec(intake: Intake, source: Source) -> Spec:
    options = intake.places[source.source].settings.options
    name = (source.member or source.path).rsplit("/", 1)[-1]
    return Spec(
        location=source.location,
        options=json.dumps(options, sort_keys=True),
        steps=source.steps,
        name=name,
        media_type=source.media_type,
        digest=source.version,
        most_bytes=intake.flow.settings.limits.file_mb << 20,
    )


def _parse(intake: Intake, found: Sequence[Document]) -> None:
    """Bring every document to its text, or to the reason why there is none."""
    flow = intake.flow
    made = flow.recipe(parse, tools={"opener": _tools(flow)["opener"]})
    first = set(flow.settings.parse.unstructured)
    routes = {kind: route(kind, preferred=kind in first) for kind in _types(found)}
    keys, items = {}, []
    for document in found:
        source = document.source
        shape = NO_SHAPE
        if source.media_type == RECORD:
            shape = intake.shapes.get(source.source, NO_SHAPE)
        key = made.key(source.version, source.media_type, routes[source.media_type], repr(shape))
        keys[source.address] = key
        way = Route(preferred=source.media_type in first)
        inputs = (Given(_spec(intake, source)), Given(shape), Given(way))
        items.append(Item(key, inputs, source.size))
    results = flow.run(made, items)
    for document in found:
        _take(document, results, keys[document.source.address], flow.keys.ids)


def _types(found: Sequence[Document]) -> list[str]:
    return sorted({document.source.media_type for document in found})


def _take(document: Document, results: Results, key: bytes, ids_key: bytes) -> None:
    code = results.code(key)
    if code:
        document.reject("parse", code)
        return
    document.parsed = results.known(key)
    assert document.parsed is not None, "a key without a code is known"
    document.text_digest = ids.mac(ids_key, "text", document.parsed.digest)


def identified(
    found: Sequence[Document], known: Sequence[Identity], *, key: bytes
) -> list[Identity]:
    """Give every document its id and return the identities to remember."""
    addresses = [Found(d.source.address, d.source.tenant, d.source.version) for d in found]
    identities = identify(addresses, known, key=key)
    by_address = {identity.address: identity for identity in identities}
    for document in found:
        document.doc_id = by_address[document.source.address].doc_id
    return identities
