"""A share of files that mean harm, or are what they do not seem, each made from nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import tarfile
import zipfile
from typing import TYPE_CHECKING

from curate.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "The valve closes after nine seconds, and the green lamp shows that the line is dry."
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write_hostile_share(folder: Path) -> None:
    """Write the share into a new folder."""
    folder.mkdir(parents=True)
    _plain(folder)
    _broken(folder)
    _archives(folder)
    _deep(folder)
    _places(folder)


def _plain(folder: Path) -> None:
    (folder / "good.md").write_text(f"# How does the valve close?\n\n{SENTENCE}\n")
    (folder / "good.csv").write_text("part,price\nseal,4.20\nspring,1.10\n")


def _broken(folder: Path) -> None:
    for suffix in ("pdf", "docx", "xlsx", "pptx", "odt", "epub", "msg", "rtf", "doc", "xls", "zip"):
        (folder / f"garbage.{suffix}").write_bytes(bytes(range(1, 256)) * 20)
        (folder / f"empty.{suffix}").write_bytes(b"")
    word = _docx(SENTENCE)
    (folder / "truncated.docx").write_bytes(word[: len(word) // 2])
    (folder / "headless.docx").write_bytes(word[10:])
    (folder / "truncated.pdf").write_bytes(
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n"
    )
    (folder / "truncated.json").write_text('[{"id": 1, "subject": "a", "body": "b"}, {"id": 2,')
    (folder / "truncated.gz").write_bytes(gzip.compress(SENTENCE.encode() * 50)[:-30])
    (folder / "picture.docx").write_bytes(_PNG)
    (folder / "picture.txt").write_bytes(_PNG * 50)
    (folder / "page.pdf").write_text(f"<html><body><p>{SENTENCE}</p></body></html>")
    (folder / "word.txt").write_bytes(word)
    (folder / "old.doc").write_bytes(_OLE + b"\xff" * 4000)
    (folder / "locked.zip").write_bytes(_locked(_zip({"a.txt": SENTENCE.encode()})))
    (folder / "locked.docx").write_bytes(_locked(word))
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 400)
    (folder / "nulls.txt").write_bytes(b"\0" * 100_000)
    (folder / "half-surrogate.json").write_text(
        '{"id": "1", "title": "\\ud800", "body": "\\udfff x"}'
    )
    lines = '{"id": "7", "body": "one two"}\n{"id": "7", "body": "three"}\nno json\n{"id": "8"\n'
    (folder / "records.jsonl").write_text(lines)


def _archives(folder: Path) -> None:
    zeros = bytes(64 << 20)
    (folder / "ratio.zip").write_bytes(_zip({"zeros.txt": zeros, "after.txt": SENTENCE.encode()}))
    (folder / "zeros.txt.gz").write_bytes(gzip.compress(zeros, 1))
    nested = _zip({"inner.txt": SENTENCE.encode()})
    for _ in range(30):
        nested = _zip({"in.zip": nested})
    (folder / "nested.zip").write_bytes(nested)
    climbing = {
        "../../climbed.txt": SENTENCE.encode(),
        "/tmp/climbed-absolute.txt": SENTENCE.encode(),  # noqa: S108 - the attack under test
        "..\\climbed-windows.txt": SENTENCE.encode(),
        "fine.txt": SENTENCE.encode(),
    }
    (folder / "climbing.zip").write_bytes(_zip(climbing))
    (folder / "twice.zip").write_bytes(_twice())
    (folder / "climbing.tar.gz").write_bytes(_tar())
    many = {f"{number}.txt": b"x" for number in range(3000)}
    (folder / "many.zip").write_bytes(_zip(many))


def _deep(folder: Path) -> None:
    depth = 50_000
    (folder / "deep.html").write_text("<div>" * depth + SENTENCE + "</div>" * depth)
    (folder / "deep.json").write_text("[" * depth + "]" * depth)
    (folder / "deep.xml").write_text("<a>" * depth + SENTENCE + "</a>" * depth)
    (folder / "deep.md").write_text(">" * depth + " " + SENTENCE + "\n\n" + "- " * 2000 + "x\n")
    (folder / "deep.rtf").write_text("{\\rtf1 " + "{" * depth + SENTENCE + "}" * depth + "}")
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    (folder / "laughs.xml").write_text(f"<!DOCTYPE a [{entities}]><a>&l11;</a>")
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    (folder / "outside.xml").write_text(outside)
    remote = '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a>text of the page</a>'
    (folder / "remote.xml").write_text(remote)
    images = (
        '<img src="http://192.0.2.1/x.png"><link rel="stylesheet" href="http://192.0.2.1/x.css">'
    )
    (folder / "remote.html").write_text(f"<html><body>{images}<p>{SENTENCE}</p></body></html>")
    front = "---\na: &a [x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 8)}]\n" for n in range(9)
    )
    (folder / "aliases.md").write_text(f"{front}---\n\n# Title\n\n{SENTENCE}\n")
    (folder / "one-line.txt").write_text("a" * 3_000_000)
    (folder / "wide.csv").write_text(",".join(["x"] * 40_000) + "\n" + ",".join(["1"] * 40_000))


def _places(folder: Path) -> None:
    (folder / "loop").mkdir()
    (folder / "loop/round").symlink_to(folder / "loop", target_is_directory=True)
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc", target_is_directory=True)
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as door:
        here = os.open(folder, os.O_RDONLY)
        door.bind(f"/proc/self/fd/{here}/door.txt")
        os.close(here)
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - the name is bytes
        file.write(SENTENCE)
    (folder / "caf\\xe9.txt").write_text(SENTENCE)  # as the one before is shown
    (folder / "new\nline.txt").write_text(SENTENCE)
    (folder / "-rf.txt").write_text(SENTENCE)
    (folder / "e\u0301.txt").write_text(SENTENCE)
    (folder / "\u00e9.txt").write_text(SENTENCE)
    (folder / ("long" * 60 + ".txt")).write_text(SENTENCE)
    place = folder / "deep"
    for _ in range(60):
        place = place / "folder-of-a-folder"
    place.mkdir(parents=True)
    (place / "bottom.txt").write_text(SENTENCE)
    Workspace(folder / "other-workspace").make()
    (folder / "other-workspace/private.txt").write_text("never to be read")


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _twice() -> bytes:
    """Return an archive that holds one name twice."""
    one, other = b"the first of two members", b"the other of two members"
    return _zip({"same.txt": one, "sama.txt": other}).replace(b"sama.txt", b"same.txt")


def _locked(archive: bytes) -> bytes:
    """Return a ZIP whose members all say that they are encrypted."""
    data = bytearray(archive)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, kind, link in (
            ("../climbed-tar.txt", tarfile.REGTYPE, ""),
            ("link.txt", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard.txt", tarfile.LNKTYPE, "/etc/passwd"),
            ("device", tarfile.CHRTYPE, ""),
            ("fine.txt", tarfile.REGTYPE, ""),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, link
            data = SENTENCE.encode() if kind == tarfile.REGTYPE else b""
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def _docx(text: str) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": body}
    return _zip({name: part.encode() for name, part in parts.items()})


def pipeline(share: Path, *, cpu_seconds: float, memory_mb: int) -> str:
    """Return a pipeline file for the share with limits."""
    limits = {"cpu_seconds": cpu_seconds, "wall_seconds": 120, "memory_mb": memory_mb}
    source = {"path": str(share), "name": "hostile"}
    return json.dumps({"name": "hostile", "sources": [source], "limits": limits})
