"""Members of a zip file, read through its directory and inflated under a intake."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from curate.errors import DocumentError
from curate.parsers.containers.inflate import (
    bzipped,
    chunks,
    deflated,
    gather,
    lzma_zipped,
    stored,
)
from curate.parsers.containers.member import Member, failed
from curate.parsers.containers.zip_names import with_names_read_as_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.containers.member import Intake

_LOCAL = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_UTF8 = 0x800
_INFLATERS = {0: stored, 8: deflated, 12: bzipped, 14: lzma_zipped}
_BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
)
_UNIX = 3
_TYPE_BITS = 0o170000
_REGULAR = frozenset({0, 0o100000})
_SPECIAL = frozenset({0o010000, 0o020000, 0o060000, 0o140000})  # pipes, devices, sockets


def zip_members(stream: BinaryIO, intake: Intake) -> Iterator[Member]:
    """Yield the files of a zip in the order of its directory."""
    misnamed: frozenset[int] = frozenset()
    try:
        try:
            entries = zipfile.ZipFile(stream).infolist()
        except UnicodeDecodeError:
            stream, misnamed = with_names_read_as_bytes(stream)
            entries = zipfile.ZipFile(stream).infolist()
    except UnicodeDecodeError:
        yield failed("not_utf8_name")
        return
    except _BROKEN:
        yield failed("corrupt")
        return
    for number, entry in enumerate(entries):
        if number in misnamed:
            yield failed("not_utf8_name", intake.names.place(_name(entry))[0])
        elif not entry.filename.endswith("/"):  # asking the entry fails on a name of no letters
            yield _member(stream, entry, intake)


def _member(stream: BinaryIO, entry: zipfile.ZipInfo, intake: Intake) -> Member:
    path, problem, twin = intake.names.place(_name(entry))
    problem = problem or _refusal(entry, intake)
    if problem:
        return failed(problem, path, twin)
    try:
        return Member(path, "", _data(stream, entry, intake), twin=twin)
    except DocumentError as error:
        return failed(error.code, path, twin)


def _refusal(entry: zipfile.ZipInfo, intake: Intake) -> str:
    """Return why an entry is not even tried, empty if it is."""
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted"
    kind = entry.external_attr >> 16 & _TYPE_BITS if entry.create_system == _UNIX else 0
    if kind not in _REGULAR:
        return "special_file" if kind in _SPECIAL else "link"
    if entry.compress_type not in _INFLATERS:
        return "unsupported"
    if intake.total > intake.limits.expanded:
        return "bomb"
    return "too_large" if entry.file_size > intake.limits.member else ""


def _data(stream: BinaryIO, entry: zipfile.ZipInfo, intake: Intake) -> bytes:
    try:
        stream.seek(entry.header_offset)
        signature, name, extra = _LOCAL.unpack(stream.read(_LOCAL.size))
        stream.seek(name + extra, 1)
    except _BROKEN as error:
        raise DocumentError("corrupt") from error
    if signature != b"PK\x03\x04":
        raise DocumentError("corrupt")
    pieces = _INFLATERS[entry.compress_type](chunks(stream, entry.compress_size))
    data = gather(pieces, intake, packed=entry.compress_size)
    if zlib.crc32(data) != entry.CRC or len(data) != entry.file_size:
        raise DocumentError("corrupt")
    return data


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; without the UTF-8 flag it is UTF-8 if it can be, else cp437."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except ValueError:
        return name
