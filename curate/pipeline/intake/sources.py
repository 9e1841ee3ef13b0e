"""From sources to documents with their texts: split, parse, identify."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from curate import ids
from curate.engine.record import Work
from curate.engine.work import Given, Item, Tool
from curate.parsers.containers import is_named_by_file
from curate.parsers.containers.names import CLIMBS_OUT
from curate.parsers.readers import JSON, RECORD, TABLES, is_called_json, route
from curate.parsers.records import Shape, stable
from curate.parsers.records.heads import heads_in
from curate.parsers.records.spelling import folded
from curate.pipeline.intake.documents import Document
from curate.pipeline.intake.erased import NOTHING, Erased
from curate.pipeline.settings import shape_of
from curate.pipeline.tools import ids_tool
from curate.report.words import plural
from curate.sources.facts import with_labels
from curate.sources.inside import ASTRAY, access_inside, statement
from curate.sources.own import ACCESS, TENANT, shut, with_own
from curate.sources.settings import narrowed
from curate.sources.sidecars import Beside, together
from curate.stages.chunk import IdKey
from curate.stages.identify import Found, identify
from curate.stages.liken import is_text, liken
from curate.stages.list import NO_PRODUCT, Place, address
from curate.stages.opening import Opener, Spec
from curate.stages.parse import Route, parse
from curate.stages.split import ITSELF, MAILS, Columns, may_hold, split
from curate.tables.parsed import Parsed
from curate.tables.sources import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.pipeline.flow import Flow, Results
    from curate.tables.sources import Identity, Member, Source

NO_SHAPE = Shape("")
_WORDLESS = Parsed(title="", text="", elements=())
NO_OUTLINES: Mapping[bytes, bytes] = MappingProxyType({})
_BY_ROWS = TABLES | {"application/xml", "text/xml", "application/yaml"}
_ANY_TEXT = ("text/plain", "text/javascript", "application/javascript", "text/x-")  # rows as well
_CALLED_SO = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xml", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Intake:
    """Records on their way, with the shapes of the sources they came from."""

    flow: Flow
    places: Mapping[str, Place]
    shapes: Mapping[str, Shape]
    erased: Erased = NOTHING


def shapes_of(flow: Flow) -> dict[str, Shape]:
    """Return the shape of each source's records, where the pipeline file names or maps one."""
    shapes = ((settings.title(), shape_of(settings)) for settings in flow.settings.sources)
    return {title: shape for title, shape in shapes if shape is not None}


def documents(intake: Intake, sources: Sequence[Source]) -> list[Document]:
    """Split containers, all the way down, and parse what is in them."""
    records = intake.erased.hidden(_records(intake, intake.erased.hidden(sources)))
    intake.flow.progress.tell(plural(len(records), "document"))
    columns = {
        name: _read_in(place.settings.columns.values()) for name, place in intake.places.items()
    }
    found = [Document(s, columns[s.source]) for s in sorted(records, key=lambda s: s.address)]
    for document in found:
        if document.source.problem:
            document.reject("list", document.source.problem)
    _parse(intake, [d for d in found if not d.rejected])
    for document in found:
        _close_tables(intake, document)
    return found


def _close_tables(intake: Intake, document: Document) -> None:
    """Leave a page to nobody in which a table has the column that says for whom each row is."""
    source, course = document.source, document.course
    paths = _mapped(intake, source)
    if course is None or not paths or source.media_type == RECORD or source.use == NO_PRODUCT:
        return
    (parsed,) = intake.flow.rows("parse", course)
    if not paths.isdisjoint(heads_in(parsed)):
        document.source = shut(source)


def _mapped(intake: Intake, source: Source) -> frozenset[str]:
    """Return the columns that say who may read a record or whose it is, as heads are compared."""
    columns = intake.places[source.source].settings.columns
    return _read_in(path for name, path in columns.items() if name in {ACCESS, TENANT})


def _read_in(paths: Iterable[str]) -> frozenset[str]:
    """Return what columns are called as heads are compared, also where they stand below `fields`."""
    return frozenset(
        folded(name) for path in paths for name in (path, path.removeprefix("fields."))
    )


def _records(intake: Intake, sources: Sequence[Source]) -> Iterator[Source]:
    """Yield leaf records: files, members of containers, containers that fail."""
    level = list(sources)
    while level:
        holders = [s for s in level if not s.problem and _may_hold(intake, s)]
        inside = {s.address for s in holders}
        yield from (_whole(intake, s) for s in level if s.address not in inside)
        level = []
        for holder, code, members in _split(intake, holders):
            if code:
                yield replace(holder, problem=code)
            elif members and members[0].number == ITSELF:
                yield _itself(intake, holder, members[0])
            elif holder.media_type in MAILS or not members:
                yield _whole(intake, holder)
                level.extend(_inside(intake, holder, members))
            else:
                level.extend(_inside(intake, holder, members))


