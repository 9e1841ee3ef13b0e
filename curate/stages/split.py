"""Split: one container to its records, by number and digest; their bytes are opened again when parsed.

What a record says of itself (labels, access, owner, dates) is read here, since it is metadata:
parsing depends on the record's bytes alone. A JSON file that is one record is a document and no
container; what it says of itself comes as a member that stands for the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curate import ids
from curate.parsers.containers import Member as Found
from curate.parsers.containers import is_container
from curate.parsers.detect import detect
from curate.parsers.readers import JSON, RECORD, TABLES
from curate.parsers.records import (
    SURPLUS,
    Shape,
    date_of,
    is_ambiguous,
    record_labels,
    stated,
    texts_of,
)
from curate.sources.inside import told
from curate.sources.own import ACCESS, TENANT, readers_in
from curate.stage import stage
from curate.stages.chunk import IdKey
from curate.stages.list import version
from curate.stages.opening import Opener, Spec
from curate.tables.sources import Label, Member

ASKED = frozenset({JSON, "text/csv", "text/tab-separated-values"})  # known only by reading them
MAILS = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
ITSELF = -1  # the number of what stands for the whole file
_NO_ID = bytes(ids.ID_BYTES)
_DATES = frozenset({"created", "modified", "effective"})
_TWICE = ()
_USUAL_LABELS = ("category", "issuetype", "issue_type", "queue", "topic", "document_type")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """What of a record is metadata: paths of labels (none: the usual ones), and of other facts."""

    labels: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def may_hold(media_type: str, *, shaped: bool) -> bool:
    """Tell whether something of a media type may be a container; some are only known by reading."""
    shape = Shape("any") if shaped else None
    return media_type in {*ASKED, *MAILS} or is_container(b"", media_type, shape=shape)


@stage(version=11, grain="record")
def split(
    spec: Spec, shape: Shape, columns: Columns, *, opener: Opener, ids_key: IdKey
) -> Iterator[Member]:
    """Yield a container's members; each that cannot be read has its reason."""
    own_shape = shape if shape.name else None
    kind = spec.media_type
    if kind in ASKED and not opener.is_container(spec, own_shape):
        yield from _itself(spec, columns, opener) if kind == JSON else ()
        return
    seen: Counter[str] = Counter()
    reading = _Reading(columns, ids_key.key, table=spec.media_type in TABLES)
    for number, found in enumerate(opener.members(spec, own_shape)):
        member = _member(number, found, reading)
        name = _name(member)
        seen[member.path + name] += 1
        times = seen[member.path + name]
        yield replace(member, key=name if times == 1 else f"{name}~{times}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a container's records are read; in a table a list is what stands in columns of one name."""

    columns: Columns
    key: bytes
    table: bool


def _itself(spec: Spec, columns: Columns, opener: Opener) -> Iterator[Member]:
    """Yield what a file that is one record says of itself, if it is to be asked."""
    if columns.facts:
        record = _loaded(opener.blob(spec, None).data)
        facts = _own_facts({} if _holds_rows(record, columns) else record, columns, table=False)
        yield Member(ITSELF, "", "", 0, _NO_ID, spec.media_type, (), facts, "")


def _holds_rows(record: Record, columns: Columns) -> bool:
    """Tell whether members of a list in a record say of themselves what it would be asked for."""
    paths = [path for name, path in columns.facts if name in {ACCESS, TENANT}]
    lists = [value for value in record.values() if isinstance(value, list)]
    members = (one for value in lists for one in value if isinstance(one, Mapping))
    return any(stated(one, path) is not None for one in members for path in paths)


def _name(member: Member) -> str:
    """Return what tells a member from the others of its container, where no path does."""
    if member.key or member.path:
        return member.key
    return f"#{member.number}" if member.problem else f"#{member.version.hex()[:12]}"


def _member(number: int, found: Found, reading: _Reading) -> Member:
    media_type = found.media_type or detect(found.data, found.path)
    is_record = media_type == JSON and not found.path
    record = _loaded(found.data) if is_record and not found.problem else {}
    return Member(
        number=number,
        path=found.path,
        key=found.key,
        size=len(found.data),
        version=_NO_ID if found.problem else version(reading.key, found.data),
        media_type=RECORD if is_record else media_type,
        labels=_labels(record, reading.columns.labels or _USUAL_LABELS),
        facts=_own_facts(record, reading.columns, table=reading.table)
        if is_record
        else _sidecar_facts(found),
        problem=found.problem,
        twin=found.twin,
    )


def _sidecar_facts(found: Found) -> tuple[Label, ...]:
    """Return what a sidecar says of the members beside it."""
    called = found.twin or found.path
    return told(called, found.data, problem=found.problem) if called else ()


def _labels(record: Record, names: Sequence[str]) -> tuple[Label, ...]:
    """Return the labels of a record; several at one path are joined by commas."""
    values: dict[str, str] = {}
    for name, value in record_labels(record, dict.fromkeys(names)):
        values[name] = f"{values[name]},{value}" if name in values else value
    return tuple(Label(name, value) for name, value in values.items())


def _own_facts(record: Record, columns: Columns, *, table: bool) -> tuple[Label, ...]:
    """Return what a record says of itself; access and tenant also where it says nothing."""
    return tuple(
        Label(name, text)
        for name, path in columns.facts
        for text in _fact(name, _stated(record, name, path, table=table), table=table)
    )


def _stated(record: Record, name: str, path: str, *, table: bool) -> object:
    """Return what a record states; who may read it only where it stands once and in its place."""
    unsure = is_ambiguous(record, path) or (table and SURPLUS in record)
    return _TWICE if unsure and name in {ACCESS, TENANT} else stated(record, path)


def _fact(name: str, value: object, *, table: bool) -> tuple[str, ...]:
    twice = table and isinstance(value, list)
    if name == ACCESS:
        return ("", *(() if twice else readers_in(value)))
    texts = texts_of(value)
    if name == TENANT:
        return ("".join(texts) if len(texts) == 1 else "",)
    if name in _DATES:
        return tuple(filter(None, (date_of(value),)))
    return (",".join(texts),) if texts else ()


def _loaded(data: bytes) -> Record:
    """Return a record; a key that stands twice has a value that nothing understands."""
    try:
        record = json.loads(data, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, Mapping) else {}


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        found |= {key: _TWICE for key, count in counts.items() if count > 1}
    return found
