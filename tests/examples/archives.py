"""Archives by what they hold, for comparing those that another zlib packed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def packed(path: Path) -> list[tuple[str, int]]:
    """Return the members of an archive by name and check sum."""
    with zipfile.ZipFile(path) as archive:
        return [(one.filename, _content(archive, one)) for one in archive.infolist()]


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return a member's check sum; of an archive in the archive, that of what it holds."""
    if not member.filename.endswith(".zip"):
        return member.CRC
    with archive.open(member) as inner, zipfile.ZipFile(io.BytesIO(inner.read())) as nested:
        return sum(one.CRC for one in nested.infolist())