def _itself(intake: Intake, source: Source, said: Member) -> Source:
    """Return a file that is one record with what it says of itself."""
    own = with_own(source, said.facts)
    own = shut(own) if _blank([said]) else own
    parts = (own.tenant, own.source, own.path, own.member, own.record)
    return replace(own, address=address(intake.flow.keys.ids, *parts))


def _whole(intake: Intake, source: Source) -> Source:
    """Return a document as it is; a table that is not read by rows is for nobody if rows say for whom."""
    if not _mapped(intake, source) or source.media_type == RECORD or source.use == NO_PRODUCT:
        return source
    name = (source.member or source.path).lower()
    kind = source.media_type
    by_rows = kind in _BY_ROWS or kind.startswith(_ANY_TEXT) or name.endswith(_CALLED_SO)
    return shut(source) if by_rows else source


def _blank(members: Sequence[Member]) -> bool:
    """Tell whether a column says who may read the records of a file, and names nobody in any."""
    facts = [fact for member in members for fact in member.facts if fact.name == ACCESS]
    return bool(facts) and not any(fact.value for fact in facts)


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
        spec = _spec(intake, holder)
        name = spec.name if is_named_by_file(holder.media_type) else ""
        key = made.key(holder.version, holder.media_type, stable(shape), repr(columns), name)
        keys[holder.address] = key
        inputs = (Given(spec), Given(shape), Given(columns))
        items.append(Item(key, inputs, holder.size, _inner(holder)))
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
    tenant = holder.tenant
    told = [statement(m.called(), m.facts, tenant=tenant) if m.path else None for m in members]
    heard = [one for one in told if one is not None]
    if any(one and member.problem == CLIMBS_OUT for member, one in zip(members, told, strict=True)):
        heard.append(ASTRAY)
    beside = together(heard, {m.called() for m in members} if heard else ())
    cut, blank = _is_cut(members), _blank([m for m in members if not m.path])
    for member, said in zip(members, told, strict=True):
        source = _member_source(intake, holder, member)
        if said is not None:
            yield replace(source, use=NO_PRODUCT)
        elif not member.path:
            yield shut(source) if blank else source
        elif cut:
            yield replace(source, problem=source.problem or "cut_short")
        else:
            yield _bounded(source, member.called(), beside) if heard else source


def _is_cut(members: Sequence[Member]) -> bool:
    """Tell whether a container could not be read to its end, where sidecars of its files may lie."""
    return any(member.problem and not member.path for member in members)


def _bounded(source: Source, path: str, beside: Beside) -> Source:
    """Return a member with whom its container's sidecars leave of those who may read it."""
    if beside.closes(path):
        return replace(source, problem=source.problem or "bad_sidecar")
    chain = beside.chain(path)
    firm = {*source.firm, *(TENANT for said in chain if said.tenant is not None)}
    access = access_inside(path, beside)
    if access is None:
        return replace(source, firm=tuple(sorted(firm)))
    bounded = source.stated or ACCESS in source.firm
    both = narrowed(source.access, access) if bounded else access
    return replace(source, access=both, firm=tuple(sorted({*firm, ACCESS})))


def _member_source(intake: Intake, holder: Source, member: Member) -> Source:
    path = "/".join(part for part in (holder.member, member.path) if part)
    own = replace(holder, problem=member.problem)
    own = own if member.path else with_own(own, member.facts)
    where = (own.tenant, own.source, own.path, path, member.key)
    labels = {label.name: label.value for label in member.labels}
    return replace(
        own,
        address=address(intake.flow.keys.ids, *where),
        member=path,
        record=member.key,
        steps=(*holder.steps, Step(holder.media_type, member.number)),
        size=member.size,
        version=member.version,
        media_type=member.media_type,
        labels=with_labels(holder.labels, labels),
    )


def _tools(flow: Flow) -> dict[str, Tool]:
    key = flow.keys.ids
    return {"opener": Tool(Opener, (key,), "1"), "ids_key": Tool(IdKey, (key,), "1")}


def _spec(intake: Intake, source: Source) -> Spec:
    options = intake.places[source.source].settings.options
    name = _name(source)
    return Spec(
        location=source.location,
        options=json.dumps(options, sort_keys=True),
        steps=source.steps,
        name=name,
        media_type=source.media_type,
        digest=source.version,
        most_bytes=intake.flow.settings.limits.file_mb << 20,
    )


