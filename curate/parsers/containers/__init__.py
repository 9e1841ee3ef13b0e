"""Containers: what archives, mailboxes, record files and mails hold, member by member.

`members` streams a container in its own order and writes nothing to disk. What cannot be read comes
out as well, as a member with a reason code in `problem`, so that nothing vanishes:

`climbs_out` (absolute or .. path), `link`, `special_file` (a device or a pipe),
`system_file` (.DS_Store and its like),
`inline_image` (shown in the mail's text), `name_too_long`, `not_utf8_name`, `encrypted`, `corrupt`,
`bomb`, `too_large`, `too_many`, `too_deep`, `unsupported`, `empty`, `bad_json`, `not_a_record`. One
with neither path nor key is about the container itself: an archive was then not read to its end.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from curate.parsers.containers.member import ContainerLimits, Intake, Member, bounded, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.records import Shape

__all__ = ["ContainerLimits", "Member", "contents", "is_container", "members"]

_ZIP = frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip"})
_TAR = frozenset({"application/x-tar", "application/x-gtar", "application/tar"})
_PACKED = {
    "application/gzip": "gz",
    "application/x-gzip": "gz",
    "application/x-compressed-tar": "gz",
    "application/x-tgz": "gz",
    "application/x-bzip2": "bz2",
    "application/x-bzip": "bz2",
    "application/x-bzip-compressed-tar": "bz2",
    "application/x-bzip2-compressed-tar": "bz2",
    "application/x-xz": "xz",
    "application/x-lzma": "xz",
    "application/x-xz-compressed-tar": "xz",
    "application/zstd": "zst",
    "application/x-zstd": "zst",
    "application/x-zstd-compressed-tar": "zst",
}
_UNSUPPORTED = frozenset(
    {
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/x-rar-compressed",
        "application/x-rar",
    }
)
_MBOX = frozenset({"application/mbox", "application/x-mbox"})
_LINES = frozenset(
    {
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/jsonlines",
        "application/json-lines",
    }
)
_JSON = frozenset({"application/json", "text/json"})
_MAIL = "message/rfc822"
_OUTLOOK = "application/vnd.ms-outlook"
_TABLES = frozenset(
    {
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)
_ROWS = frozenset({"text/csv", "text/tab-separated-values"})
_HEAD = 65_536
_ALWAYS = frozenset({*_ZIP, *_TAR, *_PACKED, *_UNSUPPORTED, *_MBOX, *_LINES})
DEFAULT_LIMITS = ContainerLimits()


def is_container(
    source: bytes | Path | BinaryIO, media_type: str, *, shape: Shape | None = None
) -> bool:
    """Tell whether a file holds records instead of being one.

    Tables do where a shape is given, and CSV files also where their columns are those of tickets.

    Mails are documents that have members as well, and count as documents here.
    """
    kind = media_type.lower()
    if kind in _JSON:
        from curate.parsers.containers.layout import holds_records

        with _opened(source) as stream:
            return holds_records(stream, DEFAULT_LIMITS)
    if kind in _ROWS and shape is None:
        with _opened(source) as stream:
            return _shape_of_rows(stream, kind) is not None
    return kind in _ALWAYS or (kind in _TABLES and shape is not None)


def _shape_of_rows(stream: BinaryIO, kind: str) -> Shape | None:
    """Return the shape of a table's rows, where the names of its columns tell."""
    from curate.parsers.records.heads import shape_of_head
    from curate.parsers.records.rows import names_of

    head = stream.read(_HEAD)
    stream.seek(0)
    return shape_of_head(names_of(head, kind))


def members(
    source: bytes | Path | BinaryIO,
    media_type: str,
    *,
    limits: ContainerLimits = DEFAULT_LIMITS,
    shape: Shape | None = None,
    name: str = "",
    depth: int = 0,
) -> Iterator[Member]:
    """Yield the members of a container in its own order.

    Args:
        source: Its bytes, its path, or a seekable stream.
        media_type: What it is; a type that is no container's yields `unsupported`.
        limits: How much it may hold.
        shape: The shape of its records, for their keys and for tables.
        name: Its file name, after which the one member of a packed file is called.
        depth: In how many containers it lies itself.
    """
    yield from _streamed(source, media_type, _Job(limits, shape, name, depth))


def is_named_by_file(media_type: str) -> bool:
    """Tell whether what lies in a container is called after the container's own file."""
    return media_type.lower() in _PACKED


def contents(
    source: bytes | Path | BinaryIO,
    media_type: str,
    *,
    limits: ContainerLimits = DEFAULT_LIMITS,
    shape: Shape | None = None,
    depth: int = 0,
) -> Iterator[Member]:
    """Yield as many members as `members`, for their data alone: lines come unread, without keys."""
    yield from _streamed(source, media_type, _Job(limits, shape, "", depth, keyed=False))


def _streamed(source: bytes | Path | BinaryIO, media_type: str, job: _Job) -> Iterator[Member]:
    if job.depth >= job.limits.depth:
        yield failed("too_deep")
        return
    with _opened(source) as stream:
        yield from bounded(_members(stream, media_type.lower(), job), job.limits)


"""+"""


@dataclass(frozen=True, slots=True)
class _Job:
    limits: ContainerLimits
    shape: Shape | None
    name: str
    depth: int
    keyed: bool = True


@contextmanager
def _opened(source: bytes | Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        yield source


def _members(stream: BinaryIO, kind: str, job: _Job) -> Iterator[Member]:
    if kind in _ZIP:
        from curate.parsers.containers.zips import zip_members

        return zip_members(stream, Intake(job.limits))
    if kind in _TAR or kind in _PACKED:
        from curate.parsers.containers.packed import packed_members

        return packed_members(stream, _PACKED.get(kind, ""), Intake(job.limits), name=job.name)
    if kind in _MBOX:
        from curate.parsers.containers.mbox import mbox_members

        return mbox_members(stream, job.limits)
    if kind in {_MAIL, _OUTLOOK}:
        return _mail_members(stream, kind, job)
    return _record_members(stream, kind, job)


def _record_members(stream: BinaryIO, kind: str, job: _Job) -> Iterator[Member]:
    from curate.parsers.blob import Blob
    from curate.parsers.containers.records import (
        array_members,
        bare_lines,
        line_members,
        row_members,
    )

    if kind in _LINES and not job.keyed:
        return bare_lines(stream, job.limits)
    if kind in _LINES:
        return line_members(stream, job.limits, job.shape)
    if kind in _JSON:
        return array_members(stream, job.limits, job.shape)
    shape = job.shape
    if shape is None and kind in _ROWS:
        shape = _shape_of_rows(stream, kind)
    if kind in _TABLES and shape is not None:
        data = stream.read(job.limits.member + 1)
        if len(data) > job.limits.member:
            return iter([failed("too_large")])
        return row_members(Blob(data, job.name, kind), job.limits, shape)
    return iter([failed("unsupported")])


def _mail_members(stream: BinaryIO, kind: str, job: _Job) -> Iterator[Member]:
    from curate.parsers.containers.mails import attachment_members
    from curate.parsers.mail import eml_attachments, msg_attachments

    data = stream.read(job.limits.member + 1)
    if len(data) > job.limits.member:
        return iter([failed("too_large")])
    attachments = eml_attachments(data) if kind == _MAIL else msg_attachments(data)
    return attachment_members(attachments, job.limits)
