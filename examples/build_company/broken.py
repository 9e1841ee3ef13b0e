"""Files that are not what they seem: cut off, locked, mislabelled, hostile archives."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from .write_docx import write_docx
from .write_pdf import write_pdf
from .zips import info, pack

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Paper

_KEPT: Final = {"incoming/goods-in-2026-03.pdf": 0.6, "incoming/amendment-draft.docx": 0.5}
_LOCKED: Final = "incoming/statement-march.pdf"
_MEGABYTE: Final = 1 << 20
_BOMB_MEGABYTES: Final = 1100
_SUPPLIER: Final = (
    (
        "papers/certificate-seals.txt",
        "Vedra Seals, Porto: batch 4090-22/26-01, 76 Shore A, passed.\n",
    ),
    ("papers/delivery-times.csv", "part,weeks\n7015-22,5\n5350-44,9\n5350-02,14\n"),
    ("../../evil.txt", "This line must never be written outside the folder.\n"),
)


def is_broken(path: str) -> bool:
    """Tell whether a paper is to be written unreadable."""
    return path == _LOCKED or path in _KEPT


def write_broken_paper(paper: Paper, path: Path) -> None:
    """Write a paper locked or cut off."""
    target = paper.targets[0]
    if target.path == _LOCKED:
        write_pdf(paper, target, path, password="brass-lantern-41")  # noqa: S106 (nobody needs it)
        return
    (write_pdf if path.suffix == ".pdf" else write_docx)(paper, target, path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * _KEPT[target.path])])


def write_hostile(root: Path) -> None:
    """Write the files that no text stands behind."""
    incoming = root / "incoming"
    (incoming / "notes.txt").write_bytes(b"")
    (incoming / "site-photo.pdf").write_bytes(_picture())
    (incoming / "dump.txt").write_bytes(random.Random("dump").randbytes(6000))  # noqa: S311
    (incoming / "supplier-papers.zip").write_bytes(
        pack((name, text.encode()) for name, text in _SUPPLIER)
    )
    readme = b"Traces of the climate chamber, one archive for each year. Unit: 0.1 degrees.\n"
    (incoming / "device-logs.zip").write_bytes(
        pack((("README.txt", readme), ("trace-2025.zip", _bomb())))
    )


def _picture() -> bytes:
    """Return a small grey PNG with a diagonal."""
    size = 64
    rows = (bytes([0, *(255 if x == y else 128 for x in range(size))]) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _bomb() -> bytes:
    """Return a ZIP of about a megabyte whose only member is 1.1 GB of zeros."""
    buffer, block = io.BytesIO(), bytes(_MEGABYTE)
    with (
        zipfile.ZipFile(buffer, "w") as archive,
        archive.open(info("trace-2025.log"), "w", force_zip64=True) as member,
    ):
        for _ in range(_BOMB_MEGABYTES):
            member.write(block)
    return buffer.getvalue()
