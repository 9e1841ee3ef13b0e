"""What an OOXML document says about itself: title, dates, author, company and its own properties.

People's names stand here more often than in the text, so everything becomes a field that the scans
for personal data see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.office.attributes import whole
from curate.tables.parsed import Field

if TYPE_CHECKING:
    from lxml import etree

    from curate.parsers.office.package import Package

_CORE = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "subject": "subject",
    "keywords": "keywords",
    "description": "comments",
    "category": "category",
    "contentStatus": "status",
}
_APP = {"Company": "company", "Manager": "manager"}
MOST_PAGES = 99_999
_DATE = re.compile(
    r"(\d{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NO_TITLE = re.compile(
    r"(microsoft (word|powerpoint|excel) - )?"
    r"(document|presentation|präsentation|présentation|dokument|workbook|book|untitled|slide|folie)?\s*\d*"
    r"(\.(docx?|pptx?|xlsx?|dotx?|odt))?"
    r"|powerpoint[ -](presentation|präsentation)|présentation powerpoint|presentación de powerpoint"
    r"|(no|slide) (slide )?title",
    re.IGNORECASE,
)
# What programs note for themselves: sensitivity labels, content types.
_TECHNICAL = re.compile(r"MSIP_Label_.*_(?!Name$)\w+|ContentTypeId|_.*|.*(?:GUID|Guid|Url)")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document states about itself."""

    title: str = ""
    created: str | None = None
    modified: str | None = None
    fields: tuple[Field, ...] = ()
    pages: int = 0


def read_properties(package: Package) -> Properties:
    """Return the core, application and custom properties of an OOXML document."""
    kinds = {relation.kind: relation.target for relation in package.relations("").values()}
    core = _texts(package.xml(kinds.get("core-properties", "docProps/core.xml")))
    app = _texts(package.xml(kinds.get("extended-properties", "docProps/app.xml")))
    custom = package.xml(kinds.get("custom-properties", "docProps/custom.xml"))
    fields = [Field(name, core[key]) for key, name in _CORE.items() if core.get(key)]
    fields += [Field(name, app[key]) for key, name in _APP.items() if app.get(key)]
    fields += _custom(custom)
    return Properties(
        title=real_title(core.get("title", "")),
        created=iso_date(core.get("created", "")),
        modified=iso_date(core.get("modified", "")),
        fields=tuple(fields),
        pages=whole(app.get("Pages"), most=MOST_PAGES),
    )


def real_title(title: str) -> str:
    """Return a stated title, or nothing where a program has put its own default."""
    title = title.strip()
    return "" if _NO_TITLE.fullmatch(title) else title


def iso_date(text: str) -> str | None:
    """Return an ISO 8601 date or date and time as stated, or nothing.

    >>> iso_date("2024-03-01T10:00:00Z")
    '2024-03-01T10:00:00Z'
    """
    found = _DATE.match(text.strip())
    if found is None or found[1] < "1970":  # 1601 and 1900 are empty clocks
        return None
    return found.group()


def _texts(root: etree._Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return {str(node.tag).rpartition("}")[2]: (node.text or "").strip() for node in root}


def _custom(root: etree._Element | None) -> list[Field]:
    found = []
    for node in root if root is not None else ():
        value = " ".join("".join(str(piece) for piece in node.itertext()).split())
        name = node.get("name", "")
        if value and not _TECHNICAL.fullmatch(name):
            found.append(Field(f"custom.{name}", value))
    return found
