"""Property sets of old Office files: title, people, dates, company, own properties."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from curate.parsers.office.properties import MOST_PAGES, Properties, iso_date, real_title
from curate.parsers.office.rtf_text import page_encoding
from curate.tables.parsed import Field

if TYPE_CHECKING:
    from curate.parsers.office.compound import Compound

_SUMMARY = "\x05SummaryInformation"
_DOCUMENT = "\x05DocumentSummaryInformation"
_FIELDS = {3: "subject", 4: "author", 5: "keywords", 6: "comments", 8: "last_modified_by"}
_MORE_FIELDS = {2: "category", 14: "manager", 15: "company"}
_TITLE, _CREATED, _MODIFIED, _PAGES = 2, 12, 13, 14
_CODE_PAGE = 1
_TEXT, _WIDE, _TIME, _SHORT, _INT = 0x1E, 0x1F, 0x40, 2, 3
_MOST = 1000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
Value = str | int


def read_summary(file: Compound) -> Properties:
    """Return what an old Office file says about itself, as far as its property sets are whole."""
    summary, more = _values(file.read(_SUMMARY)), _values(file.read(_DOCUMENT))
    fields = [Field(name, str(summary[key])) for key, name in _FIELDS.items() if summary.get(key)]
    fields += [Field(name, str(more[key])) for key, name in _MORE_FIELDS.items() if more.get(key)]
    pages = summary.get(_PAGES, 0)
    return Properties(
        title=real_title(str(summary.get(_TITLE, ""))),
        created=iso_date(str(summary.get(_CREATED, ""))),
        modified=iso_date(str(summary.get(_MODIFIED, ""))),
        fields=tuple(fields),
        pages=min(pages, MOST_PAGES) if isinstance(pages, int) and pages > 0 else 0,
    )


def _values(data: bytes) -> dict[int, Value]:
    """Return the values of a stream's first property set."""
    found: dict[int, Value] = {}
    try:
        (start,) = struct.unpack_from("<I", data, 44)
        _, count = struct.unpack_from("<II", data, start)
        places = [
            struct.unpack_from("<II", data, start + 8 + 8 * n) for n in range(min(count, _MOST))
        ]
    except struct.error:
        return found
    for key, offset in sorted(places):
        try:
            value = _value(data, start + offset, page_encoding(int(found.get(_CODE_PAGE, 1252))))
        except (struct.error, ValueError, OverflowError):
            continue
        if value is not None:
            found[key] = value
    return found


def _value(data: bytes, at: int, encoding: str) -> Value | None:
    (kind,) = struct.unpack_from("<I", data, at)
    if kind == _TEXT:
        (size,) = struct.unpack_from("<I", data, at + 4)
        return data[at + 8 : at + 8 + size].split(b"\x00")[0].decode(encoding, errors="replace")
    if kind == _WIDE:
        (size,) = struct.unpack_from("<I", data, at + 4)
        return (
            data[at + 8 : at + 8 + 2 * size].decode("utf-16-le", errors="replace").split("\x00")[0]
        )
    if kind == _TIME:
        (ticks,) = struct.unpack_from("<Q", data, at + 4)
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    if kind == _SHORT:
        return int(struct.unpack_from("<H", data, at + 4)[0])
    return int(struct.unpack_from("<i", data, at + 4)[0]) if kind == _INT else None
