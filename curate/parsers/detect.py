"""What kind of document some bytes are: by content first, by name second.

A name says what its author meant, the content what a reader will meet: a DOCX that is a web page is
read as one, a picture called `.pdf` as none. Containers (zip, OLE2) are told apart by what lies
inside. Text is text until a sign says more; between formats that are all plain text (Markdown, CSV,
source code) the name decides.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from curate.parsers.ole import ole_type
from curate.parsers.signs import BY_SUFFIX, MAGIC, OCTETS, OPEN_DOCUMENT

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 65_536
_ZIP = "application/zip"
_TEXT = "text/plain"
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*|<!\[CDATA\[)*<(?:!doctype\s+html|html|head|body|meta|title|table"
    rb"|script|div|p|h1|style|center|font|span|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    rb"\s*(?:<\?xml\s|<!--.*?-->\s*<|<!DOCTYPE\s+(?!html)\w|<\w[\w.:-]*(?:\s+[\w:-]+\s*=\s*[\"']|>))",
    re.DOTALL,
)
_JSON = re.compile(rb"\s*[\[{]\s*(?:[\[{\"\d\]}tfn-]|$)")
_XHTML = re.compile(rb"<(?:\w+:)?html\b|<!doctype\s+html", re.IGNORECASE)
_MBOX = re.compile(rb"From \S+.*\d{4}\s*\r?\n[\w-]+:\s?")
_HEADER = re.compile(rb"([A-Za-z][\w-]*):[ \t]")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date message-id mime-version received return-path delivered-to sender "
    b"content-type content-transfer-encoding x-mailer reply-to in-reply-to references "
    b"dkim-signature".split()
)
_SEPARATED = frozenset({"text/csv", "text/tab-separated-values"})
_LEAST_HEADERS = 2
_WIDE_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OOXML_PARTS = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_OPEN_TEXTS = frozenset(
    [
        "text/markdown",
        "text/csv",
        "text/tab-separated-values",
        "text/x-rst",
        "text/x-org",
        "application/yaml",
        "text/vtt",
        "application/x-subrip",
        "text/calendar",
        "text/vcard",
        "text/x-tex",
        "text/x-typst",
        "text/asciidoc",
        "text/x-source",
        "text/x-textile",
        "text/x-mediawiki",
        "application/toml",
    ]
)


def detect(head: bytes, name: str) -> str:
    """Return the media type of a document from its first bytes (better: all) and its name."""
    for magic, offset, media_type in MAGIC:
        if head.startswith(magic, offset) and not (magic.isalnum() and _reads_as_text(head)):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(head, _by_name(name))
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ole_type(head, _by_name(name))
    return _text_type(head, name)


def detect_file(path: Path) -> str:
    """Return the media type of a file, looking inside containers where its head does not tell."""
    with path.open("rb") as file:
        return detect_open(file, path.name)


def detect_open(file: BinaryIO, name: str) -> str:
    """Return the media type of an open file, as `detect_file` does."""
    head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        head += file.read()
    return detect(head, name)


def _by_name(name: str) -> str:
    """Return what the name claims, empty when it claims nothing known."""
    return BY_SUFFIX.get(name.lower().rpartition(".")[2], "") if "." in name else ""


def _zip_type(data: bytes, claimed: str) -> str:
    names, kind = _zip_names(data)
    if kind in OPEN_DOCUMENT:
        return OPEN_DOCUMENT[kind]
    parts = "[Content_Types].xml" in names or any(n.startswith("_rels/") for n in names)
    for folder, media_type in _OOXML_PARTS:
        if any(name.startswith(folder) for name in names) and (parts or claimed == media_type):
            return _spreadsheet_or(media_type, names)
    if "META-INF/container.xml" in names:
        return "application/epub+zip"
    if "Index/Document.iwa" in names or "index.apxl" in names or "index.xml" in names:
        return claimed if "iwork" in claimed else "application/vnd.apple.iwork"
    if not names and claimed in {*dict(_OOXML_PARTS).values(), *OPEN_DOCUMENT.values()}:
        return claimed
    return _ZIP


def _spreadsheet_or(media_type: str, names: frozenset[str]) -> str:
    if "xl/workbook.bin" in names:
        return "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    return media_type


def _zip_names(data: bytes) -> tuple[frozenset[str], str]:
    """Return the members of a zip and what its `mimetype` says, also of a head without the end."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        names = _names_of_head(data)
    stated = re.match(rb"PK\x03\x04.{22}\x08\x00(?:.{2})mimetype", data[:64], re.DOTALL)
    if not stated:
        return names, ""
    start = 38 + int.from_bytes(data[28:30], "little")
    kind = re.match(rb"[\w.+/-]+", data[start : start + 100].split(b"PK", 1)[0])
    return names, kind[0].decode("ascii") if kind else ""


