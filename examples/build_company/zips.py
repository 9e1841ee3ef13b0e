"""Zip and tar files with fixed times and order, so that two builds give the same bytes."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOMENT: Final = (2026, 3, 2, 8, 0, 0)
_STAMP: Final = 1772438400  # the same moment, 2026-03-02 08:00 UTC
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def info(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return a member's header with the fixed moment."""
    header = zipfile.ZipInfo(name, date_time=MOMENT)
    header.compress_type = compression
    header.external_attr = 0o644 << 16
    return header


def pack(members: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """Zip members in the order given; those in `stored` are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info(name, kind), data)
    return buffer.getvalue()


def settle(path: Path) -> None:
    """Rewrite an office file in place without the moment of its writing."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    path.write_bytes(pack((name, _settled(name, data)) for name, data in members))


def _settled(name: str, data: bytes) -> bytes:
    if name != "docProps/core.xml":
        return data
    return _MODIFIED.sub(rb"\g<1>2026-03-02T08:00:00Z\g<2>", data)


def pack_tar(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Write a gzipped tar file with the fixed moment."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            header = tarfile.TarInfo(name)
            header.size, header.mtime, header.mode = len(data), _STAMP, 0o644
            archive.addfile(header, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), mtime=_STAMP)
