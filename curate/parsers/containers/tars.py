"""Members of a tar stream, block by block, so that its own headers cannot ask for memory either."""

from __future__ import annotations

import re
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.containers.member import Member, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.containers.inflate import Metered
    from curate.parsers.containers.member import Intake

_BLOCK = 512
_LONGEST_HEADER = 1024 * 1024
_STEP = 1024 * 1024
_FILES = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE})
_LINKS = frozenset({tarfile.LNKTYPE, tarfile.SYMTYPE})
_SPECIAL = frozenset({tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE})
_EMPTY = _SPECIAL | {tarfile.SYMTYPE}  # nothing follows their headers, whatever size they name
_EXTENSIONS = frozenset(
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE}
)
_PAX = re.compile(rb"(\d{1,20}) ([^=]+)=")
_MOST_DIGITS = 18


@dataclass(slots=True)
class _Pending:
    """What extension headers say about the next member."""

    name: str = ""
    size: int | None = None


def is_tar(head: bytes) -> bool:
    """Tell whether a stream that begins so is a tar."""
    if len(head) < _BLOCK:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def tar_members(stream: Metered, intake: Intake) -> Iterator[Member]:
    """Yield the files of a tar in their order; damage ends it.

    Raises:
        DocumentError: `corrupt`, `bomb`.
    """
    pending = _Pending()
    while (info := _header(stream)) is not None:
        if info.type in _EXTENSIONS:
            _extend(pending, info, stream)
            continue
        size = info.size if pending.size is None else pending.size
        if info.isdir():
            _skip(stream, size)
        else:
            name = pending.name or _text(info.name)
            path, problem, twin = intake.names.place(name)
            problem = problem or _refusal(info, size, intake.limits.member)
            if problem:
                _skip(stream, 0 if info.type in _EMPTY else size)
            yield (
                failed(problem, path, twin)
                if problem
                else Member(path, "", _read(stream, size), twin=twin)
            )
        pending = _Pending()


def _refusal(info: tarfile.TarInfo, size: int, most: int) -> str:
    """Return why a member is not read, empty if it is."""
    if info.type in _LINKS:
        return "link"
    if info.type in _SPECIAL:
        return "special_file"
    if info.type not in _FILES:
        return "unsupported"
    return "too_large" if size > most else ""


def _header(stream: Metered) -> tarfile.TarInfo | None:
    """Return the next header, None at the end of the archive.

    A block of zeros marks it. Only zeros may follow, or another archive that was put behind it: what
    is neither may hide files, and what they say of those before them.
    """
    block = stream.read(_BLOCK)
    if not block:
        raise DocumentError("corrupt")
    if not block.strip(b"\0"):
        block = _behind_zeros(stream)
        if not block:
            return None
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise DocumentError("corrupt") from error
    if info.size < 0:
        raise DocumentError("corrupt")
    if info.type == tarfile.GNUTYPE_SPARSE:
        more = block[482]
        while more:
            more = _read_block(stream)[504]
    return info


def _behind_zeros(stream: Metered) -> bytes:
    """Return the next block that holds anything, empty if there is none."""
    while block := stream.read(_BLOCK):
        if block.strip(b"\0"):
            return block
    if stream.trailing:
        raise DocumentError("corrupt")
    return b""


def _read_block(stream: Metered) -> bytes:
    block = stream.read(_BLOCK)
    if len(block) < _BLOCK:
        raise DocumentError("corrupt")
    return block


def _extend(pending: _Pending, info: tarfile.TarInfo, stream: Metered) -> None:
    if info.size > _LONGEST_HEADER:
        raise DocumentError("corrupt")
    data = _read(stream, info.size)
    if info.type == tarfile.GNUTYPE_LONGNAME:
        pending.name = _decoded(data.rstrip(b"\0"))
    elif info.type == tarfile.XHDTYPE:
        for name, value in _pax(data):
            if name == b"path":
                pending.name = _decoded(value)
            elif name == b"size" and value.isdigit() and len(value) <= _MOST_DIGITS:
                pending.size = int(value)


def _pax(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while match := _PAX.match(data, at):
        end = at + int(match[1])
        if end <= match.end() or end > len(data):
            return
        yield match[2], data[match.end() : end - 1]
        at = end


def _read(stream: Metered, size: int) -> bytes:
    data = stream.read(size)
    padding = -size % _BLOCK
    if len(data) < size or len(stream.read(padding)) < padding:
        raise DocumentError("corrupt")
    return data


def _skip(stream: Metered, size: int) -> None:
    left = size + -size % _BLOCK
    while left:
        skipped = len(stream.read(min(left, _STEP)))
        if not skipped:
            raise DocumentError("corrupt")
        left -= skipped


def _text(name: str) -> str:
    return _decoded(name.encode("utf-8", "surrogateescape"))


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp1252", "replace")