def _names_of_head(data: bytes) -> frozenset[str]:
    """Return the names in the local headers of a zip that is cut off."""
    names, start = set[str](), data.find(b"PK\x03\x04")
    while start >= 0 and len(data) > start + 30:
        size = int.from_bytes(data[start + 26 : start + 28], "little")
        names.add(data[start + 30 : start + 30 + size].decode("utf-8", "replace"))
        start = data.find(b"PK\x03\x04", start + 30)
    return frozenset(names)


def _text_type(head: bytes, name: str) -> str:
    claimed = _by_name(name)
    sample = _narrow(head)
    if _is_binary(sample):
        return claimed if claimed == "application/pdf" and b"%PDF-" in sample[:1024] else OCTETS
    if not sample.strip():
        return claimed if claimed in _OPEN_TEXTS or claimed.startswith("text/") else _TEXT
    return _by_signs(sample, claimed) or _by_claim(claimed)


def _reads_as_text(head: bytes) -> bool:
    """Tell whether letters that would be a sign are only how a text begins ("BMW ...")."""
    return not _is_binary(head[:HEAD])


def _by_claim(claimed: str) -> str:
    """Return the claim where plain text can be that, else plain text."""
    if claimed in _OPEN_TEXTS or claimed in {"message/rfc822", "application/mbox"}:
        return claimed
    return claimed if claimed in {"text/html", "application/jsonl"} else _TEXT


def _by_signs(sample: bytes, claimed: str) -> str:
    """Return the type that the first characters of a text betray, empty when they betray none."""
    if claimed in _OPEN_TEXTS - _SEPARATED:
        return claimed
    if sample.startswith(b"{\\") and claimed == "application/rtf":
        return claimed
    marked = _by_tags(sample, claimed)
    if marked:
        return marked
    if sample.lstrip()[:1] in {b"{", b"["}:
        return _json_type(sample, claimed)
    if _MBOX.match(sample):
        return claimed if claimed == "message/rfc822" else "application/mbox"
    return "message/rfc822" if _is_mail(sample, claimed) else ""


def _by_tags(sample: bytes, claimed: str) -> str:
    if _HTML.match(sample):
        return "text/html"
    if not _XML.match(sample):
        return ""
    if _XHTML.search(sample[:2048]) or claimed == "text/html":
        return "text/html"
    if b"<svg" in sample[:1024]:
        return "image/svg+xml"
    known = sample.lstrip().startswith((b"<?xml", b"<!DOCTYPE")) or claimed.endswith("xml")
    return "application/xml" if known else ""


def _json_type(sample: bytes, claimed: str) -> str:
    """Return JSON, or lines of it where the first line ends an object and another follows."""
    if claimed in {"application/jsonl", "application/x-ipynb+json"}:
        return claimed
    if claimed == "application/json":
        return claimed
    if not _JSON.match(sample) or (claimed == _TEXT and sample.rstrip()[-1:] not in b"}]"):
        return ""
    first, _, rest = sample.strip().partition(b"\n")
    lines = (
        first.rstrip().endswith(b"}") and first.startswith(b"{") and rest.lstrip().startswith(b"{")
    )
    return "application/jsonl" if lines else "application/json"


def _is_mail(sample: bytes, claimed: str) -> bool:
    """Tell whether the text begins with a mail's headers, at least two that mails have."""
    found, total = 0, 0
    for line in sample.lstrip(b"\r\n").splitlines()[:60]:
        if not line.strip():
            break
        header = _HEADER.match(line + b" ")
        if header is None and line[:1] not in {b" ", b"\t"}:
            return claimed == "message/rfc822" and found > 0
        total += 1
        found += header is not None and header[1].lower() in _MAIL_HEADERS
    enough = found > _LEAST_HEADERS or (found and claimed == "message/rfc822")
    return bool(enough) and 2 * found >= min(total, 6)


def _narrow(head: bytes) -> bytes:
    """Return a head in one byte a character, without its mark."""
    sample = head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    for mark, encoding in _WIDE_MARKS:
        if sample.startswith(mark):
            return sample.decode(encoding, "replace").encode("utf-8", "replace")
    if len(sample) > 3 and 5 * sample[:4096].count(0) >= len(sample[:4096]):  # noqa: PLR2004
        return sample.replace(b"\0", b"") if _alternates(sample[:4096]) else sample
    return sample


def _alternates(sample: bytes) -> bool:
    """Tell whether zero bytes stand at every other place, as in UTF-16 without a mark."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.7 * len(sample) / 2 and min(even, odd) < 0.05 * len(sample)


def _is_binary(sample: bytes) -> bool:
    if not sample:
        return False
    strange = len(sample) - len(sample.translate(None, _CONTROL))
    return b"\0" in sample[:8192] or strange > 0.05 * len(sample)


_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27})
