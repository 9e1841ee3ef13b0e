"""What betrays a media type: first bytes, the end of a name, a document's own statement."""

from __future__ import annotations

OCTETS = "application/octet-stream"
MSG = "application/vnd.ms-outlook"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
ENCRYPTED = "application/x-encrypted-ooxml"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

MAGIC: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"{\\rtf", 0, "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
    (b"BM", 0, "image/bmp"),
    (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"OggS", 0, "audio/ogg"),
    (b"fLaC", 0, "audio/flac"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"\x1f\x8b", 0, "application/gzip"),
    (b"BZh", 0, "application/x-bzip2"),
    (b"\xfd7zXZ\x00", 0, "application/x-xz"),
    (b"(\xb5/\xfd", 0, "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", 0, "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", 0, "application/vnd.rar"),
    (b"ustar", 257, "application/x-tar"),
    (b"!BDN", 0, "application/vnd.ms-outlook-pst"),
    (b"PAR1", 0, "application/vnd.apache.parquet"),
    (b"SQLite format 3\x00", 0, "application/vnd.sqlite3"),
    (b"\x7fELF", 0, "application/x-executable"),
    (b"\xca\xfe\xba\xbe", 0, "application/java-vm"),
    (b"PK\x05\x06", 0, "application/zip"),
)

OPEN_DOCUMENT: dict[str, str] = (
    {
        name: name
        for name in (
            *(_ODF + kind for kind in ("text", "spreadsheet", "presentation", "graphics")),
            "application/epub+zip",
        )
    }
    | {
        f"{_ODF}{kind}-template": _ODF + kind
        for kind in ("text", "spreadsheet", "presentation", "graphics")
    }
    | {
        "application/vnd.sun.xml.writer": _ODF + "text",
        "application/vnd.sun.xml.calc": _ODF + "spreadsheet",
        "application/vnd.sun.xml.impress": _ODF + "presentation",
    }
)

BY_SUFFIX: dict[str, str] = {
    "txt": "text/plain",
    "text": "text/plain",
    "log": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "mdown": "text/markdown",
    "mkd": "text/markdown",
    "mdx": "text/markdown",
    "qmd": "text/markdown",
    "rmd": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "aspx": "text/html",
    "xml": "application/xml",
    "dita": "application/xml",
    "ditamap": "application/xml",
    "rss": "application/xml",
    "atom": "application/xml",
    "json": "application/json",
    "ipynb": "application/x-ipynb+json",
    "jsonl": "application/jsonl",
    "ndjson": "application/jsonl",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "toml": "application/toml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "tab": "text/tab-separated-values",
    "rst": "text/x-rst",
    "org": "text/x-org",
    "adoc": "text/asciidoc",
    "asciidoc": "text/asciidoc",
    "tex": "text/x-tex",
    "typ": "text/x-typst",
    "textile": "text/x-textile",
    "wiki": "text/x-mediawiki",
    "mediawiki": "text/x-mediawiki",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "msg": MSG,
    "rtf": "application/rtf",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "docx": _OOXML + "wordprocessingml.document",
    "docm": _OOXML + "wordprocessingml.document",
    "dotx": _OOXML + "wordprocessingml.document",
    "pptx": _OOXML + "presentationml.presentation",
    "pptm": _OOXML + "presentationml.presentation",
    "ppsx": _OOXML + "presentationml.presentation",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "xlsm": _OOXML + "spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "odt": _ODF + "text",
    "ott": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "odp": _ODF + "presentation",
    "doc": DOC,
    "dot": DOC,
    "xls": XLS,
    "xlt": XLS,
    "ppt": PPT,
    "pps": PPT,
    "pages": "application/vnd.apple.iwork.pages",
    "numbers": "application/vnd.apple.iwork.numbers",
    "key": "application/vnd.apple.iwork.keynote",
    "zip": "application/zip",
    "svg": "image/svg+xml",
    "py": "text/x-source",
    "js": "text/x-source",
    "ts": "text/x-source",
    "java": "text/x-source",
    "c": "text/x-source",
    "cpp": "text/x-source",
    "h": "text/x-source",
    "go": "text/x-source",
    "rs": "text/x-source",
    "sh": "text/x-source",
    "sql": "text/x-source",
    "css": "text/x-source",
}
