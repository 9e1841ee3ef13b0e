"""Split: one container to its records, by number and digest; their bytes are opened again when parsed.

What a record says of itself (labels, access, owner, dates) is read here, since it is metadata:
parsing depends on the record's bytes alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from curate import ids
from curate.errors import DocumentError
from curate.parsers.containers import Member as Found
from curate.parsers.containers import is_container
from curate.parsers.detect import detect
from curate.parsers.readers import RECORD
from curate.parsers.records import Shape, load_record, record_labels
from curate.sources.inside import told
from curate.stage import stage
from curate.stages.chunk import IdKey
from curate.stages.list import version
from curate.stages.opening import Opener, Spec
from curate.tables.sources import Label, Member

JSON = "application/json"
MAILS = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
_NO_ID = bytes(ids.ID_BYTES)
_USUAL_LABELS = ("category", "issuetype", "issue_type", "queue", "topic", "document_type")


@dataclass(frozen=True, slots=True)
class Columns:
    """What of a record is metadata: paths of labels (none: the usual ones), and of other facts."""

    labels: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def may_hold(media_type: str, *, shaped: bool) -> bool:
    """Tell whether something of a media type may be a container; JSON is only known by reading it."""
    shape = Shape("any") if shaped else None
    return media_type in {JSON, *MAILS} or is_container(b"", media_type, shape=shape)


@stage(version=3, grain="record")
def split(
    spec: Spec, shape: Shape, columns: Columns, *, opener: Opener, ids_key: IdKey
) -> Iterator[Member]:
    """Yield a container's members; each that cannot be read has its reason."""
    own_shape = shape if shape.name else None
    if spec.media_type == JSON and not is_container(opener.source(spec), JSON, shape=own_shape):
        return
    seen: Counter[str] = Counter()
    for number, found in enumerate(opener.members(spec, own_shape)):
        member = _member(number, found, columns, ids_key.key)
        name = _name(member)
        seen[member.path + name] += 1
        times = seen[member.path + name]
        yield replace(member, key=name if times == 1 else f"{name}~{times}")


def _name(member: Member) -> str:
    """Return what tells a member from the others of its container, where no path does."""
    if member.key or member.path:
        return member.key
    return f"#{member.number}" if member.problem else f"#{member.version.hex()[:12]}"


def _member(number: int, found: Found, columns: Columns, key: bytes) -> Member:
    media_type = found.media_type or detect(found.data, found.path)
    record = media_type == JSON and not found.path
    said = _said(found.data, columns) if record and not found.problem else {}
    facts = _own_facts(said, columns) if record else _sidecar_facts(found)
    names = columns.labels or _USUAL_LABELS
    return Member(
        number=number,
        path=found.path,
        key=found.key,
        size=len(found.data),
        version=_NO_ID if found.problem else version(key, found.data),
        media_type=RECORD if record else media_type,
        labels=tuple(Label(name, value) for name, value in said.items() if name in names),
        facts=facts,
        problem=found.problem,
    )


def _sidecar_facts(found: Found) -> tuple[Label, ...]:
    """Return what a sidecar says of the members beside it."""
    return told(found.path, found.data, problem=found.problem) if found.path else ()


def _own_facts(said: Mapping[str, str], columns: Columns) -> tuple[Label, ...]:
    """Return what a record says of itself; one that leaves its access blank is for nobody."""
    stated = {name: said[path] for name, path in columns.facts if path in said}
    blank = {name: "" for name, _ in columns.facts if name == "access"}
    return tuple(Label(name, value) for name, value in (blank | stated).items())


def _said(data: bytes, columns: Columns) -> Mapping[str, str]:
    """Return the values of a record that are metadata; several at one path are joined by commas."""
    try:
        record = load_record(data)
    except DocumentError:
        return {}
    names = (*(columns.labels or _USUAL_LABELS), *(path for _, path in columns.facts))
    values: dict[str, str] = {}
    for name, value in record_labels(record, dict.fromkeys(names)):
        values[name] = f"{values[name]},{value}" if name in values else value
    return values
