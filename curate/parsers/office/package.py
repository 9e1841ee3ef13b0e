"""The parts of a zipped (or flat) office document, opened without trusting a byte of it.

OOXML and OpenDocument files are zip archives of XML; Word can also write one flat XML file that
holds the same parts. `Package` gives both the same face: parts by name, XML roots, relationships.
It counts what it inflates, so that a bomb stops at a limit, and it expands no entities.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from curate.errors import DocumentError
from curate.parsers.office.encryption import decrypted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MOST_INFLATED = 512 << 20  # bytes of one document, all parts together
MOST_XML = 192 << 20  # bytes of one part that becomes a tree, which takes some six times as much
_DEFLATE_AT_MOST = 1032  # to one
_HUGE = 8 << 20  # below, libxml2's own limits hold
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
    KeyError,
)
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_FLAT = b"http://schemas.microsoft.com/office/2006/xmlPackage"
# Files of the strict variant of the standard differ in their namespaces alone.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/customProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    ),
)
_STRICT_MAIN = re.compile(
    rb"http://purl\.oclc\.org/ooxml/"
    rb"(wordprocessingml|spreadsheetml|presentationml|drawingml)/(\w+)"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: a part's name, or an outside address as written."""

    kind: str  # the last word of its type: hyperlink, header, chart
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts of one document.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `too_large` (inflates beyond the limits) or
            `xml_entities`.
    """

    _archive: zipfile.ZipFile | None
    _flat: dict[str, etree._Element] = field(default_factory=dict)
    _inflated: int = 0
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the names of all parts, sorted."""
        if self._archive is None:
            return sorted(self._flat)
        return sorted(set(self._archive.namelist()))

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        if self._archive is None:
            return name in self._flat
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; empty if there is none."""
        if not self.has(name):
            return b""
        if self._archive is None:
            return _flat_bytes(self._flat[name])
        try:
            with self._archive.open(name) as part:
                data = part.read(MOST_INFLATED - self._inflated + 1)
        except _BROKEN as error:
            raise DocumentError("corrupt") from error
        self._inflated += len(data)
        if self._inflated > MOST_INFLATED:
            raise DocumentError("too_large")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, or nothing if the part is missing or is no XML."""
        if self._archive is None:
            part = self._flat.get(name)
            return part if part is None or part.tag != _PKG + "binaryData" else None
        data = self.read(name)
        try:
            return parse_xml(data) if data else None
        except DocumentError as error:
            if error.code != "corrupt":
                raise
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their ids; those of the package for an empty name."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found = {}
        for node in root if root is not None else ():
            target = node.get("Target", "")
            external = node.get("TargetMode") == "External"
            kind = node.get("Type", "").rpartition("/")[2]
            if not external:
                target = _resolve(folder, target)
            found[node.get("Id", "")] = Relation(kind, target, external)
        return found

    def main(self) -> str:
        """Return the name of the document's main part, or nothing."""
        found = (r.target for r in self.relations("").values() if r.kind == "officeDocument")
        return next((target for target in found if self.has(target)), "")

    def guard(self) -> None:
        """Refuse a document that inflates beyond the limit, before other code inflates it."""
        entries = self._archive.infolist() if self._archive is not None else []
        if sum(entry.compress_size for entry in entries) * _DEFLATE_AT_MOST <= MOST_INFLATED:
            return
        if sum(entry.file_size for entry in entries) > MOST_INFLATED:
            raise DocumentError("too_large")
        for entry in entries:
            self._inflated += sum(len(chunk) for chunk in self._chunks(entry))
            if self._inflated > MOST_INFLATED:
                raise DocumentError("too_large")
        self._inflated = 0

    def _chunks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        if self._archive is None:
            return
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(1 << 20):
                    yield chunk
        except _BROKEN as error:
            raise DocumentError("corrupt") from error


def open_package(data: bytes) -> Package:
    """Open a document's zip archive or flat XML file."""
    if data.startswith(_OLE2):
        data = unlocked(data)
    if not data.startswith(b"PK") and _FLAT in data[:4096]:
        return Package(None, _flat_parts(parse_xml(data)))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise DocumentError("corrupt") from error
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise DocumentError("encrypted")
    return Package(archive)


def unlocked(data: bytes) -> bytes:
    """Return the document inside an encrypted one that Office opens without a password."""
    if _ENCRYPTED not in data:
        raise DocumentError("corrupt")
    try:
        return decrypted(data, parse_xml)
    except DocumentError as error:
        raise DocumentError("encrypted") from error


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML document, entities neither expanded nor fetched."""
    from lxml import etree

    if len(data) > MOST_XML:
        raise DocumentError("too_large")
    huge = len(data) > _HUGE and b"<!DOCTYPE" not in data and data.lstrip()[:5] == b"<?xml"
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=huge,
            remove_comments=True,
            remove_pis=True,
            recover=recover,
        )
        try:
            root = etree.fromstring(_transitional(data), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            _refuse_entities(root)
            return root
    raise DocumentError("corrupt")


def _refuse_entities(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[attr-defined]  # missing in the stubs
        raise DocumentError("xml_entities")


def _transitional(data: bytes) -> bytes:
    if b"http://purl.oclc.org/ooxml/" not in data:
        return data
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return _STRICT_MAIN.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)


def _flat_parts(root: etree._Element) -> dict[str, etree._Element]:
    found = {}
    for part in root.iterfind(_PKG + "part"):
        for content in part:
            inner = content if content.tag == _PKG + "binaryData" else next(iter(content), None)
            if inner is not None:
                found[part.get(_PKG + "name", "").lstrip("/")] = inner
    return found


def _flat_bytes(part: etree._Element) -> bytes:
    if part.tag != _PKG + "binaryData":
        return b""
    try:
        return b64decode(part.text or "")
    except ValueError as error:
        raise DocumentError("corrupt") from error


def _resolve(folder: str, target: str) -> str:
    name = unquote(target.partition("#")[0]) if "%" in target else target.partition("#")[0]
    if name.startswith("/"):
        return name[1:]
    return posixpath.normpath(posixpath.join(folder, name)) if name else ""