def _name(source: Source) -> str:
    """Return what a file or member is called, without its folders."""
    return (source.member or source.path).rsplit("/", 1)[-1]


def _inner(source: Source) -> tuple[str, tuple[int, ...]] | None:
    """Return where in a file a record lies, None for the file itself."""
    return (source.location, tuple(step.number for step in source.steps)) if source.steps else None


def _parse(intake: Intake, found: Sequence[Document]) -> None:
    """Bring every document to its text, or to the reason why there is none."""
    flow = intake.flow
    made = flow.recipe(parse, tools={"opener": _tools(flow)["opener"]})
    first = set(flow.settings.parse.unstructured)
    routes = {kind: route(kind, preferred=kind in first) for kind in _types(found)}
    keys = {}
    holders = {}
    for source in (document.source for document in found):
        kind, shape = source.media_type, stable(_shape_for(intake, source))
        called = (".json",) if kind == JSON and is_called_json(_name(source)) else ()
        key = made.key(source.version, kind, routes[kind], shape, *called)
        keys[source.address] = key
        holders[key] = source

    def item(key: bytes) -> Item:
        source = holders[key]
        way = Route(preferred=source.media_type in first)
        inputs = (Given(_spec(intake, source)), Given(_shape_for(intake, source)), Given(way))
        return Item(key, inputs, source.size, _inner(source))

    results = flow.bring(made, Work(holders, item))
    for document in found:
        _take(flow, document, results, keys[document.source.address])


def _shape_for(intake: Intake, source: Source) -> Shape:
    """Return the shape that a record is read by, of a file that may be one as well."""
    may_be_record = source.media_type in {RECORD, JSON}
    return intake.shapes.get(source.source, NO_SHAPE) if may_be_record else NO_SHAPE


def _types(found: Sequence[Document]) -> list[str]:
    return sorted({document.source.media_type for document in found})


def _take(flow: Flow, document: Document, results: Results, key: bytes) -> None:
    code = results.code(key)
    if code:
        document.reject("parse", code)
        return
    known = results.known(key)
    assert known is not None, "a key without a code is known"
    course = flow.course(ids.mac(flow.keys.ids, "text", known.digest))
    course.parsed, course.size = key, document.source.size
    document.course = course


def outlined(
    intake: Intake, found: Sequence[Document], known: Iterable[Identity]
) -> dict[bytes, bytes]:
    """Return by address the sketch of every file that was read, made anew where it changed."""
    flow = intake.flow
    held = {identity.address: identity for identity in known}
    outlines, keys, items = {}, {}, []
    tools = {"opener": _tools(flow)["opener"], "ids_key": ids_tool(flow)}
    made = flow.recipe(liken, tools=tools)
    for document in found:
        source, course = document.source, document.course
        wordless = document.code == "no_text" and is_text(source.media_type)
        if source.record or not (course or wordless) or (document.rejected and not wordless):
            continue
        old = held.get(source.address)
        if old and old.outline and old.version == source.version:
            outlines[source.address] = old.outline
            continue
        parsed = flow.memos["parse"][course.parsed] if course else None
        key = made.key(source.version, source.media_type, parsed.digest if parsed else b"")
        keys[source.address] = key
        inputs = (Given(_spec(intake, source)), parsed.ref if parsed else Given(_WORDLESS))
        items.append(Item(key, inputs, source.size, _inner(source)))
    by_key = {item.key: item for item in items}
    results = flow.gather(made, Work(by_key, by_key.__getitem__))
    rows = dict(results.rows(list(keys.values())))
    outlines.update({where: rows[key][0].pieces for where, key in keys.items() if key in rows})
    return outlines


def _found(document: Document, outlines: Mapping[bytes, bytes]) -> Found:
    source = document.source
    path = "/".join(part for part in (source.path, source.member) if part)
    outline = outlines.get(source.address, b"")
    return Found(source.address, source.tenant, source.version, path, outline)


def identified(
    found: Sequence[Document],
    known: Sequence[Identity],
    *,
    key: bytes,
    outlines: Mapping[bytes, bytes] = NO_OUTLINES,
) -> list[Identity]:
    """Give every document its id and return the identities to remember; `outlines` by address."""
    identities = identify([_found(d, outlines) for d in found], known, key=key)
    by_address = {identity.address: identity for identity in identities}
    for document in found:
        document.doc_id = by_address[document.source.address].doc_id
    return identities
