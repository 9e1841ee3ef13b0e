"""Small office files made by hand, for what the usual writers do not write."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from curate.parsers.blob import Blob

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.tables.parsed import Element, Kind, Parsed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMES = "".join(
    f' xmlns:{short}="{_ODF}{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        ("meta", "meta"), ("presentation", "presentation"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)  # fmt: skip


def blob(data: bytes, name: str = "a.docx") -> Blob:
    return Blob(data, name, "")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def relations(*found: tuple[str, str, str]) -> str:
    """Write relations given as id, kind and target; targets with :// are external."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{_RELS}">{lines}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """Make a Word document of body XML; further parts by name (`numbering`, `styles`, ...)."""
    known = [(f"r_{name}", name.rstrip("0123456789"), f"{name}.xml") for name in sorted(parts)]
    content: dict[str, str | bytes] = {
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_R}">'
        f"<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            *known, ("link", "hyperlink", "https://a.example/x")
        ),
    }
    for name, inner in parts.items():
        content[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}" xmlns:r="{_R}">{inner}</w:{name}>'
    return zipped(content)


def open_document(kind: str, body: str, *, styles: str = "", automatic: str = "") -> bytes:
    """Make an OpenDocument file of the XML of its body."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content{ODF_NAMES}>"
            f"<office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            f"</office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles{ODF_NAMES}>{styles}</office:document-styles>",
        }
    )


def shown(parsed: Parsed, element: Element) -> str:
    return parsed.text[element.start : element.end]


def of_kind(parsed: Parsed, kind: Kind, detail: str = "") -> list[str]:
    """Return the texts of all elements of a kind, and of a detail if given."""
    return [
        shown(parsed, element)
        for element in parsed.elements
        if element.kind is kind and (not detail or element.detail == detail)
    ]


def values(parsed: Parsed, name: str) -> list[str]:
    return [field.value for field in parsed.fields if field.name == name]


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Make an OLE2 file whose root holds streams, each long enough for sectors of its own."""
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    table, body, entries = [0xFFFFFFFD], b"", [_entry("Root Entry", kind=5, child=1)]
    for number, (name, data) in enumerate(padded.items(), 1):
        sectors = -(-len(data) // 512)
        start = len(table)
        table += [*range(start + 1, start + sectors), 0xFFFFFFFE]
        body += data.ljust(sectors * 512, b"\x00")
        right = number + 1 if number < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, start=start, size=len(data), right=right))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\x00")
    first = len(table)
    table += [*range(first + 1, first + len(directory) // 512), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header += b"\xff" * (512 - len(header))
    return header + struct.pack("<128I", *table) + body + directory


def _entry(
    name: str,
    *,
    kind: int = 2,
    child: int = 0xFFFFFFFF,
    right: int = 0xFFFFFFFF,
    start: int = 0xFFFFFFFE,
    size: int = 0,
) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return raw.ljust(64, b"\x00") + struct.pack(
        "<HBBIII36xIQ", len(raw), kind, 1, 0xFFFFFFFF, right, child, start, size
    )


def doc(text: str) -> bytes:
    """Make a Word 97 document of one piece of text without looks."""
    signs = text.encode("utf-16-le")
    main = bytearray(0x400) + signs
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<i", main, 0x4C, len(signs) // 2)
    pieces = struct.pack("<II", 0, len(signs) // 2) + struct.pack("<HIH", 0, 0x400, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "0Table": clx})
