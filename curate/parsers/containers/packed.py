"""Members of packed streams: a tar in or without a packing, or the one file that was packed."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from curate.parsers.containers.inflate import Metered, unpacked
from curate.parsers.containers.member import Member, failed
from curate.parsers.containers.tars import is_tar, tar_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.containers.member import Intake

_BLOCK = 512
_SUFFIXES = (".gz", ".bz2", ".xz", ".lzma", ".zst")
_FLAGS = struct.Struct("<3sB6x")
_EXTRA, _NAME = 4, 8
_LONGEST_NAME = 4096


def packed_members(
    stream: BinaryIO, packing: str, intake: Intake, *, name: str = ""
) -> Iterator[Member]:
    """Yield the files of a tar or the one file of a packed stream.

    Args:
        stream: The stored bytes.
        packing: gz, bz2, xz, zst, or nothing for a bare tar.
        intake: Counts what is inflated and names the members.
        name: The stream's own file name.

    Raises:
        DocumentError: `corrupt`, `bomb`, `unsupported`.
    """
    inflated = Metered(unpacked(stream, packing), intake, stream.tell)
    if is_tar(inflated.peek(_BLOCK)) or not packing:
        yield from tar_members(inflated, intake)
        return
    data = inflated.read(intake.limits.member + 1)
    path, problem, _ = intake.names.place(_stem(name) or _stored_name(stream))
    if len(data) > intake.limits.member:
        problem = problem or "too_large"
    yield failed(problem, path) if problem else Member(path, "", data)


def _stem(name: str) -> str:
    """Return a file's name without the suffix of its packing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    suffix = next((s for s in _SUFFIXES if last.lower().endswith(s)), "")
    return last[: -len(suffix)] if suffix else last


def _stored_name(stream: BinaryIO) -> str:
    """Return the name that a gzip header keeps, empty if it keeps none."""
    stream.seek(0)
    head = stream.read(_LONGEST_NAME)
    if len(head) < _FLAGS.size or head[:2] != b"\x1f\x8b":
        return ""
    flags, at = head[3], _FLAGS.size
    if flags & _EXTRA:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    if not flags & _NAME:
        return ""
    return head[at:].partition(b"\0")[0].decode("latin-1").rpartition("/")[2]
